"""A plan's file as it is: its rows, and what each column was taken for."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from systemmap.formats.import_mapping import heading_keys, heading_words
from systemmap.formats.plans._plan_table.headings import COLUMNS, FURTHER, LEAVE_OUT
from systemmap.formats.plans._plan_table.plan_columns import PlanColumns
from systemmap.formats.plans._plan_table.plan_lines import Line
from systemmap.formats.plans._plan_table.plan_mapping import (
    CONTINUES,
    HEADING,
    LEFT_OUT,
    ROW,
    SECTION,
    TOTAL,
    row_likeness,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.formats.plans._plan_table.plan_lines import Block
    from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping

_MOST_SEEN = 300  # rows of a file that a person is shown


def seen_as_it_is(
    blocks: Iterable[Block], mapping: PlanMapping, taken: Mapping[str, str]
) -> dict[str, Any]:
    """Return the file's rows and what each row and column was taken for.

    `taken` says what became of each row, by where it stands.
    """
    tables: list[dict[str, Any]] = []
    rows: list[list[Any]] = []
    for block in islice(blocks, _MOST_SEEN):
        if isinstance(block, Line):
            rows.append([block.where, [block.text], "line", ""])
            continue
        heading = mapping.is_heading(block.cells)
        if heading:
            headings = [" ".join(cell.split()) for cell in block.cells]
            meant = PlanColumns.of(headings, mapping.columns)
            both = {**meant.six, **meant.further}
            names = [both.get(n, "") for n in range(len(headings))]
            if all(table["headings"] != headings for table in tables):
                keys = heading_keys(headings)
                tables.append({"headings": headings, "meanings": names, "keys": keys})
        role = HEADING if heading else taken.get(block.where, ROW)
        rows.append([block.where, list(block.cells), role, row_likeness(block.cells)])
    shape = " | ".join(heading_words(h) for t in tables for h in t["headings"])
    return {
        "kind": "table",
        "shape": shape,
        "tables": tables,
        "rows": rows,
        "meanings": [*COLUMNS, *FURTHER, LEAVE_OUT],
        "roles": [ROW, SECTION, CONTINUES, TOTAL, LEFT_OUT],
        "dates": mapping.dates,
    }
