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
