"""One arrangement in another frame: a sheet of paper, a slide, a screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from systemmap.drawing.layout.arrangement import page_beside
from systemmap.drawing.layout.map_parts import bounds
from systemmap.drawing.layout.spread import spread_out
from systemmap.drawing.layout.stress import fitted
from systemmap.drawing.layout.tray import AISLE, in_theme_order, room_for, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.drawing.layout.map_numbers import Bools, Floats, Picture

# times the page's sides, and how much wider than it; where names are largest is kept
SIZES = ((0.9, 1.0), (1.0, 1.0), (1.0, 1.1), (0.95, 1.25), (1.12, 1.0))
CLOSE_SIZES = ((0.6, 1.0), (0.65, 1.1), (0.7, 1.0), (0.8, 1.0))
"""For a hall, which reads names from far away: lines may run closer to them."""


def reframed(spots: Floats, picture: Picture, *, closely: bool = False) -> Floats:
    """Return the same arrangement, stretched or drawn together to fill the picture's page.

    With `closely`, boxes may stand as near to each other as names allow.

    Who stands left of, or above, whom is kept as far as boxes leave room. Causes
    that nothing links, and that stand beside the map, stand in rows below it.
    """
    if not len(spots):
        return spots
    free = replace(picture, fixed=np.zeros(len(spots), bool))
    tray = in_tray(spots, picture)
    loose = in_theme_order(np.flatnonzero(tray), picture)
    result = np.zeros_like(spots)
    ratio = float(picture.page[0] / picture.page[1])
    width, top = float(picture.page[0]), -AISLE
    if not tray.all():
        main = free.part(~tray)
        page = page_beside(main.page, room_for(picture.half[loose]), ratio)
        sizes = (*CLOSE_SIZES, *SIZES) if closely else SIZES
        found = _fullest(spots[~tray], replace(main, page=page), sizes)
        low, high = bounds(found, main.half)
        result[~tray] = found - low
        width, top = high - low
    elif loose:
        width = (room_for(picture.half) * ratio) ** 0.5
    if loose:
        half = picture.half[loose]
        places = rows(half, max(width, float(2 * half[:, 0].max())))
        result[loose] = places + np.array([0.0, top + AISLE])
    return result


def in_tray(spots: Floats, picture: Picture) -> Bools:
    """Return which factors stand beside the map because nothing links them."""
    linked = np.zeros(len(spots), bool)
    linked[picture.lines.ravel()] = True
    if not linked.any():
        return ~linked
    low, high = bounds(spots[linked], picture.half[linked])
    outside: Bools = np.any((spots < low) | (spots > high), axis=1)
    return outside & ~linked


def scale_in(spots: Floats, picture: Picture) -> float:
    """Return how large a drawing unit is when the page shows all boxes."""
    low, high = bounds(spots, picture.half)
    return float((picture.page / np.maximum(high - low, 1.0)).min())


def _fullest(
    spots: Floats, picture: Picture, sizes: Sequence[tuple[float, float]]
) -> Floats:
    """Return the places from which names are largest, of a few sizes of the page."""
    best, largest = spots, 0.0
    for size, wider in sizes:
        sides = picture.page * size * np.array([wider, 1 / wider])
        page = replace(picture, page=sides)
        found = spread_out(fitted(spots, page), page, inside=True)
        scale = scale_in(found, picture)
        if scale > largest * 1.02:
            best, largest = found, scale
    return best
