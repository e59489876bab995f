"""List marks of a Word document, which stand in no paragraph's text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from systemmap.formats.reading.xml_tree import local, safe_xml
from systemmap.formats.reading.zip_parts import zip_part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

BULLET = "\u2022 "
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str = ""
    number: tuple[str, int] | None = None


@dataclass(slots=True)
class _Counter:
    counts: dict[int, int] = field(default_factory=dict)


class Lists:
    """Knows the mark each paragraph begins with: "• ", "2. ", "b) " or none."""

    def __init__(self, data: bytes, names: tuple[str, ...]) -> None:
        self._styles = _styles(_root(data, names, "word/styles.xml"))
        self._formats, self._starts = _formats(_root(data, names, "word/numbering.xml"))
        self._counters: dict[str, _Counter] = {}

    def style_name(self, style: str) -> str:
        """Return a style's name, or its id where it has none."""
        found = self._styles.get(style)
        return found.name if found else style

    def mark(self, paragraph: Element) -> str:
        """Return the mark of the next paragraph; numbered lists count on."""
        number = self._number_of(paragraph)
        if number is None or number[0] in ("", "0"):
            return ""
        kind = self._formats.get(number, "bullet")
        if kind == "none":
            return ""
        if kind not in ("decimal", "lowerLetter", "lowerRoman"):
            return BULLET
        return _words(kind, self._next(number))

    def level(self, paragraph: Element) -> int:
        """Return how deep in its list a paragraph stands; 0 = at the top, or in none.

        Word's own "List Bullet 2" is a list of its own, and deeper by its name alone.
        """
        number = self._number_of(paragraph)
        properties = _child(paragraph, "ppr")
        style = _value(_child(properties, "pstyle")) if properties is not None else ""
        named, _, deeper = self.style_name(style).rpartition(" ")
        by_name = int(deeper) - 1 if named and deeper in ("2", "3", "4", "5") else 0
        return max(number[1], by_name) if number else 0

    def _next(self, number: tuple[str, int]) -> int:
        counter = self._counters.setdefault(number[0], _Counter())
        level = number[1]
        for deeper in [k for k in counter.counts if k > level]:
            del counter.counts[deeper]
        start = self._starts.get(number, 1)
        counter.counts[level] = counter.counts.get(level, start - 1) + 1
        return counter.counts[level]

    def _number_of(self, paragraph: Element) -> tuple[str, int] | None:
        properties = _child(paragraph, "ppr")
        if properties is None:
            return None
        own = _number(properties)
        if own is not None:
            return own
        style = _value(_child(properties, "pstyle"))
        for _ in range(
            10
        ):  # a style may be based on another, and damage may make a ring
            found = self._styles.get(style)
            if found is None or found.number:
                return found.number if found else None
            style = found.based_on
        return None


def _words(kind: str, count: int) -> str:
    if kind == "lowerLetter" and 1 <= count <= 26:
        return f"{chr(96 + count)}) "
    if kind == "lowerRoman" and 1 <= count < len(_ROMAN):
        return f"({_ROMAN[count]}) "
    return f"{count}. "


def _styles(root: Element | None) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    for element in root if root is not None else ():
        if local(element.tag) != "style":
            continue
        properties = _child(element, "ppr")
        found[_attribute(element, "styleid")] = _Style(
            name=_value(_child(element, "name")),
            based_on=_value(_child(element, "basedon")),
            number=_number(properties) if properties is not None else None,
        )
    return found


def _formats(
    root: Element | None,
) -> tuple[dict[tuple[str, int], str], dict[tuple[str, int], int]]:
    """Return number format and first number by (list, level)."""
    formats: dict[tuple[str, int], str] = {}
    starts: dict[tuple[str, int], int] = {}
    abstract: dict[str, list[tuple[int, str, int]]] = {}
    for element in root if root is not None else ():
        name = local(element.tag)
        if name == "abstractnum":
            abstract[_attribute(element, "abstractnumid")] = list(_levels(element))
        elif name == "num":
            number = _attribute(element, "numid")
            for level, kind, start in abstract.get(
                _value(_child(element, "abstractnumid")), []
            ):
                formats[number, level], starts[number, level] = kind, start
    return formats, starts


def _levels(element: Element) -> Iterator[tuple[int, str, int]]:
    for child in element:
        if local(child.tag) == "lvl":
            start = _value(_child(child, "start"))
            yield (
                _int(_attribute(child, "ilvl"), 0),
                _value(_child(child, "numfmt")) or "decimal",
                _int(start, 1),
            )


def _number(properties: Element) -> tuple[str, int] | None:
    number = _child(properties, "numpr")
    if number is None:
        return None
    return _value(_child(number, "numid")), _int(_value(_child(number, "ilvl")), 0)


def _root(data: bytes, names: tuple[str, ...], part: str) -> Element | None:
    return safe_xml(zip_part(data, part), limit=20_000_000) if part in names else None


def _child(element: Element, wanted: str) -> Element | None:
    return next((e for e in element if local(e.tag) == wanted), None)


def _attribute(element: Element, wanted: str) -> str:
    return next((v for k, v in element.attrib.items() if local(k) == wanted), "")


def _value(element: Element | None) -> str:
    return "" if element is None else _attribute(element, "val")


def _int(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() else otherwise
