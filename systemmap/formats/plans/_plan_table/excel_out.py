"""A plan as an Excel workbook: a sheet for each workstream, text cells only."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, TypeAlias

import xlsxwriter

from systemmap.formats.format import REFERENCE_HEADING
from systemmap.formats.origin import write_origin
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    AIMS,
    DUE,
    OUTCOMES,
    PROGRESS,
    RESPONSIBLE,
)
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.formats.plans._plan_table.table_layout import PlanPages, Sheet
    from systemmap.model.programme import Programme

Page: TypeAlias = Any  # xlsxwriter is untyped

# Characters of a column; together they fill A4 landscape at full size.
_WIDTHS = {ACTION: 28, AIMS: 40, RESPONSIBLE: 17, DUE: 13, PROGRESS: 22, OUTCOMES: 20}
_OTHER_WIDTH = 16
_LINE_HEIGHT = 13.5  # points
_INK, _HEAD, _TINT, _LINE = "#1B2127", "#0B5C6B", "#E8F1F2", "#B9C2C6"
_FIXED = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def workbook_from(pages: PlanPages, programme: Programme) -> bytes:
    """Return the workbook's bytes, the same for the same plan on the same day."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": pages.title, "created": _FIXED})
    write_origin(book, programme)
    style = _styles(book)
    taken: set[str] = set()
    for sheet in pages.sheets:
        _write_sheet(book.add_worksheet(_sheet_name(sheet, taken)), sheet, pages, style)
    _write_readme(book.add_worksheet("README (ignore)"), pages, style)
    book.close()
    return stream.getvalue()


def _styles(book: Page) -> dict[str, Any]:
    base = {
        "font_name": "Arial",
        "font_size": 10,
        "font_color": _INK,
        "text_wrap": True,
        "valign": "top",
        "num_format": "@",
    }
    return {
        "cell": book.add_format({**base, "border": 1, "border_color": _LINE}),
        "first": book.add_format(
            {**base, "border": 1, "border_color": _LINE, "bold": True}
        ),
        "head": book.add_format(
            {
                **base,
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": _HEAD,
                "border": 1,
                "border_color": _HEAD,
                "valign": "vcenter",
            }
        ),
        "section": book.add_format(
            {
                **base,
                "bold": True,
                "bg_color": _TINT,
                "border": 1,
                "border_color": _LINE,
            }
        ),
        "title": book.add_format(
            {**base, "bold": True, "font_size": 12, "font_color": _HEAD}
        ),
        "heading": book.add_format({**base, "bold": True, "font_size": 14}),
        "text": book.add_format({**base}),
        "words": book.add_format({**base}),
    }


def _write_sheet(
    page: Page, sheet: Sheet, pages: PlanPages, style: dict[str, Any]
) -> None:
    _set_up(page, sheet, pages)
    widths = [_WIDTHS.get(kind, _OTHER_WIDTH) for kind in sheet.kinds]
    intro = (pages.title, *pages.introduction) if sheet is pages.sheets[0] else ()
    row = 0
    for text, kind in _lines_above(sheet, intro):
        _write_across(page, row, text, style[kind], widths)
        row += 1
    if row and not sheet.title:
        row += 1  # only the table's own title stands right above it
    for column, heading in enumerate(sheet.headings):
        page.write_string(row, column, heading, style["head"])
    page.set_row(row, 22)
    page.freeze_panes(row + 1, 1)
    page.repeat_rows(row)
    # Past everything else and out of sight: which record of the programme a row is.
    beyond = max(map(len, (sheet.headings, *sheet.rows)))
    page.write_string(row, beyond, REFERENCE_HEADING, style["head"])
    page.set_column(beyond, beyond, _OTHER_WIDTH, None, {"hidden": True})
    for place, cells in enumerate(sheet.rows):
        row += 1
        page.write_string(row, beyond, sheet.references[place], style["cell"])
        _write_row(page, row, cells, style, is_section=place in sheet.sections)
        page.set_row(row, _height(cells, widths))
    _offer(page, sheet, row)
    row += 2
    for text in _lines_below(sheet):
        _write_across(page, row, text, style["text"], widths)
        row += 1
    page.print_area(0, 0, row, len(widths) - 1)


