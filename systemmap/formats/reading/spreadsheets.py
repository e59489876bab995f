"""Spreadsheets on their way in: every sheet as plain rows, within limits.

The zip is checked before openpyxl sees it; sizes a sheet claims are not
believed; formulas are never run, their last saved values are read.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.reading.limits import DAMAGE, LIMITS, check_count
from systemmap.formats.reading.zip_parts import check_zip, zip_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SCANNED = 20_000  # rows looked at before empty, formatted ones are refused as well
_LOOKED_AT = 200_000  # rows of a workbook that may turn out to be local data
_PIECES = LIMITS.rows * LIMITS.columns  # of text, one for each cell there may be
_SHEETS = 50
_TITLES = 20  # rows above the first row of a table, which count as none of it
_DAMAGED = (
    "The workbook is damaged. Open it in Excel, save it again as .xlsx and try again."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its rows of raw values, and whether it is hidden."""

    name: str
    rows: tuple[tuple[object, ...], ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a workbook, and how many cells hold formulas."""

    sheets: tuple[Sheet, ...]
    formulas: int = 0


@lru_cache(maxsize=4)  # each recogniser asks, then the reader, then the person
def read_sheets(data: bytes, *, rows: int | None = None) -> Workbook:
    """Return every sheet of an .xlsx or .xlsm file as rows without trailing blanks.

    Parameters
    ----------
    data : bytes
        The file.
    rows : int | None
        Read only so many rows of each sheet, to see what it is.

    Raises
    ------
    ReadError
        Damaged, locked, above a limit, or not a workbook.
    """
    names = check_zip(data)
    if "xl/workbook.xml" not in names:
        raise ReadError(
            "This zip is not an Excel workbook. Save it as .xlsx and try again."
        )
    most = _SCANNED if rows is None else _LOOKED_AT
    formulas = sum(_formulas(data, name, most) for name in names if _is_sheet(name))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl remarks on styles it drops
            errors = any(
                b't="e"' in zip_part(data, name) for name in names if _is_sheet(name)
            )
            return Workbook(tuple(_sheets(data, rows, errors=errors)), formulas)
    except DAMAGE:
        raise ReadError(_DAMAGED) from None


def cell_text(value: object) -> str:
    """Return a cell as text: 3.0 as "3", dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)


def _sheets(data: bytes, rows: int | None, *, errors: bool) -> Iterator[Sheet]:
    from openpyxl import load_workbook  # brings numpy: only when a workbook is read

    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    letters = 0
    try:
        check_count(len(book.worksheets), _SHEETS, "sheets")
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            hidden = sheet.sheet_state != "visible"
            found = _rows(sheet, rows, errors=errors)
            letters += sum(len(c) for row in found for c in row if isinstance(c, str))
            check_count(letters, LIMITS.unpacked_bytes, "characters in cells")
            yield Sheet(sheet.title, tuple(found), hidden)
    finally:
        book.close()


def _rows(sheet: object, rows: int | None, *, errors: bool) -> list[tuple[object, ...]]:
    """Return a sheet's rows of values; `errors` = some cell holds an error, not a text."""
    found: list[tuple[object, ...]] = []
    last = 0
    most = rows or _SCANNED
    columns = f"columns on sheet '{str(getattr(sheet, 'title', ''))[:31]}'"
    for n, met in enumerate(
        sheet.iter_rows(max_row=most + 1, values_only=not errors)  # type: ignore[attr-defined]
    ):
        row = [None if c.data_type == "e" else c.value for c in met] if errors else met
        if n >= most:
            if rows is None:
                check_count(
                    n + 1,
                    LIMITS.rows,
                    "rows on one sheet, counting empty formatted ones",
                )
            break
        cells = _trimmed(row)
        check_count(len(cells), LIMITS.columns, columns)
        found.append(cells)
        if cells:
            last = n + 1
            if last > LIMITS.rows + _TITLES:
                check_count(last, LIMITS.rows, "rows on one sheet")
    return found[:last]


def _trimmed(row: Sequence[object]) -> tuple[object, ...]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return tuple(row[:end])


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _formulas(data: bytes, name: str, most: int) -> int:
    """Count formulas; refuse too many rows and pieces before openpyxl walks them."""
    part = zip_part(data, name)
    found = part.count(b"<row>") + part.count(b"<row ") + part.count(b"<row/>")
    pieces = part.count(b"<t>") + part.count(b"<t ")
    check_count(pieces, _PIECES, "pieces of text on one sheet")
    check_count(found, most, "rows on one sheet, counting empty formatted ones")
    return part.count(b"<f>") + part.count(b"<f ")
