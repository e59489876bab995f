"""A scene drawn to fill a frame: a sheet of paper, a slide, a picture."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from systemmap.drawing.letters import settled_letters
from systemmap.drawing.scene import bounds_of

if TYPE_CHECKING:
    from systemmap.drawing.letters import Letter
    from systemmap.drawing.scene import Scene, SceneBox

SCREEN = (1_330.0, 572.0)  # pixels that a small laptop has for the map
MANY = 400  # boxes; beyond, no arrangement of a wide canvas shows all names
READABLE = 0.75  # pixels for a drawing unit: names of nearly 9 pixels
WORTH = 1.25  # times as large must names become, before a stored map is drawn together


def framed(scene: Scene, ratio: float) -> Scene:
    """Return a scene whose arrangement fills a frame.

    Parameters
    ----------
    scene : Scene
        What to draw. It is not changed.
    ratio : float
        Width of the frame by its height.

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
    where = _places(boxes, links, round(ratio, 3))
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
        and drawing the map together for this shape makes them much larger.
    """
    if shape not in SCREENS or (not shape and len(scene.boxes) > MANY):
        return scene
    screen = SCREENS[shape]
    stored = _scale(scene, screen)
    if stored >= READABLE:
        return scene
    together = framed(scene, screen[0] / screen[1])
    return together if _scale(together, screen) > WORTH * stored else scene


def _scale(scene: Scene, screen: tuple[float, float]) -> float:
    left, top, right, bottom = scene.bounds
    return min(screen[0] / (right - left), screen[1] / (bottom - top))


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


@lru_cache(maxsize=32)
def _places(
    boxes: tuple[tuple[str, float, float, float, float, str], ...],
    links: tuple[tuple[str, str], ...],
    ratio: float,
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
    return picture.as_positions(reframed(spots, picture))


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
