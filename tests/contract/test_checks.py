"""Promises that every check keeps, and what each one asks."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from systemmap.analysis.checks import CHECKS, Check, run_checks
from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.bundled.bundled_files import foresight_map
from systemmap.errors import InvalidValue
from systemmap.model.response import Action, ActionFactor, Asset
from systemmap.model.system_map import SystemMap
from systemmap.model.values import Claim, Confidence, Polarity
from systemmap.testing import map_from, programme_of
from tests.sizes import WHOLE
from tests.strategies import programmes, system_maps

SOUND = "stress -> snacking +\n snacking -> weight +\n weight -> stress +"


def sound():
    """A map about which there is nothing to ask."""
    system_map = map_from(SOUND, outcome="weight")
    for factor in list(system_map.factors.values()):
        system_map.replace_factor(replace(factor, theme="food"))
    return system_map


def put(system_map, key, **fields):
    system_map.replace_factor(replace(system_map.factor(key), **fields))


def relink(system_map, pair, **fields):
    system_map.replace_link(replace(system_map.link(*pair), **fields))


def add_lines(notation):
    def change(system_map):
        for factor in map_from(notation).factors.values():
            if factor.id not in system_map.factors:
                system_map.add_factor(replace(factor, theme="food"))
        for link in map_from(notation).links.values():
            system_map.add_link(link)

    return change


OPPOSITES = (Claim(polarity=Polarity.SAME), Claim(polarity=Polarity.OPPOSITE))
BROKEN = [
    ("unlinked_factors", add_lines("park"), "What leads to “Park”"),
    (
        "links_without_direction",
        lambda m: relink(m, ("stress", "snacking"), polarity=Polarity.UNKNOWN),
        "Does more “Stress” lead to more or to less “Snacking”?",
    ),
    (
        "links_without_direction",
        lambda m: relink(m, ("stress", "snacking"), directed=False),
        "Which acts on which: “Stress” on “Snacking”, or the other way?",
    ),
    (
        "disputed_links",
        lambda m: relink(m, ("stress", "snacking"), confidence=Confidence.DISPUTED),
        "You disagree about direction",
    ),
    (
        "disputed_links",
        lambda m: relink(m, ("stress", "snacking"), claims=OPPOSITES),
        "You disagree about direction",
    ),
    (
        "disputed_links",
        add_lines("snacking -> stress -"),
        "“Snacking” and “Stress” act on each other in opposite directions.",
    ),
    (
        "no_route_to_outcome",
        add_lines("stress -> sleep -"),
        "How does “Sleep” matter for “Weight”?",
    ),
    (
        "islands",
        add_lines("bus -> school +"),
        "What joins “Bus” and “School” to the rest",
    ),
    (
        "unclear_names",
        lambda m: put(m, "stress", label="Lack of time"),
        "neutral name for “Lack of time”",
    ),
    (
        "words_to_avoid",
        lambda m: put(m, "stress", label="Willpower"),
        "Could “Willpower” be named otherwise?",
    ),
    (
        "likely_duplicates",
        lambda m: put(m, "stress", label="Levels of snacking"),
        "Are “Levels of snacking” and “Snacking” the same words, written another way?",
    ),
    (
        "likely_duplicates",
        lambda m: put(m, "stress", label="Lack of snacking"),
        "only the other way round?",
    ),
    (
        "unthemed_factors",
        lambda m: put(m, "stress", theme=""),
        "Which theme does “Stress” belong to?",
    ),
]


@settings(
    max_examples=30 if WHOLE else 15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(system_map=system_maps(), programme=programmes())
def test_findings_name_real_items_in_a_question(system_map, programme):
    """Every check looks at each example: drawing a programme is what takes long."""
    before = system_map.copy()
    for drawn, around in (
        (system_map, None),
        *((programme.system_map(key), programme) for key in programme.maps),
    ):
        analysis = MapAnalysis(drawn)
        for key, check in CHECKS.items():
            for finding in check.find(analysis, around):
                assert "?" in finding.question, key
                assert set(finding.factors) <= drawn.factors.keys(), key
                assert set(finding.links) <= drawn.links.keys(), key
                assert set(finding.actions) <= programme.actions.keys(), key
                assert set(finding.assets) <= programme.assets.keys(), key
            assert system_map == before, key


def test_a_sound_map_is_asked_nothing():
    assert run_checks(sound(), programme_of(sound())) == {}


@pytest.mark.parametrize(("key", "break_it", "question"), BROKEN)
def test_one_thing_broken_is_asked_about_in_words(key, break_it, question):
    system_map = sound()
    break_it(system_map)
    questions = [finding.question for finding in run_checks(system_map).get(key, ())]
    assert [text for text in questions if question in text] == questions != []


def test_a_map_without_an_outcome_is_asked_for_one():
    system_map = sound()
    bare = SystemMap(
        replace(system_map.version, outcome=None),
        system_map.factors.values(),
        system_map.links.values(),
    )
    assert list(run_checks(bare)) == ["no_outcome"]


def test_actions_and_assets_tied_to_nothing_are_asked_about():
    programme = programme_of(
        sound(),
        Action(id="walks", title="Health walks"),
        Action(id="tied", title="Cooking course"),
        ActionFactor(action_id="tied", factor_id="snacking"),
        Asset(id="hall", name="Village hall"),
    )
    found = run_checks(programme.system_map(), programme)
    assert found.keys() == {"unattached_actions", "unattached_assets"}
    assert [f.actions for f in found["unattached_actions"]] == [("walks",)]
    assert "“Village hall”" in found["unattached_assets"][0].question


def test_the_foresight_map_has_one_name_whose_direction_is_unclear():

    (finding,) = run_checks(foresight_map())["unclear_names"]
    assert "Perceived Lack of Time" in finding.question


def test_a_check_without_its_words_cannot_be_made():
    with pytest.raises(InvalidValue, match="has no why"):
        Check(key="x", title="X", why="", find=lambda *_: ())
