"""PowerPoint pages: titles, text, native tables, pictures with alt text, en-GB."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from systemmap.drawing.styles import LIGHT, tint
from systemmap.formats.fixed_zip import without_times
from systemmap.reports.parts.deck_template import opened_deck, title_layout, title_size
from systemmap.reports.parts.fitting import lines_of, table_height

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from systemmap.drawing.styles import LinkStyle

Part: TypeAlias = Any  # python-pptx is untyped
Place = tuple[float, float, float, float]  # left, top, width, height in inches

FONT = "Arial"
WIDE, HIGH = 13.333, 7.5  # inches, the usual 16:9 page
_INCH = 914_400
_GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # PowerPoint's own "Table Grid"
_DASHES = {
    "less": MSO_LINE.DASH,
    "unknown": MSO_LINE.ROUND_DOT,
    "disputed": MSO_LINE.DASH_DOT,  # two thin lines do not show at this size
}
_TITLE_ONLY = 5  # the layout of the library's own default deck
_LEAST_TITLE = 20  # points
_AREA = (0.4, 1.05, 12.533, 6.25)  # where pages of ours draw, below the title
_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck being written; `own` = it stands on a council's own template.

    `titles` are those whose size is the template's, each with the points it has room for.
    """

    deck: Part
    layout: Part
    own: bool = False
    titles: list[tuple[Part, float]] = field(default_factory=list)

    def page(self, title: str, *, size: float = 26, hidden: bool = False) -> Sheet:
        """Add a page whose title is a real title, at the head of the reading order.

        Parameters
        ----------
        size : float
            Points of the title on a page of ours; a template's own size stays, unless
            the words of one would run out of its place: then all are set smaller.
        hidden : bool
            The title lies under a picture that fills the page.
        """
        page = self.deck.slides.add_slide(self.layout)
        shape = page.shapes.title
        if not self.own or hidden:
            wide = self.deck.slide_width / _INCH - 0.8
            shape.left, shape.top, shape.width, shape.height = map(
                Inches, (0.4, 0.2, wide, 0.75)
            )
        frame = shape.text_frame
        if self.own:
            frame.text = title
            size = _LEAST_TITLE if hidden else title_size(self.layout)
            room = (shape.width / _INCH, shape.height / _INCH)
            while size > _LEAST_TITLE and not _stands(title, size, room):
                size -= 2
            run = frame.paragraphs[0].runs[0]
            if hidden:
                run.font.size = Pt(size)
            else:
                self.titles.append((run, size))
        else:
            frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
            frame.margin_left = frame.margin_right = 0
            write(frame.paragraphs[0], title, size=size, bold=True)
            frame.paragraphs[0].alignment = 1  # left
        for other in list(page.placeholders):  # "Click to add text" is never left
            if other.placeholder_format.type not in _TITLES:
                other._element.getparent().remove(other._element)  # noqa: SLF001
        return self._sheet(page)

    def _sheet(self, page: Part) -> Sheet:
        """Return the page with the room below the title, whatever its size."""
        return Sheet(page, *self._fit(), font="") if self.own else Sheet(page)

    def letters(self, least: float) -> float:
        """Return the size in points of ours that is `least` points on the page.

        On a template whose title takes more room than ours everything is scaled
        but the letters: they are set larger, so less stands on a slide.
        """
        return max(least, least / self._fit()[0]) if self.own else least

    def _fit(self) -> tuple[float, float, float]:
        """Return how our area lies on a template's page: scale, left and top in inches."""
        wide, high = self.deck.slide_width, self.deck.slide_height
        (title, *_) = (
            p for p in self.layout.placeholders if p.placeholder_format.type in _TITLES
        )
        below = title.top + title.height
        top = below if below < high * 0.4 else high * 0.16
        room = (wide * 0.94 / _INCH, (high * 0.93 - top) / _INCH)
        factor = min(room[0] / _AREA[2], room[1] / _AREA[3])
        left = (wide / _INCH - _AREA[2] * factor) / 2
        return factor, left - _AREA[0] * factor, top / _INCH - _AREA[1] * factor


