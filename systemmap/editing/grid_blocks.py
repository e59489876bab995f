"""A block of cells copied from a spreadsheet: its rows by the columns of a grid."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.editing.grids import GridColumn


def block_of(
    text: str, columns: Sequence[GridColumn], first: str
) -> tuple[dict[str, str], ...]:
    r"""Return the rows of a block by the keys of columns, as a sheet takes a paste.

    Parameters
    ----------
    first : str
        The column in which the block begins; those after it follow in order. A
        first line that holds nothing but headings of the grid says so itself.

    Examples
    --------
    >>> from systemmap.editing.grids import GridColumn
    >>> two = (GridColumn(key="title", heading="Action"), GridColumn(key="due", heading="Due"))
    >>> block_of("Walks\tMay 27\n\nMeals", two, "title")
    ({'title': 'Walks', 'due': 'May 27'}, {'title': 'Meals'})
    >>> block_of("Due\tAction\nMay 27\tWalks", two, "title")
    ({'due': 'May 27', 'title': 'Walks'},)
    """
    try:
        lines = list(csv.reader(io.StringIO(text.strip("\r\n")), delimiter="\t"))
    except csv.Error:  # a cell that never ends is no cell
        return ()
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if not lines:
        return ()
    open_to = [column.key for column in columns if not column.fixed]
    by_heading = {folded(column.heading): column.key for column in columns}
    named = [by_heading.get(folded(cell), "") for cell in lines[0]]
    if all(named):
        keys, lines = named, lines[1:]
    else:
        keys = open_to[open_to.index(first) :]
    rows = (dict(zip(keys, map(str.strip, line), strict=False)) for line in lines)
    return tuple({k: v for k, v in row.items() if k in open_to} for row in rows)
