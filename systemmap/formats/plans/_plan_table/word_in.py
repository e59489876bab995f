"""A plan in a Word document: paragraphs and tables, in order.

Tracked insertions are read as accepted and deletions left out. Footnotes,
comments, pictures and formatting are not read; notes and comments are counted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from systemmap.errors import Problem, ReadError
from systemmap.formats.plans._plan_table.headings import is_header
from systemmap.formats.plans._plan_table.merged_cells import GridCell, row_from
from systemmap.formats.plans._plan_table.plan_lines import Block, Document, Line
from systemmap.formats.reading.fill_colours import rating_colour
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.formats.reading.word_lists import Lists
from systemmap.formats.reading.word_text import CONTAINERS, paragraph_text
from systemmap.formats.reading.xml_tree import local, safe_xml
from systemmap.formats.reading.zip_parts import check_zip, zip_part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_PART = "word/document.xml"
_HEADING_STYLE = re.compile(r"heading|title|berschrift", re.IGNORECASE)


def document_from_word(data: bytes) -> Document:
    """Read a .docx into blocks.

    Raises
    ------
    ReadError
        Not a Word document, damaged, locked or above a limit.
    """
    names = check_zip(data)
    if _PART not in names:
        raise ReadError(
            "The file is a zip but not a Word document. Save it again as .docx."
        )
    root = safe_xml(zip_part(data, _PART), limit=20_000_000)
    body = next((e for e in root if local(e.tag) == "body"), None)
    if body is None:
        raise ReadError("The Word document has no text. Save it again as .docx.")
    reader = _Reader(Lists(data, names))
    blocks = tuple(reader.blocks(body))
    return Document(blocks, "Word", tuple(_notes(root, data, names)))


class _Reader:
    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.table = self.rows = 0

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Yield the paragraphs and table rows under an element, in order."""
        for element in parent:
            name = local(element.tag)
            if name == "p":
                text = self._paragraph(element)
                if text.strip():
                    yield Line(text, "paragraph", heading=self._is_heading(element))
            elif name == "tbl":
                yield from self._table(element)
            elif name in CONTAINERS:
                yield from self.blocks(element)

    def _table(self, table: Element) -> Iterator[Block]:
        self.table += 1
        number = self.table
        above: dict[int, str] = {}
        inner: list[Element] = []
        for count, row in enumerate(_children(table, "tr"), 1):
            self.rows += 1
            check_count(self.rows, LIMITS.rows, "table rows")
            if _property(row, "trpr", "del") is not None:
                continue
            grid: list[GridCell] = []
            column = _skipped(row)
            grid.extend([GridCell("")] * column)
            for cell in _children(row, "tc"):
                span = max(1, min(_number(_property(cell, "tcpr", "gridspan"), 1), 60))
                merge = _property(cell, "tcpr", "vmerge")
                from_above = merge is not None and _value(merge) != "restart"
                text = above.get(column, "") if from_above else self._cell(cell, inner)
                above[column] = text
                shade = _property(cell, "tcpr", "shd")
                fill = "" if shade is None else shade.get(_attribute(shade, "fill"), "")
                grid.append(GridCell(text, span, from_above, rating_colour(fill)))
                column += span
            yield row_from(grid, f"table {number}, row {count}", number)
        for nested in inner:
            yield from self._table(nested)

    def _cell(self, cell: Element, inner: list[Element]) -> str:
        """Return a cell's text; a nested table is text too, unless it is a plan itself."""
        lines: list[str] = []
        previous, after_table = "", False
        for element in _flat(cell):
            after_table, previous = previous == "tbl", local(element.tag)
            if previous == "p":
                lines.append(self._paragraph(element))
            elif any(
                is_header([self._plain(c) for c in _children(r, "tc")])
                for r in _children(element, "tr")
            ):
                inner.append(element)
            else:
                lines.extend(
                    " ".join(self._cell(c, inner) for c in _children(r, "tc"))
                    for r in _children(element, "tr")
                )
        if after_table and lines and not lines[-1]:
            lines.pop()  # Word needs an empty paragraph after a nested table
        return "\n".join(lines)

    def _plain(self, cell: Element) -> str:
        return "".join(e.text or "" for e in cell.iter() if local(e.tag) == "t")

    def _paragraph(self, paragraph: Element) -> str:
        return self.lists.mark(paragraph) + paragraph_text(paragraph)

    def _is_heading(self, paragraph: Element) -> bool:
        style = _value(_property(paragraph, "ppr", "pstyle"))
        level = _property(paragraph, "ppr", "outlinelvl")
        return (
            bool(_HEADING_STYLE.search(self.lists.style_name(style)))
            or level is not None
        )


def _flat(cell: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a cell, also those inside content controls."""
    for child in cell:
        name = local(child.tag)
        if name in ("p", "tbl"):
            yield child
        elif name in CONTAINERS:
            yield from _flat(child)


def _children(parent: Element, wanted: str) -> Iterator[Element]:
    """Yield the rows of a table or cells of a row, content controls looked through."""
    for child in parent:
        name = local(child.tag)
        if name == wanted:
            yield child
        elif name in CONTAINERS:
            yield from _children(child, wanted)


def _property(element: Element, group: str, wanted: str) -> Element | None:
    for child in element:
        if local(child.tag) == group:
            return next((e for e in child if local(e.tag) == wanted), None)
    return None


def _attribute(element: Element, wanted: str) -> str:
    return next((key for key in element.attrib if local(key) == wanted), wanted)


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(_attribute(element, "val"), "")


def _number(element: Element | None, otherwise: int) -> int:
    text = _value(element)
    return int(text) if text.isascii() and text.isdigit() else otherwise


def _skipped(row: Element) -> int:
    return min(_number(_property(row, "trpr", "gridbefore"), 0), 60)


def _notes(root: Element, data: bytes, names: tuple[str, ...]) -> Iterator[Problem]:
    tags = {local(element.tag) for element in root.iter()}
    if tags & {"ins", "del", "movefrom", "moveto"}:
        yield Problem(
            "",
            "This document has tracked changes; insertions were read as accepted and deletions left out.",
            "note",
        )
    for part, tag, words in (
        ("word/comments.xml", "comment", "comments"),
        ("word/footnotes.xml", "footnote", "footnotes"),
    ):
        if part in names:
            inside = safe_xml(zip_part(data, part), limit=20_000_000)
            found = [
                e
                for e in inside
                if local(e.tag) == tag and e.get(_attribute(e, "type")) is None
            ]
            if found:
                yield Problem(
                    "",
                    f"The document holds {len(found)} {words}. They were not read.",
                    "note",
                )