def _offer(page: Page, sheet: Sheet, last: int) -> None:
    """Offer a filter over the table, and the words for progress beside one's own."""
    top = last - len(sheet.rows)
    page.autofilter(top, 0, max(last, top + 1), len(sheet.headings) - 1)
    words = [term.label for term in terms("statuses").values()]
    for column, kind in enumerate(sheet.kinds):
        if kind == PROGRESS:
            menu = {
                "validate": "list",
                "source": words,
                "show_error": False,  # own words are as welcome
                "input_message": "Choose, or write your own words.",
            }
            page.data_validation(top + 1, column, max(last, top + 1), column, menu)


def _write_across(
    page: Page, row: int, text: str, style: object, widths: list[int]
) -> None:
    page.merge_range(row, 0, row, len(widths) - 1, "", style)
    page.write_string(row, 0, text, style)
    page.set_row(row, _height((text,), [sum(widths)]) + 4)


def _write_row(
    page: Page,
    row: int,
    cells: tuple[str, ...],
    style: dict[str, Any],
    *,
    is_section: bool,
) -> None:
    for column, text in enumerate(cells):
        kind = "section" if is_section else "first" if column == 0 else "cell"
        if text:
            page.write_string(row, column, text, style[kind])
        else:
            page.write_blank(row, column, None, style[kind])


def _height(cells: tuple[str, ...], widths: list[int]) -> float:
    """Return the height at which every line of a row is seen; Excel's limit is 409."""
    most = 1
    for column, text in enumerate(cells):
        room = 1.15 * (widths[column] if column < len(widths) else _OTHER_WIDTH)
        lines = sum(max(1, ceil(len(line) / room)) for line in text.split("\n"))
        most = max(most, lines)
    return min(409.0, most * _LINE_HEIGHT + 3)


def _set_up(page: Page, sheet: Sheet, pages: PlanPages) -> None:
    for column, kind in enumerate(sheet.kinds):
        page.set_column(column, column, _WIDTHS.get(kind, _OTHER_WIDTH))
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.set_footer(f"&L&8{_escaped(pages.stamp)}&R&8Page &P of &N")
    page.hide_gridlines(2)


def _lines_above(sheet: Sheet, intro: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    for place, text in enumerate(intro):
        yield text, "heading" if place == 0 else "text"
    if sheet.heading:
        yield sheet.heading, "heading"
    if sheet.purpose:
        yield "Purpose", "title"
        for text in sheet.purpose:
            yield text, "text"
    if sheet.title:
        yield sheet.title, "title"


def _lines_below(sheet: Sheet) -> Iterable[str]:
    yield from sheet.note
    for words, phases in sheet.put_off:
        yield words
        yield from phases


def _write_readme(page: Page, pages: PlanPages, style: dict[str, Any]) -> None:
    page.set_column(0, 0, 100)
    lines = (
        pages.stamp,
        "One sheet for each workstream. Keep the headings; rows may be changed, added or removed.",
        "Due date is text, so that 'Oct 22' stays as typed.",
        *pages.losses,
    )
    for row, text in enumerate(lines):
        page.write_string(row, 0, text, style["words"])


def _sheet_name(sheet: Sheet, taken: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\']", " ", sheet.heading or "Plan")
    base = " ".join(base.split()).replace("(ignore)", "")[:31].strip() or "Plan"
    name, n = base, 1
    while name.lower() in taken or name.lower() == "history":
        n += 1
        name = f"{base[: 31 - len(str(n)) - 3]} ({n})"
    taken.add(name.lower())
    return name


def _escaped(text: str) -> str:
    return text.replace("&", "&&")[:200]
