"""Boards, events, what came of them, decisions and reviews, as grids to add to and edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from systemmap.editing.grids import Grid
from systemmap.editing.record_fields import (
    RecordField,
    cells_of,
    columns_of,
    given_of,
    listed_rows,
)
from systemmap.errors import InvalidValue
from systemmap.model.deadlines import last_day
from systemmap.model.meetings import Board, DecisionTie, Event, EventPoint
from systemmap.model.plan import Decision, Review
from systemmap.model.text import slug

if TYPE_CHECKING:
    from systemmap.editing.grids import Cells, GridColumn
    from systemmap.model.programme import Programme

SORTED = "sorted_anew"
"""Where an event keeps what its lines held as points before they became decisions."""
VERBS = {"note": "note", "endorse": "endorse", "approve": "approve", "agree": "agree"}

_BOARD = (
    RecordField("name", "Board or group", label=True),
    RecordField("short", "Short name"),
    RecordField("kind", "Kind", "board_kinds"),
    RecordField("reports_to", "Reports to", "boards"),
    RecordField("chair", "Chaired by (a role)"),
    RecordField("purpose", "What it is for"),
    RecordField("note", "Note"),
)
_EVENT = (
    RecordField("title", "Event", label=True),
    RecordField("kind", "Kind", "event_kinds"),
    RecordField("on", "When", reads="due"),
    RecordField("board_id", "Of which board or group", "boards", none=True),
    RecordField("workstream_id", "Workstream", "workstreams", none=True),
    RecordField("places", "Places", "places", many=True),
    RecordField("populations", "Populations", "populations", many=True),
    RecordField("attended", "People", reads="whole"),
    RecordField("organisations", "Organisations", reads="whole"),
    RecordField("outputs", "What it produced", many=True),
    RecordField("findings", "What was found"),
    RecordField("frameworks", "Frameworks", "frameworks", many=True, open=True),
    RecordField("note", "Note"),
)
_POINT = (
    RecordField("text", "What was said or agreed", label=True),
    RecordField("section", "Section", "point_sections"),
    RecordField("event_id", "At which event", "events"),
    RecordField("said_by", "Said by how many", reads="whole"),
    RecordField("causes", "Causes", "causes", many=True),
    RecordField("actions", "Actions that came from it", "actions", many=True),
    RecordField("populations", "Populations", "populations", many=True),
    RecordField("places", "Places", "places", many=True),
    RecordField("frameworks", "Frameworks", "frameworks", many=True, open=True),
    RecordField("note", "Note"),
)
_DECISION = (
    RecordField("number", "Number"),
    RecordField("text", "What was decided", label=True),
    RecordField("verb", "To"),
    RecordField("body", "Board or group"),
    RecordField("on", "On", reads="day"),
)
_TIE = (
    RecordField("event_id", "At which event", "events", none=True),
    RecordField("points", "About next steps", "points", many=True),
    RecordField("actions", "About actions", "actions", many=True),
)
_REVIEW = (
    RecordField("on", "On", reads="day"),
    RecordField("title", "Review"),
    RecordField("narrative", "What we saw"),
    RecordField("since", "Looking back to", reads="day"),
)


def events_in_order(programme: Programme) -> list[Event]:
    """Return events by date, the latest first; those without a date that was read last."""
    found = programme.all(Event).values()
    dated = [(last_day(event.on), event) for event in found]
    known = [(on, event) for on, event in dated if on]
    known.sort(key=lambda each: each[0], reverse=True)
    return [*(event for _, event in known), *(e for on, e in dated if on is None)]


def points_in_order(programme: Programme) -> list[EventPoint]:
    """Return points by event, then in the order in which they were said."""
    places = {event.id: n for n, event in enumerate(events_in_order(programme))}
    return sorted(
        programme.all(EventPoint).values(),
        key=lambda point: (places[point.event_id], point.position),
    )


def _add_board(draft: Programme, cells: Cells) -> str:
    given = given_of(draft, _BOARD, {"name": "", **cells})
    key = slug(given["name"], draft.all(Board), fallback="board")
    draft.add(_reporting(Board(id=key, **given), draft))
    return key


def _change_board(draft: Programme, key: str, cells: Cells) -> None:
    board = draft.find(Board, key)
    draft.replace(_reporting(replace(board, **given_of(draft, _BOARD, cells)), draft))


def _reporting(board: Board, draft: Programme) -> Board:
    """Return the board if its line of reporting comes to an end.

    Raises
    ------
    InvalidValue
        It would report to itself, straight or through others.
    """
    boards, above = draft.all(Board), board.reports_to
    while above in boards:
        if above == board.id:
            msg = f"“{board.name}” would report to itself in the end. Choose another board, or none."
            raise InvalidValue(msg)
        above = boards[above].reports_to
    return board


def _remove_board(draft: Programme, key: str) -> None:
    for board in [b for b in draft.all(Board).values() if b.reports_to == key]:
        draft.replace(replace(board, reports_to=""))
    for event in [e for e in draft.all(Event).values() if e.board_id == key]:
        draft.replace(replace(event, board_id=None))
    draft.remove(Board, key)


def _add_event(draft: Programme, cells: Cells) -> str:
    given = given_of(draft, _EVENT, {"title": "", **cells})
    key = slug(given["title"], draft.all(Event), fallback="event")
    draft.add(Event(id=key, position=len(draft.all(Event)), **given))
    return key


def _change_event(draft: Programme, key: str, cells: Cells) -> None:
    event = draft.find(Event, key)
    draft.replace(replace(event, **given_of(draft, _EVENT, cells, event)))


def _remove_event(draft: Programme, key: str) -> None:
    for point in [p for p in draft.all(EventPoint).values() if p.event_id == key]:
        _remove_point(draft, point.id)
    for tie in [t for t in draft.all(DecisionTie).values() if t.event_id == key]:
        draft.replace(replace(tie, event_id=None))
    draft.remove(Event, key)


def _point_given(draft: Programme, cells: Cells) -> dict[str, Any]:
    given = given_of(draft, _POINT, cells)
    if "event_id" in given and not given["event_id"]:
        raise InvalidValue("Say at which event it was said; add the event first.")
    return given


def _add_point(draft: Programme, cells: Cells) -> str:
    given = _point_given(draft, {"text": "", "event_id": "", **cells})
    taken = draft.all(EventPoint)
    key = slug(given["text"], taken, fallback="point")
    after = [p.position for p in taken.values() if p.event_id == given["event_id"]]
    draft.add(EventPoint(id=key, position=max(after, default=-1) + 1, **given))
    return key


def _change_point(draft: Programme, key: str, cells: Cells) -> None:
    given = _point_given(draft, cells)
    draft.replace(replace(draft.find(EventPoint, key), **given))


def _remove_point(draft: Programme, key: str) -> None:
    for tie in [t for t in draft.all(DecisionTie).values() if key in t.points]:
        kept = tuple(name for name in tie.points if name != key)
        draft.replace(replace(tie, points=kept))
    draft.remove(EventPoint, key)


def _decision_columns(programme: Programme) -> tuple[GridColumn, ...]:
    number, text, verb, body, on = columns_of(_DECISION)(programme)
    ties = columns_of(_TIE)(programme)
    boards = tuple(board.name for board in programme.all(Board).values())
    verb, body = replace(verb, words=VERBS), replace(body, suggests=boards)
    return (number, text, verb, body, on, *ties)


def _decisions(programme: Programme) -> dict[str, dict[str, str]]:
    columns = _decision_columns(programme)
    own, theirs = columns[: len(_DECISION)], columns[len(_DECISION) :]
    ties = programme.all(DecisionTie)
    return {
        key: cells_of(made, own, _DECISION)
        | cells_of(ties.get(key) or DecisionTie(decision_id=key), theirs, _TIE)
        for key, made in programme.all(Decision).items()
    }


def _decided(draft: Programme, cells: Cells) -> dict[str, Any]:
    given = given_of(draft, _DECISION, cells)
    if "verb" in given:
        given["verb"] = _decision_columns(draft)[2].read(cells["verb"])
    return given


def _change_decision(draft: Programme, key: str, cells: Cells) -> None:
    draft.replace(replace(draft.find(Decision, key), **_decided(draft, cells)))
    _tie_decision(draft, key, cells)


def _tie_decision(draft: Programme, key: str, cells: Cells) -> None:
    given = given_of(draft, _TIE, cells)
    before = draft.all(DecisionTie).get(key)
    if any(given.values()) or (given and before):
        draft.put(replace(before or DecisionTie(decision_id=key), **given))


def _add_decision(draft: Programme, cells: Cells) -> str:
    given = _decided(draft, {"text": "", **cells})
    key = slug(given["text"], draft.all(Decision), fallback="decision")
    draft.add(Decision(id=key, **given))
    _tie_decision(draft, key, cells)
    return key


def sorted_lines(event: Event) -> dict[str, dict[str, Any]]:
    """Return what lines of the event said as points that are decisions now, by decision."""
    found = event.extra.get(SORTED)
    return dict(found) if isinstance(found, Mapping) else {}


def _remove_decision(draft: Programme, key: str) -> None:
    for event in list(draft.all(Event).values()):
        if key in (lines := sorted_lines(event)):
            left = {name: line for name, line in lines.items() if name != key}
            extra = {k: v for k, v in event.extra.items() if k != SORTED}
            extra |= {SORTED: left} if left else {}
            draft.replace(replace(event, extra=extra))
    if key in draft.all(DecisionTie):
        draft.remove(DecisionTie, key)
    draft.remove(Decision, key)


def _looked_back(draft: Programme, cells: Cells) -> dict[str, Any]:
    given = given_of(draft, _REVIEW, cells)
    if "on" in given and given["on"] is None:
        raise InvalidValue("A review needs its day, for example 14 September 2026.")
    return given


def _change_review(draft: Programme, key: str, cells: Cells) -> None:
    draft.replace(replace(draft.find(Review, key), **_looked_back(draft, cells)))


def _add_review(draft: Programme, cells: Cells) -> str:
    given = _looked_back(draft, {"on": "", **cells})
    key = slug(f"review {given['on']}", draft.all(Review), fallback="review")
    draft.add(Review(id=key, **given))
    return key


def _reviews(programme: Programme) -> dict[str, object]:
    found = sorted(programme.all(Review).values(), key=lambda r: r.on, reverse=True)
    return {review.id: review for review in found}


BOARDS = Grid(
    key="boards",
    title="Boards and groups",
    noun="board",
    name="name",
    columns=columns_of(_BOARD),
    rows=listed_rows(_BOARD, lambda p: p.all(Board)),
    change=_change_board,
    add=_add_board,
    remove=_remove_board,
)
EVENTS = Grid(
    key="events",
    title="Events",
    noun="event",
    name="title",
    columns=columns_of(_EVENT),
    rows=listed_rows(_EVENT, lambda p: {e.id: e for e in events_in_order(p)}),
    change=_change_event,
    add=_add_event,
    remove=_remove_event,
)
POINTS = Grid(
    key="points",
    title="What was said and agreed",
    noun="point",
    name="text",
    columns=columns_of(_POINT),
    rows=listed_rows(_POINT, lambda p: {x.id: x for x in points_in_order(p)}),
    change=_change_point,
    add=_add_point,
    remove=_remove_point,
)
DECISIONS = Grid(
    key="decisions",
    title="Decisions",
    noun="decision",
    name="text",
    columns=_decision_columns,
    rows=_decisions,
    change=_change_decision,
    add=_add_decision,
    remove=_remove_decision,
)
REVIEWS = Grid(
    key="reviews",
    title="Reviews",
    noun="review",
    name="title",
    columns=columns_of(_REVIEW),
    rows=listed_rows(_REVIEW, _reviews),
    change=_change_review,
    add=_add_review,
    remove=lambda draft, key: draft.remove(Review, key),
)
