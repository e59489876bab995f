"""The ways between boxes: which corners of boxes can be seen from where.

A shortest way round boxes touches nothing but their corners, so corners are the
only places where a line may bend.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_matrix
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from systemmap.drawing.layout.map_numbers import Bools, Floats, Ints

AWAY = 5.0  # drawing units from a box's corner to where a line bends round it
CLOSE = 3.0  # no line comes closer to a box that it does not belong to
PER_BEND = (
    24.0  # drawing units that one bend is worth: fewer bends are easier to follow
)
PIECE = 2_000_000  # pairs of a stretch and a box that are looked at in one go
SIGNS = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])


@dataclass(frozen=True, slots=True)
class Ways:
    """The corners that lines may bend round, and the ways between everything.

    `graph` numbers the middles of boxes as starts, then as ends, then the
    corners; `corner` holds where each corner lies and `owner` its box.
    """

    graph: csr_matrix
    corner: Floats
    owner: Ints
    outward: Floats
    spots: Floats
    half: Floats


def ways_between(spots: Floats, half: Floats, *, reach: float) -> Ways:
    """Find every way from box to corner to box; none passes through another box.

    Parameters
    ----------
    spots, half : array (n, 2)
        Middles of the boxes, and half their width and height.
    reach : float
        Corners further apart than this are not joined directly.
    """
    count = len(spots)
    corner, owner, outward = _open_corners(spots, half)
    one, two = _tangents(corner, outward, reach)
    nobody = np.full(len(one), -1)
    free = clear(corner[one], corner[two], spots, half, nobody, nobody)
    one, two = one[free], two[free]
    box, seen = _from_middles(spots, half, corner, outward, reach)
    rows = np.concatenate([2 * count + one, 2 * count + two, box, 2 * count + seen])
    columns = np.concatenate(
        [2 * count + two, 2 * count + one, 2 * count + seen, count + box]
    )
    across = np.hypot(*(corner[one] - corner[two]).T) + PER_BEND
    along = np.hypot(*(spots[box] - corner[seen]).T) + PER_BEND
    cost = np.concatenate([across, across, along, along])
    size = 2 * count + len(corner)
    graph = coo_matrix((cost, (rows, columns)), shape=(size, size)).tocsr()
    return Ways(graph, corner, owner, outward, spots, half)


def clear(
    start: Floats,
    end: Floats,
    spots: Floats,
    half: Floats,
    own: Ints,
    other: Ints,
    *,
    room: float = CLOSE,
) -> Bools:
    """Return which stretches meet no box but `own` and `other`; -1 = none is theirs."""
    free = np.ones(len(start), bool)
    step = max(1, PIECE // max(1, len(spots)))
    for low in range(0, len(start), step):
        part = slice(low, low + step)
        met = _meets(start[part], end[part], spots, half + room)
        rows = np.arange(len(met))
        for mine in (own[part], other[part]):
            known = mine >= 0
            met[rows[known], mine[known]] = False
        free[part] = ~met.any(axis=1)
    return free


def _meets(start: Floats, end: Floats, spots: Floats, half: Floats) -> Bools:
    """Return which boxes each stretch meets, an array (stretches, boxes)."""
    along = (end - start) / 2
    (middle_x, middle_y), (along_x, along_y) = ((start + end) / 2).T, along.T
    away_x = spots[:, 0] - middle_x[:, None]
    away_y = spots[:, 1] - middle_y[:, None]
    long_x, long_y = np.abs(along_x)[:, None], np.abs(along_y)[:, None]
    met: Bools = np.abs(away_x) < half[:, 0] + long_x
    met &= np.abs(away_y) < half[:, 1] + long_y
    aside = np.abs(along_x[:, None] * away_y - along_y[:, None] * away_x)
    met &= aside < half[:, 1] * long_x + half[:, 0] * long_y
    return met


def _open_corners(spots: Floats, half: Floats) -> tuple[Floats, Ints, Floats]:
    """Return the corners that no other box covers, whose they are, and which way out."""
    corner = (spots[:, None, :] + SIGNS * (half[:, None, :] + AWAY)).reshape(-1, 2)
    owner = np.repeat(np.arange(len(spots)), 4)
    outward = np.tile(SIGNS, (len(spots), 1))
    away = np.abs(corner[:, None, :] - spots)
    covered: Bools = np.all(away < half + CLOSE, axis=2)
    covered[np.arange(len(corner)), owner] = False
    free = ~covered.any(axis=1)
    return corner[free], owner[free], outward[free]


def _tangents(corner: Floats, outward: Floats, reach: float) -> tuple[Ints, Ints]:
    """Return the pairs of corners that a taut line could join."""
    if len(corner) < 2:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    pairs = KDTree(corner).query_pairs(reach, output_type="ndarray")
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    one, two = pairs.T
    along = corner[two] - corner[one]
    taut = _taut(along, outward[one]) & _taut(along, outward[two])
    return one[taut], two[taut]


def _from_middles(
    spots: Floats, half: Floats, corner: Floats, outward: Floats, reach: float
) -> tuple[Ints, Ints]:
    """Return which corners can be seen from the middle of each box."""
    away = corner[None, :, :] - spots[:, None, :]
    near = np.hypot(away[..., 0], away[..., 1]) < reach + half.max()
    box, seen = np.nonzero(near)
    taut = _taut(away[box, seen], outward[seen])
    box, seen = box[taut], seen[taut]
    nobody = np.full(len(box), -1)
    free = clear(spots[box], corner[seen], spots, half, box, nobody)
    return box[free], seen[free]


def _taut(along: Floats, outward: Floats) -> Bools:
    """Return which stretches pass a corner as a string pulled tight would."""
    result: Bools = (along[:, 0] * outward[:, 0]) * (along[:, 1] * outward[:, 1]) <= 0
    return result
