"""A square of signs: the row's factor influences the column's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.maps._sign_words import number_from, read_signs
from systemmap.formats.reading.limits import LIMITS, check_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.formats.maps._map_builder import MapBuilder


def is_matrix(rows: Sequence[tuple[int, Sequence[str]]]) -> bool:
    """Say whether the first row and the first column name the same things."""
    filled = [cells for _, cells in rows if any(c.strip() for c in cells)]
    if len(filled) < 3:
        return False
    across = [c.strip() for c in filled[0][1:] if c.strip()]
    down = [cells[0].strip() for cells in filled[1:]]
    return len(across) > 1 and across == down


def take_matrix(builder: MapBuilder, rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Read a square in which the row's factor influences the column's."""
    builder.dialect = "matrix"
    filled = [(line, cells) for line, cells in rows if any(c.strip() for c in cells)]
    names = [c.strip() for c in filled[0][1][1:] if c.strip()]
    check_count(len(names), LIMITS.factors, "factors")
    ids = [builder.factor(name, where="First row") for name in names]
    found = [
        (f"Line {line}, column {names[at]}", ids[n], ids[at], cell.strip())
        for n, (line, cells) in enumerate(filled[1:])
        for at, cell in enumerate(cells[1 : len(names) + 1])
        if cell.strip() and number_from(cell.strip(), decimal_comma=True) != 0
    ]
    signs = read_signs([cell for *_, cell in found], "sign")
    builder.say_what_pairs_mean((cell for *_, cell in found), always=False)
    for (where, source, target, _), sign in zip(found, signs, strict=True):
        builder.link(source, target, where=where, sign=sign)
    if builder.links:
        first = next(iter(builder.links.values()))
        said = f"Rows act on columns: '{builder.factors[first.source].label}' acts on '{builder.factors[first.target].label}'. If it is the other way round, swap rows and columns."
        builder.guess("", said)
