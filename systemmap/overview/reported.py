"""What was reported since a day: dated updates, also from before anything was logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from systemmap.editing.governance import events_in_order
from systemmap.model.deadlines import last_day
from systemmap.model.meetings import Event, EventPoint
from systemmap.model.plan import Phase, PhaseUpdate
from systemmap.model.progress import read_progress
from systemmap.model.response import Update

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedLine:
    """One thing that was reported: about what, when, in which words.

    `on` None = no date was given. `status` and `rating` are what the words
    begin with, as a plan's progress cell is read; "" = they do not say.
    """

    about: str
    key: str  # action:id, phase:id or event:id
    on: date | None
    when: str
    text: str
    kind: str = ""
    status: str = ""
    rating: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """Lines since a day, the latest first, and how many have no date."""

    lines: tuple[ReportedLine, ...]
    undated: int


def reported_since(
    programme: Programme, since: date | None, until: date | None = None
) -> Reported:
    """Return what was reported between two days, both included.

    The days are those of the updates themselves, so that it also answers for
    a time before this programme was kept here.

    Parameters
    ----------
    since, until : date | None
        None = from the beginning; until the latest.
    """
    every = list(_lines(programme))
    low, high = since or date.min, until or date.max
    dated = [line for line in every if line.on and low <= line.on <= high]
    dated.sort(key=lambda line: line.on or date.min, reverse=True)
    return Reported(lines=tuple(dated), undated=sum(line.on is None for line in every))


def took_place(
    programme: Programme, since: date | None, until: date | None = None
) -> list[Event]:
    """Return the events between two days, the latest first; one counts by its last day.

    An event without a date that can be read is in no span of days.
    """
    low, high = since or date.min, until or date.max
    dated = [(last_day(event.on), event) for event in events_in_order(programme)]
    return [event for on, event in dated if on and low <= on <= high]


def history_of(programme: Programme, key: str) -> tuple[ReportedLine, ...]:
    """Return all that was reported about one action or phase, the latest first.

    Lines without a date come last, in the order in which they were added.
    """
    mine = [line for line in _lines(programme) if line.key == key]
    return tuple(sorted(mine, key=lambda line: line.on or date.min, reverse=True))


def _lines(programme: Programme) -> Iterator[ReportedLine]:
    told = set()
    for update in programme.all(Update).values():
        action = programme.actions[update.action_id]
        told.add(update.text)
        yield _line(f"action:{action.id}", action.title, update.on, update)
    for made in programme.all(PhaseUpdate).values():
        phase = programme.find(Phase, made.phase_id)
        yield _line(
            f"phase:{phase.id}", f"Phase {phase.number}, {phase.name}", made.on, made
        )
    events = programme.all(Event)
    for point in programme.all(EventPoint).values():
        if point.section == "progress" and point.text not in told:
            event = events[point.event_id]
            yield ReportedLine(
                about=event.title,
                key=f"event:{event.id}",
                on=last_day(event.on),
                when=event.on.raw if event.on else "",
                text=point.text,
            )


def _line(
    key: str, about: str, on: date | None, update: Update | PhaseUpdate
) -> ReportedLine:
    read = read_progress(update.text)
    return ReportedLine(
        about=about,
        key=key,
        on=on,
        when="",
        text=update.text,
        kind=update.kind,
        status=read.status,
        rating=read.rating,
    )
