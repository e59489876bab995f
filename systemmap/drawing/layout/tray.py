"""The tray beside the map: where causes stand in rows until somebody links them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from systemmap.drawing.layout.map_numbers import GAP, taken_by
from systemmap.drawing.layout.map_parts import bounds
from systemmap.drawing.layout.spread import overlapping

if TYPE_CHECKING:
    from systemmap.drawing.layout.map_numbers import Floats, Ints, Picture

AISLE = 34.0  # drawing units between the map and its tray, or an island
STEP = 12.0  # drawing units between the places that are tried for a block
PART = 1_000_000  # distances that are worked out in one go
MOST_STEPS = 150  # across and down: people's maps may lie anywhere
PITCH = (36.0 + GAP, 98.0 + GAP)  # from row to row, and column to column, of a tray
ROWS_FULL = 0.8  # share of a row that boxes of unequal size fill


def in_theme_order(numbers: Ints, picture: Picture) -> list[int]:
    """Return factors by theme, those not sorted last, then the tallest box first.

    Boxes of one height in a row waste no room.
    """
    last = picture.themes + 1
    theme = np.where(picture.theme < 0, last, picture.theme)
    tall = picture.half[:, 1]
    return sorted(map(int, numbers), key=lambda n: (int(theme[n]), -float(tall[n]), n))


def rows(half: Floats, width: float) -> Floats:
    """Return places for boxes in rows no wider than `width`, from (0, 0) down."""
    spots = np.zeros_like(half)
    left = top = height = 0.0
    for number, (wide, high) in enumerate(2 * half):
        if left and left + wide > width:
            left, top, height = 0.0, top + height + GAP, 0.0
        spots[number] = (left + wide / 2, top + high / 2)
        left, height = left + wide + GAP, max(height, high)
    return spots


def room_for(half: Floats) -> float:
    """Return how much of the page rows of these boxes take."""
    return taken_by(half) / ROWS_FULL if len(half) else 0.0


def tray_place(
    half: Floats,
    spots: Floats,
    halves: Floats,
    linked: tuple[Floats, Floats],
    ratio: float,
) -> Floats:
    """Return the first free place in the tray of a map that stands.

    Parameters
    ----------
    half : array (2,)
        Half the size of the box that is to be placed.
    spots, halves : array (n, 2)
        What stands already, the tray's own boxes included.
    linked : two corners
        Round what links hold together; the tray lies below it in rows and right
        of it in columns, wherever the whole grows less for its shape.
    ratio : float
        The shape that the whole should keep.
    """
    low, high = bounds(spots, halves)
    below = (linked[1][1], low[0], max(linked[1][0], low[0] + 2 * half[0]))
    beside = (linked[1][0], low[1], max(high[1], low[1] + 2 * half[1]))
    tried = np.array(
        [
            _first_free(half, spots, halves, below, 0),
            _first_free(half, spots, halves, beside, 1),
        ]
    )
    size = np.maximum(high, tried + half) - np.minimum(low, tried - half)
    grown = np.maximum(size[:, 0], size[:, 1] * ratio)
    found: Floats = tried[int(grown.argmin())]
    return found


def _first_free(
    half: Floats,
    spots: Floats,
    halves: Floats,
    edge: tuple[float, float, float],
    along: int,
) -> Floats:
    """Return the first free place in rows (along 0) or columns (along 1) past an edge."""
    across = 1 - along
    past, start, end = edge
    after = spots[:, along] + halves[:, along] + GAP
    last = max(end - 2 * half[along], start)
    firsts = np.unique(
        np.concatenate([[start], after[(after > start) & (after <= last)]])
    )
    line = past + AISLE
    while True:
        tried = np.empty((len(firsts), 2))
        tried[:, along] = firsts + half[along]
        tried[:, across] = line + half[across]
        free = ~overlapping(tried, half, spots, halves, GAP).any(axis=1)
        if free.any():
            found: Floats = tried[int(free.argmax())]
            return found
        line += PITCH[along]


def block_place(half: Floats, spots: Floats, halves: Floats, ratio: float) -> Floats:
    """Return a place for a block of boxes beside, or in a bay of, a map that stands.

    Near to what stands, and where the whole grows least for its shape.
    """
    low, high = bounds(spots, halves)
    reach = 2 * half + AISLE
    step = np.maximum(STEP, (high - low + 2 * reach) / MOST_STEPS)
    across = np.arange(low[0] - reach[0], high[0] + reach[0], step[0])
    down = np.arange(low[1] - reach[1], high[1] + reach[1], step[1])
    grid = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    room = halves + half
    away = np.concatenate(  # in parts: all at once would take gigabytes for thousands
        [
            (np.abs(part[:, None, :] - spots) - room).max(axis=2).min(axis=1)
            for part in np.array_split(grid, max(1, len(grid) * len(spots) // PART))
        ]
    )
    beside = (away >= AISLE) & (away < 2 * AISLE)
    if not beside.any():  # boxes so far apart that every place was passed over
        return np.array([low[0] + half[0], high[1] + AISLE + half[1]])
    grid, away = grid[beside], away[beside]
    size = np.maximum(high, grid + half) - np.minimum(low, grid - half)
    grown = np.maximum(size[:, 0], size[:, 1] * ratio)
    middle = np.abs(grid - (low + high) / 2) / (high - low)
    price = grown + 0.5 * away + 20.0 * middle.sum(axis=1)
    found: Floats = grid[int(price.argmin())]
    return found
