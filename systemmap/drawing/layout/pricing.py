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
    are the ends of the m lines that do not touch it, `apart` (d, m) which of
    them touch a neighbour neither. Past its box and its lines by `room`,
    nothing can touch them.
    """

    factor: int
    neighbours: Ints
    fellows: Ints
    start: Ints
    end: Ints
    apart: Bools
    room: Floats


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
    neighbours = neighbours_of(factor, picture)
    start, end = np.ascontiguousarray(others.T)
    return Surroundings(
        factor=factor,
        neighbours=neighbours,
        fellows=fellows[(fellows != factor) & themed],
        start=start,
        end=end,
        apart=(start != neighbours[:, None]) & (end != neighbours[:, None]),
        room=picture.half.max(axis=0) + picture.half[factor] + GAP,
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

    The same as `prices`, when many spots of the same factor are priced. Most
    of the time that a layout takes is spent here, a few spots at a time: arrays
    hold both axes, (2, …), so that one step works on both.
    """
    factor, neighbours, count = around.factor, around.neighbours, len(tried)
    mine = np.concatenate([tried, spots[neighbours]])
    boxes, lines = _near(around, mine, spots)
    start, end = around.start[lines], around.end[lines]
    places, mine = spots.T.copy(), mine.T.copy()
    half = picture.half[boxes]
    in_the_way = overlapping(tried, picture.half[factor], spots[boxes], half, GAP)
    price: Floats = OVERLAP * _counted(in_the_way)
    if len(around.fellows):
        price += theme * _from_fellows(around, tried, spots)
    beside, meets = _lines_met(mine, places, start, end, picture.half[factor])
    met = _counted(meets[:count])
    if not len(neighbours):
        return price + over_label * met
    tried_at = mine[:, :count, None]
    reach = mine[:, None, count:] - tried_at  # (2, k, d): my lines
    to = places[:, None, :] - tried_at  # (2, k, n): to each factor
    # on which side of each of my lines each factor lies, (k, d, n)
    side = reach[0, :, :, None] * to[1, :, None, :]
    side -= reach[1, :, :, None] * to[0, :, None, :]
    price += LENGTH * np.add.reduce(np.hypot(reach[0], reach[1]), axis=1)
    over = _my_lines_over_boxes(reach, to[:, :, boxes], side[:, :, boxes], half.T)
    over &= boxes != neighbours[:, None]
    price += over_label * _counted(over)
    price += over_label * met
    left = side > 0
    crossed = left[:, :, start]
    crossed ^= left[:, :, end]
    crossed &= beside[:count, None, :] ^ beside[count:]
    crossed &= around.apart[:, lines]
    return price + _counted(crossed)


def _near(around: Surroundings, mine: Floats, spots: Floats) -> tuple[Ints, Ints]:
    """Return the boxes that my box or my lines can touch, and such lines.

    On a large map most lie outside, and need not be priced.
    """
    outside = np.empty((len(spots), 4), bool)  # left of, above, right of and below
    np.less(spots, np.minimum.reduce(mine) - around.room, out=outside[:, :2])
    np.greater(spots, np.maximum.reduce(mine) + around.room, out=outside[:, 2:])
    sides = outside.view(np.uint32)[:, 0]
    # a line lies outside when both its ends lie beyond the same side
    lines = np.flatnonzero((sides[around.start] & sides[around.end]) == 0)
    sides[around.factor] = 1  # my own box is in nobody's way
    return np.flatnonzero(sides == 0), lines


def _from_fellows(around: Surroundings, tried: Floats, spots: Floats) -> Floats:
    """Return how far each tried spot is from the middle of its theme."""
    away = tried - np.add.reduce(spots[around.fellows]) / len(around.fellows)
    away *= away
    far: Floats = np.sqrt(away[:, 0] + away[:, 1])
    return far


def _counted(found: Bools) -> Floats:
    """Count what was found at each tried spot."""
    rows = found.reshape(len(found), -1)
    count: Floats = np.add.reduce(rows, axis=1, dtype=float)
    return count


def _lines_met(
    mine: Floats, places: Floats, start: Ints, end: Ints, half: Floats
) -> tuple[Bools, Bools]:
    """Return on which side of each line I lie, and which lines meet my box there."""
    begin = places[:, start]
    along = places[:, end] - begin
    # (2, k, m): from the line's start to me
    away = mine[:, :, None] - begin[:, None, :]
    beside = along[0] * away[1]
    beside -= along[1] * away[0]
    reach = np.abs(along)
    meets = np.abs(beside) <= half[1] * reach[0] + half[0] * reach[1]
    away -= (along / 2)[:, None, :]
    np.abs(away, out=away)
    close = away <= (half[:, None] + reach / 2)[:, None, :]
    meets &= close[0]
    meets &= close[1]
    return beside > 0, meets


def _my_lines_over_boxes(
    reach: Floats, to: Floats, side: Floats, half: Floats
) -> Bools:
    """Return which boxes each of my lines meets at each tried spot, (k, d, n)."""
    length = np.abs(reach)[..., None]
    meets: Bools = np.abs(side) <= length[0] * half[1] + length[1] * half[0]
    away = to[:, :, None, :] - (reach / 2)[..., None]
    np.abs(away, out=away)
    close = away <= half[:, None, None, :] + length / 2
    meets &= close[0]
    meets &= close[1]
    return meets
