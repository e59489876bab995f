"""A PDF whose parts say what they are: headings, tables, pictures (PDF/UA-1).

reportlab draws; it does not tag. What is drawn between `begin` and `end` belongs
to an element of the document's tree, which a screen reader follows; all else is
named an artifact and is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    XMP,
    PDFArray,
    PDFDictionary,
    PDFFormXObject,
    PDFName,
    PDFObjectReference,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Iterator

Part: TypeAlias = Any  # reportlab is untyped

LANGUAGE = "en-GB"
_FIRST_LINK = 100_000  # links count on from here, pages from nought
_TREE, _PARENTS = "StructureTree", "StructureParents"  # names within the file
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(eq=False)
class Element:
    """A part of a document: its kind (H1, P, Table, TD, Figure …) and what it holds.

    `alt` is what a picture shows; `kids` are elements, (page, mark) of what was
    drawn for it, or (page, name) of a place to press.
    """

    kind: str
    alt: str = ""
    kids: list[Element | tuple[int, int | str]] = field(default_factory=list)

    def add(self, kind: str, alt: str = "") -> Element:
        """Add an element after those that are there, and return it."""
        element = Element(kind, alt)
        self.kids.append(element)
        return element

    @property
    def last(self) -> Element:
        """The last element within it."""
        return next(kid for kid in reversed(self.kids) if isinstance(kid, Element))

    @property
    def drawn(self) -> bool:
        """Whether something was drawn for it."""
        return any(isinstance(kid, tuple) for kid in self.kids)

    def walk(self) -> Iterator[Element]:
        """Yield the element and all within it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


