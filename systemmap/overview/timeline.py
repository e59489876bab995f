"""Phases and actions as bars in time, with events and decisions as milestones."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from systemmap.language.menu_words import term_name
from systemmap.language.phrases import counted, day
from systemmap.language.progress_words import progress_words
from systemmap.model.deadlines import last_day
from systemmap.model.meetings import Event
from systemmap.model.plan import Decision, Phase, Review
from systemmap.model.workshop import Workshop
from systemmap.overview.summary import is_done, is_past

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.model.programme import Programme
    from systemmap.model.response import Action
    from systemmap.model.values import Due

_ENDLESS = ("onwards", "from")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeBar:
    """One phase or action in time.

    Attributes
    ----------
    first, last : date
        The days between which it is drawn: from its start, or from the first
        day its date could mean where no start is known, to the last.
    start_known : bool
        Whether a start was given; else only the date itself is drawn.
    open_ended : bool
        Whether its date names no end ("April 23 onwards").
    when, progress : str
        The date as typed, and the progress in words; "" = none was given.
    """

    kind: str
    name: str
    first: date
    last: date
    start_known: bool
    open_ended: bool
    when: str
    progress: str
    state: str  # done, late or ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """Something on a day, or in the days its date could mean."""

    kind: str
    name: str
    on: date
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What can be drawn in time, in order of its last day, and how much cannot."""

    today: date
    bars: tuple[TimeBar, ...]
    milestones: tuple[Milestone, ...]
    undated: tuple[str, ...]
    undated_events: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[TimeBar | Milestone, ...]:
        """Phases, then milestones, then actions: what a board asks for comes first."""
        phases = tuple(bar for bar in self.bars if bar.kind == "Phase")
        return (*phases, *self.milestones, *self.bars[len(phases) :])

    @property
    def sentence(self) -> str:
        """The finding, with what has no date."""
        whole = len(self.bars) + len(self.undated)
        if not whole and not self.milestones:
            return "Nothing has a date yet."
        late = sum(bar.state == "late" for bar in self.bars)
        said = [
            f"{len(self.bars)} of {counted(whole, 'phase or action', 'phases and actions')} have a date that was read"
        ]
        if late:
            said.append(f"{late} past {'its' if late == 1 else 'their'} date")
        if self.milestones:
            said.append(counted(len(self.milestones), "milestone"))
        return "; ".join(said) + "."

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day to draw, whole months, today among them."""
        days = [self.today]
        days += [d for bar in self.bars for d in (bar.first, bar.last)]
        days += [milestone.on for milestone in self.milestones]
        low, high = min(days), max(days)
        last = calendar.monthrange(high.year, high.month)[1]
        return low.replace(day=1), high.replace(day=last)


def timeline_of(programme: Programme, today: date) -> Timeline:
    """Return a programme in time; a date that could not be read is listed, not drawn."""
    bars, undated = [], []
    for kind, name, record in _records(programme):
        bar = _bar(kind, name, record, today)
        if bar is None:
            undated.append(name)
        else:
            bars.append(bar)
    bars.sort(key=lambda bar: (bar.kind != "Phase", bar.last, bar.name))
    milestones = sorted(_milestones(programme), key=lambda each: (each.on, each.name))
    return Timeline(
        today=today,
        bars=tuple(bars),
        milestones=tuple(milestones),
        undated=tuple(undated),
        undated_events=tuple(
            event.title
            for event in programme.all(Event).values()
            if _event_day(event) is None
        ),
    )


def first_day(due: Due | None) -> date | None:
    """Return the first day a date could mean; None when no date could be read.

    Examples
    --------
    >>> from systemmap.model.due import read_due
    >>> first_day(read_due("April 23 onwards"))
    datetime.date(2023, 4, 1)
    """
    text = due.start if due else None
    if not text:
        return None
    year, month, on = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, on)


def _records(programme: Programme) -> Iterator[tuple[str, str, Action | Phase]]:
    for phase in programme.all(Phase).values():
        again = f", cycle {phase.cycle}" if phase.cycle > 1 else ""
        yield "Phase", f"{phase.number} {phase.name}{again}", phase
    for action in programme.actions.values():
        yield "Action", action.title, action


def _bar(kind: str, name: str, record: Action | Phase, today: date) -> TimeBar | None:
    due = record.due
    start = None if isinstance(record, Phase) else record.start
    first, last = start or first_day(due), last_day(due)
    endless = due is not None and due.qualifier in _ENDLESS
    if first is None or (last is None and not endless):
        return None
    last = last or max(first, today)
    done = is_done(record)
    late = not done and is_past(record, today)
    return TimeBar(
        kind=kind,
        name=name,
        first=min(first, last),
        last=last,
        start_known=start is not None,
        open_ended=endless,
        when=due.raw if due else "",
        progress=progress_words(record),
        state="done" if done else "late" if late else "ahead",
    )


def _event_day(event: Event) -> date | None:
    """Return the day on which an event is drawn: its last, or the first where it goes on."""
    return last_day(event.on) or first_day(event.on)


def _milestones(programme: Programme) -> Iterator[Milestone]:
    for event in programme.all(Event).values():
        if on := _event_day(event):
            when = event.on.raw if event.on else ""
            kind = term_name(programme, "event_kinds", event.kind) or "Event"
            yield Milestone(kind=kind, name=event.title, on=on, when=when)
    for held in programme.all(Workshop).values():
        if held.on:
            yield Milestone(
                kind="Workshop", name=held.title, on=held.on, when=day(held.on)
            )
    for made in programme.all(Decision).values():
        if made.on:
            yield Milestone(
                kind="Decision", name=made.text, on=made.on, when=day(made.on)
            )
    for review in programme.all(Review).values():
        name = review.title or "Review"
        yield Milestone(kind="Review", name=name, on=review.on, when=day(review.on))
