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
from systemmap.formats.lists._causes import list_columns, read_list
from systemmap.formats.reading.spreadsheets import cell_text, first_rows, read_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.formats.format import Reading


def recognise(data: bytes, file_name: str) -> bool:
    """Say whether a sheet begins with the heading of a column of causes."""
    return any(_is_list(rows) for rows in first_rows(data).values())


def read(data: bytes, file_name: str) -> Reading:
    """Read the first sheet that holds a column of causes.

    Raises
    ------
    ReadError
        Not a workbook, above a limit, or no sheet has such a column.
    """
    for sheet in read_sheets(data).sheets:
        rows = [[cell_text(value) for value in row] for row in sheet.rows]
        if _is_list(rows):
            return read_list(_as_text(rows), key=FORMAT.key)
    raise ReadError(
        "No sheet has a column of causes. Put the word 'Cause' above the column, and 'Table' above the tables' names."
    )


def _is_list(rows: Iterable[Sequence[str]]) -> bool:
    first = next((row for row in rows if any(cell.strip() for cell in row)), ())
    found = list_columns(first)
    return "cause" in found and not {"from", "to"} & {
        cell.strip().casefold() for cell in first
    }


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
