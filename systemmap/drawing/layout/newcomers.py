"""Places for new factors on a map that stands: nobody else moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from systemmap.drawing.layout.arrangement import as_island
from systemmap.drawing.layout.map_numbers import GAP, SCREEN
from systemmap.drawing.layout.map_parts import bounds, chosen, parts_of
from systemmap.drawing.layout.pricing import neighbours_of, prices
from systemmap.drawing.layout.spread import nearest_free, overlapping
from systemmap.drawing.layout.tray import block_place, tray_place

if TYPE_CHECKING:
    from systemmap.drawing.layout.map_numbers import Bools, Floats, Ints, Picture

EVERY = 16.0  # drawing units between the places that are tried for a new factor
ROUND_THE_MAP = 90.0  # drawing units past the map's edge that are tried too
FARTHEST = 700.0  # drawing units from its neighbours at which places are tried
TRIED = 160  # free places, the nearest, of which the best is taken
NEAR = 0.02  # crossings that a drawing unit away from the neighbours is worth
GROWTH = 0.1  # crossings that a drawing unit is worth by which the whole grows


def with_newcomers(spots: Floats, picture: Picture, seed: int) -> Floats:
    """Return places for all; those that are nan are new, and only they are filled in."""
    spots = spots.copy()
    parts = parts_of(picture)
    groups = [group for group in (parts.main, *parts.islands) if len(group)]
    for group in groups:
        if np.isnan(spots[group, 0]).all():
            _place_block(group, spots, picture, seed)
        else:
            _place_linked(group, spots, picture)
    for factor in parts.unlinked:
        if np.isnan(spots[factor, 0]):
            spots[factor] = _tray_place(int(factor), spots, picture)
    return spots


def _place_linked(group: Ints, spots: Floats, picture: Picture) -> None:
    """Place factors beside their neighbours, those with most placed ones first."""
    while True:
        placed = ~np.isnan(spots[:, 0])
        waiting = [int(factor) for factor in group if not placed[factor]]
        if not waiting:
            return
        known = {f: int(placed[neighbours_of(f, picture)].sum()) for f in waiting}
        factor = min(waiting, key=lambda f: (-known[f], f))
        spots[factor] = _place_for(factor, spots, picture)


def _place_block(group: Ints, spots: Floats, picture: Picture, seed: int) -> None:
    """Place new factors that are linked only among themselves together, beside the map."""
    block = as_island(picture.part(chosen(group, len(spots))), seed)
    low, high = bounds(block, picture.half[group])
    there = ~np.isnan(spots[:, 0])
    where = block_place((high - low) / 2, spots[there], picture.half[there], SCREEN)
    spots[group] = block - (low + high) / 2 + where


def _tray_place(factor: int, spots: Floats, picture: Picture) -> Floats:
    placed = ~np.isnan(spots[:, 0])
    linked = chosen(picture.lines.ravel(), len(spots)) & placed
    held = linked if linked.any() else placed
    return tray_place(
        picture.half[factor],
        spots[placed],
        picture.half[placed],
        bounds(spots[held], picture.half[held]),
        SCREEN,
    )


def _place_for(factor: int, spots: Floats, picture: Picture) -> Floats:
    """Return the best free spot near the middle of the factor's placed neighbours."""
    placed = ~np.isnan(spots[:, 0])
    there = picture.part(placed | chosen(np.array([factor]), len(spots)))
    known = spots[placed | (np.arange(len(spots)) == factor)].copy()
    number = int(placed[:factor].sum())
    others = np.arange(len(known)) != number
    start = _starting_point(factor, spots, picture, placed)
    known[number] = start
    half, halves = there.half[number], there.half[others]
    tried = _free_near(start, half, known[others], halves)
    if not len(tried):
        return nearest_free(start, half, known[others], halves)
    price = prices(number, tried, known, there, 0.0)
    price += NEAR * np.hypot(*(tried - start).T)
    price += GROWTH * _growth(tried, half, known[others], halves)
    best: Floats = tried[int(price.argmin())]
    return best


def _starting_point(
    factor: int, spots: Floats, picture: Picture, placed: Bools
) -> Floats:
    neighbours = chosen(neighbours_of(factor, picture), len(spots)) & placed
    group = neighbours if neighbours.any() else placed
    return np.asarray(spots[group].mean(axis=0))


def _free_near(start: Floats, half: Floats, spots: Floats, halves: Floats) -> Floats:
    """Return the free places nearest to a point, on the map or right round it."""
    low, high = bounds(spots, halves)
    low = np.maximum(low - ROUND_THE_MAP, start - FARTHEST)
    high = np.minimum(high + ROUND_THE_MAP, start + FARTHEST)
    across = np.arange(low[0], high[0] + EVERY, EVERY)
    down = np.arange(low[1], high[1] + EVERY, EVERY)
    grid = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    away = np.hypot(*(grid - start).T)
    nearest = grid[np.argsort(away, kind="stable")]
    free: list[Floats] = []
    found = 0
    for at in range(0, len(nearest), 400):
        some = nearest[at : at + 400]
        some = some[~overlapping(some, half, spots, halves, GAP).any(axis=1)]
        free.append(some)
        found += len(some)
        if found >= TRIED:
            break
    return np.concatenate(free)[:TRIED]


def _growth(tried: Floats, half: Floats, spots: Floats, halves: Floats) -> Floats:
    """Return by how much the whole would grow, on the side that decides its size."""
    low, high = bounds(spots, halves)
    size = high - low
    reach = np.maximum(high, tried + half) - np.minimum(low, tried - half)
    before = max(size[0], size[1] * SCREEN)
    grown: Floats = np.maximum(reach[:, 0], reach[:, 1] * SCREEN) - before
    return grown
