"""What a spot for a factor costs: crossings, lines over labels, length, boxes in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from systemmap.drawing.layout.map_numbers import GAP
from systemmap.drawing.layout.quality import OVER_LABEL
from systemmap.drawing.layout.spread import overlapping

if TYPE_CHECKING:
    from systemmap.drawing.layout.map_numbers import Bools, Floats, Ints, Picture

LENGTH, OVERLAP = 0.004, 60.0  # each against one crossing


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What does not change while one factor is moved.

    `neighbours` share a line with it, `fellows` its theme; `start` and `end`
    are the ends of the lines that do not touch it.
    """

    factor: int
    neighbours: Ints
    fellows: Ints
    start: Ints
    end: Ints


def neighbours_of(factor: int, picture: Picture) -> Ints:
    """Return the numbers of the factors that share a line with this one."""
    start, end = picture.lines.T
    found: Ints = np.concatenate([end[start == factor], start[end == factor]])
    return found


def prices(
    factor: int, tried: Floats, spots: Floats, picture: Picture, theme: float
) -> Floats:
    """Return what each tried spot (k, 2) costs, in crossings."""
    return price_near(_around(factor, picture), tried, spots, picture, theme)


def surroundings(picture: Picture) -> list[Surroundings]:
    """Return each factor's surroundings, by its number."""
    return [_around(factor, picture) for factor in range(len(picture.ids))]


def _around(factor: int, picture: Picture) -> Surroundings:
    one, two = picture.lines.T
    others = picture.lines[(one != factor) & (two != factor)]
    fellows = np.flatnonzero(picture.theme == picture.theme[factor])
    themed = picture.theme[factor] >= 0
    return Surroundings(
        factor=factor,
        neighbours=neighbours_of(factor, picture),
        fellows=fellows[(fellows != factor) & themed],
        start=np.ascontiguousarray(others[:, 0]),
        end=np.ascontiguousarray(others[:, 1]),
    )


def price_near(
    around: Surroundings,
    tried: Floats,
    spots: Floats,
    picture: Picture,
    theme: float,
    over_label: float = OVER_LABEL,
) -> Floats:
    """Return what each tried spot of one factor costs, in crossings.

    The same as `prices`, when many spots of the same factor are priced.
    """
    factor, neighbours = around.factor, around.neighbours
    low, high = _window(around, tried, spots, picture)
    boxes = np.flatnonzero(_inside(spots, spots, low, high))
    boxes = boxes[boxes != factor]
    half, at = picture.half[boxes], spots[boxes]
    in_the_way = overlapping(tried, picture.half[factor], at, half, GAP)
    price: Floats = OVERLAP * _counted(in_the_way)
    if len(around.fellows):
        middle = spots[around.fellows].mean(axis=0)
        price += theme * np.linalg.norm(tried - middle, axis=1)
    if len(neighbours):
        reach = tried[:, None, :] - spots[neighbours]
        price += LENGTH * np.hypot(reach[..., 0], reach[..., 1]).sum(axis=1)
        over = _my_lines_over_boxes(tried, spots[neighbours], at, half)
        over &= boxes != neighbours[:, None]
        price += over_label * _counted(over)
    near = _inside(spots[around.start], spots[around.end], low, high)
    start, end = around.start[near], around.end[near]
    meets, crosses = _lines_met(around, tried, spots, start, end, picture)
    price += over_label * meets
    return price + crosses


def _window(
    around: Surroundings, tried: Floats, spots: Floats, picture: Picture
) -> tuple[Floats, Floats]:
    """Return the corners outside which nothing can touch my box or my lines.

    On a large map most lines and boxes lie outside, and need not be priced.
    """
    mine = np.concatenate([tried, spots[around.neighbours]])
    room = picture.half.max(axis=0) + picture.half[around.factor] + GAP
    return mine.min(axis=0) - room, mine.max(axis=0) + room


def _inside(one: Floats, other: Floats, low: Floats, high: Floats) -> Bools:
    """Return which lines from `one` to `other` come near the window."""
    left, top = np.minimum(one, other).T
    right, bottom = np.maximum(one, other).T
    found: Bools = (
        (right >= low[0]) & (left <= high[0]) & (bottom >= low[1]) & (top <= high[1])
    )
    return found


def _counted(found: Bools) -> Floats:
    """Count what was found at each tried spot."""
    rows = found.reshape(len(found), -1)
    return np.array([np.count_nonzero(row) for row in rows], float)


def _lines_met(
    around: Surroundings,
    tried: Floats,
    spots: Floats,
    start: Ints,
    end: Ints,
    picture: Picture,
) -> tuple[Floats, Floats]:
    """Count the lines over my box, and those that cross mine, at each tried spot."""
    x, y = tried.T[:, :, None]
    (from_x, from_y), (to_x, to_y) = spots[start].T, spots[end].T
    along_x, along_y = to_x - from_x, to_y - from_y
    away_x, away_y = x - from_x, y - from_y  # (k, m): from the line's start to me
    beside = along_x * away_y - along_y * away_x
    half_x, half_y = picture.half[around.factor]
    reach_x, reach_y = np.abs(along_x), np.abs(along_y)
    meets = np.abs(beside) <= half_y * reach_x + half_x * reach_y
    meets &= np.abs(away_x - along_x / 2) <= half_x + reach_x / 2
    meets &= np.abs(away_y - along_y / 2) <= half_y + reach_y / 2
    over = _counted(meets)
    neighbours = around.neighbours
    if not len(neighbours):
        return over, np.zeros(len(tried))
    ends = spots[neighbours]
    mine_x, mine_y = ends[:, 0] - x, ends[:, 1] - y  # (k, d): my lines
    parted = _left_of(mine_x, mine_y, -away_x, -away_y)  # (k, d, m)
    parted ^= _left_of(mine_x, mine_y, to_x - x, to_y - y)
    other_side = along_x * (ends[:, 1:] - from_y) - along_y * (ends[:, :1] - from_x)
    parted &= (beside > 0)[:, None, :] ^ (other_side > 0)
    parted &= (start != neighbours[:, None]) & (end != neighbours[:, None])
    return over, _counted(parted)


def _left_of(mine_x: Floats, mine_y: Floats, to_x: Floats, to_y: Floats) -> Bools:
    """Return which points lie to the left of each of my lines, (k, d, points)."""
    left: Bools = (
        mine_x[:, :, None] * to_y[:, None, :] > mine_y[:, :, None] * to_x[:, None, :]
    )
    return left


def _my_lines_over_boxes(
    tried: Floats, ends: Floats, boxes: Floats, half: Floats
) -> Bools:
    """Return which boxes each of my lines meets at each tried spot, (k, d, n)."""
    reach_x, reach_y = (ends - tried[:, None, :]).transpose(2, 0, 1)[..., None]
    to_x, to_y = (boxes - tried[:, None, :]).transpose(2, 0, 1)[:, :, None, :]
    length_x, length_y = np.abs(reach_x), np.abs(reach_y)
    side = np.abs(reach_x * to_y - reach_y * to_x)
    meets: Bools = side <= length_x * half[:, 1] + length_y * half[:, 0]
    meets &= np.abs(to_x - reach_x / 2) <= half[:, 0] + length_x / 2
    meets &= np.abs(to_y - reach_y / 2) <= half[:, 1] + length_y / 2
    return meets
