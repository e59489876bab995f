"""Every workstream in a row of numbers, the same numbers as for the whole programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.phrases import as_heading, counted
from systemmap.language.progress_words import is_blank
from systemmap.model.owners import named_leads
from systemmap.model.values import StatusGroup
from systemmap.reports.parts.facts import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.response import Action
    from systemmap.reports.parts.board_facts import BoardFacts

LOOSE = "In no workstream"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkstreamRow:
    """One workstream, or those that share a row.

    `numbers` are its phases and actions, and of the actions how many are live,
    overdue, without a named lead and without an update.
    """

    name: str
    numbers: tuple[int, int, int, int, int, int]


def workstream_rows(board: BoardFacts, limit: int) -> tuple[WorkstreamRow, ...]:
    """Return the workstreams in the order of the plan, at most `limit` of them alone.

    The others share one row, and so do actions and phases that stand in none;
    each column adds up to the programme.
    """
    every = board.workstreams
    alone = every if len(every) <= limit else every[: limit - 1]
    rows = [_row(board, as_heading(tidy(each.name)), {each.id}) for each in alone]
    if more := every[len(alone) :]:
        name = counted(len(more), "other workstream")
        rows.append(_row(board, name, {each.id for each in more}))
    loose = _row(board, LOOSE, {""})
    return (*rows, loose) if any(loose.numbers) and rows else tuple(rows)


def action_counts(
    board: BoardFacts, actions: Iterable[Action]
) -> tuple[int, int, int, int]:
    """Count actions that are live, overdue, without a lead, without an update."""
    every, late = list(actions), {action.id for action in board.late}
    return (
        sum(action.group is StatusGroup.LIVE for action in every),
        sum(action.id in late for action in every),
        sum(not named_leads(action) for action in every),
        sum(map(is_blank, every)),
    )


def _row(board: BoardFacts, name: str, ids: set[str]) -> WorkstreamRow:
    actions = [
        action
        for action in board.programme.actions.values()
        if (action.workstream_id or "") in ids
    ]
    phases = sum(phase.workstream_id in ids for phase in board.phases)
    return WorkstreamRow(
        name=name, numbers=(phases, len(actions), *action_counts(board, actions))
    )
