"""The words say all that the picture says, neither more nor less."""

from hypothesis import given, settings

from systemmap.drawing.scene import scene_from
from systemmap.drawing.words import (
    factor_table,
    link_sentence,
    link_table,
    map_in_words,
)
from systemmap.testing import map_from
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401
from tests.sizes import WHOLE
from tests.strategies import system_maps


def said(notation, **more):
    (theme,) = map_in_words(scene_from(map_from(notation), **more))
    return {factor.label: " ".join(factor.sentences) for factor in theme.factors}


def test_a_factor_says_what_it_leads_to_and_what_moves_it():
    words = said(
        "cost -> cooking -\n cost -> weight -\n income -> cost -\n rent -> cost + (delay)"
    )
    assert words["Cost"] == (
        "More of this leads to less Cooking and Weight. "
        "Raised by: Rent (slowly). Lowered by: Income."
    )


def test_a_direction_nobody_agreed_is_not_guessed():
    words = said("a -> b ?")
    assert words["A"] == "It changes B; the direction is not agreed."
    assert words["B"] == "Changed, direction not agreed, by: A."


def test_a_factor_without_links_or_actions_says_so():
    words = said("sleep", cover={"sleep": 0}, actions={})
    assert words["Sleep"] == "Nothing is linked to this yet. No action listed."


def test_links_read_as_sentences():
    scene = scene_from(map_from("stress -> snacking - (delay)"))
    names = {box.id: box.label for box in scene.boxes}
    assert link_sentence(scene.lines[0], names) == (
        "More “Stress” leads to less “Snacking”, slowly."
    )


@settings(max_examples=100 if WHOLE else 15)
@given(system_map=system_maps())
def test_tables_and_words_equal_the_graph(system_map):
    scene = scene_from(system_map)
    factors, links = factor_table(scene), link_table(scene)
    labels = sorted(f.label for f in system_map.factors.values())
    assert sorted(row[0] for row in factors.rows) == labels
    told = [f.label for theme in map_in_words(scene) for f in theme.factors]
    assert sorted(told) == labels
    assert len(links.rows) == len(system_map.links)
    assert sum(int(row[3]) for row in factors.rows) == len(system_map.links)
    ends = sorted(
        (system_map.factor(a).label, system_map.factor(b).label)
        for a, b in system_map.links
    )
    assert sorted((row[0], row[2]) for row in links.rows) == ends
