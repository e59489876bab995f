"""What a Word document says: a paragraph's words, and a document without tables as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.reading.word_lists import Lists
from systemmap.formats.reading.xml_tree import local, safe_xml
from systemmap.formats.reading.zip_parts import check_zip, zip_part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_LEFT_OUT = {
    "del",
    "movefrom",
    "deltext",
    "instrtext",
    "footnotereference",
    "ppr",
    "rpr",
    "sdtpr",
    "txbxcontent",
    "fallback",
}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "nobreakhyphen": "-", "softhyphen": ""}
CONTAINERS = {"sdt", "sdtcontent", "ins", "moveto", "customxml", "smarttag", "body"}
_DOCUMENT = "word/document.xml"
_STEP = 4  # spaces for each level of a list


def paragraph_text(paragraph: Element) -> str:
    """Return a paragraph's words as typed, deletions and notes left out."""
    return "".join(_runs(paragraph))


def text_of_word(data: bytes) -> str | None:
    """Return a Word document as lines of text; None where it holds a table.

    Points keep their mark and their depth; a line broken within a point stands
    below it, further in.

    Raises
    ------
    ReadError
        Damaged, locked or above a limit.
    """
    names = check_zip(data)
    if _DOCUMENT not in names:
        return None
    root = safe_xml(zip_part(data, _DOCUMENT), limit=20_000_000)
    if any(local(element.tag) == "tc" for element in root.iter()):
        return None
    lists = Lists(data, names)
    lines: list[str] = []
    for body in root:
        for paragraph in _paragraphs(body):
            lines += _lines(paragraph, lists)
    return "\n".join(lines).strip("\n")


def _lines(paragraph: Element, lists: Lists) -> list[str]:
    mark, depth = lists.mark(paragraph), lists.level(paragraph) * _STEP
    first, *others = paragraph_text(paragraph).split("\n")
    if not mark:
        return ["", *(line for line in (first, *others)), ""] if first.strip() else []
    inside = [f"{' ' * (depth + _STEP)}{line.strip()}" for line in others]
    return [f"{' ' * depth}{mark}{first}", *inside]


def _paragraphs(parent: Element) -> Iterator[Element]:
    for element in parent:
        name = local(element.tag)
        if name == "p":
            yield element
        elif name in CONTAINERS:
            yield from _paragraphs(element)


def _runs(element: Element) -> Iterator[str]:
    for child in element:
        name = local(child.tag)
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            kind = next((v for k, v in child.attrib.items() if local(k) == "type"), "")
            yield "" if kind == "page" else _BREAKS[name]
        elif name not in _LEFT_OUT and name != "tbl":
            yield from _runs(child)
