"""Push boxes apart until none overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from systemmap.layout.picture import GAP

if TYPE_CHECKING:
    from systemmap.layout.picture import Bools, Floats, Picture

ROUNDS = 200


def spread_out(spots: Floats, picture: Picture, *, gap: float = GAP) -> Floats:
    """Return positions in which no two boxes overlap; pinned factors stay.

    Boxes that are still in each other's way after all rounds move one by one
    to the nearest free place. Two pinned boxes may overlap: people put them there.
    """
    spots = spots.copy()
    room = picture.half[:, None, :] + picture.half[None, :, :] + gap
    for _ in range(ROUNDS):
        shift = _shift(spots, room, picture.fixed)
        if not shift.any():
            break
        spots += shift
    return _freed(spots, picture, gap)


def overlapping(
    spot: Floats, half: Floats, spots: Floats, halves: Floats, gap: float
) -> Bools:
    """Return which of the boxes at `spots` a box at each `spot` would overlap.

    The result has the shape of `spot` without its last axis, times n.
    """
    apart = np.abs(spot[..., None, :] - spots)
    room = halves + half + gap - 1e-6  # boxes exactly `gap` apart are apart
    result: Bools = np.all(apart < room, axis=-1)
    return result


def nearest_free(spot: Floats, half: Floats, spots: Floats, halves: Floats) -> Floats:
    """Return the nearest place to `spot`, on growing rings, where the box is free."""
    for gap in (GAP, 0.0):
        if not overlapping(spot, half, spots, halves, gap).any():
            return spot
    radius = 0.0
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.column_stack([np.cos(angle), np.sin(angle)])
    while True:
        radius += 12.0
        tried = spot + radius * ring
        free = ~overlapping(tried, half, spots, halves, GAP).any(axis=1)
        if free.any():
            found: Floats = tried[int(free.argmax())]
            return found


def _shift(spots: Floats, room: Floats, fixed: Bools) -> Floats:
    """Return how far each box moves this round: half of each overlap, the short way."""
    apart = spots[:, None, :] - spots[None, :, :]
    excess = room - np.abs(apart)
    clash: Bools = np.all(excess > 1e-6, axis=-1)
    np.fill_diagonal(clash, val=False)
    if not clash.any():
        return np.zeros_like(spots)
    count = len(spots)
    later = np.arange(count)[:, None] > np.arange(count)
    way = np.where(apart == 0, np.where(later, 1.0, -1.0)[..., None], np.sign(apart))
    sideways = excess[..., 0] < excess[..., 1]
    axis = np.stack([sideways, ~sideways], axis=-1)
    share = np.where(fixed, 1.0, 0.5) * clash  # beside a pinned box, move all the way
    shift: Floats = (way * axis * (excess + 0.01) * share[..., None]).sum(axis=1)
    shift[fixed] = 0.0
    return shift


def _freed(spots: Floats, picture: Picture, gap: float) -> Floats:
    """Move what still overlaps to the nearest free place, one by one."""
    half = picture.half
    for i in np.flatnonzero(~picture.fixed):
        others = np.arange(len(spots)) != i
        clash = overlapping(spots[i], half[i], spots[others], half[others], min(gap, 0))
        if clash.any():
            spots[i] = nearest_free(spots[i], half[i], spots[others], half[others])
    return spots
