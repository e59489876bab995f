"""How large a factor's box is: one geometry for placing, drawing and clicking."""

from __future__ import annotations

import re
from dataclasses import dataclass

WRAP_AT = 17  # characters; the setting behind the layout figures of the analysis guide
LONGEST_WORD = 34  # beyond this a word is broken, or one label could fill the page
SIDE_PADDING = 14.0
LINE_HEIGHT, TOP_PADDING = 13.0, 10.0

# Drawing units that a character takes at the size of labels: a little more than
# in our own font, so that the fonts of other machines find room too.
NARROW, SLIM, USUAL, CAPITAL, WIDE = 3.2, 4.3, 6.2, 7.2, 9.9
_NARROW = frozenset("ijlI.,:;'!| ")
_SLIM = frozenset("frt()[]/-")
_WIDE = frozenset("mwMW@%&")
_FULL_WIDTH = "\u2e80"  # from here on letters are as wide as high


@dataclass(frozen=True, slots=True)
class Box:
    """The lines of a label as drawn, and the size of the box in drawing units."""

    lines: tuple[str, ...]
    width: float
    height: float


def wrapped(label: str) -> tuple[str, ...]:
    """Return the label in lines of up to 17 characters; a longer word has its own line.

    No more lines than that takes, and those as even as they can be: even lines
    make the narrowest box.

    Examples
    --------
    >>> wrapped("Cost of healthy food")
    ('Cost of', 'healthy food')
    """
    words = [part for word in label.split() for part in _parts(word)]
    lines = _lines(words, WRAP_AT)
    for width in range(max(map(len, words), default=0), WRAP_AT):
        even = _lines(words, width)
        if len(even) == len(lines):
            return tuple(even)
    return tuple(lines) or ("",)


def text_width(line: str) -> float:
    """Return how wide a line of a label is drawn at most, in drawing units.

    Examples
    --------
    >>> text_width("Stress")
    34.4
    """
    return round(sum(map(_width, line)), 1)


def _width(sign: str) -> float:
    if sign in _NARROW:
        return NARROW
    if sign in _SLIM:
        return SLIM
    if sign in _WIDE:
        return WIDE
    if sign >= _FULL_WIDTH:
        return LINE_HEIGHT
    return CAPITAL if sign.isupper() else USUAL


def _lines(words: list[str], width: int) -> list[str]:
    """Fill lines up to a width; a longer word has its own."""
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _parts(word: str) -> list[str]:
    """Break a word too long for a line after its hyphens, and at last anywhere."""
    if len(word) <= WRAP_AT:
        return [word]
    parts: list[str] = []
    for piece in re.split("(?<=-)(?=.)", word):
        if parts and len(parts[-1]) + len(piece) <= WRAP_AT:
            parts[-1] += piece
        else:
            parts.append(piece)
    step = LONGEST_WORD
    return [part[at : at + step] for part in parts for at in range(0, len(part), step)]


def box_of(label: str) -> Box:
    """Return the box of a label.

    Examples
    --------
    >>> box_of("Stress")
    Box(lines=('Stress',), width=48.4, height=23.0)
    """
    lines = wrapped(label)
    return Box(
        lines=lines,
        width=round(max(map(text_width, lines)) + SIDE_PADDING, 1),
        height=LINE_HEIGHT * len(lines) + TOP_PADDING,
    )
