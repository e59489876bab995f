"""Can it be read? Names, gaps, lines behind boxes, signs, the frame: on what is drawn.

Maps of every size, beside the same counts on layouts of other programs with
straight lines; then maps that grew in a room, after every step. Run with
``python -m benchmarks readable``.
"""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import _rivals
from systemmap.bundled.bundled_files import foresight_map
from systemmap.bundled.examples import example
from systemmap.drawing.framed import framed
from systemmap.drawing.layout import place
from systemmap.drawing.layout.map_numbers import picture_of
from systemmap.drawing.layout.map_parts import parts_of
from systemmap.drawing.layout.readability import (
    farthest_island,
    label_size,
    links_behind_boxes,
    sign_collisions,
    smallest_gap,
    used_share,
)
from systemmap.drawing.placed import placed_on
from systemmap.drawing.scene import scene_from
from tests.analysis.drawn_maps import generated_map
from tests.drawing.grown_map import grown

if TYPE_CHECKING:
    from systemmap.drawing.layout.map_numbers import Floats
    from systemmap.drawing.scene import Scene
    from systemmap.model.system_map import SystemMap

    Positions = dict[str, tuple[float, float]]

# what a frame leaves for the map (on screens: beside bar, key and buttons, the panel
# folded), and the size of names that it asks for
FRAMES = {
    "1366 x 768": ((1_320.0, 561.0), "px", 9),
    "1920 x 1080": ((1_872.0, 868.0), "px", 11),
    "A3": ((936.0, 720.0), "pt", 7),
    "A1": ((1_870.0, 1_450.0), "pt", 12),
}
SCREEN = FRAMES["1920 x 1080"][0]
SMALL = FRAMES["1366 x 768"][0]


def numbers(scene: Scene):  # noqa: ANN201 - three arrays
    number = {box.id: at for at, box in enumerate(scene.boxes)}
    spots = np.array([(box.x, box.y) for box in scene.boxes])
    half = np.array([(box.width, box.height) for box in scene.boxes]) / 2
    return spots, half, [(number[x.source], number[x.target]) for x in scene.lines]


def counted(scene: Scene) -> str:
    spots, half, links = numbers(scene)
    placed = placed_on(scene)
    routes = [route.points for route in placed.routes]
    behind = links_behind_boxes(routes, links, spots, half)
    return (
        f"smallest gap {smallest_gap(spots, half)}, "
        f"{behind} of {len(links)} links behind a box "
        f"({behind / max(1, len(links)):.0%}), "
        f"{sign_collisions(placed.signs, spots, half)} signs in the way"
    )


def routed_by_libavoid(scene: Scene) -> str | None:
    """Count the same where libavoid leads the lines round our boxes."""
    spots, half, links = numbers(scene)
    start = time.perf_counter()
    ways = _rivals.libavoid(np.hstack([spots, half]).tolist(), links)
    if ways is None:
        return None
    taken = time.perf_counter() - start
    curves = [_as_curves([np.array(corner) for corner in way]) for way in ways]
    behind = links_behind_boxes(curves, links, spots, half)
    return (
        f"{behind} of {len(links)} links behind a box "
        f"({behind / max(1, len(links)):.0%}), {taken:.1f} s"
    )


def _as_curves(corners: list[Floats]) -> list[Floats]:
    """Return straight bits as curves, in the form in which ours are counted."""
    points = corners[:1]
    for one, two in pairwise(corners):
        points += [(one + two) / 2, two]
    return points


def straight(system_map: SystemMap, found: Positions) -> str:
    """Count the same on somebody else's places, with straight lines."""
    scene = scene_from(system_map, positions=found)
    spots, half, links = numbers(scene)
    middles = [(spots[a], (spots[a] + spots[b]) / 2, spots[b]) for a, b in links]
    behind = links_behind_boxes(middles, links, spots, half)
    sizes = ", ".join(
        f"{name} {label_size(spots, half, frame):.1f} {unit}"
        for name, (frame, unit, _) in FRAMES.items()
    )
    return (
        f"smallest gap {smallest_gap(spots, half)}, {behind} of {len(links)} links "
        f"behind a box ({behind / max(1, len(links)):.0%}); names {sizes}; used "
        f"{used_share(spots, half, SCREEN):.0%} of the wide screen"
    )


