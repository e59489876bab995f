"""Who reports to whom, who speaks for the work, and what took place, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.menu_words import term_name, words_of
from systemmap.language.phrases import (
    as_heading,
    counted,
    joined,
    listed,
    quoted,
    shortened,
)
from systemmap.model.meetings import Board, DecisionTie, Event, EventPoint
from systemmap.model.people import Place, Population, Stakeholder
from systemmap.model.plan import Decision
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.model.programme import Programme

_NUMBER_WIDTH = 9  # so that 10 comes after 9


@dataclass(frozen=True, slots=True)
class ReportingLine:
    """A board or group, how deep it stands below the top, and how it is said."""

    board: Board
    depth: int
    words: str


def reporting_lines(programme: Programme) -> tuple[ReportingLine, ...]:
    """Return boards from the top down, each followed by those that report to it."""
    boards = programme.all(Board)
    below: dict[str, list[Board]] = {}
    for board in boards.values():
        above = board.reports_to if board.reports_to in boards else ""
        below.setdefault(above, []).append(board)

    def walk(above: str, depth: int) -> Iterator[ReportingLine]:
        for board in below.get(above, ()):
            yield ReportingLine(board, depth, _board_words(programme, board))
            yield from walk(board.id, depth + 1)

    return tuple(walk("", 0))


def governance_sentence(programme: Programme) -> str:
    """Say how many boards, events and decisions there are, and who sponsors the work."""
    boards, events = len(programme.all(Board)), len(programme.all(Event))
    if not boards and not events:
        return "No board and no event is listed yet."
    told = f"{counted(boards, 'board or group', 'boards and groups')} and {counted(events, 'event')} listed"
    names = sponsors(programme)
    who = f"; sponsored by {joined(names)}" if names else "; no sponsor is named"
    return f"{told}{who}."


def sponsors(programme: Programme) -> tuple[str, ...]:
    """Return the organisations and roles that speak for the work among senior leaders."""
    return tuple(
        f"{s.title}, {s.organisation}" if s.title else s.organisation
        for s in programme.all(Stakeholder).values()
        if s.role == "sponsor"
    )


def sponsor_words(programme: Programme) -> tuple[str, ...]:
    """Say of each sponsor when they were spoken to, as typed."""
    return tuple(
        f"{s.title + ', ' if s.title else ''}{s.organisation}: "
        + (f"engaged {joined(s.engaged_on)}." if s.engaged_on else "not engaged yet.")
        for s in programme.all(Stakeholder).values()
        if s.role == "sponsor"
    )


def event_words(
    programme: Programme, event: Event, *, brief: bool = False, titled: bool = True
) -> str:
    """Say what took place: its kind, date as typed, board, places, people, products.

    A board that the title names is not named again; `brief` leaves out what the
    event produced and found; without `titled` the title stands above.
    """
    boards = programme.all(Board)
    places, people = programme.all(Place), programme.all(Population)
    facts = [
        term_name(programme, "event_kinds", event.kind) if event.kind else "",
        event.on.raw if event.on else "no date given",
        _board_beside(event.title, boards[event.board_id].name)
        if event.board_id
        else "",
        _after("in", [places[p].name if p in places else p for p in event.places]),
        _after(
            "for", [people[p].name if p in people else p for p in event.populations]
        ),
        _attendance(event),
    ]
    told = ", ".join(filter(None, facts))
    said = f"{event.title} ({told})." if titled else f"{as_heading(told)}."
    if brief:
        return said
    made = f" It produced: {'; '.join(event.outputs)}." if event.outputs else ""
    found = f" Found: {event.findings.rstrip('.')}." if event.findings else ""
    return f"{said}{made}{found}"


def _after(word: str, names: list[str]) -> str:
    return f"{word} {joined(names)}" if names else ""


def _board_beside(title: str, board: str) -> str:
    """Return a board's name beside a title; "" where one says the other."""
    a, b = folded(title), folded(board)
    return "" if a in b or b in a else board


