"""Where a council's Word template wants what: controls, bookmarks, headings by name.

A place is named in words: ``Where we stand`` (a section of the paper), ``Title``,
``Place``, ``Version``, ``As at`` (short words), or ``systemmap`` (all that has no
place of its own). `docs/templates.md` says it to those who make templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from systemmap.model.text import folded
from systemmap.reports.parts.blocks import Heading, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from systemmap.reports.parts.blocks import Block, Paper

Part: TypeAlias = Any  # python-docx is untyped

WHOLE = "systemmap"
ALSO = {
    "the board is asked to": (
        "recommendations",
        "recommendation",
        "decisions required",
    ),
    "implications": ("implications of the recommendations", "corporate implications"),
}
"""What councils' forms call a section, where they do not call it as we do."""
_WORDS_A_PAGE = 350
MOST_PAGES = 20  # of a template's own text, where it names no place
ASKING = ("<", "[", "insert ", "click ", "enter ")
_TWENTIETHS = 635  # EMU of a twentieth of a point


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a template: the element that holds it, and how it is marked."""

    element: Part
    kind: str  # control, bookmark or heading

    def take(self, parts: Sequence[Part]) -> None:
        """Put paragraphs and tables in the place; words that only held it go."""
        content = self.element.find(qn("w:sdtContent"))
        if self.kind == "control" and self.element.getparent().tag != qn("w:p"):
            for old in list(content):
                content.remove(old)
            for part in parts:
                content.append(part)
            settled(self.element)
            return
        anchor = self._paragraph()
        for part in reversed(parts):
            anchor.addnext(part)
        if self.kind == "control":
            anchor.remove(self.element)
        if self.kind != "heading" and not words_of(anchor) and _may_go(anchor):
            anchor.getparent().remove(anchor)

    def unmark(self) -> None:
        """Take the heading away whose words only named the place."""
        if self.kind == "heading":
            self.element.getparent().remove(self.element)

    def write(self, words: str) -> None:
        """Put a few words in the place, in the look it has."""
        within = self.kind in ("control", "title")
        held = list(self.element.iter(qn("w:t"))) if within else []
        if held:
            held[0].text = words
            for other in held[1:]:
                other.text = ""
            if self.kind == "control":
                settled(self.element)
            return
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = words
        run.append(text)
        if self.kind == "control":
            content = self.element.find(qn("w:sdtContent"))
            inner = content.find(qn("w:p"))
            (content if inner is None else inner).append(run)
            settled(self.element)
        else:
            self.element.addnext(run)

    def has_form(self) -> bool:
        """Whether a heading stands over a table of the template's own, to be filled in."""
        for beside in self.element.itersiblings():
            if beside.tag == qn("w:tbl"):
                return self.kind == "heading"
            if beside.tag != qn("w:p") or words_of(beside):
                return False
        return False

    def width(self, line: int) -> int:
        """Return how wide a line is here, in EMU: that of its cell, or of the page."""
        for cell in self.element.iterancestors(qn("w:tc")):
            wide = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
            if wide is not None and wide.get(qn("w:type")) == "dxa":
                return int(wide.get(qn("w:w"))) * _TWENTIETHS
        return line

    def _paragraph(self) -> Part:
        if self.element.tag == qn("w:p"):
            return self.element
        return next(self.element.iterancestors(qn("w:p")), self.element)


def places_of(document: Part) -> dict[str, Place]:
    """Return the places of a template by name; a control is stronger than a heading."""
    body = document.element.body
    found = dict(_headings(document))
    for mark in body.iter(qn("w:bookmarkStart")):
        name = mark.get(qn("w:name")) or ""
        if not name.startswith("_"):  # Word's own
            found[name_of(name)] = Place(mark, "bookmark")
    for control in body.iter(qn("w:sdt")):
        for kind in ("w:tag", "w:alias"):
            named = control.find(f"{qn('w:sdtPr')}/{qn(kind)}")
            if named is not None and named.get(qn("w:val")):
                found[name_of(named.get(qn("w:val")))] = Place(control, "control")
    return found


