"""A line of a minute sorted anew: from a section to the decisions, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.editing.follow_ups import single_day
from systemmap.editing.governance import DECISIONS, POINTS
from systemmap.errors import InvalidValue
from systemmap.model.meetings import Board, DecisionTie, Event, EventPoint
from systemmap.model.plan import Decision
from systemmap.model.text import slug

if TYPE_CHECKING:
    from systemmap.editing.grids import Grid
    from systemmap.model.programme import Programme


def decision_from_point(draft: Programme, point_id: str) -> Decision:
    """Make a decision of what was taken for something else; the point goes.

    It was decided at the event of the point, by its board and on its day, where
    those are known, and is about the actions that came from it. What it is, to note
    or to approve, is for a person to say.
    """
    point = draft.find(EventPoint, point_id)
    event = draft.find(Event, point.event_id)
    board = draft.all(Board).get(event.board_id or "")
    made = Decision(
        id=slug(point.text, draft.all(Decision), fallback="decision"),
        text=point.text,
        body=board.name if board else "",
        on=single_day(event.on),
    )
    draft.add(made)
    draft.add(
        DecisionTie(decision_id=made.id, event_id=event.id, actions=point.actions)
    )
    _removed(POINTS, draft, point_id)
    return made


def point_from_decision(draft: Programme, decision_id: str, section: str) -> EventPoint:
    """Make a point of its event of what was taken for a decision; the decision goes.

    Raises
    ------
    InvalidValue
        It is not said at which event it was.
    """
    decision = draft.find(Decision, decision_id)
    tie = draft.all(DecisionTie).get(decision_id)
    if tie is None or not tie.event_id:
        raise InvalidValue("Say first at which event it was, in the table Decisions.")
    mine = [p for p in draft.all(EventPoint).values() if p.event_id == tie.event_id]
    made = EventPoint(
        id=slug(decision.text, draft.all(EventPoint), fallback="point"),
        event_id=tie.event_id,
        text=decision.text,
        section=section,
        actions=tie.actions,
        position=max((p.position for p in mine), default=-1) + 1,
    )
    draft.add(made)
    _removed(DECISIONS, draft, decision_id)
    return made


def _removed(grid: Grid, draft: Programme, key: str) -> None:
    if grid.remove is not None:
        grid.remove(draft, key)
