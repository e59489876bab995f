"""Polish: try better spots for one factor after another, keep the best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from systemmap.drawing.layout.pricing import OVERLAP, price_near, surroundings
from systemmap.drawing.layout.quality import OVER_LABEL
from systemmap.drawing.watchers import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.drawing.layout.map_numbers import Floats, Picture
    from systemmap.drawing.layout.pricing import Surroundings

SHRINK = 0.85  # how the reach falls per round
SERIOUS = 2  # swaps of one factor that are worked out to the end
OFTEN = 50  # factors after which whoever watches is told
WORTH = 0.01  # crossings that a swap must save
TOWARDS_NEIGHBOURS = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to polish: spots tried per factor, rounds, and the price of theme distance.

    `reach` is how far from a factor spots are tried, as a share of the span;
    `swaps` is with how many of the nearest boxes it may change places; `over` is
    the price of a line over a label, in crossings.
    """

    tries: int
    rounds: int
    theme: float
    reach: float = 0.22
    swaps: int = 0
    over: float = OVER_LABEL


def polished(
    spots: Floats,
    picture: Picture,
    effort: Effort,
    seed: Sequence[int],
    shares: tuple[float, float] | None = None,
) -> Floats:
    """Return positions with fewer crossings and fewer lines over labels.

    With `shares`, whoever watches is told, between which shares of the whole
    layout this is done.
    """
    rng = np.random.default_rng(seed)
    spots = spots.copy()
    span = spots.max(axis=0) - spots.min(axis=0)
    free = np.flatnonzero(~picture.fixed)
    around = surroundings(picture)
    costs = (effort.theme, effort.over)
    for turn in range(effort.rounds):
        reach = effort.reach * span * SHRINK**turn
        for number, factor in enumerate(rng.permutation(free)):
            if shares and number % OFTEN == 0:
                done = (turn + number / len(free)) / effort.rounds
                told(shares[0] + (shares[1] - shares[0]) * done)
            near = rng.normal(size=(effort.tries, 2)) * reach + spots[factor]
            tried = _candidates(around[factor], near, spots, picture)
            price = price_near(around[factor], tried, spots, picture, *costs)
            best = int(price.argmin())
            spots[factor] = tried[best]
            if effort.swaps:
                _swap(int(factor), float(price[best]), spots, picture, effort, around)
    return spots


def _swap(
    factor: int,
    here: float,
    spots: Floats,
    picture: Picture,
    effort: Effort,
    around: list[Surroundings],
) -> None:
    """Let a factor, whose place costs `here`, change places with a nearby one.

    That is done where the drawing then reads better.
    On a full page hardly any place is free, but many are better filled.
    """
    costs = (effort.theme, effort.over)
    away = np.hypot(*(spots - spots[factor]).T) + np.where(picture.fixed, np.inf, 0.0)
    away[factor] = np.inf
    near = np.argsort(away, kind="stable")[: effort.swaps]
    near = near[np.isfinite(away[near])]
    if not len(near):
        return
    price = price_near(around[factor], spots[near], spots, picture, *costs)
    gain = price - OVERLAP - here  # the other box leaves: it is not in the way
    for at in np.argsort(gain, kind="stable")[:SERIOUS]:
        other = int(near[at])
        mine, theirs = spots[factor].copy(), spots[other].copy()
        spots[factor] = theirs
        there = np.array([theirs, mine])
        back = price_near(around[other], there, spots, picture, *costs)
        if gain[at] + back[1] - (back[0] - OVERLAP) < -WORTH:
            spots[other] = mine
            return
        spots[factor] = mine


def _candidates(
    around: Surroundings, near: Floats, spots: Floats, picture: Picture
) -> Floats:
    """Return where the factor is, the spots nearby, and some towards its neighbours."""
    here = spots[around.factor]
    tried = [here[None, :], near]
    if len(around.neighbours):
        mean = spots[around.neighbours].mean(axis=0)
        tried.append(here + np.outer(TOWARDS_NEIGHBOURS, mean - here))
    inner = picture.half[around.factor]
    spots_tried = np.concatenate(tried)
    spots_tried[1:] = np.clip(spots_tried[1:], inner, picture.page - inner)
    return spots_tried
