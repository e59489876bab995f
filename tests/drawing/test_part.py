"""A part of a map drawn by itself: nothing overlaps, nothing is lost."""

from hypothesis import given, settings

from systemmap.drawing.layout.boxes import box_of
from systemmap.drawing.part import _in_columns, _on_ring, part_svg
from systemmap.testing import map_from
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401
from tests.sizes import WHOLE
from tests.strategies import system_maps

SLEEP = map_from(
    "stress -> sleep -\n sleep -> stress -\n stress -> snacking +\n snacking -> weight +"
)


def test_a_link_without_both_its_ends_is_left_out():
    svg = part_svg(SLEEP, {"stress", "sleep"}, SLEEP.links, starts=["stress"])
    assert "Stress" in svg
    assert "Snacking" not in svg


def test_the_same_part_gives_the_same_picture():
    pictures = {
        part_svg(SLEEP, set(SLEEP.factors), SLEEP.links, starts=["stress"])
        for _ in range(2)
    }
    assert len(pictures) == 1


def test_starts_stand_at_the_left_and_others_by_their_steps():
    places = _in_columns(SLEEP, ["stress"])
    assert places["stress"][0] < places["sleep"][0] < places["weight"][0]


def test_a_loop_stands_on_a_ring_in_its_own_order():
    places = _on_ring(["stress", "sleep", "snacking", "weight"])
    assert places["stress"][1] < places["sleep"][1] < places["snacking"][1]
    assert places["sleep"][0] > 0 > places["weight"][0]


@settings(max_examples=60 if WHOLE else 30)
@given(system_map=system_maps())
def test_no_two_boxes_overlap(system_map):
    places = _in_columns(system_map, list(system_map.factors)[:1])
    assert set(places) == set(system_map.factors)
    boxes = [
        (places[f.id], (box_of(f.label).width, box_of(f.label).height))
        for f in system_map.factors.values()
        if len(f.label) <= 40
    ]
    for n, ((x, y), (wide, high)) in enumerate(boxes):
        for (x2, y2), (wide2, high2) in boxes[n + 1 :]:
            assert (
                abs(x - x2) >= (wide + wide2) / 2 or abs(y - y2) >= (high + high2) / 2
            )
