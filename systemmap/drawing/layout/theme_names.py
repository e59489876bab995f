"""Where each theme's name stands on its ground: among its boxes, on none."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from systemmap.drawing.layout.boxes import LINE_HEIGHT, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.drawing.layout.map_numbers import Bools, Floats

SIZE = 14.0  # drawing units; labels of boxes are 11.5
LEADING = 15.0
BOLD = 1.06  # times as wide as plain letters
EVERY = 6.0  # drawing units between the places that are tried
AROUND = 60.0  # drawing units round a theme's boxes in which its name may stand
PAST = 3.0  # drawing units past the map's edge that one box nearer is worth
MOST = 600  # places of one name that are weighed, on a map of usual size
USUAL = 200  # boxes
CLEAR = 3.0  # drawing units between a name and a box
SPREAD = 120.0  # drawing units within which boxes count as standing together


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeName:
    """A theme's name in lines, the middle of it, and half its size."""

    theme: str
    lines: tuple[str, ...]
    x: float
    y: float
    half: tuple[float, float]


def theme_names(
    names: Mapping[str, str], themes: list[str], spots: Floats, half: Floats
) -> list[ThemeName]:
    """Place the name of each theme.

    Parameters
    ----------
    names : mapping
        The theme's name by its key, in the order in which they choose places.
    themes : list of str
        The theme of each box.
    spots, half : array (n, 2)
        Middles of the boxes, and half their width and height.
    """
    found: list[ThemeName] = []
    taken = [(spots, half + np.array([CLEAR + 3, CLEAR + 3]))]
    for key, name in names.items():
        own = np.array([theme == key for theme in themes], bool)
        if not own.any() or not name:
            continue
        placed = _place(key, name, own, spots, half, taken)
        found.append(placed)
        taken.append((np.array([(placed.x, placed.y)]), np.array([placed.half])))
    return found


def _place(
    key: str,
    name: str,
    own: Bools,
    spots: Floats,
    half: Floats,
    taken: list[tuple[Floats, Floats]],
) -> ThemeName:
    best: tuple[float, ThemeName] | None = None
    for width in (99, 20, 13):
        lines = tuple(textwrap.wrap(name, width, break_long_words=False))
        size = _half(lines)
        tried, covered = _candidates(spots[own], half[own], size, taken)
        value = _belonging(tried, own, spots) - 4.0 * covered
        value -= 0.25 * (len(lines) - 1) + _beyond(tried, size, spots, half) / PAST
        at = int(value.argmax())
        x, y = (round(float(part), 1) for part in tried[at])
        placed = ThemeName(theme=key, lines=lines, x=x, y=y, half=size)
        if best is None or value[at] > best[0]:
            best = (float(value[at]), placed)
    assert best is not None  # noqa: S101 - three widths were tried
    return best[1]


def _half(lines: tuple[str, ...]) -> tuple[float, float]:
    wide = max(map(text_width, lines)) * BOLD * SIZE / (LINE_HEIGHT - 1.5)
    return (round(wide / 2, 1), LEADING * len(lines) / 2)


def _candidates(
    spots: Floats,
    half: Floats,
    size: tuple[float, float],
    taken: list[tuple[Floats, Floats]],
) -> tuple[Floats, Floats]:
    """Return places near a theme's boxes, and how much a name there would cover.

    The places that cover nothing; where there are none, those that cover least.
    """
    reach = np.array(size)
    low = (spots - half).min(axis=0) - AROUND
    high = (spots + half).max(axis=0) + AROUND
    across = np.arange(low[0], high[0] + EVERY, EVERY)
    down = np.arange(low[1], high[1] + EVERY, EVERY)
    near = _painted(across, down, spots, half + reach + AROUND / 2) > 0
    covered = np.zeros(near.shape)
    for other, halves in taken:
        covered += _painted(across, down, other, halves + reach)
    least = covered[near].min()
    rows, columns = np.nonzero(near & (covered == least))
    boxes = sum(len(one) for one, _ in taken)
    most = max(60, MOST * USUAL // max(USUAL, boxes))
    few = slice(None, None, max(1, len(rows) // most))
    rows, columns = rows[few], columns[few]
    return np.column_stack([across[columns], down[rows]]), covered[rows, columns]


def _beyond(
    tried: Floats, size: tuple[float, float], spots: Floats, half: Floats
) -> Floats:
    """Return how far a name would stand out beyond all boxes: the whole grows by it."""
    low, high = (spots - half).min(axis=0), (spots + half).max(axis=0)
    out = np.maximum(low - tried + size, 0) + np.maximum(tried + size - high, 0)
    beyond: Floats = out.sum(axis=1)
    return beyond


def _painted(across: Floats, down: Floats, spots: Floats, half: Floats) -> Floats:
    """Count at each point of a grid the frames that it lies in, (down, across)."""
    count = np.zeros((len(down), len(across)))
    first, last = spots - half, spots + half
    left, right = (np.searchsorted(across, edge[:, 0]) for edge in (first, last))
    top, bottom = (np.searchsorted(down, edge[:, 1]) for edge in (first, last))
    for x, x_end, y, y_end in zip(left, right, top, bottom, strict=True):
        count[y:y_end, x:x_end] += 1
    return count


def _belonging(tried: Floats, own: Bools, spots: Floats) -> Floats:
    """Return how much a place lies among a theme's own boxes, best at their upper edge."""
    away = tried[:, None, :] - spots
    near = np.exp(-((away**2).sum(axis=2)) / (2 * SPREAD**2))
    value: Floats = near @ np.where(own, 1.0, -0.8)
    above = (near * np.where(away[..., 1] < 0, 1.0, 0.0))[:, own].sum(axis=1)
    value += 0.3 * above
    return value
