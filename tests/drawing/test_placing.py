"""Places are laid out once for the same map, and afresh whenever it would look different."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from systemmap.drawing.layout import place_new
from systemmap.drawing.placing import places_of
from systemmap.model.elements import Factor, Link
from systemmap.model.values import Polarity
from systemmap.testing import map_from
from tests.sizes import WHOLE
from tests.strategies import system_maps


@settings(max_examples=40 if WHOLE else 10, deadline=None)
@given(system_map=system_maps())
def test_places_are_those_of_the_layout_however_often_they_are_asked_for(system_map):
    wanted = place_new(system_map)
    assert places_of(system_map) == wanted
    assert places_of(system_map) == wanted


def _drawn():
    return map_from("stress -> snacking +\n snacking -> weight +\n weight -> stress +")


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.add_factor(Factor(id="sleep", label="Sleep")),
        lambda m: m.add_link(
            Link(source="snacking", target="stress", polarity=Polarity.SAME)
        ),
        lambda m: m.remove_link("weight", "stress"),
        lambda m: m.replace_factor(
            replace(m.factor("stress"), label="Stress at work and at home, for years")
        ),
        lambda m: m.replace_factor(replace(m.factor("stress"), theme="food")),
        lambda m: m.replace_factor(replace(m.factor("stress"), x=10.0, y=20.0)),
        lambda m: m.replace_factor(
            replace(m.factor("stress"), x=10.0, y=20.0, pinned=True)
        ),
    ],
    ids=["factor", "link", "link gone", "label", "theme", "place", "pin"],
)
def test_whatever_changes_a_layout_is_laid_out_anew(change):
    drawn = _drawn()
    places_of(drawn)
    change(drawn)
    assert places_of(drawn) == place_new(drawn)


def test_what_is_handed_out_is_nobody_elses():
    first = places_of(_drawn())
    first.clear()
    assert len(places_of(_drawn())) == 3
