"""A plan as a Word document: A4 landscape, one table under each workstream's heading."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from systemmap.formats.fixed_zip import without_times
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    AIMS,
    DUE,
    OUTCOMES,
    PROGRESS,
    RESPONSIBLE,
)
from systemmap.formats.reading.word_lists import BULLET
from systemmap.formats.word_marks import (
    add_page_number,
    keep_whole,
    repeat,
    set_borders,
    set_font,
    shade,
)

if TYPE_CHECKING:
    from systemmap.formats.plans._plan_table.table_layout import PlanPages, Sheet

Part: TypeAlias = Any  # python-docx is untyped

# Shares of the line, in parts of 100; further columns get ten each.
_SHARES = {ACTION: 22, AIMS: 29, RESPONSIBLE: 13, DUE: 9, PROGRESS: 15, OUTCOMES: 16}
_LINE_WIDTH = 267  # mm: A4 landscape less 15 mm on each side
_ACTION_COLOUR, _TINT = "0B5C6B", "E8F1F2"
_FIXED = datetime(2020, 1, 1, tzinfo=UTC)


def document_from(pages: PlanPages) -> bytes:
    """Return the document's bytes, the same for the same plan on the same day."""
    document = docx.Document()
    _set_up(document, pages)
    document.add_paragraph(pages.title, style="Title")
    for text in pages.introduction:
        document.add_paragraph(text)
    for sheet in pages.sheets:
        _write_sheet(document, sheet)
    stream = BytesIO()
    document.save(stream)
    return without_times(stream.getvalue())


def _set_up(document: Part, pages: PlanPages) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = Mm(15)
    section.bottom_margin = Mm(16)
    _set_style(document, "Normal", size=10, before=0, after=4)
    _set_style(document, "Title", size=20, before=0, after=6, colour=_ACTION_COLOUR)
    _set_style(
        document, "Heading 1", size=15, before=14, after=4, colour=_ACTION_COLOUR
    )
    _set_style(document, "Heading 2", size=11, before=6, after=2, colour="1B2127")
    _set_style(document, "List Bullet", size=9, before=0, after=1)
    border = document.styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = pages.title, "", ""
    properties.language = "en-GB"
    properties.created = properties.modified = _FIXED
    footer = section.footer.paragraphs[0]
    footer.text = f"{pages.stamp}  Page "
    add_page_number(footer)
    for run in footer.runs:
        run.font.size = Pt(8)


def _set_style(
    document: Part,
    name: str,
    *,
    size: int,
    before: int,
    after: int,
    colour: str = "1B2127",
) -> None:
    style = document.styles[name]
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    set_font(style)


def _write_sheet(document: Part, sheet: Sheet) -> None:
    if sheet.heading:
        document.add_paragraph(sheet.heading, style="Heading 1")
    if sheet.purpose:
        document.add_paragraph("Purpose", style="Heading 2")
        for text in sheet.purpose:
            line = document.add_paragraph(text)
        line.paragraph_format.keep_with_next = True  # the table, or its title
    if sheet.title:
        document.add_paragraph(
            sheet.title, style="Heading 2"
        ).paragraph_format.keep_with_next = True
    _write_table(document, sheet)
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    for text in sheet.note:
        document.add_paragraph(text)
    for words, phases in sheet.put_off:
        document.add_paragraph(words).paragraph_format.keep_with_next = True
        for text in phases:
            document.add_paragraph(text)


def _write_table(document: Part, sheet: Sheet) -> None:
    wide = max([len(sheet.headings), *map(len, sheet.rows)])
    table = document.add_table(rows=0, cols=wide)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    set_borders(table, upright=50, sideways=90)
    widths = _widths(sheet, wide)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    head = _add_row(
        table, (*sheet.headings, *[""] * (wide - len(sheet.headings))), widths
    )
    keep_whole(head)
    _keep_with_next(head)
    repeat(head)
    for cell in head.cells:
        shade(cell, _ACTION_COLOUR)
        for run in cell.paragraphs[0].runs:
            run.font.bold, run.font.color.rgb = True, RGBColor(255, 255, 255)
    for place, cells in enumerate(sheet.rows):
        row = _add_row(table, (*cells, *[""] * (wide - len(cells))), widths)
        keep_whole(row)
        if place in sheet.sections or place in (0, len(sheet.rows) - 2):
            _keep_with_next(row)  # nothing stands alone at either end of a page
        if place in sheet.sections:
            for cell in row.cells:
                shade(cell, _TINT)


def _keep_with_next(row: Part) -> None:
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _widths(sheet: Sheet, wide: int) -> list[Mm]:
    shares = [_SHARES.get(kind, 10) for kind in sheet.kinds] + [10] * (
        wide - len(sheet.kinds)
    )
    return [Mm(round(_LINE_WIDTH * share / sum(shares))) for share in shares]


def _add_row(table: Part, texts: tuple[str, ...], widths: list[Mm]) -> Part:
    row = table.add_row()
    cells = row.cells
    for place, (cell, text, width) in enumerate(zip(cells, texts, widths, strict=True)):
        cell.width = width
        _fill(cell, text, bold=place == 0)
    return row


def _fill(cell: Part, text: str, *, bold: bool) -> None:
    """Write a cell's lines; those that begin with a bullet become a real list."""
    for count, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if count == 0 else cell.add_paragraph()
        is_item = line.startswith(BULLET)
        if is_item:
            paragraph.style = "List Bullet"
            paragraph.paragraph_format.left_indent = Mm(4)
            paragraph.paragraph_format.first_line_indent = Mm(-4)
        paragraph.paragraph_format.space_after = Pt(1)
        run = paragraph.add_run(line.removeprefix(BULLET) if is_item else line)
        run.font.size, run.font.bold = Pt(9), bold or None
