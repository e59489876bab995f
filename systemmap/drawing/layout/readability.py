"""How well a drawing can be read, counted on what is drawn: lines, signs, gaps, the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import ConvexHull

from systemmap.drawing.layout.map_parts import bounds
from systemmap.drawing.layout.signs import ROOM, along

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.drawing.layout.map_numbers import Floats, Ints
    from systemmap.drawing.layout.routes import Pieces

LABEL = 11.5  # drawing units: the size of a box's name
TOUCHES = 0.5  # drawing units that a line may enter a box before it counts as behind it


def links_behind_boxes(
    routes: Sequence[Pieces],
    links: Sequence[tuple[int, int]],
    spots: Floats,
    half: Floats,
) -> int:
    """Count the links that pass behind a box which is not one of their ends."""
    count = 0
    for route, ends in zip(routes, links, strict=True):
        away = np.abs(along(route, 2.0)[:, None, :] - spots)
        inside = np.all(away < half - TOUCHES, axis=2)
        inside[:, list(ends)] = False
        count += bool(inside.any())
    return count


def sign_collisions(
    signs: Sequence[tuple[float, float]], spots: Floats, half: Floats
) -> int:
    """Count the signs that touch a box or another sign."""
    if not len(signs):
        return 0
    at = np.array(signs, float)
    touches = np.all(np.abs(at[:, None, :] - spots) < half + ROOM - 0.5, axis=2)
    apart = np.hypot(*(at[:, None, :] - at).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    return int((touches.any(axis=1) | (apart < 2 * ROOM - 0.5).any(axis=1)).sum())


def smallest_gap(spots: Floats, half: Floats) -> float:
    """Return the smallest distance between two boxes; below 0 = they overlap."""
    if len(spots) < 2:
        return float("inf")
    gaps = (np.abs(spots[:, None, :] - spots) - half[:, None, :] - half).max(axis=2)
    np.fill_diagonal(gaps, np.inf)
    return round(float(gaps.min()), 1)


def used_share(spots: Floats, half: Floats, frame: tuple[float, float]) -> float:
    """Return the share of a frame within the line drawn tight round all boxes."""
    low, high = bounds(spots, half)
    scale = float((np.array(frame) / (high - low)).min())
    corners = np.concatenate(
        [spots + half * np.array(way) for way in ((1, 1), (1, -1), (-1, 1), (-1, -1))]
    )
    area = float(ConvexHull(corners).volume) * scale**2
    return area / (frame[0] * frame[1])


def label_size(spots: Floats, half: Floats, frame: tuple[float, float]) -> float:
    """Return how large names are when a frame shows all boxes, in the frame's units."""
    low, high = bounds(spots, half)
    return LABEL * float((np.array(frame) / (high - low)).min())


def farthest_island(groups: Sequence[Ints], spots: Floats, half: Floats) -> float:
    """Return the longest way from a part of the map to the nearest box of another."""
    farthest = 0.0
    for group in groups:
        others = np.ones(len(spots), bool)
        others[group] = False
        if others.any():
            away = np.abs(spots[group][:, None, :] - spots[others])
            gaps = (away - half[group][:, None, :] - half[others]).max(axis=2)
            farthest = max(farthest, float(gaps.min()))
    return farthest
