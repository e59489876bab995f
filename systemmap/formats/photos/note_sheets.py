"""The printed sheet on which a table writes: nine boxes, in each a code of its own.

The code says which table, which of its sheets and which box; the camera finds it,
so a photo puts each box where it belongs. All places are shares of the sheet, so
that A4 and A3 are one.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2

from systemmap.errors import InvalidValue

WIDTH, HEIGHT = 297.0, 210.0  # millimetres of A4, lying
COLUMNS, ROWS, SHEETS = 3, 3, 2
CELLS = COLUMNS * ROWS
MOST_TABLES = 1_000 // (CELLS * SHEETS)
CODE = 11.0  # millimetres
_MARGIN, _HEAD, _GAP, _QUIET = 10.0, 14.0, 3.0, 3.0

Box = tuple[float, float, float, float]  # left, top, right, bottom in millimetres


def code_of(table: int, sheet: int, cell: int) -> int:
    """Return the number of the code in a box; all are counted from 0.

    Examples
    --------
    >>> code_of(0, 0, 0), code_of(3, 1, 4), place_of(67)
    (0, 67, (3, 1, 4))
    """
    if not 0 <= table < MOST_TABLES:
        msg = f"Codes reach for {MOST_TABLES} tables. Print sheets for fewer."
        raise InvalidValue(msg)
    return (table * SHEETS + sheet) * CELLS + cell


def place_of(code: int) -> tuple[int, int, int]:
    """Return table, sheet and box of a code."""
    sheets, cell = divmod(code, CELLS)
    table, sheet = divmod(sheets, SHEETS)
    return table, sheet, cell


def cell_box(cell: int) -> Box:
    """Return the box of a cell."""
    row, column = divmod(cell, COLUMNS)
    width = (WIDTH - 2 * _MARGIN - (COLUMNS - 1) * _GAP) / COLUMNS
    height = (HEIGHT - 2 * _MARGIN - _HEAD - (ROWS - 1) * _GAP) / ROWS
    left = _MARGIN + column * (width + _GAP)
    top = _MARGIN + _HEAD + row * (height + _GAP)
    return left, top, left + width, top + height


def code_box(cell: int) -> Box:
    """Return where the code stands in a cell: its top left corner."""
    left, top, _, _ = cell_box(cell)
    left, top = left + _QUIET, top + _QUIET
    return left, top, left + CODE, top + CODE


def dictionary() -> Any:  # noqa: ANN401 - OpenCV's own type
    """Return the codes in use."""
    return cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_5X5_1000)


@cache
def code_squares(code: int) -> tuple[tuple[bool, ...], ...]:
    """Return the squares of a code, row by row; True = black."""
    picture = cv2.aruco.generateImageMarker(dictionary(), code, 7)
    return tuple(tuple(bool(v < 128) for v in row) for row in picture)
