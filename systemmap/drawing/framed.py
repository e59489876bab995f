"""A scene drawn to fill a frame: a sheet of paper, a slide, a picture."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from systemmap.drawing.letters import settled_letters
from systemmap.drawing.scene import bounds_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.drawing.letters import Letter
    from systemmap.drawing.scene import Scene, SceneBox

    Place = tuple[float, float]
    Stored = tuple[float, float, float, float]

SCREEN = (1_330.0, 572.0)  # pixels that a small laptop has for the map
MANY = 400  # boxes; beyond, no arrangement of a wide canvas shows all names
READABLE = 0.75  # pixels for a drawing unit: names of nearly 9 pixels
ALIKE = 0.75  # share of causes stored where they were: it is the same map as before
WORTH = 1.25  # times as large must names become, before a stored map is drawn together


def framed(scene: Scene, ratio: float, *, closely: bool = False) -> Scene:
    """Return a scene whose arrangement fills a frame.

    Parameters
    ----------
    scene : Scene
        What to draw. It is not changed.
    ratio : float
        Width of the frame by its height.
    closely : bool
        Whether boxes may stand as near to each other as names allow, so that they
        are read from far away.

    Returns
    -------
    Scene
        The same boxes in the same arrangement, stretched or drawn together
        until they fill the frame's shape; no two stand closer than 12 units.
    """
    if len(scene.boxes) < 3:
        return scene
    boxes = tuple((b.id, b.x, b.y, b.width, b.height, b.theme) for b in scene.boxes)
    links = tuple(sorted({_pair(x.source, x.target) for x in scene.lines}))
    return _moved(scene, _places(boxes, links, round(ratio, 3), closely=closely))


def in_one_strip(scene: Scene) -> Scene:
    """Return a scene with what nothing links in one strip below what is linked."""
    import numpy as np

    from systemmap.drawing.layout.tray import AISLE, rows

    ends = {end for line in scene.lines for end in (line.source, line.target)}
    loose = sorted(
        (b for b in scene.boxes if b.id not in ends), key=lambda b: (b.theme, b.id)
    )
    if not loose or not ends:
        return scene
    left, _, right, bottom = bounds_of(tuple(b for b in scene.boxes if b.id in ends))
    half = np.array([(box.width, box.height) for box in loose], float) / 2
    places = rows(half, max(right - left, float(2 * half[:, 0].max())))
    where = {box.id: (box.x, box.y) for box in scene.boxes}
    for box, (x, y) in zip(loose, places.tolist(), strict=True):
        where[box.id] = (round(left + x, 1), round(bottom + AISLE + y, 1))
    return _moved(scene, where)


def scale_in(scene: Scene, frame: Place) -> float:
    """Return how many pixels a drawing unit has where a frame shows a whole scene."""
    left, top, right, bottom = scene.bounds
    return min(frame[0] / (right - left), frame[1] / (bottom - top))


def _moved(scene: Scene, where: Mapping[str, Place]) -> Scene:
    """Return a scene with its boxes elsewhere; the letters of loops go with them."""
    moved = tuple(replace(b, x=where[b.id][0], y=where[b.id][1]) for b in scene.boxes)
    letters = [_carried(letter, scene.boxes, moved) for letter in scene.letters]
    frames = {box.id: box.frame for box in moved}
    settled = settled_letters(letters, frames)
    return replace(scene, boxes=moved, letters=settled, bounds=bounds_of(moved))


SCREENS = MappingProxyType(
    {
        "": SCREEN,
        "square": (760.0, 760.0),
        "tall": (780.0, 920.0),
        "narrow": (290.0, 460.0),
    }
)
"""Pixels for the map by the shape of the canvas: wide, and what is less so."""


def shown_on_screen(scene: Scene, shape: str = "") -> Scene:
    """Return a scene as a screen shows it.

    Parameters
    ----------
    scene : Scene
        What to draw. It is not changed.
    shape : str
        The shape of the canvas, one of `SCREENS`; for another, all stay.

    Returns
    -------
    Scene
        Each box where it is stored, unless that shows names too small to read
        and drawing the map together for this shape makes them much larger. Then
        nobody moves between two openings who is stored where they were.
    """
    if shape not in SCREENS or (not shape and len(scene.boxes) > MANY):
        return scene
    screen = SCREENS[shape]
    stored = scale_in(scene, screen)
    if stored >= READABLE:
        return scene
    together = framed(scene, screen[0] / screen[1])
    if scale_in(together, screen) <= WORTH * stored:
        return scene
    return _as_shown_before(scene, together, screen)


@dataclass(frozen=True, slots=True)
class _Shown:
    """How a map drawn together was last shown: its boxes as stored, and their places."""

    screen: Place
    stored: Mapping[str, Stored]
    places: Mapping[str, Place]


_last_shown: deque[_Shown] = deque(maxlen=32)


def _as_shown_before(scene: Scene, together: Scene, screen: Place) -> Scene:
    """Return a map drawn together, with everybody where the last opening showed them.

    What was stored elsewhere since moves as far as it did there, as on an open canvas
    (`arrangement.js`), and what is new stands beside what it is stored beside. Where
    that leaves the map much smaller than it could be, all is drawn together afresh.
    """
    stored = {box.id: _stored(box) for box in scene.boxes}
    shown = together
    for last in reversed(tuple(_last_shown)):
        same = sum(last.stored.get(key) == box for key, box in stored.items())
        if last.screen != screen or same < ALIKE * max(len(stored), len(last.stored)):
            continue
        kept = _moved(scene, _kept_places(scene, last))
        least = min(READABLE, scale_in(together, screen) / WORTH)
        shown = kept if scale_in(kept, screen) >= least else together
        break
    places = {box.id: (box.x, box.y) for box in shown.boxes}
    _last_shown.append(_Shown(screen, stored, places))
    return shown


def _stored(box: SceneBox) -> Stored:
    return box.x, box.y, box.width, box.height


def _kept_places(scene: Scene, last: _Shown) -> dict[str, Place]:
    import numpy as np

    from systemmap.drawing.layout.spread import nearest_free

    number = {key: at for at, key in enumerate(last.places)}
    stored = np.array([last.stored[key][:2] for key in number], float)
    shown = np.array([last.places[key] for key in number], float)
    scale = np.ptp(shown, axis=0) / np.maximum(np.ptp(stored, axis=0), 1.0)
    at = np.array([(box.x, box.y) for box in scene.boxes], float)
    half = np.array([(box.width, box.height) for box in scene.boxes], float) / 2
    beside = [
        number.get(box.id, int(np.hypot(*(stored - here).T).argmin()))
        for box, here in zip(scene.boxes, at, strict=True)
    ]
    spots = shown[beside] + (at - stored[beside]) * scale
    stays = np.array([last.stored.get(b.id) == _stored(b) for b in scene.boxes], bool)
    for own in np.flatnonzero(~stays):
        spots[own] = nearest_free(spots[own], half[own], spots[stays], half[stays])
        stays[own] = True
    return {
        box.id: (float(x), float(y))
        for box, (x, y) in zip(scene.boxes, spots.round(1), strict=True)
    }


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


@lru_cache(maxsize=32)
def _places(
    boxes: tuple[tuple[str, float, float, float, float, str], ...],
    links: tuple[tuple[str, str], ...],
    ratio: float,
    *,
    closely: bool,
) -> dict[str, tuple[float, float]]:
    import numpy as np  # numpy and scipy, only when something is drawn

    from systemmap.drawing.layout.frames import reframed
    from systemmap.drawing.layout.map_numbers import Picture, page_for

    boxes = tuple(sorted(boxes))
    ids = tuple(box[0] for box in boxes)
    number = {key: at for at, key in enumerate(ids)}
    half = np.array([box[3:5] for box in boxes], float) / 2
    themes = sorted({box[5] for box in boxes if box[5]})
    picture = Picture(
        ids=ids,
        half=half,
        lines=np.array([(number[a], number[b]) for a, b in links], np.intp).reshape(
            -1, 2
        ),
        theme=np.array([themes.index(b[5]) if b[5] else -1 for b in boxes], np.intp),
        themes=len(themes),
        fixed=np.zeros(len(ids), bool),
        page=page_for(half, ratio),
    )
    spots = np.array([box[1:3] for box in boxes], float)
    return picture.as_positions(reframed(spots, picture, closely=closely))


def _carried(
    letter: Letter, before: tuple[SceneBox, ...], after: tuple[SceneBox, ...]
) -> Letter:
    """Return a loop's letter moved as the boxes round it moved."""
    x = y = total = 0.0
    for was, now in zip(before, after, strict=True):
        near = 1.0 / (1.0 + math.hypot(was.x - letter.x, was.y - letter.y)) ** 3
        x, y = x + near * (now.x - was.x), y + near * (now.y - was.y)
        total += near
    return replace(letter, x=letter.x + x / total, y=letter.y + y / total)
