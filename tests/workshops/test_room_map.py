"""The map the whole room is drawing: every table's drawing laid over the main map."""

import math
import re
from dataclasses import replace

import pytest

from systemmap.model.elements import Factor, Link
from systemmap.model.values import Polarity
from systemmap.testing import map_from, programme_of
from systemmap.workshops.kits import kit
from systemmap.workshops.room_map import room_map
from systemmap.workshops.running import plan_workshop, tables_of


@pytest.fixture
def drawn():
    """Two tables that drew the same link, and one more on which they disagree."""
    programme = programme_of(map_from("stress -> snacking +"))
    workshop = plan_workshop(programme, kit("mapping_workshop"))
    first, second, *_ = tables_of(programme, workshop.id)
    for table, sign in ((first, Polarity.SAME), (second, Polarity.OPPOSITE)):
        for name in ("Sleep", "Stress", "Buses"):
            factor = Factor(map_id=table.map_id, id=name.lower(), label=name)
            programme.add(factor)
        same = Link(
            map_id=table.map_id,
            source="sleep",
            target="stress",
            polarity=Polarity.OPPOSITE,
        )
        programme.add(same, replace(same, source="buses", polarity=sign))
    return programme, workshop


def test_it_holds_every_tables_drawing_and_changes_nothing(drawn):
    programme, workshop = drawn
    before = programme.copy()
    found = room_map(programme, workshop.id)
    assert programme == before
    assert found.sentence == (
        "4 causes and 3 links; 2 links drawn by more than one table, 1 disagreement. "
        "Of these, 1 cause and 1 link were on the map before; nobody here has named them."
    )
    for name in ("Sleep", "Stress", "Buses", "Snacking"):
        assert name in found.svg


def test_an_empty_map_has_no_picture():
    programme = programme_of()
    workshop = plan_workshop(programme, kit("mapping_workshop"))
    assert room_map(programme, workshop.id).svg == ""


def test_new_causes_find_a_place_and_the_rest_stays_where_it_stood(drawn):
    programme, workshop = drawn
    first = room_map(programme, workshop.id)
    table = tables_of(programme, workshop.id)[0]
    programme.add(
        Factor(map_id=table.map_id, id="shifts", label="Night shifts"),
        Factor(map_id=table.map_id, id="loose", label="A card nobody joined"),
        Link(
            map_id=table.map_id,
            source="shifts",
            target="sleep",
            polarity=Polarity.OPPOSITE,
        ),
    )
    then = room_map(programme, workshop.id, before=first)
    assert {k: then.places[k] for k in first.places} == dict(first.places)
    assert set(then.places) - set(first.places) == {"shifts"}
    here = then.places["shifts"]
    away = {name: math.dist(here, then.places[name]) for name in first.places}
    assert away["sleep"] == min(away.values()), "it comes in beside its neighbour"
    assert "1 card not joined to anything yet" in then.sentence
    assert "A card nobody joined" not in then.svg


def test_what_several_tables_named_is_heavier(drawn):
    programme, workshop = drawn
    found = room_map(programme, workshop.id)
    rings = re.findall(r'data-box="(\w+)"[^>]*><rect [^>]*fill="none"', found.svg)
    assert set(rings) == {"sleep", "stress", "buses"}


def _hall(causes, unlinked=0):
    """Six tables that drew so many causes between them, each linked to the next."""
    programme = programme_of(map_from("stress -> snacking +"))
    programme.add(
        *(Factor(id=f"u{n}", label=f"Not yet joined {n}") for n in range(unlinked))
    )
    workshop = plan_workshop(programme, kit("mapping_workshop"))
    tables = tables_of(programme, workshop.id)
    for n in range(causes):
        map_id = tables[n % 6].map_id
        label = f"Cause of that kind {n}"
        programme.add(Factor(map_id=map_id, id=f"c{n}", label=label))
        if n >= 6:
            ends = {"source": f"c{n}", "target": f"c{n - 6}"}
            programme.add(Link(map_id=map_id, **ends, polarity=Polarity.SAME))
    return programme, workshop


def _letters(found):
    """How high letters are on a projector of 1366 x 768, in pixels."""
    view = re.search(r'viewBox="([^"]+)"', found.svg)[1]
    wide, high = (float(n) for n in view.split()[2:])
    return 12 * min(1_286 / wide, 515 / high)


def test_fifty_causes_are_read_from_the_back_of_the_room():
    programme, workshop = _hall(50)
    assert _letters(room_map(programme, workshop.id)) > 13.5


def test_a_map_whose_names_became_small_is_drawn_together_once_and_then_stays():
    programme, workshop = _hall(50)
    shown = room_map(programme, workshop.id)
    far = {key: (2 * x, 2 * y) for key, (x, y) in shown.places.items()}
    then = room_map(programme, workshop.id, before=replace(shown, places=far))
    assert _letters(then) > 13
    again = room_map(programme, workshop.id, before=then)
    assert again.places == then.places


def test_what_nothing_links_stands_in_one_strip_below_the_map():
    programme, workshop = _hall(24, unlinked=9)
    found = room_map(programme, workshop.id)
    assert found.svg.count("Not linked yet") == 1
    loose = [y for key, (_, y) in found.places.items() if key.startswith("u")]
    rest = [y for key, (_, y) in found.places.items() if not key.startswith("u")]
    assert min(loose) > max(rest)
    programme.add(Factor(id="u9", label="Another not yet joined"))
    then = room_map(programme, workshop.id, before=found)
    assert then.svg.count("Not linked yet") == 1
