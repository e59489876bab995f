"""A whole map arranged afresh to fill a page: the linked part, islands, the tray."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from systemmap.drawing.layout.map_numbers import GAP, taken_by
from systemmap.drawing.layout.map_parts import bounds, chosen, parts_of
from systemmap.drawing.layout.polish import Effort, polished
from systemmap.drawing.layout.quality import clutter
from systemmap.drawing.layout.spread import spread_out
from systemmap.drawing.layout.stress import fitted, majorised
from systemmap.drawing.layout.tray import (
    AISLE,
    block_place,
    in_theme_order,
    room_for,
    rows,
)
from systemmap.drawing.layout.wheel import anchors
from systemmap.drawing.watchers import told

if TYPE_CHECKING:
    from systemmap.drawing.layout.map_numbers import Floats, Ints, Picture

MANY = 200  # factors; beyond, polishing in full takes longer than anyone waits
MORE = 300  # factors; beyond, the rounds fall as each takes longer
MANY_MORE = 500  # factors; beyond, each is tried at a few places only
PAIR = 2  # boxes that are arranged without trying
MOST = 800  # factors; beyond, they are polished once, at the end
AIRY = 1.4  # times a page's sides on which a map is untangled before it is drawn in
UNTANGLE = Effort(tries=24, rounds=8, theme=0.02, swaps=10)
DRAW_IN = Effort(tries=16, rounds=6, theme=0.02, reach=0.12, swaps=10, over=1.6)
CLEAR_LABELS = (replace(DRAW_IN, over=2.0), replace(DRAW_IN, over=2.5, reach=0.06))
UNTANGLE_MANY = Effort(tries=10, rounds=3, theme=0.01)
DRAW_IN_MANY = Effort(tries=10, rounds=2, theme=0.01, reach=0.12, swaps=4)
QUICK = Effort(tries=10, rounds=1, theme=0.02, reach=0.1, over=1.6)
ROOMIER = (
    1.09  # times the sides of the page of so many: they are read a theme at a time
)
UNTANGLING, POLISHING = (0.2, 0.45), (0.5, 0.95)  # between which shares of the whole
TURNS, NEARLY = (
    2,
    0.06,
)  # how often a map is stretched to the frame's shape, and to what
ISLAND_FULL = 0.4  # share of an island's page that its boxes cover
LOWEST = 0.4  # of the frame's height, below which rows beside it never press a map


def arranged(picture: Picture, *, starts: int, seed: int) -> Floats:
    """Return places for all factors, (0, 0) being the page's upper left corner.

    Factors that are pinned are treated like others: see `standing_at_pins`.
    """
    count = len(picture.ids)
    parts = parts_of(picture)
    loose = in_theme_order(parts.unlinked, picture)
    spots = np.zeros((count, 2))
    ratio = float(picture.page[0] / picture.page[1])
    if not len(parts.main):
        spots[loose] = rows(picture.half[loose], _width(picture, loose, ratio))
        return spots
    islands = [
        (island, as_island(picture.part(chosen(island, count)), seed))
        for island in parts.islands
    ]
    main = picture.part(chosen(parts.main, count))
    if count > MANY_MORE:
        main = replace(main, page=main.page * ROOMIER)
    extra = room_for(picture.half[loose])
    extra += sum(_area(found, picture.half[island]) for island, found in islands)
    main = replace(main, page=page_beside(main.page, extra, ratio))
    spots[parts.main] = _part(main, starts, seed)
    for turn in range(TURNS + 1):
        _lay_beside(spots, picture, islands, loose)
        low, high = bounds(spots, picture.half)
        shape = float((high[0] - low[0]) / (high[1] - low[1]))
        if turn == TURNS or abs(shape / ratio - 1) < NEARLY:
            break
        stretch = (ratio / shape) ** 0.5
        main = replace(main, page=main.page * np.array([stretch, 1 / stretch]))
        again = fitted(spots[parts.main], main)
        spots[parts.main] = spread_out(again, main, inside=True)
    return spots - low


def _part(picture: Picture, starts: int, seed: int) -> Floats:
    """Arrange what links hold together; of several tries the clearest."""
    ends = [_drawn_in(picture, [seed, start]) for start in range(starts)]
    if starts == 1:
        return ends[0]
    return min(ends, key=lambda end: clutter(end, picture))


def as_island(picture: Picture, seed: int) -> Floats:
    """Arrange what is linked only among itself, closely: beside a map room is scarce."""
    area = taken_by(picture.half) / ISLAND_FULL
    page = picture.page * min(1.0, float((area / np.prod(picture.page)) ** 0.5))
    page = np.maximum(page, 2 * picture.half.max(axis=0) + GAP)
    return _part(replace(picture, page=page), 1, seed)


def _drawn_in(picture: Picture, seed: list[int]) -> Floats:
    """Untangle a map on an airy page, then draw it in until its names can be read."""
    count = len(picture.ids)
    untangle, turns = _efforts(count)
    airy = replace(picture, page=picture.page * AIRY)
    told(0.0)
    spots = majorised(airy, anchors(airy), seed)
    told(UNTANGLING[0])
    spots = spread_out(spots, airy)
    if count <= PAIR:  # one line crosses nothing: there is nothing to untangle
        return spread_out(fitted(spots, picture), picture, inside=True)
    if count <= MOST:
        shares = UNTANGLING if count > MANY else None
        spots = polished(spots, airy, untangle, seed, shares)
    spots = spread_out(fitted(spots, picture), picture, inside=True)
    told(POLISHING[0])
    start, end = POLISHING
    step = (end - start) / len(turns)
    for turn, effort in enumerate(turns):
        done = start + step * turn
        shares = (done, done + step) if count > MANY else None
        spots = polished(spots, picture, effort, [*seed, turn], shares)
        spots = spread_out(spots, picture, inside=True)
    return spots


def _efforts(count: int) -> tuple[Effort, tuple[Effort, ...]]:
    """Return how hard so many factors are untangled, and how each time they are drawn in."""
    if count <= MANY:
        return UNTANGLE, (DRAW_IN, *CLEAR_LABELS)
    if count > MANY_MORE:
        return QUICK, (QUICK,)
    share = min(1.0, (MORE / count) ** 2)
    first, then = (
        replace(effort, rounds=max(1, round(effort.rounds * share)))
        for effort in (UNTANGLE_MANY, DRAW_IN_MANY)
    )
    return first, (then, then)


def _width(picture: Picture, loose: list[int], ratio: float) -> float:
    half = picture.half[loose]
    if not len(half):
        return 0.0
    return max(float((room_for(half) * ratio) ** 0.5), float(2 * half[:, 0].max()))


def page_beside(page: Floats, extra: float, ratio: float) -> Floats:
    """Return the linked part's own page, cut from one with room for the rest below."""
    wide = float(np.sqrt((np.prod(page) + extra) * ratio))
    tall = wide / ratio
    if extra:
        tall = max(tall - extra / wide - AISLE, LOWEST * tall)
    return np.array([wide, tall])


