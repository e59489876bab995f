"""A square of signs: the row's factor influences the column's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.maps._file_table import Table
from systemmap.formats.maps._map_said import SQUARE, TURNED
from systemmap.formats.maps._sign_words import number_from
from systemmap.formats.reading.limits import LIMITS, check_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.formats.maps._map_builder import MapBuilder


_NO_SELF = frozenset("-\u2013\u2014xX/\\\u25a0\u2588\u2b1b") | {"n/a", "N/A"}


def without_titles(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Return the rows that hold something, without the titles above a square."""
    filled = [cells for cells in rows if any(c.strip() for c in cells)]
    while filled and sum(bool(c.strip()) for c in filled[0]) == 1:
        filled.pop(0)
    return filled


def is_matrix(rows: Sequence[tuple[int, Sequence[str]]]) -> bool:
    """Say whether the first row and the first column name the same things."""
    filled = without_titles([cells for _, cells in rows])
    if len(filled) < 3:
        return False
    across = [c.strip() for c in filled[0][1:] if c.strip()]
    down = [cells[0].strip() for cells in filled[1:]]
    return len(across) > 1 and across == down


def take_matrix(
    builder: MapBuilder,
    rows: Sequence[tuple[int, Sequence[str]]],
    name: str = "",
    *,
    turned: bool = False,
) -> None:
    """Read a square in which the row's factor influences the column's.

    Parameters
    ----------
    builder : MapBuilder
        Where the factors and links go.
    rows : sequence of (line, cells)
        The square, its names across the first row that holds any.
    name : str
        The sheet or table it stands on.
    turned : bool
        Whether the column's factor influences the row's instead.
    """
    builder.dialect = "matrix"
    filled = [(line, cells) for line, cells in rows if any(c.strip() for c in cells)]
    filled = filled[len(filled) - len(without_titles([c for _, c in filled])) :]
    names = [c.strip() for c in filled[0][1][1:] if c.strip()]
    check_count(len(names), LIMITS.factors, "factors")
    table = Table(
        name,
        tuple(cell.strip() for cell in filled[0][1]),
        tuple((f"Line {line}", tuple(cells)) for line, cells in filled[1:]),
    )
    builder.said.show(SQUARE, table, is_=TURNED if turned else SQUARE)
    ids = [builder.factor(label, where="First row") for label in names]
    found = [
        (
            f"Line {line}, column {names[at]}",
            builder.named(cells[0], where=f"Line {line}"),
            ids[at],
            cell.strip(),
        )
        for line, cells in filled[1:]
        if cells and cells[0].strip()
        for at, cell in enumerate(cells[1 : len(names) + 1])
        if cell.strip() and number_from(cell.strip(), decimal_comma=True) != 0
    ]
    itself = [cell for _, row, column, cell in found if row == column]
    if len(itself) == len(names) and len(set(itself)) == 1 and itself[0] in _NO_SELF:
        found = [one for one in found if one[1] != one[2]]
        said = f"Where a cause meets itself, every cell holds '{itself[0]}': it was read as no link."
        builder.remark("", said)
    builder.say_what_pairs_mean((cell for *_, cell in found), always=False)
    signs = builder.said.signs([cell for *_, cell in found], "sign", pairs=False)
    for (where, row, column, _), sign in zip(found, signs, strict=True):
        ends = (column, row) if turned else (row, column)
        builder.link(*ends, where=where, sign=sign)
    if builder.links and not builder.said.mapping.tables:
        first = next(iter(builder.links.values()))
        said = f"Rows act on columns: '{builder.factors[first.source].label}' acts on '{builder.factors[first.target].label}'. If it is the other way round, say so."
        builder.guess("", said)
