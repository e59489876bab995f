"""A plan pasted or saved as HTML: cleaned with nh3, then read as lines and tables.

Styles, scripts, pictures and links vanish; text stays. Merged cells are laid
open, and space inside `pre` is kept to the letter.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import takewhile
from typing import TYPE_CHECKING

import nh3

from systemmap.errors import ReadError
from systemmap.formats.plans._plan_table.headings import MOST_COLUMNS, is_header
from systemmap.formats.plans._plan_table.merged_cells import GridCell, row_from
from systemmap.formats.plans._plan_table.plan_lines import Block, Document, Line
from systemmap.formats.reading.fill_colours import page_colour
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.formats.reading.word_lists import BULLET

if TYPE_CHECKING:
    from collections.abc import Sequence

_TAGS = {
    "table",
    "tr",
    "td",
    "th",
    "ul",
    "ol",
    "li",
    "p",
    "br",
    "div",
    "pre",
    "sup",
    "caption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
_GONE = {"script", "style", "title", "footer", "noscript", "template"}
_KEPT = {"colspan", "rowspan", "bgcolor", "style"}
_SPANS = {"td": _KEPT, "th": _KEPT}
_LINES = {
    "p",
    "br",
    "div",
    "pre",
    "caption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "table",
    "tr",
}
# Tags that a writer may leave open do not count towards the depth.
_OPENING = re.compile(
    r"<(/?)(?!(?:p|li|td|tr|th|br|hr|img|col|meta|link|input|option|dt|dd|thead|tbody)\b)[a-z][\w:]*",
    re.IGNORECASE,
)
_DEEPEST = 500  # cleaning deeper nesting takes minutes
_MOST_SPANNED = 60
_MOST_TAGS = 400_000


def document_from_html(text: str) -> Document:
    """Read HTML into blocks.

    Raises
    ------
    ReadError
        The HTML is nested so deep that it was made by no honest program.
    """
    check_count(text.count("<"), _MOST_TAGS, "tags")
    _check_depth(text)
    cleaned = nh3.clean(
        text, tags=_TAGS, clean_content_tags=_GONE, attributes=_SPANS, link_rel=None
    )
    parser = _Parser()
    parser.feed(cleaned)
    parser.close()
    parser.finish()
    return Document(tuple(parser.blocks), "HTML")


def _check_depth(text: str) -> None:
    depth = 0
    for match in _OPENING.finditer(text):
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > _DEEPEST:
            msg = f"The HTML is nested more than {_DEEPEST} levels deep. Copy the table alone and paste it again."
            raise ReadError(msg)


@dataclass(slots=True)
class _Cell:
    column_span: int
    row_span: int
    pieces: list[str] = field(default_factory=list)
    colour: str = ""


@dataclass(slots=True)
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.tables: list[_Table] = []  # the open ones, outermost first
        self.line: list[str] = []
        self.heading = False
        self.in_pre = self.raised = 0
        self.count = self.row_count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        spans = dict(attrs)
        if tag == "table":
            self._break()
            self.tables.append(_Table())
        elif tag == "tr" and self.tables:
            self.row_count += 1
            check_count(self.row_count, LIMITS.rows, "table rows")
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1].rows:
            cell = _Cell(
                _span(spans.get("colspan")),
                _span(spans.get("rowspan")),
                colour=page_colour(
                    spans.get("style") or "", spans.get("bgcolor") or ""
                ),
            )
            self.tables[-1].rows[-1].append(cell)
        elif tag in _LINES:
            self._break()
            self.heading = tag[0] == "h" or tag == "caption"
        elif tag == "li":
            self._break()
            self._add(BULLET)
        self.in_pre += tag == "pre"
        self.raised += tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        self.in_pre -= tag == "pre"
        self.raised -= tag == "sup"
        if tag == "table" and self.tables:
            self._close(self.tables.pop())
        elif tag in _LINES or tag == "li":
            self._break()
            self.heading = False

    def handle_data(self, data: str) -> None:
        text = data if self.in_pre else re.sub(r"[ \t\r\n\f]+", " ", data)
        self._add(_raised(text, self._last()) if self.raised > 0 else text)

    def finish(self) -> None:
        """End the text; tables left open are closed."""
        while self.tables:
            self._close(self.tables.pop())
        self._break()

    def _last(self) -> str:
        """Return the words that stand last where words are added now."""
        cell = self._cell()
        pieces = cell.pieces if cell is not None else self.line
        return pieces[-1] if pieces else ""

    def _add(self, text: str) -> None:
        cell = self._cell()
        if cell is not None:
            cell.pieces.append(text)
        elif self._between():
            self.line.append(text)

    def _break(self) -> None:
        """End a line: in a cell, or of the text between tables."""
        cell = self._cell()
        if cell is not None:
            cell.pieces.append(_LINE_END)
        elif self._between():
            if text := "".join(self.line).strip():
                self.blocks.append(Line(text, "text", heading=self.heading))
            self.line = []

    def _between(self) -> bool:
        """Say whether the text stands outside all cells: between tables, or as a caption."""
        return not self.tables or not self.tables[-1].rows

    def _cell(self) -> _Cell | None:
        rows = self.tables[-1].rows if self.tables else []
        return rows[-1][-1] if rows and rows[-1] else None

    def _close(self, table: _Table) -> None:
        """Give a table's rows; one inside a cell is text, unless it is a plan itself."""
        texts = [[_text(cell.pieces) for cell in row] for row in table.rows]
        outer = self._cell()
        if outer is not None and not any(map(is_header, texts)):
            outer.pieces.extend(
                (_LINE_END, "\n".join(" ".join(row) for row in texts), _LINE_END)
            )
            return
        self.count += 1
        above: dict[int, tuple[str, int]] = {}
        for number, row in enumerate(table.rows, 1):
            grid = _grid(row, texts[number - 1], above)
            self.blocks.append(
                row_from(grid, f"table {self.count}, row {number}", self.count)
            )


