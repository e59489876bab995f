"""The tables of a file that may hold figures: their headings, and what stands above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from systemmap.formats.figures._figure_columns import (
    AREA,
    AREA_CODE,
    BY_INDICATOR,
    BY_PERIOD,
    VALUE,
    are_figures,
    is_mark,
    meanings_of,
)
from systemmap.formats.reading.limits import LIMITS
from systemmap.formats.reading.xlsx_stream import ShownWorkbook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.formats.sighting import Sighting

Numbered = Sequence[tuple[int, Sequence[str]]]
_TITLES = 30  # rows among which the headings are looked for


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One table of figures: its place, its headings and rows, and what was above them."""

    name: str
    headings: tuple[str, ...]
    rows: Numbered
    above: tuple[str, ...] = ()


def sheets_of(sighting: Sighting) -> Iterable[tuple[str, Numbered]]:
    """Return every sheet's rows as they are shown, each with its number."""
    if not sighting.is_workbook:
        return [("table", sighting.all_rows(limit=LIMITS.data_bytes))]
    return _shown(sighting.data)


@lru_cache(maxsize=1)  # a person who corrects a table has it read again and again
def _shown(data: bytes) -> list[tuple[str, Numbered]]:
    book = ShownWorkbook(
        data, limit=LIMITS.data_bytes, unpacked=LIMITS.project_unpacked_bytes
    )
    found: list[tuple[str, Numbered]] = []
    for sheet in book.sheets:
        rows = list(book.rows(sheet))
        width = min(max((row.width for row in rows), default=0), 300)
        found.append((sheet.name, [(row.number, row.texts(width)) for row in rows]))
    return found


def table_in(name: str, rows: Numbered) -> FigureTable | None:
    """Return the table below the first row that heads a column of figures, or any."""
    filled = [
        n
        for n, (_, cells) in enumerate(rows[:_TITLES])
        if sum(bool(cell.strip()) for cell in cells) > 1
    ]
    if not filled or filled[0] + 1 >= len(rows):
        return None
    at = filled[0]
    for n in filled:
        below = [cells for _, cells in rows[n + 1 : n + 100]]
        told = set(meanings_of([c.strip() for c in rows[n][1]], below).values())
        if {AREA, AREA_CODE} & told and {VALUE, BY_PERIOD, BY_INDICATOR} & told:
            at = n
            break
    first, last = _heading_rows(rows, at)
    above = [
        " ".join(c.strip() for c in cells if c.strip()) for _, cells in rows[:first]
    ]
    headings = _in_one(rows[first][1], rows[last][1]) if first < last else ()
    headings = headings or tuple(" ".join(cell.split()) for cell in rows[at][1])
    return FigureTable(name, headings, rows[last + 1 :], tuple(filter(None, above)))


def _heading_rows(rows: Numbered, at: int) -> tuple[int, int]:
    """Return the first and last row of the headings: groups may stand above columns."""
    below = [cell.strip() for cell in rows[at + 1][1]]
    if _are_groups(rows[at][1], below) and not any(map(_may_be_figure, below)):
        return at, at + 1
    heads = [cell.strip() for cell in rows[at][1]]
    again = len({head for head in heads if head}) < sum(map(bool, heads))
    if at and again and _are_groups(rows[at - 1][1], heads):
        return at - 1, at
    return at, at


def _are_groups(above: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether a row groups the columns of the next: each group stands over several."""
    groups = [n for n, cell in enumerate(above) if cell.strip()]
    filled = [n for n, cell in enumerate(below) if cell]
    free = [n for n in filled if n >= len(above) or not above[n].strip()]
    return len(filled) > 1 and any(n > groups[0] for n in free if groups)


def _may_be_figure(cell: str) -> bool:
    return bool(cell) and (are_figures([cell]) or is_mark(cell))


def _in_one(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Return headings of two rows in one, each group before the columns it stands over."""
    found: list[str] = []
    group = ""
    for n in range(max(len(above), len(below))):
        upper = " ".join(above[n].split()) if n < len(above) else ""
        lower = " ".join(below[n].split()) if n < len(below) else ""
        group = upper or (group if lower else "")
        found.append(f"{group}: {lower}" if group and lower else upper or lower)
    return tuple(found)
