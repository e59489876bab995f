"""What names an owner's cell holds, as a grid: one organisation, or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.editing.grids import Grid, GridColumn
from systemmap.editing.owner_names import (
    SEVERAL,
    SORTS,
    owner_questions,
    owners_of,
    owners_used,
    settle_owner,
    sort_of,
)
from systemmap.errors import InvalidValue
from systemmap.model.plan import LocalTerm

if TYPE_CHECKING:
    from systemmap.editing.grids import Cells
    from systemmap.model.programme import Programme

_COLUMNS = (
    GridColumn(key="raw", heading="As typed", fixed=True),
    GridColumn(key="names", heading="Read as", fixed=True),
    GridColumn(key="is", heading="Is", words=SORTS),
)


def _rows(programme: Programme) -> dict[str, dict[str, str]]:
    """Return what is still to ask, then what was said, then every other owner."""
    found = {
        question.raw: {
            "raw": question.raw,
            "names": "; ".join(question.names),
            "is": "",
        }
        for question in owner_questions(programme)
    }
    for term in programme.all(LocalTerm).values():
        if term.vocabulary in SORTS:
            found[term.label] = {
                "raw": term.label,
                "names": "; ".join(owners_of(programme, term.label).names),
                "is": SORTS[term.vocabulary],
            }
    for name in owners_used(programme):
        said = {"raw": name, "names": name, "is": sort_of(programme, name)}
        found.setdefault(name, said)
    return found


def _change(draft: Programme, key: str, cells: Cells) -> None:
    answer = _COLUMNS[2].read(cells.get("is", ""))
    if not answer:
        msg = f"Say what it is: {', '.join(SORTS.values())}."
        raise InvalidValue(msg)
    settle_owner(draft, key, one=answer != SEVERAL, sort=answer)


OWNERS = Grid(
    key="owners",
    title="One name or several",
    noun="name",
    name="raw",
    columns=lambda _: _COLUMNS,
    rows=_rows,
    change=_change,
)
