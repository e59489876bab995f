"""One note on a photo: where it is, and its own small picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS = 0.55  # of a note's height: what is called one row when put in order


@dataclass(frozen=True, slots=True)
class Cut:
    """One note: its box as shares of the photo's width and height.

    `table` and `cell` are counted from 0 and stand on a printed sheet; -1 = none.
    `picture` is a JPEG of it, in base 64, once it was cut out.
    """

    left: float
    top: float
    right: float
    bottom: float
    colour: str = ""
    table: int = -1
    cell: int = -1
    picture: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoCuts:
    """What a photo was parted into, in reading order, with the photo made small."""

    cuts: tuple[Cut, ...]
    photo: str  # a JPEG in base 64, without what the camera wrote into the file
    width: int
    height: int
    blank: int = 0  # cells of a printed sheet on which nothing is written
    sheet: bool = False


def in_reading_order(cuts: Sequence[Cut]) -> list[Cut]:
    """Return cuts row by row, each row from the left.

    Examples
    --------
    >>> cuts = [Cut(0.5, 0.02, 0.6, 0.12), Cut(0, 0.3, 0.1, 0.4), Cut(0.1, 0, 0.2, 0.1)]
    >>> [cut.left for cut in in_reading_order(cuts)]
    [0.1, 0.5, 0]
    """
    rows: list[list[Cut]] = []
    for cut in sorted(cuts, key=lambda c: c.top + c.bottom):
        middle = (cut.top + cut.bottom) / 2
        if rows:
            last = rows[-1]
            mean = sum(c.top + c.bottom for c in last) / (2 * len(last))
            if middle - mean < _ROWS * (cut.bottom - cut.top):
                last.append(cut)
                continue
        rows.append([cut])
    return [cut for row in rows for cut in sorted(row, key=lambda c: c.left)]


def joined(cuts: Sequence[Cut], first: int, second: int) -> list[Cut]:
    """Return the cuts with two of them made one, in the place of the first."""
    one, other = cuts[first], cuts[second]
    both = replace(
        one,
        left=min(one.left, other.left),
        top=min(one.top, other.top),
        right=max(one.right, other.right),
        bottom=max(one.bottom, other.bottom),
        picture="",
    )
    return [both if n == first else cut for n, cut in enumerate(cuts) if n != second]


def split(cuts: Sequence[Cut], number: int, *, across: bool) -> list[Cut]:
    """Return the cuts with one made two halves: beside each other, or one above the other.

    Examples
    --------
    >>> [cut.box for cut in split([Cut(0, 0, 0.4, 0.2)], 0, across=True)]
    [(0, 0, 0.2, 0.2), (0.2, 0, 0.4, 0.2)]
    """
    whole = cuts[number]
    if across:
        middle = (whole.left + whole.right) / 2
        halves = [replace(whole, right=middle), replace(whole, left=middle)]
    else:
        middle = (whole.top + whole.bottom) / 2
        halves = [replace(whole, bottom=middle), replace(whole, top=middle)]
    bare = [replace(half, picture="") for half in halves]
    return [*cuts[:number], *bare, *cuts[number + 1 :]]
