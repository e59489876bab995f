"""PRSM's own CSV: from, to and up to three style numbers, below a line it ignores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.maps._sign_words import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.formats.maps._map_builder import MapBuilder

_COLUMNS = 5
_STYLES = frozenset(("", *map(str, range(1, 16))))

Numbered = tuple[int, list[str]]  # a line's number, and its cells


def is_prsm_csv(rows: Sequence[Numbered]) -> bool:
    """Say whether all rows but the first are two names and three style numbers."""
    body = [cells for _, cells in rows[1:] if any(cell.strip() for cell in cells)]
    return (
        bool(body)
        and all(_fits(cells) for cells in body)
        and any(cell.strip() for cells in body for cell in cells[2:])
    )


def take_prsm_csv(builder: MapBuilder, rows: Sequence[Numbered]) -> None:
    """Hand every row to the builder; a style number is a colour, not a sign."""
    builder.dialect = "PRSM CSV"
    for line, cells in rows[1:]:
        where = f"Line {line}"
        if not any(cell.strip() for cell in cells):
            builder.leave_blank()
            continue
        source, target, *styles = (cell.strip() for cell in cells)
        builder.link(
            builder.named(source, where=where),
            builder.named(target, where=where),
            where=where,
            sign=Sign(),
            raws=(source, target),
            extra={"columns": {"linkStyle": styles[2]}} if styles[2] else {},
        )
    builder.guess(
        "Line 1",
        "It was passed over, as PRSM does. Columns 1 and 2 were read as From and To; "
        "the style numbers beside them are colours, so no link has a sign yet.",
        ",".join(rows[0][1]),
    )


def _fits(cells: list[str]) -> bool:
    if len(cells) != _COLUMNS:
        return False
    source, target, *styles = (cell.strip() for cell in cells)
    names = all(name and not name.isdigit() for name in (source, target))
    return names and all(style in _STYLES for style in styles)
