"""The map that people have: grown note by note, and still to be read after every step."""

from dataclasses import replace

import numpy as np

from systemmap.drawing.layout import place
from systemmap.drawing.layout.map_numbers import picture_of
from systemmap.drawing.layout.map_parts import parts_of
from systemmap.drawing.layout.readability import (
    farthest_island,
    label_size,
    links_behind_boxes,
    smallest_gap,
    used_share,
)
from systemmap.drawing.placed import placed_on
from systemmap.drawing.scene import scene_from
from systemmap.editing import canvas_acts
from systemmap.editing.positions import give_places
from systemmap.testing import map_from, programme_of
from tests.drawing.grown_map import grown
from tests.sizes import WHOLE

FRAME = (1_850.0, 960.0)
LAPTOP = (1_320.0, 561.0)  # what 1366 x 768 leaves the map, the panel folded
# one whose name needs more room; both ends of a first link, from the tray
MOVES = {"rename a cause": 1, "draw a link": 2}
A_BOX = 118.0  # drawing units: the width of a usual box


def _numbers(system_map, where=None):
    picture = picture_of(system_map)
    stands = {f.id: (f.x, f.y) for f in system_map.factors.values()}
    return picture, picture.as_spots(where or stands)


def test_a_map_that_grows_stays_readable_and_nobody_moves():
    before = {}
    size = (
        {"tables": 3, "notes": 6, "drawings": 2, "edits": 15}
        if WHOLE
        else {"tables": 2, "notes": 5, "drawings": 1, "edits": 10}
    )
    for step, draft in grown(1, **size):
        system_map = draft.system_map()
        picture, spots = _numbers(system_map)
        now = dict(zip(picture.ids, spots.tolist(), strict=True))
        moved = [key for key in now.keys() & before.keys() if now[key] != before[key]]
        assert len(moved) <= MOVES.get(step, 0), step
        assert smallest_gap(spots, picture.half) >= 12, step
        assert used_share(spots, picture.half, FRAME) >= 0.6, step
        parts = parts_of(picture)
        groups = [parts.main, *parts.islands]
        assert farthest_island(groups, spots, picture.half) <= A_BOX, step
        before = now
    scene = scene_from(system_map)
    routes = [route.points for route in placed_on(scene).routes]
    order = {key: at for at, key in enumerate(picture.ids)}
    links = [(order[x.source], order[x.target]) for x in scene.lines]
    assert links_behind_boxes(routes, links, spots, picture.half) <= 0.05 * len(links)
    tidied = picture.as_spots(place(system_map))
    assert smallest_gap(tidied, picture.half) >= 12
    assert used_share(tidied, picture.half, FRAME) >= 0.6


def test_what_nothing_links_is_never_strewn_over_the_map_and_all_names_are_read():
    *_, (_, draft) = grown(2, tables=6, notes=14, drawings=0, edits=0)
    picture, spots = _numbers(draft.system_map())
    assert 95 <= len(spots) <= 108
    assert label_size(spots, picture.half, LAPTOP) >= 9
    parts = parts_of(picture)
    low = (spots - picture.half)[parts.main].min(axis=0)
    high = (spots + picture.half)[parts.main].max(axis=0)
    inside = np.all((spots > low) & (spots < high), axis=1)
    assert not inside[parts.unlinked].any()


def test_the_first_link_of_a_cause_takes_it_out_of_the_tray():
    drawn = map_from("a -> b +\n b -> c +\n c -> a -\n waits\n held")
    draft = programme_of(drawn)
    give_places(draft)
    held = draft.system_map().factor("held")
    draft.replace(replace(held, pinned=True))
    before = {f.id: (f.x, f.y) for f in draft.system_map().factors.values()}
    for source in ("waits", "held"):
        op = {"source": source, "target": "b", "polarity": "+"}
        canvas_acts.add_link(draft, "main", op)
    after = {f.id: (f.x, f.y) for f in draft.system_map().factors.values()}
    assert {key for key in after if after[key] != before[key]} == {"waits"}
    stands = np.array([after["waits"], after["b"], before["waits"]])
    assert np.hypot(*(stands[0] - stands[1])) < np.hypot(*(stands[2] - stands[1]))
    picture, spots = _numbers(draft.system_map())
    assert smallest_gap(spots, picture.half) >= 12


def test_a_cause_with_another_name_steps_aside_rather_than_cover_one():
    draft = programme_of(map_from("a-b-c-d-e-f -> other +"))
    for key, x in (("a-b-c-d-e-f", 0.0), ("other", 70.0)):
        factor = draft.system_map().factor(key)
        draft.replace(replace(factor, x=x, y=0.0))
    new = {"id": "a-b-c-d-e-f", "label": "Wwwwwwwwww"}  # shorter, and wider
    canvas_acts.rename_factor(draft, "main", new)
    picture, spots = _numbers(draft.system_map())
    assert smallest_gap(spots, picture.half) >= 12
    assert draft.system_map().factor("other").x == 70.0
