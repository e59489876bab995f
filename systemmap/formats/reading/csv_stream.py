"""Large tables as streams: CSV in any of its habits, or the first sheet of a workbook."""

from __future__ import annotations

import csv
import io
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.reading.limits import LIMITS, check_count, check_size
from systemmap.formats.reading.xlsx_stream import ShownWorkbook
from systemmap.formats.reading.zip_parts import zip_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_HEAD = 65_536
_TITLE_LINES = 30  # lines looked at before the heading must have come
_COLUMNS = 300
EXCEL_ROWS = 1_048_576  # where Excel cuts a file without a word


@dataclass(frozen=True, slots=True)
class TableStream:
    """A table's headings and its rows, each with its line or row number.

    Rows come as they are read, once. `rows` raises ReadError where the table
    turns out to be damaged or too long.
    """

    headings: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[str]]]
    guessed_encoding: bool = False


def open_table(
    data: bytes, is_heading: Callable[[Sequence[str]], bool]
) -> TableStream | None:
    """Return the table whose heading row passes `is_heading`, or None.

    Title lines above the heading are passed over.

    Raises
    ------
    ReadError
        Empty, above 100 MB, locked, damaged, or no text.
    """
    check_size(data, LIMITS.data_bytes)
    if "xl/workbook.xml" in zip_names(data):
        return _from_workbook(data, is_heading)
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if data.startswith(b"PK") or (b"\0" in data[:4096] and not utf_16):
        return None
    encoding, guessed = _encoding(data)
    rows = _csv_rows(data, encoding)
    try:
        for number, cells in itertools.islice(rows, _TITLE_LINES):
            if len(cells) > _COLUMNS:
                return None  # no table of ours is this wide
            if is_heading(cells):
                headings = tuple(cell.strip() for cell in cells)
                return TableStream(headings, _checked(rows), guessed)
            del number
    except ReadError:
        return None
    return None


def heading_key(heading: str) -> str:
    """Return a heading without case, space and punctuation, for comparison.

    Examples
    --------
    >>> heading_key("Lower CI 95.0 limit") == heading_key("LowerCI95.0limit")
    True
    """
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def positions(headings: Sequence[str]) -> dict[str, int]:
    """Return where each heading stands, the first one where a heading is repeated."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        found.setdefault(heading_key(heading), place)
    return found


def number_from(text: str) -> float | None:
    """Return a figure, or None where there is none: a suppressed figure is not zero.

    Examples
    --------
    >>> number_from("1,234.5"), number_from("*"), number_from("-2.1"), number_from("-")
    (1234.5, None, -2.1, None)
    """
    plain = text.strip().replace(",", "").removesuffix("%").replace("\u2212", "-")
    if not re.fullmatch(
        r"[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?",
        plain,
        re.ASCII,
    ):
        return None
    return float(plain)


def _from_workbook(
    data: bytes, is_heading: Callable[[Sequence[str]], bool]
) -> TableStream | None:
    book = ShownWorkbook(
        data, limit=LIMITS.data_bytes, unpacked=LIMITS.project_unpacked_bytes
    )
    for sheet in book.sheets:
        rows = book.rows(sheet)
        for row in itertools.islice(rows, _TITLE_LINES):
            cells = row.texts(min(row.width, _COLUMNS))
            if is_heading(cells):
                width = len(cells)
                shown = ((r.number, r.texts(width)) for r in rows)
                return TableStream(tuple(c.strip() for c in cells), _checked(shown))
    return None


def _checked(
    rows: Iterator[tuple[int, Sequence[str]]],
) -> Iterator[tuple[int, Sequence[str]]]:
    for count, row in enumerate(rows, 1):
        if count > LIMITS.data_rows:
            check_count(count, LIMITS.data_rows, "rows")
        yield row


def _encoding(data: bytes) -> tuple[str, bool]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", False
    head = data[:_HEAD]
    try:
        head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return "cp1252", True
    return "utf-8-sig", False


def _csv_rows(data: bytes, encoding: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield rows with their line; undecodable bytes later in the file become marks."""
    stream = io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline="")
    reader = csv.reader(stream, delimiter=_delimiter(data, encoding))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        msg = f"Line {reader.line_num + 1} is damaged, perhaps by a missing quote mark. Download the file again."
        raise ReadError(msg) from None


def _delimiter(data: bytes, encoding: str) -> str:
    head = data[:_HEAD].decode(encoding, "replace").split("\n")[:20]
    text = re.sub(r'"[^"]*+"', "", "\n".join(head))
    return max(",;\t|", key=text.count)