def point_words(programme: Programme, point: EventPoint) -> str:
    """Say one point with who said so, the causes it speaks of and what came of it."""
    factors = programme.system_map().factors
    causes = [factors[key].label for key in point.causes if key in factors]
    titles = [
        programme.actions[key].title
        for key in point.actions
        if key in programme.actions
    ]
    actions = [name for name in titles if not _same_words(name, point.text)]
    told = [
        f"said by {point.said_by:,}" if point.said_by is not None else "",
        f"about {listed(causes)}" if causes else "",
        "an action here" if len(actions) < len(titles) else "",
        f"led to {listed(actions)}" if actions else "",
    ]
    said = "; ".join(filter(None, told))
    return (
        f"{point.text.rstrip('.')} ({said})." if said else f"{point.text.rstrip('.')}."
    )


def _same_words(one: str, other: str) -> bool:
    return folded(one).rstrip(".") == folded(other).rstrip(".")


def points_by_section(
    programme: Programme, event_id: str
) -> dict[str, tuple[EventPoint, ...]]:
    """Return what was said at an event by the words of its section, in menu order."""
    mine = sorted(
        (p for p in programme.all(EventPoint).values() if p.event_id == event_id),
        key=lambda p: p.position,
    )
    words = words_of(programme, "point_sections")
    found: dict[str, tuple[EventPoint, ...]] = {}
    for key in (*words, ""):
        own = tuple(p for p in mine if (p.section if p.section in words else "") == key)
        if own:
            found[words.get(key, "Not sorted")] = own
    return found


def decisions_at(programme: Programme, event_id: str) -> tuple[str, ...]:
    """Say what was decided at an event, in its order, with what each is about."""
    ties = programme.all(DecisionTie).values()
    made = programme.all(Decision)
    found = [made[tie.decision_id] for tie in ties if tie.event_id == event_id]
    return tuple(
        _decision_words(programme, decision)
        for decision in sorted(found, key=lambda d: d.number.rjust(_NUMBER_WIDTH))
    )


def _decision_words(programme: Programme, decision: Decision) -> str:
    number = f"({decision.number.strip('().')}) " if decision.number else ""
    whole = decision.text.startswith("That ")  # as boards resolve; it says its verb
    verb = f"to {decision.verb}" if decision.verb and not whole else ""
    about = _about(programme, decision, most=3)
    told = "; ".join(filter(None, (verb, about)))
    return f"{number}{decision.text.rstrip('.')}{f' ({told})' if told else ''}."


def decision_about(
    programme: Programme, decision: Decision, *, most: int = 3, letters: int = 0
) -> str:
    """Say where a decision was taken and what it is about; "" when nothing is tied.

    An event that has the name of the board that decided is not told again. `most`
    names stand in the list, each of `letters` at most; 0 = in full.
    """
    tie = programme.all(DecisionTie).get(decision.id)
    if tie is None:
        return ""
    events = programme.all(Event)
    event = events[tie.event_id].title if tie.event_id else ""
    if not decision.body or _board_beside(event, decision.body):
        event = f"at {quoted(event)}" if event else ""
    else:
        event = ""
    about = _about(programme, decision, most=most, letters=letters)
    return "; ".join(filter(None, (event, about)))


def _about(
    programme: Programme, decision: Decision, *, most: int, letters: int = 0
) -> str:
    tie = programme.all(DecisionTie).get(decision.id)
    points, actions = programme.all(EventPoint), programme.actions
    about = [points[key].text for key in tie.points if key in points] if tie else []
    about += (
        [actions[key].title for key in tie.actions if key in actions] if tie else []
    )
    if letters:
        about = [shortened(text, letters) for text in about]
    return f"about {listed(about, limit=most)}" if about else ""


def _board_words(programme: Programme, board: Board) -> str:
    boards = programme.all(Board)
    above = boards.get(board.reports_to)
    told = [
        term_name(programme, "board_kinds", board.kind).lower() if board.kind else "",
        f"chaired by {board.chair}" if board.chair else "",
        f"reports to {above.name}" if above else "",
    ]
    short = f" ({board.short})" if board.short else ""
    said = ", ".join(filter(None, told))
    purpose = f" {board.purpose.rstrip('.')}." if board.purpose else ""
    return f"{board.name}{short}{': ' if said else ''}{said}.{purpose}"


def _attendance(event: Event) -> str:
    people = (
        counted(event.attended, "person", "people")
        if event.attended is not None
        else ""
    )
    whence = (
        f"from {counted(event.organisations, 'organisation')}"
        if event.organisations is not None
        else ""
    )
    return " ".join(filter(None, (people, whence)))
