"""Lines on a drawing go round boxes, signs stand free, and names of themes have room."""

import subprocess
import sys

import numpy as np
import pytest

from systemmap.bundled.examples import example
from systemmap.drawing.framed import SCREENS, framed, shown_on_screen
from systemmap.drawing.layout.map_numbers import picture_of
from systemmap.drawing.layout.map_parts import parts_of
from systemmap.drawing.layout.readability import (
    label_size,
    links_behind_boxes,
    sign_collisions,
    smallest_gap,
    used_share,
)
from systemmap.drawing.layout.routes import routes_for
from systemmap.drawing.layout.signs import along, signs_on
from systemmap.drawing.placed import placed_on
from systemmap.drawing.scene import programme_scene, scene_from
from systemmap.editing import canvas_acts
from systemmap.editing.positions import put_places
from systemmap.testing import map_from
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401
from tests.drawing.foresight import foresight
from tests.sizes import spread, whole

# pixels that bar, key and buttons leave the map, the panel folded
SMALL_LAPTOP, WIDE_SCREEN = (1_320.0, 561.0), (1_872.0, 868.0)
A_BOX = 118.0  # drawing units: the width of a usual box
A3, A1 = (936.0, 720.0), (1_870.0, 1_450.0)  # points for the map


def _numbers(scene):
    number = {box.id: at for at, box in enumerate(scene.boxes)}
    spots = np.array([(box.x, box.y) for box in scene.boxes])
    half = np.array([(box.width, box.height) for box in scene.boxes]) / 2
    return spots, half, [(number[x.source], number[x.target]) for x in scene.lines]


def _behind(scene):
    routes = [route.points for route in placed_on(scene).routes]
    spots, half, links = _numbers(scene)
    return links_behind_boxes(routes, links, spots, half)


SCENES = {
    "Sampleshire": (lambda: programme_scene(example()), 0.05, 0),
    "Foresight": (lambda: programme_scene(foresight()), 0.10, 3),
}


FRAMED = spread(
    [
        pytest.param(ratio, name, id=f"{shape}-{name}")
        for ratio, shape in ((1.9, "screen"), (1.3, "paper"), (0.8, "upright"))
        for name in reversed(SCENES)
    ],
    2,
)


@pytest.mark.parametrize(("ratio", "name"), FRAMED)
def test_lines_go_round_boxes_and_signs_stand_free(name, ratio):
    made, share, collisions = SCENES[name]
    scene = framed(made(), ratio)
    spots, half, links = _numbers(scene)
    assert smallest_gap(spots, half) >= 12
    assert _behind(scene) <= share * len(links)
    assert sign_collisions(placed_on(scene).signs, spots, half) <= collisions


@pytest.mark.parametrize("name", SCENES)
def test_the_map_as_stored_is_drawn_that_way_too(name):
    made, share, collisions = SCENES[name]
    scene = made()
    spots, half, links = _numbers(scene)
    assert smallest_gap(spots, half) >= 12
    assert _behind(scene) <= share * len(links)
    assert sign_collisions(placed_on(scene).signs, spots, half) <= collisions


@pytest.mark.parametrize(
    ("frame", "least"),
    [(SMALL_LAPTOP, 9), (WIDE_SCREEN, 11), (A3, 7), (A1, 12)],
    ids=["1366 x 768", "1920 x 1080", "A3", "A1"],
)
def test_every_name_of_108_can_be_read_at_once(frame, least):
    scene = programme_scene(foresight())
    if frame in (A3, A1):
        scene = framed(scene, frame[0] / frame[1])
    spots, half, _ = _numbers(scene)
    assert len(spots) == 108
    assert used_share(spots, half, frame) >= 0.6
    names = placed_on(scene).names
    spots = np.concatenate([spots, [(name.x, name.y) for name in names]])
    half = np.concatenate([half, [name.half for name in names]])
    assert label_size(spots, half, frame) >= least


@pytest.mark.parametrize("shape", ["square", "tall"])
def test_a_map_fills_a_canvas_that_is_not_wide(shape):
    scene = programme_scene(example())
    spots, half, _ = _numbers(shown_on_screen(scene, shape))
    used = used_share(spots, half, SCREENS[shape])
    assert used >= 0.6
    assert used > 1.25 * used_share(*_numbers(scene)[:2], SCREENS[shape])
    assert shown_on_screen(scene) is scene


def test_a_map_drawn_together_stands_still_between_two_openings():
    grown = example()
    before = {b.id: (b.x, b.y) for b in _square(grown)}
    canvas_acts.add_factor(grown, "main", {"label": "Night shifts"})
    stress = grown.system_map().factor("stress")
    put_places(grown, "main", {"stress": (stress.x + 60.0, stress.y)})
    after = _square(grown)
    moved = {box.id for box in after if before.get(box.id) != (box.x, box.y)}
    assert moved == {"stress", "night-shifts"}
    spots = np.array([(box.x, box.y) for box in after])
    half = np.array([(box.width / 2, box.height / 2) for box in after])
    assert smallest_gap(spots, half) >= 12


def _square(programme):
    return shown_on_screen(programme_scene(programme), "square").boxes


def test_a_line_with_a_box_in_its_way_goes_round_it():
    spots = np.array([(0.0, 0.0), (200.0, 0.0), (400.0, 0.0)])
    half = np.array([(40.0, 18.0)] * 3)
    (route,) = routes_for(spots, half, [(0, 2)])
    assert links_behind_boxes([route], [(0, 2)], spots, half) == 0
    assert (
        links_behind_boxes([((0, 0), (200, 0), (400, 0))], [(0, 2)], spots, half) == 1
    )
    assert np.abs(along(route)[:, 1]).max() > 18


