"""A spreadsheet of notes: a column of causes, and whose table they came from.

The first sheet whose headings name a column of causes is read, as a pasted
list is. Who said it is left out. Not written.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.format import Format
from systemmap.formats.lists._causes import read_list, recognise_headings
from systemmap.formats.reading.spreadsheets import cell_text, read_sheets
from systemmap.formats.sighting import NO, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.formats.format import Reading
    from systemmap.formats.sighting import Recognition


def recognise(sighting: Sighting) -> Recognition:
    """Say whether a sheet begins with the heading of a column of causes."""
    found = [recognise_headings(_first(rows)) for rows in sighting.sheets.values()]
    return max(found, key=lambda one: one.certainty, default=NO)


def read(sighting: Sighting) -> Reading:
    """Read the first sheet that holds a column of causes.

    Raises
    ------
    ReadError
        Not a workbook, above a limit, or no sheet has such a column.
    """
    for sheet in read_sheets(sighting.data).sheets:
        rows = [[cell_text(value) for value in row] for row in sheet.rows]
        if recognise_headings(_first(rows)):
            return read_list(Sighting(_as_text(rows), sighting.name), key=FORMAT.key)
    raise ReadError(
        "No sheet has a column of causes. Put the word 'Cause' above the column, and 'Table' above the tables' names."
    )


def _first(rows: Iterable[Sequence[str]]) -> Sequence[str]:
    return next((row for row in rows if any(cell.strip() for cell in row)), ())


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
