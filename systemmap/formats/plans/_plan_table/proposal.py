"""A heading row that nobody's words tell: proposed from its place and from the cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.formats.import_mapping import heading_words
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    DUE,
    PERSONAL,
    PROGRESS,
    RATING,
    REFERENCE,
    RESPONSIBLE,
    meanings_of,
)
from systemmap.formats.plans._plan_table.plan_lines import Row
from systemmap.formats.plans._plan_table.plan_mapping import AS_FOUND
from systemmap.formats.sighting import NO, possible
from systemmap.language.phrases import joined
from systemmap.model.due import read_due
from systemmap.model.owners import read_owners
from systemmap.model.progress import read_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from systemmap.formats.plans._plan_table.plan_lines import Block
    from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping
    from systemmap.formats.sighting import Recognition

_LOOKED_AT = 200  # rows
_RATINGS = frozenset(
    ("red", "amber", "green", "blue", "r", "a", "g", "b", "high", "medium", "low")
)
_BODIES = frozenset(
    {
        "team",
        "council",
        "trust",
        "board",
        "service",
        "services",
        "nhs",
        "partnership",
        "health",
        "housing",
        "planning",
        "education",
        "transport",
        "leisure",
        "libraries",
        "sector",
        "officer",
        "manager",
        "director",
        "comms",
        "schools",
        "icb",
        "gp",
    }
)


def proposed(blocks: Iterable[Block], mapping: PlanMapping) -> PlanMapping:
    """Return the mapping with a heading row and meanings proposed where none is known.

    The mapping comes back unchanged where a heading row is known already, and
    where nothing in the cells looks like a plan.
    """
    rows = [block for block in blocks if isinstance(block, Row)]
    if any(mapping.is_heading(row.cells) for row in rows):
        return mapping
    start = next((n for n, row in enumerate(rows) if _filled(row) > 1), None)
    if start is None:
        return mapping
    headings = tuple(map(heading_words, rows[start].cells))
    body = [r.cells for r in rows[start + 1 : start + _LOOKED_AT] if _filled(r) > 1]
    meanings = dict(meanings_of(rows[start].cells, mapping.columns))
    for place in range(len(headings)):
        cells = [c[place].strip() for c in body if place < len(c) and c[place].strip()]
        meaning = _by_cells(cells)
        if place not in meanings and meaning and meaning not in meanings.values():
            meanings[place] = meaning
    if ACTION not in meanings.values():
        longest = _longest(body, [n for n in range(len(headings)) if n not in meanings])
        if longest is not None:
            meanings[longest] = ACTION
    told = {DUE, PROGRESS, RESPONSIBLE} & set(meanings.values())
    if ACTION not in meanings.values() or not (told or mapping.columns):
        return mapping
    columns = {headings[n]: meaning for n, meaning in meanings.items() if headings[n]}
    return replace(mapping, headings=headings, columns={**columns, **mapping.columns})


def without_people(blocks: Iterable[Block], mapping: PlanMapping) -> PlanMapping:
    """Return the mapping with the columns left out whose cells are people's details.

    An e-mail address or a telephone number in most cells makes a column one of
    these, whatever its heading says, unless a person has said what it holds. In
    a column of who leads, a cell that names an organisation beside is not counted.
    """
    headings: tuple[str, ...] = ()
    leads: set[str] = set()
    cells: dict[str, list[str]] = {}
    for block in blocks:
        if not isinstance(block, Row):
            continue
        if mapping.is_heading(block.cells):
            headings = tuple(map(heading_words, block.cells))
            meanings = meanings_of(block.cells, mapping.columns)
            leads |= {headings[n] for n, m in meanings.items() if m == RESPONSIBLE}
            continue
        for heading, cell in zip(headings, block.cells, strict=False):
            if heading and cell.strip():
                cells.setdefault(heading, []).append(cell)
    personal = {
        heading: PERSONAL
        for heading, found in cells.items()
        if heading not in mapping.columns
        and 2 * sum(_tells_of_people(cell, leads=heading in leads) for cell in found)
        > len(found)
    }
    return (
        replace(mapping, columns={**personal, **mapping.columns})
        if personal
        else mapping
    )


def possible_plan(blocks: Iterable[Block]) -> Recognition:
    """Say whether a table without known headings may be a plan, by its cells."""
    mapping = proposed(blocks := tuple(blocks), AS_FOUND)
    if mapping is AS_FOUND:
        return NO
    told = [m for m in dict.fromkeys(mapping.columns.values()) if m != ACTION]
    return possible(
        f"its cells look like a plan's: {joined([m.lower() for m in told])}"
    )


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _by_cells(cells: Sequence[str]) -> str:
    """Return what a column holds by most of its cells, or ""."""
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        (PERSONAL, _is_personal),
        (RATING, lambda cell: cell.casefold() in _RATINGS),
        (REFERENCE, _is_reference),
        (DUE, _is_date),
        (PROGRESS, lambda cell: bool(read_progress(cell).status)),
        (RESPONSIBLE, _is_body),
    )
    for meaning, test in tests:
        if cells and 2 * sum(map(test, cells)) > len(cells):
            return meaning
    return ""


def _is_personal(cell: str) -> bool:
    digits = sum(c.isdigit() for c in cell)
    phone = digits >= 9 and not set(cell) - set("0123456789 +()-")
    before, at, after = cell.strip().partition("@")
    mail = bool(at) and len(cell.split()) <= 4 and "." in after and bool(before)
    return mail or phone


def _tells_of_people(cell: str, *, leads: bool) -> bool:
    if not _is_personal(cell):
        return False
    return not (leads and any(map(str.isalpha, "".join(read_owners(cell).names))))


def _is_reference(cell: str) -> bool:
    return (
        len(cell) <= 6
        and any(c.isdigit() for c in cell)
        and " " not in cell
        and "/" not in cell
    )


def _is_date(cell: str) -> bool:
    due = read_due(cell) if len(cell) <= 40 and any(c.isdigit() for c in cell) else None
    return bool(due and due.start)


def _is_body(cell: str) -> bool:
    return len(cell) <= 60 and bool(
        _BODIES & set(cell.casefold().replace(",", " ").split())
    )


def _longest(body: Sequence[Sequence[str]], places: Iterable[int]) -> int | None:
    """Return the column whose cells are several words, most of them."""
    best, place = 0.0, None
    for n in places:
        cells = [row[n].split() for row in body if n < len(row) and row[n].strip()]
        wordy = sum(len(cell) > 1 for cell in cells)
        if cells and 2 * wordy > len(cells):
            size = sum(map(len, cells)) / len(cells)
            best, place = (size, n) if size > best else (best, place)
    return place
