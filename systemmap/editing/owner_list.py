"""What names an owner's cell holds, as a grid: one organisation, or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.editing.grids import Grid, GridColumn
from systemmap.editing.owner_names import (
    ONE,
    SEVERAL,
    owner_questions,
    owners_of,
    settle_owner,
)
from systemmap.errors import InvalidValue
from systemmap.model.plan import LocalTerm

if TYPE_CHECKING:
    from systemmap.editing.grids import Cells
    from systemmap.model.programme import Programme

_ANSWERS = {"one": "One organisation", "several": "Several"}
_COLUMNS = (
    GridColumn(key="raw", heading="As typed", fixed=True),
    GridColumn(key="names", heading="Read as", fixed=True),
    GridColumn(key="is", heading="Is", words=_ANSWERS),
)


def _rows(programme: Programme) -> dict[str, dict[str, str]]:
    """Return what is still to ask, then what was said."""
    found = {
        question.raw: {
            "raw": question.raw,
            "names": "; ".join(question.names),
            "is": "",
        }
        for question in owner_questions(programme)
    }
    answers = {ONE: _ANSWERS["one"], SEVERAL: _ANSWERS["several"]}
    for term in programme.all(LocalTerm).values():
        if term.vocabulary in answers:
            found[term.label] = {
                "raw": term.label,
                "names": "; ".join(owners_of(programme, term.label).names),
                "is": answers[term.vocabulary],
            }
    return found


def _change(draft: Programme, key: str, cells: Cells) -> None:
    answer = _COLUMNS[2].read(cells.get("is", ""))
    if not answer:
        raise InvalidValue("Say “One organisation” or “Several”.")
    settle_owner(draft, key, one=answer == "one")


OWNERS = Grid(
    key="owners",
    title="One name or several",
    noun="name",
    name="raw",
    columns=lambda _: _COLUMNS,
    rows=_rows,
    change=_change,
)
