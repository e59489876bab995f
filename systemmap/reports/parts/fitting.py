"""How much room a table needs, so that one page stays one page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_POINT = 1 / 72
_CHARACTER = 0.53  # width of an average letter of Arial, in parts of its size
_LINE = 1.2
_PADDING = 0.15  # inches on both sides of a cell's words


def table_height(
    rows: Sequence[Sequence[str]], shares: Sequence[int], width: float, size: float
) -> float:
    """Return the height in inches of a table set at `size` points in `width` inches."""
    total = 0.0
    for row in rows:
        lines = max(
            lines_of(text, width * share / sum(shares) - _PADDING, size)
            for text, share in zip(row, shares, strict=True)
        )
        total += lines * size * _LINE * _POINT + 0.09
    return total


def lines_of(text: str, width: float, size: float) -> int:
    """Return how many lines words take, set at `size` points in `width` inches."""
    letters = max(1, int(width / (size * _POINT * _CHARACTER)))
    found = 1
    used = 0
    for word in text.split():
        if used and used + 1 + len(word) > letters:
            found, used = found + 1, 0
        used += len(word) + (1 if used else 0)
        if used > letters:  # a word longer than its line breaks
            found, used = found + math.ceil(used / letters) - 1, used % letters
    return found
