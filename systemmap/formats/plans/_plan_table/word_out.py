"""A plan as a Word document: A4 landscape, one table under each workstream's heading."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    AIMS,
    DUE,
    OUTCOMES,
    PROGRESS,
    RESPONSIBLE,
)
from systemmap.formats.plans._plan_table.word_lists import BULLET

if TYPE_CHECKING:
    from systemmap.formats.plans._plan_table.table_layout import PlanPages, Sheet

Part: TypeAlias = Any  # python-docx is untyped

# Shares of the line, in parts of 100; further columns get ten each.
_SHARES = {ACTION: 22, AIMS: 29, RESPONSIBLE: 13, DUE: 9, PROGRESS: 15, OUTCOMES: 16}
_LINE_WIDTH = 267  # mm: A4 landscape less 15 mm on each side
_ACTION_COLOUR, _TINT, _BORDER = "0B5C6B", "E8F1F2", "B9C2C6"
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
    return _without_times(stream.getvalue())


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
    _add_page_number(footer)
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
    style.font.name, style.font.size = "Arial", Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(key), "Arial")
    _set_language(properties)


def _set_language(properties: Part) -> None:
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    for key in ("w:val", "w:eastAsia"):
        language.set(qn(key), "en-GB")
    properties.append(language)


def _write_sheet(document: Part, sheet: Sheet) -> None:
    if sheet.heading:
        document.add_paragraph(sheet.heading, style="Heading 1")
    if sheet.purpose:
        document.add_paragraph("Purpose", style="Heading 2")
        for text in sheet.purpose:
            document.add_paragraph(text)
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
    _set_borders(table)
    widths = _widths(sheet, wide)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    head = _add_row(
        table, (*sheet.headings, *[""] * (wide - len(sheet.headings))), widths
    )
    _repeat(head)
    for cell in head.cells:
        _shade(cell, _ACTION_COLOUR)
        for run in cell.paragraphs[0].runs:
            run.font.bold, run.font.color.rgb = True, RGBColor(255, 255, 255)
    for place, cells in enumerate(sheet.rows):
        row = _add_row(table, (*cells, *[""] * (wide - len(cells))), widths)
        _keep_whole(row)
        if place in sheet.sections:
            for cell in row.cells:
                _shade(cell, _TINT)


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


def _set_borders(table: Part) -> None:
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no borders of its own
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (
            ("val", "single"),
            ("sz", "4"),
            ("space", "0"),
            ("color", _BORDER),
        ):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    for side, width in (("top", 50), ("left", 90), ("bottom", 50), ("right", 90)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    layout.addnext(margins)


def _shade(cell: Part, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def _repeat(row: Part) -> None:
    _keep_whole(row)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def _keep_whole(row: Part) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def _add_page_number(paragraph: Part) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)  # noqa: SLF001


def _without_times(data: bytes) -> bytes:
    """Pack the parts again with one fixed time, so that equal plans are equal bytes."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return stream.getvalue()