def _headings(document: Part) -> Iterator[tuple[str, Place]]:
    for paragraph in document.paragraphs:
        style = paragraph.style.name if paragraph.style is not None else ""
        if style.casefold().startswith("heading") and paragraph.text.strip():
            yield name_of(paragraph.text), Place(paragraph._p, "heading")  # noqa: SLF001


def sections_of(paper: Paper) -> list[tuple[str, tuple[Block, ...]]]:
    """Return a paper's sections by heading; what stands before the first has none.

    Nor has the small print that ends the paper: sources and licence.
    """
    found: list[tuple[str, list[Block]]] = [("", [])]
    for block in paper.blocks:
        if isinstance(block, Heading) and block.level == 1:
            found.append((block.text, []))
        found[-1][1].append(block)
    last = found[-1][1]
    closing: list[Block] = []
    while len(last) > 2 and isinstance(last[-1], Words) and last[-1].kind == "small":
        closing.insert(0, last.pop())
    found.append(("", closing))
    return [(name, tuple(blocks)) for name, blocks in found if blocks]


def place_of(places: Mapping[str, Place], name: str) -> Place | None:
    """Return the place of a section or of a few words; None = the template has none."""
    names = (name_of(name), *ALSO.get(name_of(name), ()))
    return next((places[known] for known in names if known in places), None)


def is_named(places: Mapping[str, Place], name: str) -> bool:
    """Whether the template calls a section as we do."""
    return name_of(name) in places


def title_to_fill(document: Part) -> Place | None:
    """Return the template's own title where it asks for one: “<Insert report title>”."""
    for paragraph in document.paragraphs:
        words = paragraph.text.strip().casefold()
        if paragraph.style is not None and paragraph.style.name == "Title" and words:
            asks = words.startswith(ASKING) and not paragraph._p.findall(qn("w:sdt"))  # noqa: SLF001
            return Place(paragraph._p, "title") if asks else None  # noqa: SLF001
    return None


def too_long(document: Part, wanted: Sequence[str] = ()) -> str:
    """Say why a template without a place for us is too long; "" = it is not."""
    pages = len(words_of(document.element.body).split()) // _WORDS_A_PAGE + sum(
        found.get(qn("w:type")) == "page"
        for found in document.element.body.iter(qn("w:br"))
    )
    named = {name_of(name) for name in (WHOLE, *wanted)}
    if pages <= MOST_PAGES or named & set(places_of(document)):
        return ""
    return (
        f"The template holds about {pages} pages of its own text and no place for the document. "
        "Mark the place (a content control or a bookmark named “systemmap”), or save the template without that text, and choose it again."
    )


def has_title(document: Part) -> bool:
    """Whether the template shows a title of its own."""
    return any(
        paragraph.style is not None
        and paragraph.style.name == "Title"
        and paragraph.text.strip()
        for paragraph in document.paragraphs
    )


def name_of(words: str) -> str:
    """Fold a name: "2. Where we stand" and "Where_we_stand" are one."""
    return folded(" ".join(words.split("_")).lstrip("0123456789.) "))


def words_of(element: Part) -> str:
    """Return the words of a part of a document."""
    return "".join(text.text or "" for text in element.iter(qn("w:t"))).strip()


def _may_go(paragraph: Part) -> bool:
    """Whether a paragraph may be taken out: a cell keeps one, and a section its mark."""
    beside = [
        p for p in paragraph.getparent().iterchildren(qn("w:p")) if p is not paragraph
    ]
    return bool(beside) and paragraph.find(f".//{qn('w:sectPr')}") is None


def settled(control: Part) -> None:
    """Take off what makes Word show the control as still to be filled in."""
    properties = control.find(qn("w:sdtPr"))
    for name in ("w:showingPlcHdr", "w:dataBinding", "w:placeholder", "w:text"):
        for found in properties.findall(qn(name)):
            properties.remove(found)
