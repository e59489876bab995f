"""A table in Word: borders, widths on every cell, a header row that repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

from systemmap.formats.word_marks import keep_whole, repeat, set_borders, shade
from systemmap.reports.parts.fitting import KEPT_TOGETHER, column_widths, letters_for

if TYPE_CHECKING:
    from systemmap.reports.parts.blocks import Table

Part: TypeAlias = Any  # python-docx is untyped

_HEAD = "E8F1F2"
_SIZE = 8.5  # points
_FLOOR = 7.0  # of a crowded table, before a word breaks
_INCH = 914_400


def add_table(document: Part, block: Table, width: int, *, head: str = "") -> None:
    """Add a table as wide as the line; `width` is in the units of python-docx.

    `head` is the ground of the header row, for a council's own colours.
    """
    table = document.add_table(rows=0, cols=len(block.headings))
    table.autofit = False
    set_borders(table, upright=40, sideways=80)
    size = letters_for(block, width / _INCH, _SIZE, floor=_FLOOR)
    shares = column_widths(block, width / _INCH, size)
    widths = [round(share * _INCH) for share in shares]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    first = _add_row(table, block.headings, widths, block.numbers, size)
    repeat(first)
    _keep_with_next(first)
    for cell in first.cells:
        shade(cell, head or _HEAD)
        for run in cell.paragraphs[0].runs:
            run.bold = True
    together = len(block.rows) <= KEPT_TOGETHER
    for place, texts in enumerate(block.rows):
        row = _add_row(table, texts, widths, block.numbers, size)
        # a short table stays whole, and no last row stands alone
        if place < len(block.rows) - 1 and (together or place == len(block.rows) - 2):
            _keep_with_next(row)
        for column, cell in enumerate(row.cells):
            if colours := block.colours.get((place, column)):
                _colour(cell, *colours)
    after = document.add_paragraph().paragraph_format
    after.space_after, after.line_spacing = Pt(0), Pt(6)


def _add_row(
    table: Part,
    texts: tuple[str, ...],
    widths: list[int],
    numbers: frozenset[int],
    size: float,
) -> Part:
    row = table.add_row()
    keep_whole(row)
    for place, (cell, text, width) in enumerate(
        zip(row.cells, texts, widths, strict=True)
    ):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text).font.size = Pt(size)
        if place in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return row


def _keep_with_next(row: Part) -> None:
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _colour(cell: Part, ink: str, ground: str) -> None:
    shade(cell, ground.lstrip("#"))
    for run in cell.paragraphs[0].runs:
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(ink.lstrip("#"))
