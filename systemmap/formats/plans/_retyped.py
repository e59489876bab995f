"""A plan brought in again: the cells that were typed anew since it came in before.

Where a record still says what its row said then, a cell that the file now has
otherwise is news, not a difference to decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.plans._plan_table.column_words import SAME
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    AIMS,
    DUE,
    OUTCOMES,
    PROGRESS,
    RESPONSIBLE,
)
from systemmap.formats.plans._plan_table.plan_rows import PlanRow, parse
from systemmap.model.plan import Phase
from systemmap.model.response import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

# The fields that each column fills.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    ACTION: ("title", "ref", "name", "goal"),
    AIMS: ("aims",),
    RESPONSIBLE: ("owners", "owners_raw"),
    DUE: ("due",),
    PROGRESS: ("status", "status_note", "progress_raw"),
    OUTCOMES: ("outcomes",),
}


def retyped(here: object, incoming: object) -> frozenset[str]:
    """Return the fields whose cell was typed anew and that nobody has changed here."""
    if not isinstance(here, (Action, Phase)) or not isinstance(
        incoming, (Action, Phase)
    ):
        return frozenset()
    if not here.as_typed or not incoming.as_typed:
        return frozenset()
    before = parse(PlanRow(cells=here.as_typed, phases_only=isinstance(here, Phase)))
    fields: set[str] = set()
    for column, names in _FIELDS.items():
        then, now = here.as_typed.get(column, ""), incoming.as_typed.get(column, "")
        same = SAME[column](here, before) or (
            column == ACTION and isinstance(here, Action) and here.title == before.title
        )  # a reference may stand in a column of its own
        if then.split() != now.split() and now.strip() and same:
            fields |= {name for name in names if hasattr(here, name)}
    return frozenset(fields | {"as_typed"}) if fields else frozenset()
