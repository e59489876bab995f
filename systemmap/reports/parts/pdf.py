"""One landscape page as PDF, with the font that travels with the program."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from markupsafe import escape
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

from systemmap.drawing.printing import BOLD, REGULAR, register_fonts
from systemmap.drawing.styles import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Part: TypeAlias = Any  # reportlab is untyped

_WIDE, _HIGH = landscape(A4)
_MARGIN = 13 * mm
_SIZES = (10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5)


def one_page(
    *,
    title: str,
    under: str,
    rows: Sequence[Sequence[str]],
    shares: Sequence[int],
    colours: Mapping[tuple[int, int], tuple[str, str]],
    notes: Sequence[str],
    closing: Sequence[str],
) -> bytes:
    """Set a title, a table and notes on one A4 page, as large as they fit.

    Parameters
    ----------
    rows : sequence of rows
        The first is the header row; empty = no table.
    colours : mapping
        (row, column) to ink and ground.
    """
    register_fonts()
    stream = BytesIO()
    page = Canvas(
        stream,
        pagesize=(_WIDE, _HIGH),
        initialFontName=REGULAR,
        invariant=1,
        lang="en-GB",
    )
    page.setTitle(title)
    page.setSubject(under)
    width = _WIDE - 2 * _MARGIN
    foot = _stack([_words(line, 7.5, LIGHT.quiet) for line in closing], width)
    head = _stack(
        [_words(title, 19, LIGHT.ink, bold=True), _words(under, 10.5, LIGHT.quiet)],
        width,
    )
    room = _HIGH - 2 * _MARGIN - _height(head) - _height(foot) - 10 * mm
    middle: list[tuple[Part, float]] = []
    for size in _SIZES:
        middle = _stack(list(_middle(rows, shares, colours, notes, size, width)), width)
        if _height(middle) <= room:
            break
    top = _draw(page, head, _HIGH - _MARGIN)
    _draw(page, middle, top - 4 * mm)
    _draw(page, foot, _MARGIN + _height(foot))
    page.showPage()
    page.save()
    return stream.getvalue()


def _words(text: str, size: float, colour: str, *, bold: bool = False) -> Part:
    style = ParagraphStyle(
        "words",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * 1.22,
        textColor=HexColor(colour),
        splitLongWords=True,
    )
    plain = text.replace("●", "•")  # the larger dot is not in the font
    return Paragraph(str(escape(plain)), style)  # reportlab reads mark-up


def _middle(
    rows: Sequence[Sequence[str]],
    shares: Sequence[int],
    colours: Mapping[tuple[int, int], tuple[str, str]],
    notes: Sequence[str],
    size: float,
    width: float,
) -> Iterator[Part]:
    if rows:
        yield _table(rows, shares, colours, size, width)
    for note in notes:
        yield _words(note, size, LIGHT.ink)


def _table(
    rows: Sequence[Sequence[str]],
    shares: Sequence[int],
    colours: Mapping[tuple[int, int], tuple[str, str]],
    size: float,
    width: float,
) -> Part:
    texts = [
        [
            _words(
                text,
                size,
                "#FFFFFF" if at == 0 else colours.get((at, column), (LIGHT.ink,))[0],
                bold=at == 0 or (at, column) in colours,
            )
            for column, text in enumerate(row)
        ]
        for at, row in enumerate(rows)
    ]
    made = Table(
        texts, colWidths=[width * s / sum(shares) for s in shares], repeatRows=1
    )
    grounds = [
        ("BACKGROUND", (column, at), (column, at), HexColor(look[1]))
        for (at, column), look in colours.items()
    ]
    made.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), HexColor(LIGHT.action)),
                ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#B9C2C6")),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
                *grounds,
            ]
        )
    )
    return made


def _stack(parts: list[Part], width: float) -> list[tuple[Part, float]]:
    return [(part, part.wrap(width, _HIGH)[1]) for part in parts]


def _height(stack: list[tuple[Part, float]]) -> float:
    return float(sum(high + 2 * mm for _, high in stack))


def _draw(page: Part, stack: list[tuple[Part, float]], top: float) -> float:
    for part, high in stack:
        part.drawOn(page, _MARGIN, top - high)
        top -= high + 2 * mm
    return top
