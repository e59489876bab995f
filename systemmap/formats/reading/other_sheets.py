"""OpenDocument and old Excel sheets, laid out anew as a workbook that the readers know.

Values, dates and merged cells come along; formulas come as their last values,
pictures and styles stay behind.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from systemmap.errors import ReadError
from systemmap.formats.reading.limits import DAMAGE, LIMITS, check_count, check_size
from systemmap.formats.reading.zip_parts import check_zip, zip_names

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_OLD = b"\xd0\xcf\x11\xe0"
_SHEETS = 50
_DAMAGED = "The spreadsheet is damaged or has a password. Open it, remove the password, save as .xlsx and try again."


def is_other_sheet(data: bytes) -> bool:
    """Say whether a file may be an OpenDocument or an old Excel spreadsheet."""
    if data.startswith(_OLD):
        return True
    start = data[:200]
    return (
        data.startswith(b"PK")
        and b"opendocument.spreadsheet" in start
        and "content.xml" in zip_names(data)
    )


def workbook_of(data: bytes) -> bytes:
    """Return the same sheets as an .xlsx workbook.

    Raises
    ------
    ReadError
        Damaged, locked, or above a limit.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    check_size(data)
    if not data.startswith(_OLD):
        check_zip(data)
    try:
        book = CalamineWorkbook.from_object(BytesIO(data))
        return _written(book)
    except CalamineError:
        raise ReadError(_DAMAGED) from None
    except DAMAGE:
        raise ReadError(_DAMAGED) from None


def _written(book: CalamineWorkbook) -> bytes:
    import xlsxwriter

    check_count(len(book.sheet_names), _SHEETS, "sheets")
    out = BytesIO()
    made = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    days = made.add_format({"num_format": "dd/mm/yyyy"})
    letters = 0
    for number, name in enumerate(book.sheet_names, 1):
        sheet = book.get_sheet_by_name(name)
        page = made.add_worksheet(_name(name, number))
        rows = sheet.to_python(skip_empty_area=False, nrows=LIMITS.rows + 1)
        check_count(len(rows), LIMITS.rows, f"rows on sheet {name}")
        for row, cells in enumerate(rows):
            check_count(len(cells), 300, f"columns on sheet {name}")
            for column, value in enumerate(cells):
                letters += len(value) if isinstance(value, str) else 0
                check_count(letters, LIMITS.unpacked_bytes, "characters in cells")
                _put(page, row, column, value, days)
        _merge(page, sheet)
    made.close()
    return out.getvalue()


def _put(page: Any, row: int, column: int, value: object, days: Any) -> None:  # noqa: ANN401
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value)
    elif isinstance(value, (datetime, date)):
        page.write_datetime(row, column, value, days)
    elif isinstance(value, (time, timedelta)):
        page.write_string(row, column, str(value))
    else:
        page.write_string(row, column, str(value)[:32_767])


def _merge(page: Any, sheet: CalamineSheet) -> None:  # noqa: ANN401
    """Merge what was merged: a title across the table is known by it."""
    from xlsxwriter.exceptions import XlsxWriterException

    with suppress(XlsxWriterException, *DAMAGE):
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            if bottom < LIMITS.rows and right < 300 and (top, left) != (bottom, right):
                text = sheet.to_python(skip_empty_area=False)[top][left]
                page.merge_range(top, left, bottom, right, str(text))


def _name(name: str, number: int) -> str:
    """Return a name that a workbook takes."""
    plain = "".join(" " if c in "[]:*?/\\" else c for c in name).strip("' ")[:31]
    return plain or f"Sheet {number}"
