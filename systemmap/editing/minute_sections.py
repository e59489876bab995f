"""A line of a minute sorted anew: from a section to the decisions, and back, without loss.

A point and a decision hold different things. What the one has no room for is kept
where the line was said, and comes back with it: on the event while it is a
decision, on the point while it is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from systemmap.editing.follow_ups import single_day
from systemmap.editing.governance import DECISIONS, POINTS, SORTED, sorted_lines
from systemmap.errors import InvalidValue
from systemmap.model.meetings import Board, DecisionTie, Event, EventPoint
from systemmap.model.plan import Decision
from systemmap.model.rows import data_from, record_from
from systemmap.model.text import slug

if TYPE_CHECKING:
    from systemmap.editing.grids import Grid
    from systemmap.model.programme import Programme

_DECIDED, _TIE, _SAID, _TIED_BY = "decision", "tie", "point", "tied_by"


def decision_from_point(draft: Programme, point_id: str) -> Decision:
    """Make a decision of what was taken for something else; the point goes.

    It was decided at the event of the point, by its board and on its day, where
    those are known, and is about the actions that came from it. What it is, to note
    or to approve, is for a person to say; a line that was a decision before has its
    number, verb and ties again.
    """
    point = draft.find(EventPoint, point_id)
    event = draft.find(Event, point.event_id)
    was = _as_it_was(point.extra)
    made, tie = _decided(draft, point, event, was)
    left = {key: value for key, value in point.extra.items() if key != SORTED}
    tied_by = [t.decision_id for t in _about(draft, point_id)]
    kept = {_SAID: data_from(replace(point, extra=left)), _TIED_BY: tied_by}
    _removed(POINTS, draft, point_id)
    draft.add(made)
    draft.add(tie)
    lines = {**sorted_lines(event), made.id: kept}
    draft.replace(replace(event, extra={**event.extra, SORTED: lines}))
    return made


def point_from_decision(draft: Programme, decision_id: str, section: str) -> EventPoint:
    """Make a point of its event of what was taken for a decision; the decision goes.

    A line that was a point before has its place, its causes and all else again.

    Raises
    ------
    InvalidValue
        It is not said at which event it was.
    """
    decision = draft.find(Decision, decision_id)
    tie = draft.all(DecisionTie).get(decision_id)
    if tie is None or not tie.event_id:
        raise InvalidValue("Say first at which event it was, in the table Decisions.")
    was = next(
        (
            lines[decision_id]
            for event in draft.all(Event).values()
            if decision_id in (lines := sorted_lines(event))
        ),
        {},
    )
    made = _said(draft, decision, tie, was)
    kept = {_DECIDED: data_from(decision), _TIE: data_from(tie)}
    made = replace(made, section=section, extra={**made.extra, SORTED: kept})
    _removed(DECISIONS, draft, decision_id)
    draft.add(made)
    for other in was.get(_TIED_BY, ()):
        if held := draft.all(DecisionTie).get(other):
            draft.replace(replace(held, points=(*held.points, made.id)))
    return made


def _decided(
    draft: Programme, point: EventPoint, event: Event, was: dict[str, Any]
) -> tuple[Decision, DecisionTie]:
    taken = draft.all(Decision)
    if _DECIDED not in was:
        board = draft.all(Board).get(event.board_id or "")
        made = Decision(
            id=slug(point.text, taken, fallback="decision"),
            text=point.text,
            body=board.name if board else "",
            on=single_day(event.on),
        )
        return made, DecisionTie(
            decision_id=made.id, event_id=event.id, actions=point.actions
        )
    before = cast("Decision", record_from("decision", was[_DECIDED]))
    tie = cast("DecisionTie", record_from("decision_tie", was[_TIE]))
    key = before.id if before.id not in taken else slug(point.text, taken)
    points = tuple(name for name in tie.points if name in draft.all(EventPoint))
    return replace(before, id=key, text=point.text), replace(
        tie, decision_id=key, event_id=event.id, actions=point.actions, points=points
    )


def _said(
    draft: Programme, decision: Decision, tie: DecisionTie, was: dict[str, Any]
) -> EventPoint:
    taken, event_id = draft.all(EventPoint), tie.event_id or ""
    mine = [p for p in taken.values() if p.event_id == event_id]
    fresh = EventPoint(
        id=slug(decision.text, taken, fallback="point"),
        event_id=event_id,
        text=decision.text,
        actions=tie.actions,
        position=max((p.position for p in mine), default=-1) + 1,
    )
    if _SAID not in was:
        return fresh
    before = cast("EventPoint", record_from("point", was[_SAID]))
    moved = before.event_id != event_id
    causes = draft.system_map().factors
    return replace(
        before,
        id=fresh.id if before.id in taken else before.id,
        event_id=event_id,
        text=decision.text,
        actions=tie.actions,
        causes=tuple(name for name in before.causes if name in causes),
        position=fresh.position if moved else before.position,
    )


def _as_it_was(extra: Mapping[str, object]) -> dict[str, Any]:
    found = extra.get(SORTED)
    return dict(found) if isinstance(found, Mapping) else {}


def _about(draft: Programme, point_id: str) -> list[DecisionTie]:
    ties = draft.all(DecisionTie).values()
    return [tie for tie in ties if point_id in tie.points]


def _removed(grid: Grid, draft: Programme, key: str) -> None:
    if grid.remove is not None:
        grid.remove(draft, key)
