"""Screens, the canvas and the map page are handed one analysis of a map."""

import json
from gzip import decompress

import pytest

from app.canvas import packed_graphs
from app.workspace import FACILITATOR
from systemmap.bundled.examples import example
from systemmap.drawing.layout import place
from systemmap.testing import map_from, programme_of
from tests.analysis.counted_calls import ONCE, counted


def test_one_visit_to_the_map_and_all_beside_it_analyses_the_map_once(
    open_screen, store
):
    programme = example()
    with counted() as calls:
        at = open_screen("map", programme)
        for key in ("home", "gaps", "loops", "importance", "pathways", "health"):
            assert not open_screen(key, programme, stored=True).exception
        packed = packed_graphs.loops(
            store, programme.id, "main", store.revision(programme.id)
        )
    assert not at.exception
    assert json.loads(decompress(packed))["loops"]
    assert calls == ONCE


def test_a_changed_map_is_analysed_anew(open_screen, store):
    programme = example()
    open_screen("loops", programme)
    with store.editing(programme.id, actor=FACILITATOR, label="Untie") as draft:
        drawn = draft.system_map()
        for pair in list(drawn.links):
            drawn.remove_link(*pair)
        draft.put_map(drawn)
    at = open_screen("loops", programme, stored=True)
    assert "no links yet" in at.title[0].value


@pytest.mark.parametrize(("causes", "laid_out"), [(300, 1), (301, 0)])
def test_home_does_not_wait_for_a_map_too_large_to_be_drawn_small(
    open_screen, causes, laid_out
):
    drawn = map_from("\n".join(f"cause-{n}" for n in range(causes)))
    with counted(place) as calls:
        at = open_screen("home", programme_of(drawn))
    assert not at.exception
    assert calls["place"] == laid_out
    said = f"It has {causes} causes and 0 links: too many to draw this small."
    assert (said in [each.value for each in at.markdown]) == (not laid_out)
    assert at.button("home.map").label == "Open the map"
