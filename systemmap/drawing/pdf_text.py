"""What a PDF is set from: words, pictures and page numbers that know what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from markupsafe import escape
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Image, Paragraph

from systemmap.drawing.pdf_tags import TaggedCanvas
from systemmap.drawing.printing import BOLD, REGULAR, printable
from systemmap.drawing.styles import LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.drawing.pdf_tags import Element

Part: TypeAlias = Any  # reportlab is untyped


class Text(Paragraph):  # type: ignore[misc] # reportlab is untyped
    """A paragraph that is marked with its element as it is drawn.

    A table's head is drawn again on each page; the second time it is passed over.

    Attributes
    ----------
    anchor : tuple[str, str, int] | None
        What links call this place, its words, and how deep it stands in the
        list of contents.
    leads_to : str
        The place that a press on the words leads to; "" = none.
    """

    element: Element | None = None
    head = False
    words = ""
    anchor: tuple[str, str, int] | None = None
    leads_to = ""
    _wrapped: tuple[float, tuple[float, float]] | None = None

    def wrap(self, wide: float, high: float) -> tuple[float, float]:
        """Break the words into lines, once for each width: tables ask five times."""
        there = hasattr(self, "blPara")  # a split takes the lines away
        if not there or self._wrapped is None or self._wrapped[0] != wide:
            self._wrapped = (wide, super().wrap(wide, high))
        return self._wrapped[1]

    def draw(self) -> None:
        """Draw the words within their mark."""
        if self.anchor:
            name, words, level = self.anchor
            self.canv.reach(name, words, level=level, above=self.height)
        if self.element is None or (self.head and self.element.drawn):
            self.canv.begin_artifact()
        else:
            self.canv.begin(self.element)
            if self.leads_to:
                size = (self.width, self.height)
                self.canv.link(self.element, self.leads_to, self.words, size)
        super().draw()
        self.canv.end()

    def split(self, wide: float, high: float) -> list[Part]:
        """Part the words over two pages; both belong to the same element."""
        parts: list[Part] = super().split(wide, high)
        for part in parts:
            part.element, part.head = self.element, self.head
            part.leads_to, part.words = self.leads_to, self.words
        if parts:
            parts[0].anchor = self.anchor
        return parts


class PageOf(Flowable):  # type: ignore[misc] # reportlab is untyped
    """The number of the page on which a place is, to the right of its cell."""

    def __init__(self, place: str, element: Element, size: float) -> None:
        super().__init__()
        self.place, self.element, self.size = place, element, size

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """Take a line across the cell."""
        self.width, self.height = wide, self.size * 1.22
        return self.width, self.height

    def draw(self) -> None:
        """Draw the number as what it is in the document."""
        self.canv.begin(self.element)
        self.canv.saveState()
        self.canv.translate(self.width, self.height - self.size)
        self.canv.page_of(self.place, self.size)
        self.canv.restoreState()
        self.canv.end()


class Picture(Image):  # type: ignore[misc] # reportlab is untyped
    """A picture that tells the page which figure it is."""

    element: Element

    def draw(self) -> None:
        """Draw it as what it is in the document."""
        self.canv.begin(self.element)
        super().draw()
        self.canv.end()


def text(
    words: str,
    element: Element | None,
    size: float,
    colour: str = LIGHT.ink,
    *,
    bold: bool = False,
    head: bool = False,
    **look: Part,
) -> Text:
    """Return words as a paragraph of an element, set at `size` points."""
    style = ParagraphStyle(
        "words",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * 1.22,
        textColor=HexColor(colour),
        splitLongWords=True,
        embeddedHyphenation=1,  # "family-friendly" may go on after its hyphen
        **look,
    )
    made = marked_up("<br/>".join(map(as_typed, words.split("\n"))), element, style)
    made.head, made.words = head, words
    return made


def as_typed(words: str) -> str:
    """Return words in signs that the font has, none of which reportlab takes as mark-up."""
    return str(escape(printable(words)))


def marked_up(
    mark_up: str, element: Element | None, style: ParagraphStyle, bullet: str = ""
) -> Text:
    """Return reportlab's mark-up as a paragraph of an element; `bullet` stands before it."""
    made = Text(mark_up, style, bulletText=bullet or None)
    made.element = element
    return made


def canvas_maker(
    tree: Element, title: str, subject: str
) -> Callable[..., TaggedCanvas]:
    """Return what reportlab's documents draw on, so that the file is tagged."""

    def canvas(out: Part, **settings: Part) -> TaggedCanvas:
        for name in ("invariant", "lang"):
            settings.pop(name, None)
        said = {"title": title, "subject": subject, "initialFontName": REGULAR}
        return TaggedCanvas(out, tree=tree, **{**settings, **said})

    return canvas
