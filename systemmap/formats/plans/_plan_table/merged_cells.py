"""Merged cells: what each row of a table says once merges are laid open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.formats.plans._plan_table.plan_lines import Row

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of one row. One merged with the cell above holds that cell's text.

    `colour` is the rating its fill stands for, or "".
    """

    text: str
    span: int = 1
    from_above: bool = False
    colour: str = ""


def row_from(cells: Sequence[GridCell], where: str, table: int, width: int = 0) -> Row:
    """Lay a row open.

    A cell merged sideways gives its text once, then blanks. A cell merged
    downwards counts for each row it covers, unless the first cell is merged
    too: then the row continues the one above, and repeats nothing.
    """
    continues = bool(cells) and cells[0].from_above
    texts: list[str] = []
    for cell in cells:
        repeated = cell.from_above and (continues or not texts)
        texts.extend(("" if repeated else cell.text, *[""] * (cell.span - 1)))
    texts.extend([""] * (width - len(texts)))
    above = [
        part
        for cell in cells
        for part in (cell.text if cell.from_above else "", *[""] * (cell.span - 1))
    ]
    colours = [
        part for cell in cells for part in (cell.colour, *[""] * (cell.span - 1))
    ]
    return Row(
        tuple(texts),
        where,
        table,
        merged_first=continues,
        full_width=len(cells) == 1 and cells[0].span > 1,
        above=tuple(above) if any(above) else (),
        colours=tuple(colours) if any(colours) else (),
    )