def _area(spots: Floats, half: Floats) -> float:
    low, high = bounds(spots, half)
    return float(np.prod(high - low + AISLE))


def _lay_beside(
    spots: Floats,
    picture: Picture,
    islands: list[tuple[Ints, Floats]],
    loose: list[int],
) -> None:
    """Lay islands beside the linked part and the tray below; fills in `spots`."""
    ratio = float(picture.page[0] / picture.page[1])
    there = np.ones(len(spots), bool)
    there[[*loose, *(int(n) for island, _ in islands for n in island)]] = False
    for island, found in islands:
        low, high = bounds(found, picture.half[island])
        at = block_place((high - low) / 2, spots[there], picture.half[there], ratio)
        spots[island] = found - (low + high) / 2 + at
        there[island] = True
    low, high = bounds(spots[there], picture.half[there])
    if loose:
        half = picture.half[loose]
        places = rows(half, max(high[0] - low[0], float(2 * half[:, 0].max())))
        spots[loose] = places + np.array([low[0], high[1] + AISLE])


def standing_at_pins(spots: Floats, pins: Floats, picture: Picture) -> Floats:
    """Return places among which pinned factors stand where people pinned them.

    Parameters
    ----------
    spots : array (n, 2)
        The map as arranged without regard to pins.
    pins : array (n, 2)
        Where each pinned factor stands; nan for the others.
    """
    fixed = picture.fixed
    if not fixed.any():
        return spots
    moved = spots.copy()
    for axis in (0, 1):
        was, now = spots[fixed, axis], pins[fixed, axis]
        by = float(np.ptp(now)) / max(float(np.ptp(was)), 1.0)
        by = min(max(by, 1.0), 2.5)  # a map is stretched to its pins, never squeezed
        moved[:, axis] = (spots[:, axis] - was.mean()) * by + now.mean()
    moved[fixed] = pins[fixed]
    return spread_out(moved, picture)
