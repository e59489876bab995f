"""Polish: try better spots for one factor after another, keep the best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from systemmap.drawing.layout.map_numbers import MARGIN
from systemmap.drawing.layout.pricing import price_near, surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.drawing.layout.map_numbers import Floats, Picture
    from systemmap.drawing.layout.pricing import Surroundings

SHRINK = 0.85  # how the reach falls per round
TOWARDS_NEIGHBOURS = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to polish: spots tried per factor, rounds, and the price of theme distance.

    `reach` is how far from a factor spots are tried, as a share of the span;
    `starts` polishes are made and the best is kept: where one ends depends on
    chance, by some 30 crossings on a map of 108 factors.
    """

    tries: int
    rounds: int
    theme: float
    reach: float = 0.22
    starts: int = 1


def polished(
    spots: Floats, picture: Picture, effort: Effort, seed: Sequence[int]
) -> Floats:
    """Return positions with fewer crossings and fewer lines over labels."""
    rng = np.random.default_rng(seed)
    spots = spots.copy()
    span = spots.max(axis=0) - spots.min(axis=0)
    free = np.flatnonzero(~picture.fixed)
    around = surroundings(picture)
    for turn in range(effort.rounds):
        reach = effort.reach * span * SHRINK**turn
        for factor in rng.permutation(free):
            near = rng.normal(size=(effort.tries, 2)) * reach + spots[factor]
            tried = _candidates(around[factor], near, spots, picture)
            price = price_near(around[factor], tried, spots, picture, effort.theme)
            spots[factor] = tried[int(price.argmin())]
    return spots


def _candidates(
    around: Surroundings, near: Floats, spots: Floats, picture: Picture
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
