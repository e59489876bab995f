"""Push boxes apart until none overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import KDTree

from systemmap.drawing.layout.map_numbers import GAP
from systemmap.drawing.watchers import told

if TYPE_CHECKING:
    from systemmap.drawing.layout.map_numbers import Bools, Floats, Ints, Picture

ROUNDS = 200
FIRST = 100  # rounds in which linked boxes are pushed further apart
MANY = 300  # boxes; beyond, a round costs more than it gains: who is left moves alone
OFTEN = 50  # boxes after which whoever watches is told
RING, RINGS = 12.0, 8  # drawing units between rings, and how many are tried at once
FOR_ARROW = 14.0  # drawing units more between linked boxes, for the arrow and its sign


def spread_out(
    spots: Floats, picture: Picture, *, gap: float = GAP, inside: bool = False
) -> Floats:
    """Return positions in which boxes lie apart; pinned factors stay.

    Boxes that are still in each other's way after all rounds move one by one
    to the nearest free place. Two pinned boxes may overlap: people put them there.
    With `inside`, boxes are kept on the page where they find room there.
    """
    spots = spots.copy()
    low, high = picture.half, picture.page - picture.half
    linked = _pair_numbers(picture.lines, len(spots))
    share = min(1.0, (MANY / max(1, len(spots))) ** 1.5)
    for pairs, rounds in ((linked, FIRST), (linked[:0], ROUNDS)):
        for _ in range(int(rounds * share)):
            shift = _shift(spots, picture, gap, pairs)
            if not shift.any():
                break
            spots += shift
            if inside:
                held = np.clip(spots, low, np.maximum(low, high))
                spots = np.where(picture.fixed[:, None], spots, held)
    return _freed(spots, picture, gap)


def overlapping(
    spot: Floats, half: Floats, spots: Floats, halves: Floats, gap: float
) -> Bools:
    """Return which of the boxes at `spots` a box at each `spot` would overlap.

    The result has the shape of `spot` without its last axis, times n.
    """
    room = halves + half + gap - 1e-6  # boxes exactly `gap` apart are apart
    result: Bools = np.abs(spot[..., None, 0] - spots[:, 0]) < room[:, 0]
    result &= np.abs(spot[..., None, 1] - spots[:, 1]) < room[:, 1]
    return result


def nearest_free(spot: Floats, half: Floats, spots: Floats, halves: Floats) -> Floats:
    """Return the nearest place to `spot`, on growing rings, where the box is free."""
    if not overlapping(spot, half, spots, halves, GAP).any():
        return spot
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.column_stack([np.cos(angle), np.sin(angle)])
    radii = RING * np.arange(1, RINGS + 1)[:, None, None]
    while True:
        tried = (spot + radii * ring).reshape(-1, 2)
        reach = radii[-1, 0, 0] + halves + half + GAP
        near = (np.abs(spots - spot) < reach).all(axis=1)
        free = ~overlapping(tried, half, spots[near], halves[near], GAP).any(axis=1)
        if free.any():
            found: Floats = tried[int(free.argmax())]
            return found
        radii = radii + RINGS * RING


def _shift(spots: Floats, picture: Picture, gap: float, linked: Ints) -> Floats:
    """Return how far each box moves this round: half of each overlap, the short way."""
    shift = np.zeros_like(spots)
    more = FOR_ARROW if len(linked) else 0.0
    pairs = _close_pairs(spots, picture.half, gap + more)
    one, two = pairs.T
    apart = spots[one] - spots[two]
    excess = picture.half[one] + picture.half[two] + gap - np.abs(apart)
    if len(linked):
        excess[np.isin(_pair_numbers(pairs, len(spots)), linked)] += more
    clash = np.all(excess > 1e-6, axis=1)
    one, two, apart, excess = one[clash], two[clash], apart[clash], excess[clash]
    way = np.where(apart > 0, 1.0, -1.0)
    sideways = excess[:, 0] < excess[:, 1]
    axis = np.column_stack([sideways, ~sideways])
    move = way * axis * (excess + 0.01)
    for mine, other, sign in ((one, two, 1.0), (two, one, -1.0)):
        # beside a pinned box, move all the way
        share = np.where(picture.fixed[other], 1.0, 0.5) * ~picture.fixed[mine]
        np.add.at(shift, mine, sign * share[:, None] * move)
    return shift


def _pair_numbers(pairs: Ints, count: int) -> Ints:
    """Return one number for each pair of boxes, whichever comes first."""
    numbers: Ints = pairs.min(axis=1) * count + pairs.max(axis=1)
    return numbers


def _close_pairs(spots: Floats, half: Floats, gap: float) -> Ints:
    """Return the pairs of boxes that could overlap, in order, as an array (pairs, 2)."""
    scaled = spots / (2 * half.max(axis=0) + gap)
    pairs: Ints = KDTree(scaled).query_pairs(1.0, p=np.inf, output_type="ndarray")
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _freed(spots: Floats, picture: Picture, gap: float) -> Floats:
    """Move what still overlaps to the nearest free place, one by one.

    A place that is free is nobody's: moving there brings no new overlap, so
    only boxes that overlap before the first move need to be looked at.
    """
    half = picture.half
    close = _close_pairs(spots, half, gap)
    for number, i in enumerate(np.unique(close[_clashing(spots, half, close, gap)])):
        if number % OFTEN == 0:
            told()
        if picture.fixed[i]:
            continue
        others = np.arange(len(spots)) != i
        clash = overlapping(spots[i], half[i], spots[others], half[others], gap - 0.1)
        if clash.any():
            spots[i] = nearest_free(spots[i], half[i], spots[others], half[others])
    return spots


def _clashing(spots: Floats, half: Floats, pairs: Ints, gap: float) -> Bools:
    """Return which of the pairs of boxes overlap."""
    one, two = pairs.T
    apart = np.abs(spots[one] - spots[two])
    clash: Bools = (apart < half[one] + half[two] + gap - 0.1).all(axis=1)
    return clash
