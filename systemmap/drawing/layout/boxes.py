"""How large a factor's box is: one geometry for placing, drawing and clicking."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

WRAP_AT = 17  # characters; the setting behind the layout figures of the analysis guide
LONGEST_WORD = 34  # beyond this a word is broken, or one label could fill the page
CHARACTER_WIDTH, SIDE_PADDING = 6.2, 14.0
LINE_HEIGHT, TOP_PADDING = 13.0, 10.0


@dataclass(frozen=True, slots=True)
class Box:
    """The lines of a label as drawn, and the size of the box in drawing units."""

    lines: tuple[str, ...]
    width: float
    height: float


def wrapped(label: str) -> tuple[str, ...]:
    """Return the label in lines of up to 17 characters; a longer word has its own line.

    Examples
    --------
    >>> wrapped("Cost of healthy food")
    ('Cost of healthy', 'food')
    """
    words = [part for word in label.split() for part in _parts(word)]
    lines = textwrap.wrap(
        " ".join(words), WRAP_AT, break_long_words=False, break_on_hyphens=False
    )
    return tuple(lines) or ("",)


def _parts(word: str) -> list[str]:
    """Break a word too long for a line at its hyphens, and at last anywhere."""
    if len(word) <= WRAP_AT:
        return [word]
    parts = textwrap.wrap(word, WRAP_AT, break_long_words=False)
    return [piece for part in parts for piece in textwrap.wrap(part, LONGEST_WORD)]


def box_of(label: str) -> Box:
    """Return the box of a label.

    Examples
    --------
    >>> box_of("Stress")
    Box(lines=('Stress',), width=51.2, height=23.0)
    """
    lines = wrapped(label)
    return Box(
        lines=lines,
        width=round(CHARACTER_WIDTH * max(map(len, lines)) + SIDE_PADDING, 1),
        height=LINE_HEIGHT * len(lines) + TOP_PADDING,
    )
