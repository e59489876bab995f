"""An Excel workbook of text and counts: no formula, no link, header rows that repeat."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

import xlsxwriter

from systemmap.drawing.styles import LIGHT
from systemmap.formats.fixed_zip import without_times

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

Part: TypeAlias = Any  # xlsxwriter is untyped
Cell = str | int

_FONT = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
_CELL = {**_FONT, "border": 1, "border_color": "#B9C2C6"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_NAME_LIMIT, _TEXT_LIMIT, _MENU_LIMIT = 31, 32_767, 255
_SPARE = 5
_UNLOCKED = {
    "autofilter": True,
    "sort": True,
    "format_columns": True,
    "format_rows": True,
}
_PAGE_WIDE, _PAGE_HIGH = 741.0, 487.0  # points of A4 across, between the margins
_LETTERS = (5.35, 7.05)  # points of a column's width a letter: Excel, LibreOffice
_PLAIN, _TITLE = 12.75, 5.5  # points: a line, and what a title has more
_FEW, _SMALLEST = 0.25, 0.7  # of a page that is none; how small all is set for it
_FILL, _LINE, _HIGHEST = 1.05, 13.0, 409.0  # the share of a line words fill; points


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: a title, sentences, then a table; `open_columns` are those to fill in.

    `widths` are in characters. With open columns every other cell is shaded and
    locked, without a password, so that the white ones show what to change; white
    rows below are for what is new. `choices` are menus by column, beside which
    own words stay allowed; `hidden` columns are not shown.
    """

    name: str
    title: str
    sentences: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    widths: tuple[int, ...] = ()
    open_columns: frozenset[int] = frozenset()
    closing: tuple[str, ...] = field(default=())
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()

    @property
    def spare(self) -> int:
        """How many empty rows stand below for what is new."""
        return _SPARE if self.open_columns else 0


def workbook(sheets: Iterable[Sheet], *, title: str, footer: str, at: date) -> bytes:
    """Return the sheets as an .xlsx file, the same bytes for the same sheets."""
    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    moment = datetime(at.year, at.month, at.day, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "created": moment})
    taken: set[str] = set()
    formats = _formats(book)
    for sheet in sheets:
        _write(
            book.add_worksheet(sheet_name(sheet.name, taken)), sheet, formats, footer
        )
    book.close()
    return without_times(stream.getvalue())


def sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel takes, different from those taken, and take it."""
    plain = (
        _FORBIDDEN.sub(" ", name).strip().strip("'")[:_NAME_LIMIT].strip() or "Sheet"
    )
    if plain.casefold() == "history":  # Excel keeps this name for itself
        plain = "History of"
    found, number = plain, 2
    while found.casefold() in taken:
        mark = f" ({number})"
        found, number = plain[: _NAME_LIMIT - len(mark)] + mark, number + 1
    taken.add(found.casefold())
    return found


def _formats(book: Part) -> dict[str, Part]:
    looks = {
        "title": {**_FONT, "bold": True, "font_size": 14, "text_wrap": False},
        "plain": {**_FONT, "text_wrap": False},
        "quiet": {**_FONT, "text_wrap": False, "font_color": LIGHT.quiet},
        "head": {
            **_CELL,
            "bold": True,
            "bg_color": LIGHT.action,
            "font_color": "#FFFFFF",
        },
        "cell": _CELL,
        "number": {**_CELL, "align": "right", "indent": 1},
        "shut": {**_CELL, "bg_color": "#ECEEEF"},
        "open": {**_CELL, "locked": False},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _write(page: Part, sheet: Sheet, formats: dict[str, Part], footer: str) -> None:
    page.hide_gridlines(2)
    page.write_string(0, 0, sheet.title, formats["title"])
    for row, sentence in enumerate(sheet.sentences, start=1):
        page.write_string(row, 0, sentence, formats["plain"])
    top = len(sheet.sentences) + 2
    for column, width in enumerate(sheet.widths or (100,)):
        page.set_column(column, column, width)
    if sheet.headings:
        _write_table(page, sheet, formats, top)
    below = top + (len(sheet.rows) + sheet.spare + 2 if sheet.headings else 0)
    for row, sentence in enumerate(sheet.closing, start=below):
        page.write_string(row, 0, sentence, formats["quiet"])
    shown = [n for n in range(len(sheet.headings)) if n not in sheet.hidden]
    page.print_area(0, 0, below + len(sheet.closing), max(shown, default=0))
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, _pages_high(sheet, below + len(sheet.closing)))
    page.set_footer(f"&L&8{footer.replace('&', '&&')}&R&8Page &P of &N")


def _pages_high(sheet: Sheet, lines: int) -> int:
    """Return on how many pages a sheet is printed; 0 = as many as it takes.

    A last page of a few rows is none: all is set a little smaller instead, whether
    the program takes columns for as wide as Excel does or as LibreOffice does.
    """
    shown = [w for n, w in enumerate(sheet.widths or (100,)) if n not in sheet.hidden]
    rows = [_height(sheet, cells) for cells in (sheet.headings, *sheet.rows) if cells]
    high = sum(rows) + (lines - len(rows)) * _PLAIN + _TITLE
    found = [
        high * min(1.0, _PAGE_WIDE / (letter * sum(shown))) / _PAGE_HIGH
        for letter in _LETTERS
    ]
    whole = [int(pages) for pages in found if 0 < pages % 1 <= _FEW and pages > 1]
    return next((n for n in whole if n * _PAGE_HIGH >= _SMALLEST * high), 0)


def _write_table(page: Part, sheet: Sheet, formats: dict[str, Part], top: int) -> None:
    for column, heading in enumerate(sheet.headings):
        page.write_string(top, column, heading, formats["head"])
    page.set_row(top, _height(sheet, sheet.headings))
    for row, cells in enumerate(sheet.rows, start=top + 1):
        page.set_row(row, _height(sheet, cells))
        for column, cell in enumerate(cells):
            shut = sheet.open_columns and column not in sheet.open_columns
            open_ = sheet.open_columns and not shut
            look = formats["shut" if shut else "open" if open_ else "cell"]
            if isinstance(cell, int):
                page.write_number(row, column, cell, formats["number"])
            else:
                page.write_string(row, column, cell[:_TEXT_LIMIT], look)
    if sheet.open_columns:
        _open(page, sheet, formats, top)
    page.repeat_rows(top)
    page.freeze_panes(top + 1, 1)
    last = top + max(len(sheet.rows), 1)
    page.autofilter(top, 0, last, len(sheet.headings) - 1)


def _open(page: Part, sheet: Sheet, formats: dict[str, Part], top: int) -> None:
    """Lock what is not to be changed, offer the menus, and leave rows for what is new."""
    last = top + len(sheet.rows) + sheet.spare
    for row in range(top + len(sheet.rows) + 1, last + 1):
        for column in range(len(sheet.headings)):
            page.write_blank(row, column, None, formats["open"])
    for column, words in sheet.choices.items():
        if words and len(",".join(words)) <= _MENU_LIMIT:
            menu = {
                "validate": "list",
                "source": list(words),
                "show_error": False,  # own words are as welcome
                "input_message": "Choose, or write your own words.",
            }
            page.data_validation(top + 1, column, last, column, menu)
    for column in sheet.hidden:
        page.set_column(column, column, None, None, {"hidden": True})
    page.protect("", _UNLOCKED)


def _height(sheet: Sheet, cells: Iterable[Cell]) -> float:
    """Return how high a row must be for what is shown: LibreOffice does not work it out."""
    lines = max(
        (
            sum(
                math.ceil(max(len(line), 1) / (width * _FILL))
                for line in str(cell).split("\n")
            )
            for n, (cell, width) in enumerate(zip(cells, sheet.widths, strict=True))
            if n not in sheet.hidden
        ),
        default=1,
    )
    return min(lines * _LINE + 4, _HIGHEST)
