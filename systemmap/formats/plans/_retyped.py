"""A plan brought in again: the cells that were typed anew since it came in before.

Where a record still says what its row said then, a cell that the file now has
otherwise is news, not a difference to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.formats.plans._plan_table.cells import as_shown
from systemmap.formats.plans._plan_table.column_words import SAME, STYLED
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    AIMS,
    COLUMNS,
    DUE,
    FIRST_DUE,
    OUTCOMES,
    PROGRESS,
    RESPONSIBLE,
)
from systemmap.formats.plans._plan_table.plan_rows import PlanRow, parse
from systemmap.model.plan import Phase, Workstream
from systemmap.model.response import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.formats.plans._plan_table.plan_rows import Parsed

# The fields that each column fills.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    ACTION: ("title", "ref", "name", "goal"),
    AIMS: ("aims",),
    RESPONSIBLE: ("owners", "owners_raw"),
    DUE: ("due",),
    PROGRESS: ("status", "status_note", "progress_raw"),
    OUTCOMES: ("outcomes",),
}


@dataclass(frozen=True, slots=True)
class Cells:
    """The fields of a plan's row whose cells were typed anew, and those left as they were."""

    anew: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()


def compared(here: object, incoming: object) -> Cells:
    """Compare a row of a file with the one that is here, cell by cell.

    A record that came from no file has the cells we would write for it. What
    somebody changed here since counts as neither: both sides are shown.
    """
    if isinstance(here, Workstream) and isinstance(incoming, Workstream):
        left = {"position", "extra"} | (
            {"headings"} if incoming.headings == COLUMNS else set()
        )
        return Cells(left=frozenset(left))
    if not isinstance(here, (Action, Phase)) or not isinstance(
        incoming, (Action, Phase)
    ):
        return Cells()
    if not incoming.as_typed:
        return Cells()
    typed = here.as_typed or {column: STYLED[column](here) for column in COLUMNS}
    before = parse(PlanRow(cells=typed, phases_only=isinstance(here, Phase)))
    anew, left = set[str](), {"position", "origin"}
    for column, names in _FIELDS.items():
        then = as_shown(_cell(typed, column))
        now = as_shown(_cell(incoming.as_typed, column))
        fields = {name for name in names if hasattr(here, name)}
        ours = (
            not here.as_typed
            or SAME[column](here, before)
            or _same_title(column, here, before)
        )
        if then.split() == now.split():
            left |= fields if ours else set()
        elif now.strip() and ours:
            anew |= fields
    if not here.as_typed or not anew:
        left |= {"as_typed"}
    elif anew:
        anew |= {"as_typed"}
    return Cells(frozenset(anew), frozenset(left))


def _cell(typed: Mapping[str, str], column: str) -> str:
    """Return a cell as typed; a due date that was not moved is the one at first."""
    words = typed.get(column, "")
    return words if words.strip() or column != DUE else typed.get(FIRST_DUE, "")


def _same_title(column: str, here: Action | Phase, before: Parsed) -> bool:
    """Compare titles alone: a reference may stand in a column of its own."""
    return column == ACTION and isinstance(here, Action) and here.title == before.title
