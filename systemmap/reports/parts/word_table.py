"""A table in Word: borders, widths on every cell, a header row that repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

if TYPE_CHECKING:
    from systemmap.reports.parts.blocks import Table

Part: TypeAlias = Any  # python-docx is untyped

_KEPT_TOGETHER = 8  # a table this short never breaks over two pages
_BORDER, _HEAD = "B9C2C6", "E8F1F2"


def add_table(document: Part, block: Table, width: int) -> None:
    """Add a table as wide as the line; `width` is in the units of python-docx."""
    table = document.add_table(rows=0, cols=len(block.headings))
    table.autofit = False
    _set_borders(table)
    widths = [round(width * share / sum(block.shares)) for share in block.shares]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    head = _add_row(table, block.headings, widths, block.numbers)
    _mark_row(head, "w:tblHeader")
    _keep_with_next(head)
    for cell in head.cells:
        _shade(cell, _HEAD)
        for run in cell.paragraphs[0].runs:
            run.bold = True
    together = len(block.rows) <= _KEPT_TOGETHER
    for place, texts in enumerate(block.rows):
        row = _add_row(table, texts, widths, block.numbers)
        if together and place < len(block.rows) - 1:
            _keep_with_next(row)
        for column, cell in enumerate(row.cells):
            if colours := block.colours.get((place, column)):
                _colour(cell, *colours)
    after = document.add_paragraph().paragraph_format
    after.space_after, after.line_spacing = Pt(0), Pt(6)


def _add_row(
    table: Part, texts: tuple[str, ...], widths: list[int], numbers: frozenset[int]
) -> Part:
    row = table.add_row()
    _mark_row(row, "w:cantSplit")
    for place, (cell, text, width) in enumerate(
        zip(row.cells, texts, widths, strict=True)
    ):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text).font.size = Pt(8.5)
        if place in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return row


def _keep_with_next(row: Part) -> None:
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _colour(cell: Part, ink: str, ground: str) -> None:
    _shade(cell, ground.lstrip("#"))
    for run in cell.paragraphs[0].runs:
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(ink.lstrip("#"))


def _set_borders(table: Part) -> None:
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no borders of its own
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        look = {"val": "single", "sz": "4", "space": "0", "color": _BORDER}
        for key, value in look.items():
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    for side, wide in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(wide))
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


def _mark_row(row: Part, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001
