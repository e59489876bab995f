"""What is printed before a workshop: table cards, a participant sheet, sheets for notes.

Each is a tagged PDF (PDF/UA-1), as the reports are: who cannot see it hears it.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import segno
from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Spacer

from systemmap.drawing.pdf_tags import Element
from systemmap.drawing.pdf_text import Text, as_typed, canvas_maker, marked_up
from systemmap.drawing.printing import BOLD, REGULAR, printable, register_fonts
from systemmap.formats.photos import note_sheets
from systemmap.workshops.join_words import join_address, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from systemmap.drawing.pdf_tags import TaggedCanvas
    from systemmap.model.workshop import Workshop

register_fonts()  # the styles below ask for them

_INK, _ACTION = HexColor("#1B2127"), HexColor("#0B5C6B")
_BODY = ParagraphStyle(
    "body",
    fontName=REGULAR,
    bulletFontName=REGULAR,
    bulletFontSize=13,
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
_SMALL = ParagraphStyle("small", parent=_LARGE, fontSize=15, leading=20)
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
_BOXES = "Nine empty boxes in three rows, each with a black code for the camera."


def table_cards_pdf(workshop: Workshop, tables: Sequence[str], address: str) -> bytes:
    """Return a PDF with one A4 card for each table: its name, a QR code, the words.

    Each card's code leads to the same room; the table is chosen on the phone.
    """
    join = join_address(address, workshop.join_words)
    short = address.partition("://")[2].rstrip("/")
    tree = Element("Document")

    def said(kind: str, words: str, style: ParagraphStyle) -> Text:
        return marked_up(_inline(words), tree.add(kind), style)

    story: list[Any] = []
    for name in tables or ["Welcome"]:
        story += [
            Spacer(1, 14 * mm),
            said("H1", name, _HUGE),
            said("P", "Point your phone's camera at the square", _LARGE),
            Spacer(1, 6 * mm),
            _Code(
                join, 95 * mm, tree.add("Figure", f"A square code that opens {join}")
            ),
            Spacer(1, 6 * mm),
            said("P", f"or open **{short}/j** and type", _LARGE),
            Spacer(1, 3 * mm),
            said("P", spoken(workshop.join_words), _WORDS),
            Spacer(1, 6 * mm),
            said(
                "P", "No account, no name. Please do not write anyone's name.", _SMALL
            ),
            PageBreak(),
        ]
    return _built(story[:-1], tree, f"Table cards: {workshop.title}")


def participant_sheet_pdf(sheet: str, title: str) -> bytes:
    """Return a kit's participant sheet (plain Markdown) as a PDF."""
    tree = Element("Document")
    return _built(list(_sheet(sheet, tree)), tree, title)


def _sheet(sheet: str, tree: Element) -> Iterator[Text]:
    above: list[Element] = []  # the list that goes on, and those within it
    for line in sheet.splitlines():
        heading = re.match(r"(#{1,2}) (.*)", line)
        bullet = re.match(r"\s*(?:[-*]|(\d+\.)) (.*)", line)
        if bullet:
            depth = min((len(line) - len(line.lstrip())) // 3, len(above))
            del above[depth + 1 :]
            if depth == len(above):
                above.append((above[-1].last.last if above else tree).add("L"))
            body = above[depth].add("LI").add("LBody")
            inwards = 16 * depth
            style = ParagraphStyle(
                "item", parent=_BODY, leftIndent=16 + inwards, bulletIndent=inwards
            )
            yield marked_up(_inline(bullet[2]), body, style, bullet[1] or "•")
        elif line.strip():
            above.clear()
            kind = f"H{len(heading[1])}" if heading else "P"
            style = _HEADINGS[len(heading[1])] if heading else _BODY
            words = heading[2] if heading else line
            yield marked_up(_inline(words), tree.add(kind), style)


def note_sheets_pdf(workshop: Workshop, tables: Sequence[str]) -> bytes:
    """Return printed sheets for notes, two a table, with a code in each of nine boxes.

    A4 lying; printed on A3 a sticky note fits into a box beside its code.
    """
    out = io.BytesIO()
    tree = Element("Document")
    title = f"Sheets for notes: {workshop.title}"
    page = canvas_maker(tree, title, title)(out, pagesize=landscape(A4))
    page.setAuthor("systemmap")
    for table, name in enumerate(tables or ["Table 1"]):
        for sheet in range(note_sheets.SHEETS):
            _note_sheet(page, name, table, sheet)
            page.showPage()
    page.save()
    return out.getvalue()


def _note_sheet(page: TaggedCanvas, name: str, table: int, sheet: int) -> None:
    top = note_sheets.HEIGHT - note_sheets.cell_box(0)[1] + 4
    page.begin(page.tree.add("H1"))
    page.setFillColor(_INK)
    page.setFont(BOLD, 20)
    page.drawString(note_sheets.cell_box(0)[0] * mm, top * mm, printable(name))
    page.end()
    page.begin(page.tree.add("P"))
    page.setFont(REGULAR, 11)
    page.drawRightString(
        note_sheets.cell_box(note_sheets.COLUMNS - 1)[2] * mm,
        top * mm,
        f"Sheet {sheet + 1} of {note_sheets.SHEETS}. One note in each box, in large letters. "
        "Leave the black codes free. No names, please.",
    )
    page.end()
    boxes = page.tree.add("Figure", _BOXES)
    page.begin(boxes)
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
    page.end()


def _code(page: TaggedCanvas, code: int, cell: int) -> None:
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
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", as_typed(text))


class _Code(Flowable):  # type: ignore[misc] # reportlab is untyped
    """A QR code that tells the page which figure it is."""

    def __init__(self, address: str, size: float, element: Element) -> None:
        super().__init__()
        self.width = self.height = size
        self.hAlign = "CENTER"
        self.rows = [
            list(r) for r in segno.make(address, error="m", micro=False).matrix
        ]
        self.element = element

    def draw(self) -> None:
        """Draw its dark squares."""
        self.canv.begin(self.element)
        self.canv.setFillColor(black)
        cell = self.height / len(self.rows)
        for y, row in enumerate(self.rows):
            for x, dark in enumerate(row):
                if dark:
                    at = (x * cell, self.height - (y + 1) * cell)
                    self.canv.rect(*at, cell * 1.01, cell * 1.01, stroke=0, fill=1)
        self.canv.end()


def _built(story: list[Any], tree: Element, title: str) -> bytes:
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=title,
        author="systemmap",
        leftMargin=22 * mm,
        rightMargin=22 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
    )
    document.build(story, canvasmaker=canvas_maker(tree, title, title))
    return out.getvalue()
