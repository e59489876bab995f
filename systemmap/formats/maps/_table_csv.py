"""Rows as CSV that Excel opens correctly and in which no formula lives."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from systemmap.model.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.formats.maps._map_columns import Cell

_ACTIVE = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_PLAIN = re.compile(r"[+\-]?\d+([.,]\d+)?(e[+-]?\d+)?|[+\-]")


def table_csv(headings: Sequence[str], rows: Iterable[dict[str, Cell]]) -> bytes:
    """Return rows as CSV that Excel opens correctly and in which no formula lives."""
    rows = list(rows)
    known = {"Ref", *headings}
    own = sorted(
        {
            h
            for row in rows
            for h in row
            if h not in known and h not in ("From ID", "To ID")
        }
    )
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(h) for h in (*headings, *own)])
    for row in rows:
        writer.writerow([_shown(row.get(h)) for h in (*headings, *own)])
    return out.getvalue().encode("utf-8-sig", "replace")


def guarded(text: str) -> str:
    """Put `'` before text a spreadsheet would run; a sign or a number stays."""
    if _PLAIN.fullmatch(text) or not _ACTIVE.match(text):
        return text
    return f"'{text}"


def unguarded(text: str) -> str:
    """Take off exactly one `'` that `guarded` has put there."""
    return text[1:] if _GUARDED.match(text) else text


def _shown(cell: Cell) -> str:
    return "" if cell is None else guarded(clean(str(cell)))
