"""PowerPoint pages: titles, text, native tables, pictures with alt text, en-GB."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from systemmap.drawing.styles import LIGHT, tint
from systemmap.formats.fixed_zip import without_times
from systemmap.reports.parts.fitting import table_height

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from systemmap.drawing.styles import LinkStyle

Part: TypeAlias = Any  # python-pptx is untyped
Place = tuple[float, float, float, float]  # left, top, width, height in inches

FONT = "Arial"
WIDE, HIGH = 13.333, 7.5  # inches, the usual 16:9 page
_GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # PowerPoint's own "Table Grid"
_DASHES = {
    "less": MSO_LINE.DASH,
    "unknown": MSO_LINE.ROUND_DOT,
    "disputed": MSO_LINE.DASH_DOT,  # two thin lines do not show at this size
}
_TITLE_ONLY = 5  # the layout of the library's own default deck


def new_deck(*, title: str, at: date, wide: float = WIDE, high: float = HIGH) -> Part:
    """Return an empty deck of one page size, with fixed properties."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(wide), Inches(high)
    moment = datetime(at.year, at.month, at.day, tzinfo=UTC).replace(tzinfo=None)
    properties = deck.core_properties
    properties.title, properties.language = title, "en-GB"
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = moment
    return deck


def new_page(deck: Part, title: str, *, size: float, place: Place) -> Part:
    """Add a page whose title is a real title, at the head of the reading order."""
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    shape = page.shapes.title
    shape.left, shape.top, shape.width, shape.height = map(Inches, place)
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = 0
    write(frame.paragraphs[0], title, size=size, bold=True)
    frame.paragraphs[0].alignment = 1  # left
    return page


def write(
    paragraph: Part,
    text: str,
    *,
    size: float,
    bold: bool = False,
    colour: str = LIGHT.ink,
) -> None:
    """Write one run of text in our font and in British English."""
    run = paragraph.add_run()
    run.text = text
    run.font.name, run.font.size, run.font.bold = FONT, Pt(round(size, 1)), bold
    run.font.color.rgb = rgb(colour)
    run._r.get_or_add_rPr().set("lang", "en-GB")  # noqa: SLF001 - no call for it


def rgb(colour: str) -> Part:
    """Return a colour such as ``#0B5C6B`` as PowerPoint wants it."""
    value = int(colour.lstrip("#"), 16)
    made: Part = RGBColor
    return made(value >> 16, value >> 8 & 0xFF, value & 0xFF)


def text_box(
    page: Part, place: Place, lines: Sequence[str], *, size: float, colour: str
) -> Part:
    """Add lines of text in a box of their own."""
    box = page.shapes.add_textbox(*map(Inches, place))
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        write(paragraph, line, size=size, colour=colour)
    return box


def table(
    page: Part,
    place: Place,
    rows: Sequence[Sequence[str]],
    shares: Sequence[int],
    *,
    size: float,
    alt: str,
) -> Part:
    """Add a native table; its first row is marked as the header row."""
    shape = page.shapes.add_table(len(rows), len(shares), *map(Inches, place))
    describe(shape, alt)
    made = shape.table
    made.first_row, made.horz_banding = True, False
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = _GRID  # noqa: SLF001
    for column, share in zip(made.columns, shares, strict=True):
        column.width = Emu(round(Inches(place[2]) * share / sum(shares)))
    for number, texts in enumerate(rows):
        made.rows[number].height = Inches(table_height([texts], shares, place[2], size))
        for cell, text in zip(made.rows[number].cells, texts, strict=True):
            _fill(cell, text, size=size, head=number == 0)
    return made


def _fill(cell: Part, text: str, *, size: float, head: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(0.07)
    cell.margin_top = cell.margin_bottom = Inches(0.04)
    ground, ink = (LIGHT.action, "#FFFFFF") if head else (LIGHT.paper, LIGHT.ink)
    shade(cell, ground)
    write(cell.text_frame.paragraphs[0], text, size=size, bold=head, colour=ink)


def shade(cell: Part, ground: str) -> None:
    """Give a cell a plain ground."""
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(ground)


def describe(shape: Part, alt: str) -> None:
    """Give a shape, table or picture its alt text."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)  # noqa: SLF001 - no call


def plain(shape: Part) -> None:
    """Take off the theme's own look, shadows above all."""
    style = shape._element.find(qn("p:style"))  # noqa: SLF001
    if style is not None:
        shape._element.remove(style)  # noqa: SLF001


def dress(arrow: Part, style: LinkStyle, *, width: float, ink: float = 1.0) -> None:
    """Give a connector its colour, dash and arrowhead, as on the drawing."""
    arrow.line.color.rgb = rgb(tint(style.light, LIGHT.paper, ink))
    arrow.line.width = Pt(width)
    if style.key in _DASHES:
        arrow.line.dash_style = _DASHES[style.key]
    found = arrow.line._get_or_add_ln()  # noqa: SLF001 - no call for arrowheads
    head = found.makeelement(
        qn("a:tailEnd"), {"type": "triangle" if style.head == "filled" else "arrow"}
    )
    found.append(head)


def saved(deck: Part) -> bytes:
    """Return the deck's bytes, the same for the same deck."""
    stream = BytesIO()
    deck.save(stream)
    return without_times(stream.getvalue())
