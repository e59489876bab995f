"""What is printed before a workshop: table cards with a QR code, a participant sheet."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import segno
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

from systemmap.drawing.printing import BOLD, REGULAR, register_fonts
from systemmap.formats.photos import note_sheets
from systemmap.workshops.join_words import join_address, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.model.workshop import Workshop

register_fonts()  # the styles below ask for them

_INK, _ACTION = HexColor("#1B2127"), HexColor("#0B5C6B")
_BODY = ParagraphStyle(
    "body",
    fontName=REGULAR,
    bulletFontName=REGULAR,
    fontSize=13,
    leading=19,
    textColor=_INK,
    spaceAfter=6,
)
_LARGE = ParagraphStyle(
    "large", parent=_BODY, fontSize=24, leading=30, alignment=TA_CENTER
)
_HUGE = ParagraphStyle(
    "huge",
    parent=_LARGE,
    fontName=BOLD,
    fontSize=44,
    leading=52,
    spaceAfter=10,
)
_WORDS = ParagraphStyle(
    "words", parent=_HUGE, fontSize=34, leading=42, textColor=_ACTION
)
_HEADINGS = {
    1: ParagraphStyle(
        "h1", parent=_BODY, fontName=BOLD, fontSize=26, leading=32, spaceAfter=10
    ),
    2: ParagraphStyle(
        "h2",
        parent=_BODY,
        fontName=BOLD,
        fontSize=16,
        leading=22,
        spaceBefore=10,
        spaceAfter=4,
    ),
}


def table_cards_pdf(workshop: Workshop, tables: Sequence[str], address: str) -> bytes:
    """Return a PDF with one A4 card for each table: its name, a QR code, the words.

    Each card's code leads to the same room; the table is chosen on the phone.
    """
    join = join_address(address, workshop.join_words)
    short = address.partition("://")[2].rstrip("/")
    story: list[Any] = []
    for name in tables or ["Welcome"]:
        story += [
            Spacer(1, 14 * mm),
            Paragraph(escape(name), _HUGE),
            Paragraph("Point your phone's camera at the square", _LARGE),
            Spacer(1, 6 * mm),
            _qr(join, 95 * mm),
            Spacer(1, 6 * mm),
            Paragraph(f"or open <b>{escape(short)}/j</b> and type", _LARGE),
            Spacer(1, 3 * mm),
            Paragraph(escape(spoken(workshop.join_words)), _WORDS),
            Spacer(1, 6 * mm),
            Paragraph(
                "No account, no name. Please do not write anyone's name.",
                ParagraphStyle("small", parent=_LARGE, fontSize=15, leading=20),
            ),
            PageBreak(),
        ]
    return _built(story[:-1], f"Table cards: {workshop.title}")


def participant_sheet_pdf(sheet: str, title: str) -> bytes:
    """Return a kit's participant sheet (plain Markdown) as a PDF."""
    story: list[Any] = []
    for line in sheet.splitlines():
        heading = re.match(r"(#{1,2}) (.*)", line)
        bullet = re.match(r"\s*(?:[-*]|(\d+\.)) (.*)", line)
        if heading:
            story.append(Paragraph(_inline(heading[2]), _HEADINGS[len(heading[1])]))
        elif bullet:
            mark = bullet[1] or "•"
            style = ParagraphStyle("item", parent=_BODY, leftIndent=16, bulletIndent=0)
            story.append(Paragraph(_inline(bullet[2]), style, bulletText=mark))
        elif line.strip():
            story.append(Paragraph(_inline(line), _BODY))
    return _built(story, title)


def note_sheets_pdf(workshop: Workshop, tables: Sequence[str]) -> bytes:
    """Return printed sheets for notes, two a table, with a code in each of nine boxes.

    A4 lying; printed on A3 a sticky note fits into a box beside its code.
    """
    out = io.BytesIO()
    page = Canvas(out, pagesize=landscape(A4), invariant=1, lang="en-GB")
    page.setTitle(f"Sheets for notes: {workshop.title}")
    page.setAuthor("systemmap")
    for table, name in enumerate(tables or ["Table 1"]):
        for sheet in range(note_sheets.SHEETS):
            _note_sheet(page, name, table, sheet)
            page.showPage()
    page.save()
    return out.getvalue()


def _note_sheet(page: Canvas, name: str, table: int, sheet: int) -> None:
    top = note_sheets.HEIGHT - note_sheets.cell_box(0)[1] + 4
    page.setFillColor(_INK)
    page.setFont(BOLD, 20)
    page.drawString(note_sheets.cell_box(0)[0] * mm, top * mm, name)
    page.setFont(REGULAR, 11)
    page.drawRightString(
        note_sheets.cell_box(note_sheets.COLUMNS - 1)[2] * mm,
        top * mm,
        f"Sheet {sheet + 1} of {note_sheets.SHEETS}. One note in each box, in large letters. "
        "Leave the black codes free. No names, please.",
    )
    for cell in range(note_sheets.CELLS):
        left, high, right, low = note_sheets.cell_box(cell)
        page.setStrokeColor(HexColor("#8A949C"))
        page.setLineWidth(0.6)
        page.rect(
            left * mm,
            (note_sheets.HEIGHT - low) * mm,
            (right - left) * mm,
            (low - high) * mm,
        )
        _code(page, note_sheets.code_of(table, sheet, cell), cell)


def _code(page: Canvas, code: int, cell: int) -> None:
    left, high, right, _ = note_sheets.code_box(cell)
    rows = note_sheets.code_squares(code)
    side = (right - left) / len(rows)
    page.setFillColor(black)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                page.rect(
                    (left + x * side) * mm,
                    (note_sheets.HEIGHT - high - (y + 1) * side) * mm,
                    side * 1.01 * mm,
                    side * 1.01 * mm,
                    stroke=0,
                    fill=1,
                )


def _inline(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))


def _qr(address: str, size: float) -> Drawing:
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    cell = size / len(rows)
    drawing = Drawing(size, size)
    drawing.hAlign = "CENTER"
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                drawing.add(
                    Rect(
                        x * cell,
                        size - (y + 1) * cell,
                        cell * 1.01,
                        cell * 1.01,
                        fillColor=black,
                        strokeColor=None,
                    )
                )
    return drawing


def _built(story: list[Any], title: str) -> bytes:
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        initialFontName=REGULAR,
        pagesize=A4,
        title=title,
        author="systemmap",
        lang="en-GB",
        leftMargin=22 * mm,
        rightMargin=22 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
        invariant=1,
    )
    document.build(story)
    return out.getvalue()
