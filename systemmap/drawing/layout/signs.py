"""Where the small +, − or ? of each link stands: on its own line, clear of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import KDTree

from systemmap.drawing.layout.routes import MANY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.drawing.layout.map_numbers import Floats
    from systemmap.drawing.layout.routes import Pieces

ROOM = 4.5  # drawing units round the middle of a sign that nothing else may enter
HEAD = 15.0  # drawing units before the tip in which the arrow's head lies
EVERY = 3.0  # drawing units between the spots that are tried
MOST = 70  # spots of one line that are tried, from its head back
CROSSED = 4.0  # another line nearer than this makes a spot harder to read
CHIP = (
    2.5,
    -1.0,
    9.0,
    6.0,
)  # middle of a theme's code from a box's corner, half its size


def along(route: Pieces, every: float = EVERY) -> Floats:
    """Return points on a route, `every` drawing units apart, from start to end."""
    points = np.array(route)
    curves = [points[at : at + 3] for at in range(0, len(points) - 2, 2)]
    traced = [points[:1]]
    for start, via, end in curves:
        reach = np.hypot(*(via - start)) + np.hypot(*(end - via))
        share = np.linspace(0, 1, max(2, int(reach / 2) + 2))[1:, None]
        rest = 1 - share
        traced.append(rest**2 * start + 2 * rest * share * via + share**2 * end)
    line = np.concatenate(traced)
    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    count = max(2, round(float(steps[-1]) / every) + 1)
    wanted = np.linspace(0.0, steps[-1], count)
    return np.column_stack(
        [np.interp(wanted, steps, line[:, 0]), np.interp(wanted, steps, line[:, 1])]
    )


def signs_on(
    routes: Sequence[Pieces],
    spots: Floats,
    half: Floats,
    names: Sequence[tuple[float, float, float, float]] = (),
) -> list[tuple[float, float]]:
    """Return where each route's sign stands; `names` are the frames of other words.

    Near its head if it can: free of boxes, of signs already placed and, where
    there is such a spot, of other lines. Those with least room choose first.
    """
    if len(spots) > MANY:  # nobody sees signs until few of them are in sight
        return [_near(route[-2], route[-1]) for route in routes]
    words = np.array(names, float).reshape(-1, 4)
    lines = [along(route) for route in routes]
    if not lines:
        return []
    tree = KDTree(np.concatenate(lines))
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    placed = np.full((len(lines), 2), np.inf)
    every = [_candidates(line) for line in lines]
    fixed = [
        1000.0 * _on_boxes(tried, spots, half) + 200.0 * _on_words(tried, words)
        for tried in every
    ]
    room = [int((price == 0).sum()) for price in fixed]
    for number in sorted(range(len(lines)), key=lambda number: (room[number], number)):
        tried = every[number]
        price = fixed[number] + _near_head(tried)
        price += 400.0 * _on_signs(tried, placed)
        near = tree.query_ball_point(tried, CROSSED)
        crossed = [len(set(owner[found].tolist()) - {number}) for found in near]
        price += 40.0 * np.minimum(crossed, 3)
        placed[number] = tried[int(price.argmin())]
    return [(round(float(x), 1), round(float(y), 1)) for x, y in placed]


def _near(before: tuple[float, float], tip: tuple[float, float]) -> tuple[float, float]:
    """Return the spot a head's length before a line's tip."""
    back = np.array(before) - np.array(tip)
    share = min(HEAD / max(float(np.hypot(*back)), 1e-9), 1.0)
    x, y = np.array(tip) + share * back
    return round(float(x), 1), round(float(y), 1)


def _candidates(line: Floats) -> Floats:
    """Return spots on a line from its head back; on a very short one also beside it."""
    back = line[::-1]
    skipped = int(HEAD / EVERY)
    if len(back) > skipped + 1:
        return back[skipped : skipped + MOST]
    middle = back[len(back) // 2]
    way = back[-1] - back[0]
    way = way / max(float(np.hypot(*way)), 1e-9)
    across = np.array([-way[1], way[0]])
    sides = [middle + side * across for side in (7.0, -7.0, 9.0, -9.0)]
    return np.array([back[-1], *sides, middle])


def _near_head(tried: Floats) -> Floats:
    """Return a small price that grows with the way from the head."""
    price: Floats = np.minimum(np.arange(len(tried)) * EVERY / 6.0, 30.0)
    return price


def _on_boxes(tried: Floats, spots: Floats, half: Floats) -> Floats:
    """Count the boxes, or the codes at their corners, that a sign would touch."""
    away = np.abs(tried[:, None, :] - spots)
    touches = (away < half + ROOM).all(axis=2)
    x, y, wide, high = CHIP
    chip = spots - half + np.array([x, y])
    beside = np.abs(tried[:, None, :] - chip)
    touches |= (beside < np.array([wide, high]) + ROOM - 1.5).all(axis=2)
    counted: Floats = touches.sum(axis=1).astype(float)
    return counted


def _on_words(tried: Floats, words: Floats) -> Floats:
    away = np.abs(tried[:, None, :] - words[:, :2])
    counted: Floats = np.all(away < words[:, 2:] + ROOM, axis=2).sum(axis=1)
    return counted


def _on_signs(tried: Floats, placed: Floats) -> Floats:
    there = placed[np.isfinite(placed[:, 0])]
    if not len(there):
        return np.zeros(len(tried))
    away = np.abs(tried[:, None, :] - there)
    counted: Floats = (np.hypot(*away.transpose(2, 0, 1)) < 2 * ROOM + 1).sum(axis=1)
    return counted.astype(float)
