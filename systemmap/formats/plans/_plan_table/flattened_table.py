"""A table that lost its columns on the way: headings, then cells, one below the other.

What a web page's or a PDF's table is like once pasted as text. It is laid open
again by the headings and the references that begin each row; a person has to
check it, since nothing says where a cell ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.import_mapping import heading_words
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    REFERENCE,
    is_header,
    meanings_of,
)
from systemmap.formats.plans._plan_table.plan_lines import Block, Document, Line, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST = 3  # headings one below the other
_LEVELS = frozenset(("high", "medium", "low", "red", "amber", "green", "blue", "n/a"))
_LEVELLED = ("impact", "priority", "rag", "rating", "risk", "status")
_MARKS = "\u2022\u00b7\u25aa\u25cf*"

Numbered = tuple[int, str]


def flattened_heading(text: str) -> tuple[str, ...]:
    """Return the headings that stand one below the other, the first for references."""
    _, headings = _heading(_filled(text))
    return headings


def document_from_flattened(text: str) -> Document:
    """Lay a flattened table open again."""
    lines = _filled(text)
    start, headings = _heading(lines)
    blocks: list[Block] = [
        Line(said, f"line {number}") for number, said in lines[:start]
    ]
    blocks.append(Row(headings, f"line {lines[start][0]}"))
    record: list[Numbered] = []
    for number, said in [*lines[start + len(headings) :], (0, "0")]:
        if _is_reference(said) and record:
            blocks.append(_row(record, headings))
            record = []
        record.append((number, said))
    note = Problem(
        "",
        "The table came as lines, so its columns were rebuilt. Please check every row.",
        "guessed",
    )
    return Document(tuple(blocks), "flattened table", (note,))


def _filled(text: str) -> list[Numbered]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [(n, line.strip()) for n, line in enumerate(lines, 1) if line.strip()]


def _heading(lines: Sequence[Numbered]) -> tuple[int, tuple[str, ...]]:
    """Return where the headings begin, and what they are."""
    if not any(_is_reference(said) for _, said in lines):
        return 0, ()
    for start, (_, said) in enumerate(lines):
        if meanings_of((said,)).get(0) != REFERENCE:
            continue
        found = [said]
        for _, other in lines[start + 1 : start + 15]:
            if _is_reference(other) or not meanings_of((other,)):
                break
            found.append(other)
        after = lines[start + len(found) : start + len(found) + 1]
        row = tuple(cell.rstrip(":* ") for cell in found)
        begins = bool(after) and _is_reference(after[0][1])
        if len(found) >= _FEWEST and begins and is_header(row):
            return start, row
    return 0, ()


def _is_reference(said: str) -> bool:
    plain = said.strip(".)")
    return (
        len(plain) <= 6
        and plain[:1].isalnum()
        and plain[-1:].isdigit()
        and not any(map(str.isalpha, plain[1:]))
    )


def _row(record: Sequence[Numbered], headings: tuple[str, ...]) -> Row:
    """Spread a record's lines over the columns."""
    where = f"line {record[0][0]}"
    cells = {0: [record[0][1]]}
    lines: list[str] = []
    for _, said in record[1:]:
        if said[0] in _MARKS and lines:
            lines[-1] += f"\n{said}"
        else:
            lines.append(said)
    meant = meanings_of(headings)
    first = next((p for p, m in meant.items() if m == ACTION), 1)
    level = next(
        (p for p, h in enumerate(headings) if heading_words(h) in _LEVELLED), None
    )
    at = next((n for n, said in enumerate(lines) if said.casefold() in _LEVELS), None)
    columns = list(range(1, len(headings)))
    if level is not None and at is not None:
        before = [column for column in columns if column < level]
        _spread(lines[:at], before, cells, widest=first)
        cells[level] = [lines[at]]
        columns = [column for column in columns if column > level]
        lines = lines[at + 1 :]
        first = columns[0] if columns else level
    _spread(lines, columns, cells, widest=first)
    return Row(tuple("\n".join(cells.get(n, ())) for n in range(len(headings))), where)


def _spread(
    lines: Sequence[str],
    columns: Sequence[int],
    cells: dict[int, list[str]],
    *,
    widest: int,
) -> None:
    """Give each column a line; what is over goes to the widest."""
    if not columns:
        return
    spare = max(0, len(lines) - len(columns))
    rest = list(lines)
    for column in columns:
        share = 1 + (spare if column == widest else 0)
        cells[column], rest = rest[:share], rest[share:]