class TaggedCanvas(Canvas):  # type: ignore[misc] # reportlab is untyped
    """A reportlab canvas that tags; the same drawing gives the same bytes.

    Parameters
    ----------
    tree : Element
        The document; its elements are marked while they are drawn.
    title, subject : str
        What the file is called, and what it shows.
    """

    def __init__(
        self,
        out: Part,
        *,
        tree: Element,
        title: str,
        subject: str,
        **settings: Part,
    ) -> None:
        super().__init__(out, invariant=1, lang=LANGUAGE, **settings)
        self.tree = tree
        self._title, self._subject = title, subject
        self._marks: list[Element] = []
        self._pages: list[list[Element]] = []
        self._page_refs: list[Part] = []
        self._reached: dict[str, int] = {}
        self._pressed: list[tuple[str, Element]] = []
        self._asked: dict[str, float] = {}
        self._level = -1
        self.setTitle(title)
        self.setSubject(subject)
        self.setCreator("systemmap")
        self.setViewerPreference("DisplayDocTitle", "true")

    def begin(self, element: Element) -> None:
        """Let what is drawn from here belong to an element."""
        number = len(self._marks)
        self._marks.append(element)
        element.kids.append((len(self._pages), number))
        self._code.append(f"/{element.kind} <</MCID {number}>> BDC")

    def begin_artifact(self) -> None:
        """Let what is drawn from here be passed over by screen readers."""
        self._code.append("/Artifact BMC")

    def end(self) -> None:
        """End what was begun last."""
        self._code.append("EMC")

    def reach(self, name: str, words: str, *, level: int, above: float) -> None:
        """Let links, and the list of contents beside the pages, lead to here.

        Parameters
        ----------
        name, words : str
            What links call the place; what the list of contents calls it.
        level : int
            How deep it stands in that list; no deeper than one below the last.
        above : float
            Where it begins, in points above the point where things are drawn.
        """
        self._reached[name] = self.getPageNumber()
        self.bookmarkHorizontal(name, 0, above)
        self._level = min(level, self._level + 1)
        self.addOutlineEntry(words, name, self._level, closed=level > 0)

    def link(self, element: Element, name: str, words: str, size: Part) -> None:
        """Let a press on `size` (width, height), from here on, lead to a place."""
        number = f"link{len(self._pressed)}"
        place = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Rect": PDFArray(self._absRect((0, 0, *size), 1)),
            "Border": PDFArray([0, 0, 0]),
            "Contents": PDFString(words),
            "Dest": self._bookmarkReference(name),
            "StructParent": _FIRST_LINK + len(self._pressed),
            "F": 4,  # it is printed
        }
        self._addAnnotation(PDFDictionary(place), number)
        self._pressed.append((number, element))
        element.kids.append((len(self._pages), number))

    def page_of(self, name: str, size: float) -> None:
        """Print, to the left of here, on which page a place is, though it comes later."""
        self.doForm(f"page-of-{name}")
        self._asked[name] = size

    def _print_pages(self) -> None:
        for name, size in self._asked.items():
            self.beginForm(f"page-of-{name}", -60, -size, 0, size)
            self.setFont(self._initialFontName, size)
            self.drawRightString(0, 0, str(self._reached[name]))
            self.endForm()

    def _setAnnotations(self, page: Part) -> None:  # noqa: N802 - reportlab's name
        super()._setAnnotations(page)
        if isinstance(page, PDFFormXObject):
            return
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._pages), PDFName("S")
        self._page_refs.append(self._doc.thisPageRef())
        self._pages.append(self._marks)
        self._marks = []

    def save(self) -> None:
        """Finish the last page and write the tree into the file."""
        if len(self._code):
            self.showPage()
        self._print_pages()
        self._write_tree()
        super().save()

    def _write_tree(self) -> None:
        document, catalogue = self._doc, self._doc.Catalog
        names = {e: f"Element{n}" for n, e in enumerate(self.tree.walk())}
        above = {kid: e for e in names for kid in e.kids if isinstance(kid, Element)}
        for element, name in names.items():
            up = names[above[element]] if element in above else _TREE
            document.Reference(self._element(element, names, up), name)
        parents: list[Part] = []
        for number, marks in enumerate(self._pages):
            parents += [number, PDFArray([_to(names[e]) for e in marks])]
        for number, (_, element) in enumerate(self._pressed, start=_FIRST_LINK):
            parents += [number, _to(names[element])]
        tree = PDFDictionary(
            {
                "Type": PDFName("StructTreeRoot"),
                "K": PDFArray([_to(names[self.tree])]),
                "ParentTree": _to(_PARENTS),
                "ParentTreeNextKey": _FIRST_LINK + len(self._pressed),
            }
        )
        document.Reference(PDFDictionary({"Nums": PDFArray(parents)}), _PARENTS)
        document.Reference(tree, _TREE)
        catalogue.StructTreeRoot = _to(_TREE)
        catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
        catalogue.Metadata = XMP(creator=self._metadata)

    def _element(self, element: Element, names: dict[Element, str], up: str) -> Part:
        found: dict[str, Part] = {
            "Type": PDFName("StructElem"),
            "S": PDFName(element.kind),
            "P": _to(up),
            "K": PDFArray([self._kid(kid, names) for kid in element.kids]),
        }
        if element.alt:
            found["Alt"] = PDFString(element.alt)
        if element.kind == "TH":
            scope = {"O": PDFName("Table"), "Scope": PDFName("Column")}
            found["A"] = PDFDictionary(scope)
        return PDFDictionary(found)

    def _kid(
        self, kid: Element | tuple[int, int | str], names: dict[Element, str]
    ) -> Part:
        if isinstance(kid, Element):
            return _to(names[kid])
        page, what = kid
        on = {"Pg": self._page_refs[page]}
        if isinstance(what, str):
            pressed = self._doc.refAnnotation(what)
            return PDFDictionary({"Type": PDFName("OBJR"), **on, "Obj": pressed})
        return PDFDictionary({"Type": PDFName("MCR"), **on, "MCID": what})

    def _metadata(self, _document: Part) -> bytes:
        words = {"title": escape(self._title), "subject": escape(self._subject)}
        return _XMP.format(language=LANGUAGE, **words).encode()


def _to(name: str) -> Part:
    return PDFObjectReference(name)
