"""The pale ground of each theme: round its boxes, and between those that stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import ConvexHull

if TYPE_CHECKING:
    from systemmap.drawing.layout.map_numbers import Bools, Floats

AROUND = 9.0  # drawing units of ground round a box
TOGETHER = 90.0  # drawing units between boxes over which a ground reaches
SIDES = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])

Polygon = tuple[tuple[float, float], ...]


def grounds_of(spots: Floats, half: Floats, own: Bools) -> list[Polygon]:
    """Return one theme's ground as polygons that may overlap.

    Each of its boxes has its own; between two that are close, the ground is
    closed unless a box of another theme stands there.
    """
    mine = np.flatnonzero(own)
    corners = spots[:, None, :] + SIDES * (half[:, None, :] + AROUND)
    found = [_polygon(corners[one]) for one in mine]
    others = ~own
    one, two = (mine[side] for side in np.triu_indices(len(mine), 1))
    apart = np.abs(spots[one] - spots[two]) - half[one] - half[two]
    near = (apart.max(axis=1) <= TOGETHER) & (apart.min(axis=1) <= TOGETHER / 2)
    for first, second in zip(one[near], two[near], strict=True):
        points = np.concatenate([corners[first], corners[second]])
        hull = points[ConvexHull(points).vertices]
        if not _covers(hull, spots[others], half[others]):
            found.append(_polygon(hull))
    return found


def _polygon(points: Floats) -> Polygon:
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in points)


def _covers(hull: Floats, spots: Floats, half: Floats) -> bool:
    """Return whether a convex polygon meets one of the boxes."""
    if not len(spots):
        return False
    low, high = hull.min(axis=0), hull.max(axis=0)
    near = ((spots + half > low) & (spots - half < high)).all(axis=1)
    if not near.any():
        return False
    spots, half = spots[near], half[near]
    edges = np.roll(hull, -1, axis=0) - hull
    normals = np.column_stack([edges[:, 1], -edges[:, 0]])
    reach = half @ np.abs(normals).T
    away = spots @ normals.T
    inner = hull @ normals.T
    meets = (away - reach < inner.max(axis=0)).all(axis=1)
    meets &= (away + reach > inner.min(axis=0)).all(axis=1)
    return bool(meets.any())
