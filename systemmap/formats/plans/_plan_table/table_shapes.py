"""Tables that stand otherwise than a plan's: headings down the side, two side by side."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.plans._plan_table.cells import cleaned_cells
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    COLUMNS,
    is_header,
    meanings_of,
    names_what_is_done,
)
from systemmap.formats.plans._plan_table.periods import is_only_period
from systemmap.formats.plans._plan_table.plan_lines import Line, Row
from systemmap.formats.plans._plan_table.sorts_of_cells import is_date
from systemmap.formats.plans._plan_table.strange_parts import with_strange_parts_apart
from systemmap.formats.plans._plan_table.subitems import with_subitems_in_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from systemmap.formats.plans._plan_table.plan_lines import Block

_MOST_FIELDS = 40  # headings down a side
_MOST_TURNED = 300  # columns that become rows
_LONGEST_GROUPED = 40  # characters of a heading below a group
_BESIDE = 1_000_000  # added to the number of a table, for the one on its right


def laid_straight(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], list[Problem]]:
    """Return the blocks with every table as one heading row above its rows.

    A table whose headings stand down its first column is turned; forms of that
    shape one after the other become the rows of one table. Two tables side by
    side, told by an empty column and by headings that mean the same, become two.
    A heading of two rows, groups above and their columns below, becomes one row.
    """
    found: list[Block] = []
    problems: list[Problem] = []
    headings: tuple[str, ...] = ()
    for number, group in groupby(
        blocks, lambda b: None if isinstance(b, Line) else b.table
    ):
        if number is None:
            found += group
            continue
        rows = _under_one_heading([b for b in group if isinstance(b, Row)])
        rows, subitems = with_subitems_in_columns(rows)
        problems += subitems
        if turned := _turned(rows, headings):
            if not headings:
                what = "The headings of this table stand in its first column, so each further column was read as a row."
                problems.append(Problem(rows[0].where, what, "guessed"))
            headings = tuple(row.cells[0] for row in rows if row.cells[0].strip())
            found += turned
        else:
            headings = ()
            found += with_strange_parts_apart(_parted(rows))
    return tuple(found), problems


def without_signs(
    blocks: Iterable[Block],
) -> tuple[tuple[Block, ...], list[Problem]]:
    """Return the blocks with cells without control signs, and what was cut short."""
    found: list[Block] = []
    problems: list[Problem] = []
    for block in blocks:
        if isinstance(block, Row):
            cells, said = cleaned_cells(block.cells, block.where)
            problems += said
            found.append(block if cells == block.cells else replace(block, cells=cells))
        else:
            found.append(block)
    return tuple(found), problems


def _turned(rows: Sequence[Row], before: tuple[str, ...]) -> list[Block]:
    """Return a table with its headings down the side as rows, or nothing."""
    if not 2 <= len(rows) <= _MOST_FIELDS or any(is_header(r.cells) for r in rows):
        return []
    fields = [row for row in rows if row.cells and row.cells[0].strip()]
    side = tuple(row.cells[0] for row in fields)
    if not (is_header(side) and names_what_is_done(side)):
        return []
    width = min(max(len(row.cells) for row in fields), _MOST_TURNED)
    first = fields[0]
    found: list[Block] = [] if side == before else [Row(side, first.where, first.table)]
    for column in range(1, width):
        cells = tuple(r.cells[column] if column < len(r.cells) else "" for r in fields)
        if any(map(str.strip, cells)):
            found.append(Row(cells, f"{first.where}, column {column + 1}", first.table))
    return found


def _under_one_heading(rows: list[Row]) -> list[Row]:
    """Put two heading rows into one: "Timing" over "Start" and "End".

    The lower row leaves free, or merged with the row above, the column that names
    what is done. It holds nothing but headings, or stands below groups alone: a
    heading with no other beside it, as "2026/27" above "Q1" to "Q4".
    """
    for n, (upper, lower) in enumerate(pairwise(rows)):
        if not is_header(upper.cells):
            continue
        below = [cell.strip() for cell in lower.cells]
        filled = [cell for cell in below if cell]
        known = meanings_of(below)
        width = max(len(upper.cells), len(below))
        above = [*upper.cells, *[""] * (width - len(upper.cells))]
        below += [""] * (width - len(below))
        grouped = _below_groups(above, below, lower.above)
        headings = grouped or (
            len(known) == len(filled) and not names_what_is_done(below)
        )
        wrapped = not (grouped or headings) and _goes_on(above, below, lower.above)
        if len(filled) < 2 or not (headings or wrapped):
            return rows
        if wrapped:
            own = _own(below, lower.above)
            both: Iterator[str] = (
                " ".join(f"{u} {c}".split()) for u, c in zip(above, own, strict=True)
            )
        else:
            both = _both(above, below) if grouped else map(_or, below, above)
        cells = tuple(both)
        if not names_what_is_done(cells):
            return rows
        return [*rows[:n], replace(upper, cells=cells), *rows[n + 2 :]]
    return rows


def _goes_on(above: Sequence[str], below: Sequence[str], merged: Sequence[str]) -> bool:
    """Say whether a row is the second line of headings that are wrapped over two rows.

    The heading of the actions is merged over both rows; or it stands in the first
    alone, and each cell below goes on in small letters, in brackets or in the words
    of one heading.
    """
    own = _own(below, merged)
    done = [p for p, m in meanings_of(above).items() if m == ACTION]
    if not done or any(own[p] for p in done):
        return False
    if done[0] < len(merged) and merged[done[0]].strip():
        return all(len(cell) <= _LONGEST_GROUPED for cell in own)
    filled = [(u, c) for u, c in zip(above, own, strict=True) if c]
    return all(
        u.strip()
        and len(c) <= _LONGEST_GROUPED
        and (c[0].islower() or c[0] in "(/&" or is_only_period(c))
        and not is_date(c)
        for u, c in filled
    )


def _own(below: Sequence[str], merged: Sequence[str]) -> list[str]:
    """Return a row's cells without what only is merged with the row above."""
    return [
        "" if place < len(merged) and merged[place].strip() else cell
        for place, cell in enumerate(below)
    ]


