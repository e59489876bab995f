"""Polish: try better spots for one factor after another, keep the best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from systemmap.layout.picture import GAP, MARGIN
from systemmap.layout.spread import overlapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.layout.picture import Bools, Floats, Ints, Picture

OVER_LABEL, LENGTH, OVERLAP = 1.5, 0.004, 60.0  # each against one crossing
FIRST_REACH, SHRINK = 0.22, 0.85  # share of the span, and how it falls per round
TOWARDS_NEIGHBOURS = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to polish: spots tried per factor, rounds, and the price of theme distance.

    `starts` polishes are made and the best is kept: where one ends depends on
    chance, by some 30 crossings on a map of 108 factors.
    """

    tries: int
    rounds: int
    theme: float
    starts: int = 1


def polished(
    spots: Floats, picture: Picture, effort: Effort, seed: Sequence[int]
) -> Floats:
    """Return positions with fewer crossings and fewer lines over labels."""
    rng = np.random.default_rng(seed)
    spots = spots.copy()
    span = spots.max(axis=0) - spots.min(axis=0)
    free = np.flatnonzero(~picture.fixed)
    around = _surroundings(picture)
    for turn in range(effort.rounds):
        reach = FIRST_REACH * span * SHRINK**turn
        for factor in rng.permutation(free):
            near = rng.normal(size=(effort.tries, 2)) * reach + spots[factor]
            tried = _candidates(around[factor], near, spots, picture)
            price = _prices(around[factor], tried, spots, picture, effort.theme)
            spots[factor] = tried[int(price.argmin())]
    return spots


@dataclass(frozen=True, slots=True)
class _Surroundings:
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
    return _prices(_around(factor, picture), tried, spots, picture, theme)


def _surroundings(picture: Picture) -> list[_Surroundings]:
    return [_around(factor, picture) for factor in range(len(picture.ids))]


def _around(factor: int, picture: Picture) -> _Surroundings:
    others = picture.lines[(picture.lines != factor).all(axis=1)]
    fellows = np.flatnonzero(picture.theme == picture.theme[factor])
    themed = picture.theme[factor] >= 0
    return _Surroundings(
        factor=factor,
        neighbours=neighbours_of(factor, picture),
        fellows=fellows[(fellows != factor) & themed],
        start=np.ascontiguousarray(others[:, 0]),
        end=np.ascontiguousarray(others[:, 1]),
    )


def _prices(
    around: _Surroundings, tried: Floats, spots: Floats, picture: Picture, theme: float
) -> Floats:
    half = picture.half
    boxes = overlapping(tried, half[around.factor], spots, half, GAP)
    boxes[:, around.factor] = False
    price: Floats = OVERLAP * boxes.sum(axis=1)
    if len(around.fellows):
        middle = spots[around.fellows].mean(axis=0)
        price += theme * np.linalg.norm(tried - middle, axis=1)
    if len(around.neighbours):
        reach = tried[:, None, :] - spots[around.neighbours]
        price += LENGTH * np.hypot(reach[..., 0], reach[..., 1]).sum(axis=1)
    return price + _line_prices(around, tried, spots, half)


def _candidates(
    around: _Surroundings, near: Floats, spots: Floats, picture: Picture
) -> Floats:
    """Return where the factor is, the spots nearby, and some towards its neighbours."""
    here = spots[around.factor]
    tried = [here[None, :], near]
    if len(around.neighbours):
        mean = spots[around.neighbours].mean(axis=0)
        tried.append(here + np.outer(TOWARDS_NEIGHBOURS, mean - here))
    inner = MARGIN + picture.half[around.factor]
    spots_tried = np.concatenate(tried)
    spots_tried[1:] = np.clip(spots_tried[1:], inner, picture.page - inner)
    return spots_tried


def _line_prices(
    around: _Surroundings, tried: Floats, spots: Floats, half: Floats
) -> Floats:
    """Price the crossings and the lines over labels that each tried spot brings."""
    factor, neighbours = around.factor, around.neighbours
    start, end = around.start, around.end
    along = spots[end] - spots[start]
    away = tried[:, None, :] - spots[start]  # (k, m, 2)
    beside = along[:, 0] * away[..., 1] - along[:, 1] * away[..., 0]  # (k, m)
    price = OVER_LABEL * _over_my_box(half[factor], along, away, beside)
    if not len(neighbours):
        return price
    reach = spots[neighbours] - tried[:, None, :]  # (k, d, 2): my lines
    to_box = spots - tried[:, None, :]  # (k, n, 2)
    side = (
        reach[:, :, None, 0] * to_box[:, None, :, 1]
        - reach[:, :, None, 1] * to_box[:, None, :, 0]
    )  # (k, d, n): which side of my line each factor lies on
    left = side > 0
    parted = left[:, :, start] != left[:, :, end]
    ends = spots[neighbours][:, None, :] - spots[start]
    other_side = along[:, 0] * ends[..., 1] - along[:, 1] * ends[..., 0]  # (d, m)
    parted &= (beside > 0)[:, None, :] != (other_side > 0)
    parted &= (start != neighbours[:, None]) & (end != neighbours[:, None])
    over = _my_lines_over_boxes(reach, to_box, side, half)
    over[:, np.arange(len(neighbours)), neighbours] = False
    over[:, :, factor] = False
    price += parted.sum(axis=(1, 2)) + OVER_LABEL * over.sum(axis=(1, 2))
    return price


def _over_my_box(half: Floats, along: Floats, away: Floats, beside: Floats) -> Floats:
    """Count the other lines that meet my box at each tried spot."""
    length = np.abs(along)
    near = (np.abs(away - along / 2) <= half + length / 2).all(axis=-1)
    meets = near & (np.abs(beside) <= half[1] * length[:, 0] + half[0] * length[:, 1])
    count: Floats = meets.sum(axis=1).astype(float)
    return count


def _my_lines_over_boxes(
    reach: Floats, to_box: Floats, side: Floats, half: Floats
) -> Bools:
    """Return which boxes each of my lines meets at each tried spot, (k, d, n)."""
    length = np.abs(reach)
    meets = np.abs(side) <= (
        length[:, :, None, 0] * half[:, 1] + length[:, :, None, 1] * half[:, 0]
    )
    for axis in (0, 1):
        middle = reach[:, :, None, axis] / 2
        meets &= (
            np.abs(to_box[:, None, :, axis] - middle)
            <= half[:, axis] + length[:, :, None, axis] / 2
        )
    return meets
