"""A spreadsheet of notes: a column of causes, and whose table they came from.

The sheet whose headings most surely name a column of causes is read, as a pasted
list is; others are counted. Who said it is left out. Not written.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import Problem, ReadError
from systemmap.formats.format import Format
from systemmap.formats.lists._causes import read_list
from systemmap.formats.lists._note_headings import recognise_headings
from systemmap.formats.reading.spreadsheets import cell_text, read_sheets
from systemmap.formats.sighting import NO, Sighting
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.formats.format import Reading
    from systemmap.formats.sighting import Recognition


_HEADING_WITHIN = 8  # rows


def recognise(sighting: Sighting) -> Recognition:
    """Say whether a sheet has the heading of a column of causes near its top."""
    found = [_headed(rows)[1] for rows in sighting.sheets.values()]
    return max(found, key=lambda one: one.certainty, default=NO)


def read(sighting: Sighting) -> Reading:
    """Read the sheet that is most surely one with a column of causes.

    Raises
    ------
    ReadError
        Not a workbook, above a limit, or no sheet has such a column.
    """
    sheets = [
        (sheet.name, [[cell_text(value) for value in row] for row in sheet.rows])
        for sheet in read_sheets(sighting.data).sheets
    ]
    best = max(sheets, key=lambda one: _headed(one[1])[1].certainty, default=("", []))
    at, sure = _headed(best[1])
    if not sure:
        raise ReadError(
            "No sheet has a column of causes. Put the word 'Cause' above the column, and 'Table' above the tables' names."
        )
    reading = read_list(Sighting(_as_text(best[1][at:]), sighting.name), key=FORMAT.key)
    above = sum(any(cell.strip() for cell in row) for row in best[1][:at])
    others = [
        (n, sum(map(any, r))) for n, r in sheets if n != best[0] and any(map(any, r))
    ]
    beside = [
        (count, f"Sheet '{name}' ({counted(count, 'row')}) was left out.")
        for name, count in others
    ]
    if above:
        said = counted(
            above, "row above the headings was", "rows above the headings were"
        )
        beside.insert(0, (above, f"{said} left out."))
    aside = sum(count for count, _ in beside)
    return replace(
        reading,
        problems=(
            *reading.problems,
            *(Problem("", what, "note") for _, what in beside),
        ),
        items=reading.items + aside,
        aside=reading.aside + aside,
    )


def _headed(rows: Sequence[Sequence[str]]) -> tuple[int, Recognition]:
    """Return at which row the headings stand, and how sure they are a list's."""
    best, at = NO, 0
    for n, row in enumerate(rows[:_HEADING_WITHIN]):
        found = recognise_headings(row)
        if found.certainty > best.certainty:
            best, at = found, n
    return at, best


def _as_text(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


FORMAT = Format(
    key="cause_sheet",
    title="Spreadsheet of notes",
    holds="notes",
    suffixes=(".xlsx",),
    loses="Who said it is left out; rows become notes, not links. It is read only.",
    recognise=recognise,
    read=read,
)
