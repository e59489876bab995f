"""The cells of a committee's form: an empty one beside or below “Report title” is filled.

Only in the first table that has one, and only for a label that can mean nothing
else. Every other empty cell at a label is the author's, and is named to them.
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
    from collections.abc import Collection, Iterable, Iterator, Mapping

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
_PLAIN = ("title", "place")  # say too little over a column among others
_OURS = {label: name for name, labels in LABELS.items() for label in labels}
_LABEL = 60  # letters; more is text, not a label


def fill_cells(document: Part, words: Mapping[str, str]) -> frozenset[str]:
    """Fill the empty cells of a form's cover; return which words stand there now.

    Parameters
    ----------
    words : mapping
        The words by the name of their place: a key of `LABELS`.
    """
    for table in document.tables:
        found: dict[str, Part] = {}
        for label, cell, sure in _empty(table._tbl):  # noqa: SLF001 - no call for it
            name = _OURS.get(_label(label), "") if sure else ""
            if words.get(name, BLANK) != BLANK:
                found.setdefault(name, cell)
        for name, cell in found.items():
            _write(cell, words[name])
        if found:
            return frozenset(found)
    return frozenset()


def asked_of(document: Part) -> list[tuple[str, Part]]:
    """Return the labels of a form with the empty cell beside or below each, in order."""
    return [
        (label.rstrip(" :*"), cell)
        for table in document.tables
        for label, cell, _ in _empty(table._tbl)  # noqa: SLF001
    ]


def left_empty(
    asked: Iterable[tuple[str, Part]], *, places: Collection[Part] = ()
) -> tuple[str, ...]:
    """Return the labels whose cells are still empty, each once.

    Parameters
    ----------
    asked : iterable
        What `asked_of` found before anything was filled in.
    places : collection of elements
        Where something goes; a cell that holds one is not left empty.
    """
    taken = {cell for place in places for cell in place.iterancestors(qn("w:tc"))}
    found = [label for label, c in asked if c not in taken and _is_empty(c)]
    return tuple(dict.fromkeys(found))


def _empty(table: Part) -> Iterator[tuple[str, Part, bool]]:
    """Yield each label of a table with the empty cell beside it, or else below it.

    And whether it can be ours: “Title” over a column may be that of people.
    """
    rows = [_cells(row) for row in table.tr_lst]
    for row, below in pairwise([*rows, {}]):
        beside = list(_beside(row))
        for cell, empty in beside:
            yield words_of(cell), empty, True
        if beside or any(True for _ in _beside(below)):
            continue
        for cell, empty in _below(row, below):
            alone = len(row) == 1
            yield words_of(cell), empty, alone or _label(words_of(cell)) not in _PLAIN


def _cells(row: Part) -> dict[int, Part]:
    """Return the cells of a row by the column each begins in."""
    found: dict[int, Part] = {}
    column = 0
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is not row:
            continue  # of a table within
        found[column] = cell
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        column += 1 if span is None else int(span.get(qn("w:val")))
    return found


def _beside(row: Mapping[int, Part]) -> Iterator[tuple[Part, Part]]:
    """Yield each label of a row with the empty cell to its right."""
    for cell, beside in pairwise(row.values()):
        if _may_be_label(cell) and _is_empty(beside):
            yield cell, beside


def _below(
    row: Mapping[int, Part], below: Mapping[int, Part]
) -> Iterator[tuple[Part, Part]]:
    """Yield each label of a row of labels with its cell in an empty row below.

    Words over an empty row may be an answer as well: all of the row has to look
    like labels, and all below has to be empty.
    """
    labels = {at: cell for at, cell in row.items() if words_of(cell)}
    merged = any(
        cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") is not None
        for cell in below.values()
    )
    if (
        not merged
        and all(map(_is_empty, below.values()))
        and all(len(row) == 1 or _looks_like_label(c) for c in labels.values())
    ):
        yield from (
            (cell, below[at])
            for at, cell in labels.items()
            if at in below and _may_be_label(cell)
        )


def _may_be_label(cell: Part) -> bool:
    return 0 < len(words_of(cell)) <= _LABEL and not _is_empty(cell)


def _looks_like_label(cell: Part) -> bool:
    """Whether a cell can be no answer: it is bold or shaded, ends in a colon, or is ours."""
    words = words_of(cell)
    bold = [
        run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None
        for run in cell.iter(qn("w:r"))
        if words_of(run)
    ]
    shaded = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    ground = "auto" if shaded is None else shaded.get(qn("w:fill")) or "auto"
    return (
        words.endswith(":")
        or _label(words) in _OURS
        or all(bold)
        or ground.casefold() not in ("auto", "ffffff")
    )


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