def _below_groups(
    above: Sequence[str], below: Sequence[str], merged: Sequence[str]
) -> bool:
    """Say whether a row stands below groups of columns, and short enough for headings."""
    own = _own(below, merged)
    filled = [place for place, cell in enumerate(own) if cell]
    in_group = [p for p in filled if not above[p].strip() and p > filled[0]]
    firsts = [p for p in filled if above[p].strip()]
    heads = [p for p in firsts if p + 1 in in_group or is_only_period(own[p])]
    done = [p for p, m in meanings_of(above).items() if m in COLUMNS and p in filled]
    return (
        len(in_group) > 0
        and len(in_group) + len(heads) == len(filled)
        and heads == firsts
        and set(done) <= set(heads)
        and not own[0]
        and all(len(own[p]) <= _LONGEST_GROUPED for p in filled)
    )


def _both(above: Sequence[str], below: Sequence[str]) -> Iterator[str]:
    """Yield the lower heading of each column, with its group where it is only a time."""
    group = ""
    for upper, lower in zip(above, below, strict=True):
        group = upper.strip() or group
        if is_only_period(lower) and lower != group:
            yield f"{group} {lower}"
        else:
            yield lower or upper


def _or(lower: str, upper: str) -> str:
    return lower or upper


def _parted(rows: Sequence[Row]) -> list[Row]:
    """Part two tables that stand side by side; the right one comes after the left."""
    heading = next((row for row in rows if is_header(row.cells)), None)
    gap = _gap(heading, rows) if heading else 0
    if not gap:
        return list(rows)
    start = next(n for n, row in enumerate(rows) if row is heading)
    left = [*rows[:start], *(_cut(row, 0, gap) for row in rows[start:])]
    right = [_cut(row, gap + 1, len(row.cells)) for row in rows[start:]]
    width = max(len(row.cells) for row in right)
    if width == gap:  # else its rows could be taken for rows of the left one
        right = [replace(row, cells=(*row.cells, "")) for row in right]
    return [
        *(row for row in left if not row.is_blank),
        *(
            replace(row, table=row.table + _BESIDE, where=f"{row.where}, on the right")
            for row in right
            if not row.is_blank
        ),
    ]


def _gap(heading: Row, rows: Sequence[Row]) -> int:
    """Return the empty column between two tables; 0 = there is none."""
    for place in range(1, len(heading.cells) - 2):
        if any(place < len(r.cells) and r.cells[place].strip() for r in rows):
            continue
        left, right = heading.cells[:place], heading.cells[place + 1 :]
        both = set(meanings_of(left).values()) & set(meanings_of(right).values())
        if is_header(left) and both & set(COLUMNS):
            return place
    return 0


def _cut(row: Row, start: int, end: int) -> Row:
    return replace(
        row,
        cells=row.cells[start:end],
        above=row.above[start:end],
        colours=row.colours[start:end],
        merged_first=row.merged_first and start == 0,
    )
