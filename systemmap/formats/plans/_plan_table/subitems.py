"""Subitems of a board: rows under headings of their own, below the item they belong to.

monday.com writes them so: a row that begins "Subitems" heads them, each of them
leaves the first cell free, and the board's items go on below in the board's columns.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.import_mapping import heading_words
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    is_header,
    meanings_of,
)
from systemmap.formats.plans._plan_table.tool_headings import title_in
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from systemmap.formats.plans._plan_table.plan_lines import Row

_SUBITEMS = "subitems"


def with_subitems_in_columns(rows: Sequence[Row]) -> tuple[list[Row], list[Problem]]:
    """Return the rows with each subitem in the columns of its board, after its item's name."""
    found: list[Row] = []
    board: dict[str, int] = {}
    below: dict[int, str] = {}
    free = None
    item, count = "", 0
    for row in rows:
        first = row.cells[0].strip() if row.cells else ""
        if board and heading_words(first) == _SUBITEMS:
            below = _meant(row.cells)
            heads = row.cells
        elif below and not first and not row.is_blank:
            found.append(_in_columns(row, heads, below, board, free, item))
            count += 1
        else:
            below = {}
            if is_header(row.cells):
                board = {meaning: place for place, meaning in _meant(row.cells).items()}
                free = next(
                    (
                        place
                        for place, cell in enumerate(row.cells)
                        if heading_words(cell) == _SUBITEMS
                    ),
                    None,
                )
            elif board and first:
                item = first
            found.append(row)
    if not count:
        return list(rows), []
    what = f"{counted(count, 'subitem')} of a board {'was' if count == 1 else 'were'} read as {'an action' if count == 1 else 'actions'} of {'its' if count == 1 else 'their'} own, with the name of the item in front. What has no column in the board stands under its subitems."
    return found, [Problem("", what, "guessed")]


def _meant(headings: Sequence[str]) -> dict[int, str]:
    """Return what each column of a board holds; the one of names is its actions."""
    title = title_in(tuple(headings))
    return meanings_of(headings) | ({title: ACTION} if title is not None else {})


def _in_columns(
    row: Row,
    heads: Sequence[str],
    below: Mapping[int, str],
    board: Mapping[str, int],
    free: int | None,
    item: str,
) -> Row:
    width = max(len(row.cells), *(place + 1 for place in board.values()))
    cells = [""] * width
    others: list[str] = []
    for place, cell in enumerate(row.cells):
        if not cell.strip():
            continue
        at = board.get(below.get(place, ""))
        head = heads[place].strip() if place < len(heads) else ""
        if at is None or cells[at]:
            others.append(f"{head}: {cell.strip()}" if head else cell.strip())
        elif below[place] == ACTION and item:
            cells[at] = f"{item}: {cell.strip()}"
        else:
            cells[at] = cell
    if others and free is not None:
        cells[free] = "; ".join(others)
    elif others:
        cells.append("; ".join(others))
    return replace(row, cells=tuple(cells), merged_first=False, above=())
