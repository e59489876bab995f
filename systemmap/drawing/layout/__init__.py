"""Where each factor is drawn: themed wheel, stress majorisation, push-apart, polish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from systemmap.drawing.layout.map_numbers import picture_of
from systemmap.drawing.layout.polish import Effort, polished
from systemmap.drawing.layout.pricing import neighbours_of, prices
from systemmap.drawing.layout.quality import clutter
from systemmap.drawing.layout.spread import nearest_free, spread_out
from systemmap.drawing.layout.stress import majorised
from systemmap.drawing.layout.wheel import anchors

if TYPE_CHECKING:
    from collections.abc import Collection

    from systemmap.drawing.layout.map_numbers import Bools, Floats, Picture
    from systemmap.model.system_map import SystemMap

EFFORTS = {
    "interactive": Effort(tries=16, rounds=4, theme=0.02),
    "export": Effort(tries=32, rounds=12, theme=0.01, starts=3),
}
MANY = 200  # factors; beyond, polishing in full takes longer than anyone waits
FOR_MANY = Effort(tries=6, rounds=2, theme=0.02, reach=0.1)
NEARBY = 260.0  # drawing units round its start in which a new factor looks for a place


def place(
    system_map: SystemMap,
    *,
    quality: Literal["interactive", "export"] = "interactive",
    seed: int = 1,
) -> dict[str, tuple[float, float]]:
    """Place every factor afresh.

    Parameters
    ----------
    system_map : SystemMap
        The map to draw. It is not changed.
    quality : {"interactive", "export"}
        Under a second for a map of usual size, or some seconds for paper.
    seed : int
        The same seed gives the same places.

    Returns
    -------
    dict[str, tuple[float, float]]
        Centre of each box by factor id, in drawing units, y downwards, on a
        page of 2,600 by 1,800 (larger for very large maps). No two boxes
        overlap. Pinned factors keep their place.
    """
    picture = picture_of(system_map)
    if not picture.ids:
        return {}
    spots = majorised(picture, anchors(picture), seed)
    for key, spot in _pins(picture, system_map).items():
        spots[picture.ids.index(key)] = spot
    spots = spread_out(spots, picture)
    best = _best_polished(spots, picture, EFFORTS[quality], seed)
    return picture.as_positions(best) | _pins(picture, system_map)


def place_new(
    system_map: SystemMap, *, moved: Collection[str] = (), seed: int = 1
) -> dict[str, tuple[float, float]]:
    """Find places for new factors and leave everybody else where they are.

    Parameters
    ----------
    system_map : SystemMap
        The map to draw; factors without x and y are new. It is not changed.
    moved : collection of factor ids
        Factors to place again as though they were new, unless pinned.
    seed : int
        Used where nothing has a place yet.

    Returns
    -------
    dict[str, tuple[float, float]]
        The centre of every box. A new factor stands near the middle of its
        neighbours, else of its theme, where no box is in the way.
    """
    factors = system_map.factors
    kept = {
        key: (factor.x, factor.y)
        for key, factor in factors.items()
        if factor.x is not None
        and factor.y is not None
        and (factor.pinned or key not in moved)
    }
    if not kept:
        return place(system_map, seed=seed)
    picture = picture_of(system_map)
    spots = np.array([kept.get(key, (np.nan, np.nan)) for key in picture.ids], float)
    for factor in _most_linked_first(spots, picture):
        spots[factor] = _place_for(factor, spots, picture)
    return picture.as_positions(spots) | {key: kept[key] for key in sorted(kept)}


def _best_polished(
    spots: Floats, picture: Picture, effort: Effort, seed: int
) -> Floats:
    """Polish as often as the effort says, and return the result that reads best."""
    effort = effort if len(picture.ids) <= MANY else FOR_MANY
    ends = [
        spread_out(polished(spots, picture, effort, seed=[seed, start]), picture)
        for start in range(effort.starts)
    ]
    if len(ends) == 1:
        return ends[0]
    return min(ends, key=lambda end: clutter(end, picture))


def _pins(picture: Picture, system_map: SystemMap) -> dict[str, tuple[float, float]]:
    """Return where people pinned factors, to the last digit."""
    pinned = [picture.ids[i] for i in np.flatnonzero(picture.fixed)]
    factors = [system_map.factors[key] for key in pinned]
    return {factor.id: (factor.x or 0.0, factor.y or 0.0) for factor in factors}


def _most_linked_first(spots: Floats, picture: Picture) -> list[int]:
    """Return the factors without a place, those with most placed neighbours first."""
    placed = ~np.isnan(spots[:, 0])
    waiting = [int(i) for i in np.flatnonzero(~placed)]
    return sorted(
        waiting, key=lambda i: (-int(placed[neighbours_of(i, picture)].sum()), i)
    )


def _place_for(factor: int, spots: Floats, picture: Picture) -> Floats:
    """Return the best free spot near the middle of the factor's neighbours or theme."""
    placed = ~np.isnan(spots[:, 0])
    there = _part(picture, placed, factor)
    known = spots[placed | (np.arange(len(spots)) == factor)].copy()
    number = int(placed[:factor].sum())
    start = _starting_point(factor, spots, picture)
    known[number] = start
    tried = np.concatenate([start[None, :], start + NEARBY * _SUNFLOWER])
    best = tried[int(prices(number, tried, known, there, 0.01).argmin())]
    others = np.arange(len(known)) != number
    return nearest_free(best, there.half[number], known[others], there.half[others])


def _starting_point(factor: int, spots: Floats, picture: Picture) -> Floats:
    placed = ~np.isnan(spots[:, 0])
    neighbours = np.zeros(len(spots), bool)
    neighbours[neighbours_of(factor, picture)] = True
    fellows = (picture.theme == picture.theme[factor]) & (picture.theme[factor] >= 0)
    for group in (neighbours & placed, fellows & placed, placed):
        if group.any():
            return np.asarray(spots[group].mean(axis=0))
    return picture.page / 2


def _part(picture: Picture, placed: Bools, factor: int) -> Picture:
    """Return the picture of the placed factors and this one only."""
    keep = placed.copy()
    keep[factor] = True
    number = np.cumsum(keep) - 1
    lines = picture.lines[keep[picture.lines].all(axis=1)]
    return type(picture)(
        ids=tuple(np.array(picture.ids)[keep]),
        half=picture.half[keep],
        lines=number[lines].reshape(-1, 2),
        theme=picture.theme[keep],
        themes=picture.themes,
        fixed=picture.fixed[keep],
        page=picture.page,
    )


def _sunflower(count: int) -> Floats:
    """Return points spread evenly over the unit disc, the middle first."""
    index = np.arange(1, count + 1)
    radius, angle = np.sqrt(index / count), index * np.pi * (3 - 5**0.5)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


_SUNFLOWER = _sunflower(60)
