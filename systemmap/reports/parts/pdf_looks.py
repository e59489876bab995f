"""How a table looks in a PDF, and what is said of letters that cannot be printed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import PageBreak
from reportlab.platypus import Table as PlatypusTable

from systemmap.drawing.printing import BOLD, OTHER_SIGNS, REGULAR, printable
from systemmap.language.phrases import counted, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.reports.parts.blocks import Paper, Table

Part: TypeAlias = Any  # reportlab is untyped

_LINES = "#B9C2C6"
_HIGHEST = A4[0] - 130  # points of a row that stands on one page, lying too
_HEAD_GROUND = "#E8F1F2"
FEW = 5  # rows of a table that goes to the next page as a whole


class Rows(PlatypusTable):  # type: ignore[misc] # reportlab is untyped
    """A table that breaks between its rows, and within one only where no page holds it.

    reportlab would break a row to fill a page, and repeat the head above its part.
    `tail` is the height of the small print that ends the document: no page holds it
    alone, so the last rows go over to it.
    """

    tail = 0.0

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        """Return how large it is; more than there is where its end has to go over."""
        width, whole = super().wrap(wide, high)
        return width, high + 1 if self._goes_over(whole, high) else whole

    def _goes_over(self, whole: float, high: float) -> bool:
        return whole <= high < whole + self.tail and len(self._rowHeights) > FEW

    def split(self, wide: float, high: float) -> list[Part]:
        """Part the table where a page ends."""
        parts: list[Part]
        self._calc(wide, high)
        whole = float(sum(self._rowHeights))
        if whole <= high:  # `wrap` asked for it: the last two rows go over
            parts = super().split(wide, whole - float(sum(self._rowHeights[-2:])))
            return [parts[0], PageBreak(), *parts[1:]] if parts else []
        first: float = self._rowHeights[self.repeatRows]
        self.splitInRow = int(first > _HIGHEST)
        parts = super().split(wide, high)
        if parts:
            parts[-1].tail = self.tail
        return parts


@lru_cache(maxsize=50_000)
def em_of(word: str, bold: bool) -> float:  # noqa: FBT001 - as `fitting.Em` asks
    """Return how wide a word is in our font, in parts of its letters' size.

    A word with hyphens may go on in the next line after one of them.
    """
    font = BOLD if bold else REGULAR
    pieces = "- ".join(printable(word).split("-")).split()
    return max((stringWidth(piece, font, 1) for piece in pieces), default=0.0)


def look_of(block: Table) -> list[Part]:
    """Return a table's grounds, lines and room, as reportlab takes them."""
    grounds = [
        ("BACKGROUND", (column, at + 1), (column, at + 1), HexColor(look[1]))
        for (at, column), look in block.colours.items()
    ]
    return [
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(_HEAD_GROUND)),
        ("GRID", (0, 0), (-1, -1), 0.5, HexColor(_LINES)),
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        *grounds,
    ]


def kept_rows(block: Table) -> list[Part]:
    """Keep the head with its first row, and the last row from standing alone."""
    last = len(block.rows)
    kept = [("NOSPLIT", (0, 0), (-1, min(1, last)))]
    return [*kept, ("NOSPLIT", (0, last - 1), (-1, last))] if last > 2 else kept


def lines_are_artifacts(table: Part, moment: str, *_what: Part) -> None:
    """Name a table's grounds and lines artifacts as they are drawn."""
    if moment in ("startBG", "startLines"):
        table.canv.begin_artifact()
    elif moment in ("endBG", "endLines"):
        table.canv.end()


def letters_not_printed(paper: Paper) -> str:
    """Say which letters stand otherwise in the PDF than they were typed; "" = none do."""
    found: Counter[str] = Counter()
    for words in _words_in(asdict(paper)):
        if words.isascii() or printable(words) == words:
            continue
        found.update(
            _script(sign)
            for sign in words
            if sign not in OTHER_SIGNS and printable(sign) != sign
        )
    if not found:
        return ""
    named = joined([counted(count, script) for script, count in found.items()])
    one = found.total() == 1
    return (
        f"{named} {'is' if one else 'are'} printed here as “?” or without a mark: the font of this PDF "
        "has Latin, Greek and Cyrillic letters. The Word file and the web page hold every letter."
    )


def _words_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _words_in(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _words_in(each)


def _script(sign: str) -> str:
    """Return what a sign is, for instance "Arabic letter"."""
    name = unicodedata.name(sign, "")
    if not unicodedata.category(sign).startswith("L") or not name:
        return "other sign"
    return f"{name.split()[0].split('-')[0].title()} letter"
