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
    above = [" ".join(c.strip() for c in cells if c.strip()) for _, cells in rows[:at]]
    headings = tuple(" ".join(cell.split()) for cell in rows[at][1])
    return FigureTable(name, headings, rows[at + 1 :], tuple(filter(None, above)))
