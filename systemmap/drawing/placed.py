"""What a drawing adds round its boxes: ways of links, signs, grounds and names of themes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from systemmap.drawing.geometry import Point, Route
from systemmap.drawing.styles import UNSORTED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.drawing.layout.map_numbers import Bools, Floats
    from systemmap.drawing.layout.theme_names import ThemeName
    from systemmap.drawing.scene import Scene

Bounds = tuple[float, float, float, float]
Box = tuple[float, float, float, float]  # left, top, width, height

TRAY_WORDS = "Not linked yet"
EDGE = 16.0  # drawing units between what is drawn and the edge of a picture
ROUND_TRAY = 9.0  # drawing units between the tray's boxes and its outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Everything but the boxes, in drawing units.

    Attributes
    ----------
    routes, signs
        The way of each line of the scene, in its order, and where its sign is.
    grounds
        The polygons of each theme's ground by its key.
    names
        Where the themes' names stand.
    trays
        The frames round causes that nothing links and that stand beside the map.
    bounds
        Left, top, right and bottom of all that is drawn.
    """

    routes: tuple[Route, ...]
    signs: tuple[Point, ...]
    grounds: dict[str, tuple[tuple[Point, ...], ...]]
    names: tuple[ThemeName, ...]
    trays: tuple[Box, ...]
    bounds: Bounds

    def line_data(self) -> tuple[list[list[float]], list[list[float]]]:
        """Return each line's way as one list of numbers, and where its sign stands."""
        return [_flat(r.points) for r in self.routes], [list(s) for s in self.signs]

    def data(self) -> dict[str, Any]:
        """Return grounds, names and trays as plain data for the canvas."""
        return {
            "grounds": {
                key: list(map(_flat, all_)) for key, all_ in self.grounds.items()
            },
            "names": [
                {
                    "theme": n.theme,
                    "lines": list(n.lines),
                    "x": n.x,
                    "y": n.y,
                    "half": list(n.half),
                }
                for n in self.names
            ],
            "trays": [list(tray) for tray in self.trays],
        }


def _flat(points: Iterable[Point]) -> list[float]:
    return [number for point in points for number in point]


def placed_on(scene: Scene, *, routed: bool = True) -> Placed:
    """Return what is drawn round a scene's boxes; worked out once for the same places.

    Without `routed` there are no ways and signs of lines.
    """
    boxes = tuple((b.x, b.y, b.width, b.height, b.theme) for b in scene.boxes)
    number = {box.id: at for at, box in enumerate(scene.boxes)}
    links = tuple((number[x.source], number[x.target], x.style) for x in scene.lines)
    names = tuple((t.key, t.name) for t in scene.themes if t.key != UNSORTED)
    return _placed(boxes, links, names, routed=routed)


@lru_cache(maxsize=48)
def _placed(
    boxes: tuple[tuple[float, float, float, float, str], ...],
    links: tuple[tuple[int, int, str], ...],
    names: tuple[tuple[str, str], ...],
    *,
    routed: bool,
) -> Placed:
    import numpy as np  # numpy and scipy, only when something is drawn

    from systemmap.drawing.layout.grounds import grounds_of
    from systemmap.drawing.layout.routes import routes_for
    from systemmap.drawing.layout.signs import signs_on
    from systemmap.drawing.layout.theme_names import theme_names

    spots = np.array([box[:2] for box in boxes], float).reshape(-1, 2)
    half = np.array([box[2:4] for box in boxes], float).reshape(-1, 2) / 2
    themes = [box[4] for box in boxes]
    trays = _trays(spots, half, links)
    words = theme_names(dict(names), themes, spots, half)
    ways = links if routed else ()
    routes = routes_for(spots, half, [x[:2] for x in ways], [x[2] for x in ways])
    taken = [(name.x, name.y, *name.half) for name in words]
    return Placed(
        routes=tuple(map(Route, routes)),
        signs=tuple(signs_on(routes, spots, half, taken)),
        grounds={
            key: tuple(grounds_of(spots, half, np.array([t == key for t in themes])))
            for key, _ in names
        },
        names=tuple(words),
        trays=trays,
        bounds=_bounds(spots, half, words, trays),
    )


def _trays(
    spots: Floats, half: Floats, links: tuple[tuple[int, int, str], ...]
) -> tuple[Box, ...]:
    """Return the frames round what nothing links: below the map, and right of it."""
    import numpy as np

    linked = np.zeros(len(spots), bool)
    linked[[end for link in links for end in link[:2]]] = True
    if linked.all() or not linked.any():
        return ()
    last = (spots + half)[linked].max(axis=0)
    right = ~linked & (spots[:, 0] > last[0])
    below = ~linked & ~right & (spots[:, 1] > last[1])
    return tuple(
        _frame(spots[own], half[own])
        for own in (below, right)
        if own.any() and _stands_alone(own, spots, half)
    )


def _stands_alone(own: Bools, spots: Floats, half: Floats) -> bool:
    """Return whether nobody else stands within the frame round some boxes."""
    first, last = (spots - half)[own].min(axis=0), (spots + half)[own].max(axis=0)
    others = ~own
    within = (spots[others] + half[others] > first) & (
        spots[others] - half[others] < last
    )
    return not bool(within.all(axis=1).any())


def _frame(spots: Floats, half: Floats) -> Box:
    first = (spots - half).min(axis=0) - ROUND_TRAY
    size = (spots + half).max(axis=0) + ROUND_TRAY - first
    left, top, wide, high = (round(float(n), 1) for n in (*first, *size))
    return left, top, wide, high


def _bounds(
    spots: Floats, half: Floats, names: list[ThemeName], trays: tuple[Box, ...]
) -> Bounds:
    if not len(spots):
        return (0.0, 0.0, 800.0, 500.0)
    (left, top), (right, bottom) = (
        (spots - half).min(axis=0),
        (spots + half).max(axis=0),
    )
    for name in names:
        left, right = (
            min(left, name.x - name.half[0]),
            max(right, name.x + name.half[0]),
        )
        top, bottom = (
            min(top, name.y - name.half[1]),
            max(bottom, name.y + name.half[1]),
        )
    for tray in trays:
        left, right = min(left, tray[0]), max(right, tray[0] + tray[2])
        top, bottom = min(top, tray[1]), max(bottom, tray[1] + tray[3])
    edges = (left - EDGE, top - EDGE, right + EDGE, bottom + EDGE)
    return tuple(round(float(edge), 1) for edge in edges)  # type: ignore[return-value]
