"""What the board paper says was done and what moved, each number with its whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.comparing.versions import compare_versions
from systemmap.coverage.cover import find_coverage
from systemmap.language.phrases import counted, day
from systemmap.model.workshop import Workshop
from systemmap.overview.reported import reported_since, took_place
from systemmap.overview.reporting_lines import event_words
from systemmap.overview.summary import summary_of
from systemmap.reports.parts.board_sentence import BoardSentence
from systemmap.reports.parts.board_workstreams import action_counts
from systemmap.reports.parts.facts import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.model.meetings import Event
    from systemmap.overview.reported import ReportedLine
    from systemmap.reports.parts.board_facts import BoardFacts, Room


ITEM = 60  # letters more than a sentence has: an item stands alone


def _workshops(board: BoardFacts, room: Room) -> Iterator[str]:
    held = _held(board)
    for workshop in held[-room.events :]:
        people = workshop.attendance
        who = (
            counted(people, "person", "people")
            if people is not None
            else "People (not counted)"
        )
        named = len(workshop.organisations)
        whence = f" from {counted(named, 'organisation')}" if named else ""
        on = day(workshop.on or board.order.at)
        yield f"{who}{whence} took part in “{tidy(workshop.title)}” on {on}."
    if before := len(held[: -room.events]):
        yield f"{counted(before, 'workshop')} before those {'was' if before == 1 else 'were'} held too."


def _held(board: BoardFacts) -> list[Workshop]:
    """Workshops up to the day, and since the earlier one, oldest first."""
    order = board.order
    start = order.start
    held = [
        workshop
        for workshop in board.programme.all(Workshop).values()
        if workshop.on and (start or workshop.on) <= workshop.on <= order.at
    ]
    return sorted(held, key=lambda w: (w.on or order.at, w.id))


def _events(board: BoardFacts, room: Room) -> Iterator[str]:
    """Say what else took place, the latest few; a date counts by its last day."""
    for event in _took_place(board)[: room.events]:
        whole, brief = (
            tidy(event_words(board.programme, event, brief=less)).rstrip(".") + "."
            for less in (False, True)
        )
        yield whole if len(whole) <= room.letters + ITEM else brief


def _took_place(board: BoardFacts) -> list[Event]:
    return took_place(board.programme, board.order.start, board.order.at)


def _reported(board: BoardFacts, room: Room) -> Iterator[str]:
    """Print dated updates since the day asked for, also from before the log began."""
    found = _updates(board)
    for line in found[: room.updates]:
        when = line.when or (day(line.on) if line.on else "")
        yield f"{tidy(line.about)} ({when}): {tidy(line.text).rstrip('.')}."
    if len(found) > room.updates:
        yield f"{counted(len(found), 'dated update')} in all; the programme record has them."


def _updates(board: BoardFacts) -> tuple[ReportedLine, ...]:
    start = board.order.start
    if start is None:
        return ()
    return tuple(reported_since(board.programme, start, board.order.at).lines)


def _map_cover(board: BoardFacts, _room: Room) -> Iterator[str]:
    yield summary_of(board.programme, board.facts.report).of_the_map


def _working(board: BoardFacts, _room: Room) -> Iterator[str]:
    rows = board.facts.report.rows
    working = sum(row.cover.covered for row in rows)
    have = "has" if working == 1 else "have"
    yield f"{working} of {counted(len(rows), 'cause')} {have} live or planned work{_before(board)}."


def _before(board: BoardFacts) -> str:
    """Say how many had work before, out of how many then; "" where none was tied."""
    order = board.order
    if order.since is None or order.map_id not in order.since.programme.maps:
        return ""
    day_then = order.since.on or order.at
    then = find_coverage(order.since.programme, order.map_id, today=day_then).in_grid
    if not any(cover.tied for cover in then):
        return ""
    covered = sum(cover.covered for cover in then)
    return f"; in {order.since.words} it was {covered} of {len(then)}"


def _moved(board: BoardFacts, _room: Room) -> Iterator[str]:
    since = board.order.since
    words = since.words if since else ""
    told = [how for _, how in board.changed]
    said = [f"{told.count(how)} {how}" for how in _MOVES if how in told]
    if said:
        listed = counted(len(board.programme.actions), "action")
        yield f"Of {listed}, since {words}: {', '.join(said)}."
    else:
        yield f"No action was started, finished or added since {words}."


_MOVES = (
    "finished",
    "stopped",
    "carried forward",
    "started",
    "status changed",
    "progress noted",
    "added",
)


def _actions(board: BoardFacts, _room: Room) -> Iterator[str]:
    listed = counted(len(board.programme.actions), "action")
    counts = action_counts(board, board.programme.actions.values())
    said = ", ".join(
        f"{number} {words}"
        for number, words in zip(counts, _STATES, strict=True)
        if number
    )
    none = "none live or overdue, each with a lead and an update"
    yield f"{listed} listed: {said or none}."


_STATES = ("live", "overdue", "without a named lead", "without an update")


def _map_changes(board: BoardFacts, _room: Room) -> Iterator[str]:
    since = board.order.since
    if since is None:
        return
    earlier = since.programme.system_map(board.order.map_id)
    changes = compare_versions(earlier, board.facts.map, since=since.words)
    if changes.changed:
        said = ", ".join(section.count for section in changes.changed)
        yield f"On the map since {since.words}: {said}."


def _map_was_there(board: BoardFacts) -> bool:
    since = board.order.since
    return since is not None and board.order.map_id in since.programme.maps


PROGRESS = (
    BoardSentence(
        key="workshops",
        premise="A workshop was held by the paper's day, and since the earlier day.",
        holds=lambda board, _: bool(_held(board)),
        says=_workshops,
    ),
    BoardSentence(
        key="events",
        premise="Another event took place by the paper's day, and since the earlier day.",
        holds=lambda board, _: bool(_took_place(board)),
        says=_events,
    ),
    BoardSentence(
        key="map_cover",
        premise="An action is tied to a cause of the map, and causes can be changed here.",
        holds=lambda board, _: bool(board.tied and board.facts.report.rows),
        says=_map_cover,
    ),
    BoardSentence(
        key="working",
        premise="As above.",
        holds=lambda board, _: bool(board.tied and board.facts.report.rows),
        says=_working,
    ),
    BoardSentence(
        key="moved",
        premise="An earlier day was asked for, and actions are listed.",
        holds=lambda board, _: bool(board.order.since and board.programme.actions),
        says=_moved,
    ),
    BoardSentence(
        key="actions",
        premise="An action is listed.",
        holds=lambda board, _: bool(board.programme.actions),
        says=_actions,
    ),
    BoardSentence(
        key="map_changes",
        premise="An earlier day was asked for, and the map stood then.",
        holds=lambda board, _: _map_was_there(board),
        says=_map_changes,
    ),
    BoardSentence(
        key="reported",
        premise="An earlier day was asked for, and an update is dated since.",
        holds=lambda board, _: bool(_updates(board)),
        says=_reported,
    ),
)