def report(name: str, system_map: SystemMap) -> None:
    start = time.perf_counter()
    found = place(system_map)
    laid = time.perf_counter()
    scene = scene_from(system_map, positions=found)
    placed_on(scene)
    drawn = time.perf_counter()
    print(
        f"{name}: {len(scene.boxes)} causes, {len(scene.lines)} links; places "
        f"{laid - start:.1f} s, lines and signs {drawn - laid:.1f} s"
    )
    print(f"  as placed: {counted(scene)}")
    if len(scene.boxes) <= 300 and (avoided := routed_by_libavoid(scene)):
        print(f"  the same places, lines by libavoid: {avoided}")
    for sheet, (frame, unit, least) in FRAMES.items():
        shown = framed(scene, frame[0] / frame[1]) if unit == "pt" else scene
        spots, half, _ = numbers(shown)
        print(
            f"  {sheet}: names {label_size(spots, half, frame):.1f} {unit} "
            f"(to reach with 108: {least}), {used_share(spots, half, frame):.0%} used"
            + (f"; {counted(shown)}" if unit == "pt" else "")
        )
    for rival, ask in (
        ("graphviz neato", lambda: _rivals.graphviz(system_map, "neato")),
        ("graphviz sfdp", lambda: _rivals.graphviz(system_map, "sfdp")),
        ("ELK stress", lambda: _rivals.elk(system_map, "stress")),
    ):
        if len(system_map.factors) <= 300 and (theirs := ask()):
            print(f"  {rival}: {straight(system_map, theirs)}")


def grown_report(seed: int) -> None:
    print(f"A map that grew, seed {seed}")
    before: Positions = {}
    for step, draft in grown(seed):
        system_map = draft.system_map()
        now = {f.id: (f.x or 0.0, f.y or 0.0) for f in system_map.factors.values()}
        shared = now.keys() & before.keys()
        moved = sum(now[key] != before[key] for key in shared)
        told_step(step, system_map, moved, len(shared))
        before = now
    told_step("tidy", system_map, 0, 0, place(system_map))


def told_step(
    step: str,
    system_map: SystemMap,
    moved: int,
    shared: int,
    where: Positions | None = None,
) -> None:
    scene = scene_from(system_map, positions=where)
    spots, half, links = numbers(scene)
    routes = [route.points for route in placed_on(scene).routes]
    behind = links_behind_boxes(routes, links, spots, half)
    picture = picture_of(system_map)
    order = {key: at for at, key in enumerate(system_map.factors)}
    parts = parts_of(picture)
    groups = [
        np.array([order[picture.ids[n]] for n in group])
        for group in (parts.main, *parts.islands)
        if len(group)
    ]
    size = label_size(spots, half, SMALL)
    print(
        f"  {step}: {len(spots)} causes, {len(links)} links; names {size:.1f} px at "
        f"1366 x 768 and {label_size(spots, half, SCREEN):.1f} px at 1920 x 1080; "
        f"smallest gap {smallest_gap(spots, half)}; {behind} links behind boxes; "
        f"{used_share(spots, half, SCREEN):.0%} used; farthest island "
        f"{farthest_island(groups, spots, half):.0f}; {moved} of {shared} moved"
    )


def main() -> None:
    report("Sampleshire", example().system_map())
    report("Foresight", foresight_map())
    report("generated", generated_map(300, 900))
    report("generated", generated_map(1_000, 3_000))
    for seed in (1, 2, 3):
        grown_report(seed)


if __name__ == "__main__":
    main()