@pytest.mark.parametrize("x", [-400, -90, 90, 400])
@pytest.mark.parametrize("y", [-300, -60, 60, 300])
def test_a_line_runs_from_border_to_border(x, y):
    spots, half = np.array([(0.0, 0.0), (x, y)]), np.array([(40.0, 18.0), (60.0, 11.5)])
    (route,) = routes_for(spots, half, [(0, 1)])
    for end, box in ((route[0], 0), (route[-1], 1)):
        away = np.abs(np.array(end) - spots[box]) - half[box]
        assert -0.2 <= away.max() <= 2


def test_two_links_between_a_pair_run_apart():
    spots, half = np.array([(0.0, 0.0), (300.0, 0.0)]), np.array([(30.0, 11.5)] * 2)
    there, back = routes_for(spots, half, [(0, 1), (1, 0)])
    assert np.abs(along(there)[:, 1]).max() > 5
    assert along(there)[:, 1].mean() * along(back)[:, 1].mean() < 0


def test_opposite_links_round_a_corner_run_apart_too():
    spots = np.array([(0.0, 0.0), (200.0, 0.0), (400.0, 0.0)])
    half = np.array([(40.0, 18.0)] * 3)
    there, back = routes_for(spots, half, [(0, 2), (2, 0)], ["more", "less"])
    middle = [along(way)[len(along(way)) // 2] for way in (there, back)]
    assert np.hypot(*(middle[0] - middle[1])) > 2


def test_links_of_one_kind_from_one_box_share_a_trunk():
    spots = np.array([(0.0, 0.0), (200.0, 0.0), (400.0, -60.0), (400.0, -20.0)])
    half = np.array([(40.0, 18.0), (40.0, 60.0), (40.0, 12.0), (40.0, 12.0)])
    links = [(0, 2), (0, 3)]
    alike = routes_for(spots, half, links, ["more", "more"])
    unlike = routes_for(spots, half, links, ["more", "less"])

    def closest(routes):
        corner = np.array([155.0, -65.0])  # that of the box in the way
        near = [along(r)[np.hypot(*(along(r) - corner).T).argmin()] for r in routes]
        return float(np.hypot(*(near[0] - near[1])))

    assert closest(alike) < 1.0 < closest(unlike)


def test_each_sign_stands_on_its_own_line():
    scene = programme_scene(foresight())
    placed = placed_on(scene)
    away = [
        float(np.hypot(*(along(r.points, 1.0) - np.array(at)).T).min())
        for r, at in zip(placed.routes, placed.signs, strict=True)
    ]
    assert max(away) <= 9.5  # beside it where the whole line is shorter than its head
    assert sum(a > 1 for a in away) <= 0.05 * len(away)


def test_signs_of_lines_that_cross_do_not_cover_each_other():
    routes = [((0, 0), (50, 0), (100, 0)), ((80, -60), (80, 0), (80, 60))]
    nothing = np.zeros((0, 2))
    one, other = signs_on(routes, nothing, nothing)
    assert np.hypot(one[0] - other[0], one[1] - other[1]) >= 9


def test_every_theme_is_named_on_its_ground_and_covers_no_box():
    scene = programme_scene(foresight())
    placed = placed_on(scene)
    assert {name.theme for name in placed.names} == {t.key for t in scene.themes}
    for name in placed.names:
        own = [box for box in scene.boxes if box.theme == name.theme]
        assert min(np.hypot(b.x - name.x, b.y - name.y) for b in own) < 160
        for box in scene.boxes:
            assert (
                abs(box.x - name.x) >= box.width / 2 + name.half[0]
                or abs(box.y - name.y) >= box.height / 2 + name.half[1]
            )


def test_causes_that_nothing_links_are_framed_and_named():
    drawn = map_from("a -> b +\n c -> a -\n lone\n other")
    placed = placed_on(scene_from(drawn))
    assert len(placed.trays) == 1
    assert placed_on(scene_from(map_from("a -> b +\n c -> a -"))).trays == ()


def test_a_frame_keeps_who_stands_left_and_who_above():
    scene = programme_scene(foresight())
    for ratio in (1.3, 2.1):
        moved = framed(scene, ratio)
        spots, half, _ = _numbers(moved)
        before, _, _ = _numbers(scene)
        for axis in (0, 1):
            assert np.corrcoef(before[:, axis], spots[:, axis])[0, 1] > 0.93
        low, high = (spots - half).min(axis=0), (spots + half).max(axis=0)
        assert (high - low)[0] / (high - low)[1] == pytest.approx(ratio, rel=0.12)


@whole("test_same_in_same_out.py lays out, and draws, under two hash seeds")
def test_every_machine_draws_the_same_lines():
    script = (
        "from systemmap.drawing.scene import scene_from\n"
        "from systemmap.drawing.placed import placed_on\n"
        "from tests.analysis.drawn_maps import generated_map\n"
        "placed = placed_on(scene_from(generated_map(12, 26)))\n"
        "print(placed.data(), placed.line_data())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_islands_lie_no_farther_off_than_a_box():
    from systemmap.drawing.layout import place
    from systemmap.drawing.layout.readability import farthest_island

    drawn = map_from(
        "a -> b +\n b -> c +\n c -> d -\n d -> a +\n e -> f +\n g -> h +\n h -> i -\n lone"
    )
    picture = picture_of(drawn)
    spots = picture.as_spots(place(drawn))
    parts = parts_of(picture)
    groups = [parts.main, *parts.islands, parts.unlinked]
    assert farthest_island(groups, spots, picture.half) <= A_BOX