def _stands(title: str, size: float, room: tuple[float, float]) -> bool:
    """Whether a title stands in `room` inches, in as wide a font as councils have."""
    lines = lines_of(title, 0.85 * room[0] - 0.2, size)
    return lines * size * 1.2 / 72 <= room[1] - 0.1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, and how inches of ours lie on it."""

    page: Part
    factor: float = 1.0
    left: float = 0.0
    top: float = 0.0
    font: str = FONT

    def place(self, place: Place) -> tuple[Part, ...]:
        """Return a place of ours in the units of the page."""
        left, top, wide, high = place
        f = self.factor
        return (
            Inches(self.left + left * f),
            Inches(self.top + top * f),
            Inches(wide * f),
            Inches(high * f),
        )

    def inches(self, length: float) -> Part:
        """Return a length of ours in the units of the page."""
        return Inches(length * self.factor)


def new_deck(*, title: str, at: date, template: bytes = b"") -> Deck:
    """Return an empty deck with fixed properties, on a template when there is one.

    Raises
    ------
    ReadError
        The template is not a PowerPoint file that can be used.
    """
    deck = opened_deck(template) if template else Presentation()
    if not template:
        deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    moment = datetime(at.year, at.month, at.day, tzinfo=UTC).replace(tzinfo=None)
    properties = deck.core_properties
    properties.title, properties.language = title, "en-GB"
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = moment
    layout = title_layout(deck) if template else deck.slide_layouts[_TITLE_ONLY]
    return Deck(deck, layout, own=bool(template))


def write(
    paragraph: Part,
    text: str,
    *,
    size: float,
    bold: bool = False,
    colour: str = LIGHT.ink,
    font: str = FONT,
) -> None:
    """Write one run of text in our font, or the template's, and in British English."""
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(round(size, 1)), bold
    if font:
        run.font.name = font
    run.font.color.rgb = rgb(colour)
    run._r.get_or_add_rPr().set("lang", "en-GB")  # noqa: SLF001 - no call for it


def rgb(colour: str) -> Part:
    """Return a colour such as ``#0B5C6B`` as PowerPoint wants it."""
    value = int(colour.lstrip("#"), 16)
    made: Part = RGBColor
    return made(value >> 16, value >> 8 & 0xFF, value & 0xFF)


def text_box(
    sheet: Sheet,
    place: Place,
    lines: Sequence[str],
    *,
    size: float,
    colour: str = LIGHT.ink,
    head: bool = False,
) -> Part:
    """Add lines of text in a box of their own; with `head` the first is bold."""
    box = sheet.page.shapes.add_textbox(*sheet.place(place))
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        write(
            paragraph,
            line,
            size=size * sheet.factor,
            colour=colour,
            bold=head and number == 0,
            font=sheet.font,
        )
        paragraph.space_after = Pt(4 * sheet.factor)
    return box


def table(
    sheet: Sheet,
    place: Place,
    rows: Sequence[Sequence[str]],
    shares: Sequence[int],
    *,
    size: float,
    alt: str,
) -> Part:
    """Add a native table; its first row is marked as the header row."""
    shape = sheet.page.shapes.add_table(len(rows), len(shares), *sheet.place(place))
    describe(shape, alt)
    made = shape.table
    made.first_row, made.horz_banding = True, False
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = _GRID  # noqa: SLF001
    for column, share in zip(made.columns, shares, strict=True):
        column.width = Emu(round(sheet.inches(place[2]) * share / sum(shares)))
    for number, texts in enumerate(rows):
        made.rows[number].height = sheet.inches(
            table_height([texts], shares, place[2], size)
        )
        for cell, text in zip(made.rows[number].cells, texts, strict=True):
            _fill(sheet, cell, text, size=size, head=number == 0)
    return made


def _fill(sheet: Sheet, cell: Part, text: str, *, size: float, head: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(0.07)
    cell.margin_top = cell.margin_bottom = Inches(0.04)
    ground, ink = (LIGHT.action, "#FFFFFF") if head else (LIGHT.paper, LIGHT.ink)
    shade(cell, ground)
    write(
        cell.text_frame.paragraphs[0],
        text,
        size=size * sheet.factor,
        bold=head,
        colour=ink,
        font=sheet.font,
    )


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


def note(sheet: Sheet, text: str) -> None:
    """Write what a page says into its notes, for reading aloud."""
    sheet.page.notes_slide.notes_text_frame.text = text


def saved(deck: Deck) -> bytes:
    """Return the deck's bytes, the same for the same deck.

    The titles of a council's deck share one size: its own, or the largest that all fit.
    """
    size = min((size for _, size in deck.titles), default=0)
    if size < title_size(deck.layout):
        for run, _ in deck.titles:
            run.font.size = Pt(size)
    stream = BytesIO()
    deck.deck.save(stream)
    return without_times(stream.getvalue())
