"""Words typed into a cell of several that are on no list yet: asked about before they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from systemmap.editing.grids import Cells, GridColumn


def unlisted(
    columns: Sequence[GridColumn], before: Mapping[str, Cells], typed: Iterable[Cells]
) -> dict[str, tuple[str, ...]]:
    """Return the new words by heading, of columns that keep what their list lacks.

    A word that another row of the column has already is not new.

    Parameters
    ----------
    before : mapping
        The rows as they stood.
    typed : iterable of mapping
        The cells that were changed or added.

    Examples
    --------
    >>> from systemmap.editing.grids import GridColumn
    >>> partners = GridColumn(key="p", heading="Partners", words={"Parks": "Parks"}, many=True, open=True)
    >>> unlisted([partners], {}, [{"p": "parks; Prks"}])
    {'Partners': ('Prks',)}
    """
    typed = list(typed)
    found = {}
    for column in columns:
        cells = [row[column.key] for row in typed if row.get(column.key)]
        if not (column.many and column.open and cells):
            continue
        held = (row.get(column.key, "") for row in before.values())
        known = {folded(word) for cell in held for word in column.parts(cell)}
        known |= {folded(word) for each in column.words.items() for word in each}
        words = dict.fromkeys(word for cell in cells for word in column.parts(cell))
        if new := tuple(word for word in words if folded(word) not in known):
            found[column.heading] = new
    return found
