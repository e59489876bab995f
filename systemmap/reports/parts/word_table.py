"""A table in Word: borders, widths on every cell, a header row that repeats.

Rows are written as Word's own mark-up: by python-docx's calls, one for each
mark of each cell, a register of 300 partners took twice as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from markupsafe import escape

from systemmap.drawing.styles import LIGHT
from systemmap.formats.word_marks import set_borders
from systemmap.reports.parts.fitting import (
    KEPT_TOGETHER,
    column_widths,
    is_kept_whole,
    letters_for,
    table_height,
    with_pages,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.reports.parts.blocks import Table

Part: TypeAlias = Any  # python-docx is untyped

_HEAD = "E8F1F2"
_SIZE = 8.5  # points
_FLOOR = 7.0  # of a crowded table, before a word breaks
_INCH, _TWIP = 914_400, 635
_ROOT = f"<w:tbl {nsdecls('w')}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """How a cell stands: its width and letters, what it keeps with, its colours."""

    wide: int
    size: float
    right: bool
    kept: bool = False
    bold: bool = False
    ink: str = ""
    ground: str = ""
    leads_to: str = ""
    page_of: str = ""


def add_table(
    document: Part, block: Table, width: int, *, head: str = "", leads: bool = False
) -> None:
    """Add a table as wide as the line; `width` is in the units of python-docx.

    `head` is the ground of the header row, for a council's own colours. With `leads`
    the last row keeps with what follows.
    """
    block = with_pages(block)
    table = document.add_table(rows=0, cols=len(block.headings))
    table.autofit = False
    set_borders(table, upright=40, sideways=80)
    size = letters_for(block, width / _INCH, _SIZE, floor=_FLOOR)
    shares = column_widths(block, width / _INCH, size)
    widths = [round(share * _INCH) for share in shares]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    section = document.sections[-1]
    page = section.page_height - section.top_margin - section.bottom_margin
    first = (block.headings, *block.rows[:KEPT_TOGETHER])
    high = table_height(first, shares, width / _INCH, size)
    whole = is_kept_whole(len(block.rows), high, page / _INCH)
    start = table_height(first[:3], shares, width / _INCH, size)
    looks = partial(
        _looks,
        block,
        widths=widths,
        size=size,
        head=head,
        whole=whole,
        paired=is_kept_whole(2, start, page / _INCH),
        leads=leads,
    )
    rows = [_row(block.headings, looks(-1), head=True)]
    rows += [_row(texts, looks(place)) for place, texts in enumerate(block.rows)]
    for row in parse_xml(f"{_ROOT}{''.join(rows)}</w:tbl>"):
        table._tbl.append(row)  # noqa: SLF001 - rows as mark-up
    after = document.add_paragraph().paragraph_format
    after.space_after, after.line_spacing = Pt(0), Pt(6)
    after.keep_with_next = leads or None


def _looks(
    block: Table,
    place: int,
    *,
    widths: Sequence[int],
    size: float,
    head: str,
    whole: bool,
    paired: bool,
    leads: bool,
) -> list[_Cell]:
    """Return how the cells of a row stand; the head is row -1.

    The head keeps with the first row, and where that is `paired` with the second;
    no last row stands alone, and with `whole` the table is not parted.
    """
    last = len(block.rows) - 1
    parted = place != last - 1 and not (place == 0 and paired)
    kept = place < 0 or (place < last and (whole or not parted))
    kept = kept or (leads and place == last)
    leads_to = block.links[place] if block.links and place >= 0 else ""
    found = []
    for column, wide in enumerate(widths):
        ink, ground = block.colours.get((place, column), ("", ""))
        found.append(
            _Cell(
                wide=round(wide / _TWIP),
                size=size,
                right=column in block.numbers,
                kept=kept,
                bold=place < 0 or bool(ground),
                ink=ink.lstrip("#"),
                ground=ground.lstrip("#") if place >= 0 else head or _HEAD,
                leads_to=leads_to if column == 0 else "",
                page_of=leads_to if column == len(widths) - 1 else "",
            )
        )
    return found


def _mark(name: str, **settings: str) -> str:
    """Return one of Word's marks, for instance ``<w:sz w:val="17"/>``."""
    said = "".join(f' w:{key}="{escape(value)}"' for key, value in settings.items())
    return f"<w:{name}{said}/>"


def _row(texts: Sequence[str], looks: Sequence[_Cell], *, head: bool = False) -> str:
    """Return a row that stays on one page; the head repeats on each."""
    marks = _mark("cantSplit") + (_mark("tblHeader") if head else "")
    cells = "".join(map(_cell, texts, looks))
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def _cell(text: str, look: _Cell) -> str:
    cell, line = _mark("tcW", type="dxa", w=str(look.wide)), ""
    if look.ground:
        cell += _mark("shd", val="clear", color="auto", fill=look.ground)
    if look.kept:
        line = _mark("keepNext")
    line += _mark("spacing", after="0")
    if look.right:
        line += _mark("jc", val="right")
    words = f"<w:r><w:rPr>{_letters(look)}</w:rPr>{_words(text)}</w:r>"
    if look.leads_to:
        words = f'<w:hyperlink w:anchor="{look.leads_to}">{words}</w:hyperlink>'
    if look.page_of:
        words = _page_of(look)
    return (
        f"<w:tc><w:tcPr>{cell}</w:tcPr><w:p><w:pPr>{line}</w:pPr>{words}</w:p></w:tc>"
    )


def _page_of(look: _Cell) -> str:
    """Return a field that Word and LibreOffice fill with the page of a place."""
    parts = (
        _mark("fldChar", fldCharType="begin", dirty="true"),
        f'<w:instrText xml:space="preserve"> PAGEREF {look.page_of} \\h </w:instrText>',
        _mark("fldChar", fldCharType="separate"),
        _words("…"),
        _mark("fldChar", fldCharType="end"),
    )
    letters = f"<w:rPr>{_letters(look)}</w:rPr>"
    return "".join(f"<w:r>{letters}{part}</w:r>" for part in parts)


def _letters(look: _Cell) -> str:
    marks = _mark("b") if look.bold else ""
    if ink := look.ink or (look.leads_to and LIGHT.action):
        marks += _mark("color", val=ink.lstrip("#"))
    marks += _mark("sz", val=str(round(2 * look.size)))
    return marks + (_mark("u", val="single") if look.leads_to else "")


def _words(text: str) -> str:
    """Return words as Word holds them: its own marks for a new line and a tab."""
    lines = [
        "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""
            for piece in line.split("\t")
        )
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    return "<w:br/>".join(lines)
