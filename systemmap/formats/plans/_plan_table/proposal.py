"""A heading row that nobody's words tell: proposed from its place and from the cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.formats.import_mapping import heading_keys, heading_words
from systemmap.formats.plans._plan_table.column_sorts import meaning_by_cells
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    DUE,
    PROGRESS,
    RESPONSIBLE,
    evidence,
    is_header,
    meanings_of,
    names_what_is_done,
)
from systemmap.formats.plans._plan_table.plan_lines import Row
from systemmap.formats.plans._plan_table.plan_mapping import AS_FOUND
from systemmap.formats.plans._plan_table.sorts_of_cells import longest_words, mostly
from systemmap.formats.plans._plan_table.table_shapes import laid_straight
from systemmap.formats.plans._plan_table.tool_headings import title_in
from systemmap.formats.sighting import NO, certain, likely, possible
from systemmap.language.phrases import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.formats.plans._plan_table.plan_lines import Block
    from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping
    from systemmap.formats.sighting import Recognition

_LOOKED_AT = 200  # rows
_NAMES = ("name", "title", "item")  # of the column a tool gives the names of its rows


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
    for n in range(len(headings)):
        cells = [c[n].strip() for c in body if n < len(c) and c[n].strip()]
        meaning = meaning_by_cells(cells)
        if n not in meanings and meaning and meaning not in meanings.values():
            meanings[n] = meaning
    if ACTION not in meanings.values():
        free = [n for n in range(len(headings)) if n not in meanings]
        words = {n: [c[n] for c in body if n < len(c) and c[n].strip()] for n in free}
        named = (n for n in free if headings[n] in _NAMES and mostly(words[n], _words))
        place = next(named, longest_words(words))
        if place is not None:
            meanings[place] = ACTION
    told = {DUE, PROGRESS, RESPONSIBLE} & set(meanings.values())
    if ACTION not in meanings.values() or not (told or mapping.columns):
        return mapping
    keys = heading_keys(rows[start].cells)
    columns = {keys[n]: meaning for n, meaning in meanings.items()}
    return replace(mapping, headings=headings, columns={**columns, **mapping.columns})


def recognised_by(heading: Sequence[str]) -> Recognition:
    """Say how sure a heading row makes it that a table is a plan.

    Without a column for actions it may as well be a register of risks, or a
    list of who is who.
    """
    if names_what_is_done(heading) or title_in(heading) is not None:
        return certain(evidence(heading))
    return likely(f"{evidence(heading)}, but none of them is its actions")


def possible_plan(blocks: Iterable[Block]) -> Recognition:
    """Say whether a table without known headings may be a plan, by its cells."""
    straight, _ = laid_straight(blocks)
    for block in straight:
        if isinstance(block, Row) and is_header(block.cells):
            return possible(evidence(block.cells))
    mapping = proposed(straight, AS_FOUND)
    if mapping is AS_FOUND:
        return NO
    told = [m for m in dict.fromkeys(mapping.columns.values()) if m != ACTION]
    return possible(
        f"its cells look like a plan's: {joined([m.lower() for m in told])}"
    )


def _words(cell: str) -> bool:
    return len(cell.split()) > 1


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)