_POWERS = str.maketrans(
    "0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
)
_UNIT = 2  # letters, as of km
_LINE_END = "\0"  # stands for a line's end until the cell is put together


def _raised(text: str, before: str) -> str:
    """Return raised words: the mark of a footnote in brackets, a power as it is."""
    mark = text.strip()
    if not (mark.isdecimal() and mark.isascii() and len(mark) < 3):
        return text
    letters = len(list(takewhile(str.isalpha, reversed(before))))
    if 0 < letters <= _UNIT:
        return mark.translate(_POWERS)
    return f" [{mark}]" if before[-1:].strip(f" {_LINE_END}") else f"[{mark}]"


def _text(pieces: Sequence[str]) -> str:
    """Put a cell together; only space that the markup added is taken away."""
    lines = "".join(pieces).split(_LINE_END)
    return "\n".join(line for line in lines if line.strip(" ") or "\n" in line)


def _grid(
    row: list[_Cell], texts: list[str], above: dict[int, tuple[str, int]]
) -> list[GridCell]:
    """Put a row's cells in their columns, under those that reach down into it."""
    grid: list[GridCell] = []
    column = 0
    waiting = deque(zip(row, texts, strict=True))
    while waiting or above.get(column, ("", 0))[1]:
        text, left = above.get(column, ("", 0))
        if left:
            above[column] = (text, left - 1)
            grid.append(GridCell(text, 1, from_above=True))
            column += 1
            continue
        cell, text = waiting.popleft()
        grid.append(GridCell(text, cell.column_span, colour=cell.colour))
        above[column] = (text, cell.row_span - 1)
        for further in range(column + 1, column + cell.column_span):
            above[further] = ("", cell.row_span - 1)
        column += cell.column_span
        check_count(column, MOST_COLUMNS, "columns in one table")
    return grid


def _span(text: str | None) -> int:
    return (
        max(1, min(int(text), _MOST_SPANNED))
        if text and text.isascii() and text.isdigit() and len(text) < 6
        else 1
    )
