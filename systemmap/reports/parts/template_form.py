"""The cells of a committee's form: “Report title” beside an empty cell is filled.

Only in the first table that has one, and only under a label that can mean nothing
else. Every other empty cell beside a label is the author's, and is named to them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from systemmap.reports.parts.blocks import BLANK
from systemmap.reports.parts.template_places import (
    ASKING,
    Part,
    name_of,
    settled,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

LABELS = {
    "Title": (
        "title",
        "report title",
        "title of report",
        "title of the report",
        "subject of report",
        "subject of the report",
    ),
    "Report of": ("report of", "report from"),
    "As at": ("as at", "position as at"),
    "Place": ("place",),
}
"""What a form may call the few words we have; “Author” or “Date” is never ours."""
_LABEL = 60  # letters; more is text, not a label


def fill_cells(document: Part, words: Mapping[str, str]) -> frozenset[str]:
    """Fill the empty cells of a form's cover; return which words stand there now.

    Parameters
    ----------
    words : mapping
        The words by the name of their place: a key of `LABELS`.
    """
    names = {label: name for name, labels in LABELS.items() for label in labels}
    for table in document.tables:
        found: dict[str, Part] = {}
        for label, cell in _empty(table._tbl):  # noqa: SLF001 - no call for it
            name = names.get(_label(label), "")
            if words.get(name, BLANK) != BLANK:
                found.setdefault(name, cell)
        for name, cell in found.items():
            _write(cell, words[name])
        if found:
            return frozenset(found)
    return frozenset()


def left_empty(document: Part, *, places: Collection[Part] = ()) -> tuple[str, ...]:
    """Return the labels of a form beside which a cell stands empty, in order.

    Parameters
    ----------
    places : collection of elements
        Where something goes; a cell that holds one is not left empty.
    """
    taken = {cell for place in places for cell in place.iterancestors(qn("w:tc"))}
    found = (
        label.rstrip(" :*")
        for table in document.tables
        for label, cell in _empty(table._tbl)  # noqa: SLF001
        if cell not in taken
    )
    return tuple(dict.fromkeys(found))


def _empty(table: Part) -> Iterator[tuple[str, Part]]:
    """Yield each label of a table with the empty cell beside it."""
    for row in table.tr_lst:
        cells = [
            cell
            for cell in row.iter(qn("w:tc"))
            if next(cell.iterancestors(qn("w:tr"))) is row
        ]
        for cell, beside in pairwise(cells):
            label = words_of(cell)
            if 0 < len(label) <= _LABEL and not _is_empty(cell) and _is_empty(beside):
                yield label, beside


def _is_empty(cell: Part) -> bool:
    """Whether a cell is to be filled in: without words, or with words that ask for some."""
    if any(True for _ in cell.iter(qn("w:tbl"), qn("w:drawing"), qn("w:pict"))):
        return False
    words = words_of(cell).casefold()
    return words.startswith(ASKING) or not any(map(str.isalnum, words))


def _label(words: str) -> str:
    return name_of(words.rstrip(" :*"))


def _write(cell: Part, words: str) -> None:
    """Put a few words in a cell, in the look it has."""
    for control in cell.iter(qn("w:sdt")):
        settled(control)
    first, *others = list(cell.iter(qn("w:t"))) or [_new_text(cell)]
    first.text = words
    for other in others:
        other.text = ""


def _new_text(cell: Part) -> Part:
    paragraph = next(cell.iter(qn("w:p")))
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    look = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    if look is not None:
        run.append(_copied(look))
    run.append(text)
    paragraph.append(run)
    return text


def _copied(look: Part) -> Part:
    made = OxmlElement("w:rPr")
    for part in look:
        made.append(part.__copy__())
    return made
