"""Where a programme stands: one sentence that says what matters, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.coverage.cover import Rung
from systemmap.language.phrases import counted
from systemmap.model.deadlines import last_day
from systemmap.model.meetings import Event
from systemmap.model.plan import Phase
from systemmap.model.response import ActionFactor
from systemmap.model.values import StatusGroup

if TYPE_CHECKING:
    from datetime import date

    from systemmap.gaps import FactorRow, GapReport
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action

_DONE = ("complete", "stopped", "carried_forward")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One date ahead: when, as typed, and of which action, phase or event."""

    record: Action | Phase | Event
    when: str
    what: str
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What matters now, in numbers with their denominators and in words.

    Attributes
    ----------
    causes : int
        Factors of the gap grid: those that can be changed here, or that
        nobody has sorted yet.
    unlisted : tuple[FactorRow, ...]
        Those without a listed action, the most important first.
    matter_most : tuple[FactorRow, ...]
        Those among them that matter most here; empty while importance is not set.
    overdue : tuple[Action, ...]
        Actions whose last possible due day has passed and that are not finished.
    of_the_map : str
        What the map shows, in a sentence; empty when there is nothing yet.
    sentence : str
        All of it, to be read aloud.
    """

    causes: int
    unlisted: tuple[FactorRow, ...]
    matter_most: tuple[FactorRow, ...]
    overdue: tuple[Action, ...]
    of_the_map: str
    sentence: str


def summary_of(programme: Programme, report: GapReport) -> Summary:
    """Say where a programme stands on the day of a gap report."""
    unlisted = tuple(r for r in report.rows if r.cover.rung is Rung.NOTHING_LISTED)
    matter_most = tuple(row for row in unlisted if row.importance == "high")
    late = overdue(programme, report.run_on)
    of_the_map = _map_sentence(programme, report, unlisted, matter_most)
    return Summary(
        causes=len(report.rows),
        unlisted=unlisted,
        matter_most=matter_most,
        overdue=late,
        of_the_map=of_the_map,
        sentence=" ".join(filter(None, (of_the_map, _late(late)))),
    )


def overdue(programme: Programme, today: date) -> tuple[Action, ...]:
    """Return the actions that are past their date, longest ago first."""
    late = [a for a in programme.actions.values() if is_past(a, today)]
    return tuple(sorted(late, key=lambda a: (last_day(a.due) or today, a.id)))


def coming_up(programme: Programme, today: date) -> tuple[Coming, ...]:
    """Return the dates ahead of phases, actions and events, soonest first, as typed.

    What is done is not coming up, also where it stays in force; milestones are events.
    """
    named: list[tuple[str, Action | Phase]] = [
        *((f"Phase {p.number}, {p.name}", p) for p in programme.all(Phase).values()),
        *((a.title, a) for a in programme.actions.values()),
    ]
    found = [
        Coming(record=record, when=record.due.raw, what=what, last=last)
        for what, record in named
        if record.due is not None and not is_done(record)
        for last in [last_day(record.due)]
        if last is not None and last >= today
    ]
    found += [
        Coming(record=event, when=event.on.raw, what=event.title, last=last)
        for event in programme.all(Event).values()
        if event.on is not None
        for last in [last_day(event.on)]
        if last is not None and last >= today
    ]
    return tuple(sorted(found, key=lambda c: (c.last, c.what)))


def is_done(record: Action | Phase) -> bool:
    """Say whether nothing is left to do: complete, stopped or carried forward."""
    return record.status in _DONE


def _map_sentence(
    programme: Programme,
    report: GapReport,
    unlisted: tuple[FactorRow, ...],
    matter_most: tuple[FactorRow, ...],
) -> str:
    actions = counted(len(programme.actions), "action")
    if not report.coverage.factors:
        return (
            f"{actions} in the plan, and no map to set them against yet."
            if programme.actions
            else ""
        )
    if not programme.actions:
        return f"{_in_question(report)}, and no action listed yet."
    if not unlisted:
        return f"Each of the {counted(len(report.rows), 'cause')} that can be changed here has an action listed."
    verb = "has" if len(unlisted) == 1 else "have"
    most = f"; {len(matter_most)} of them matter most here" if matter_most else ""
    return f"{len(unlisted)} of {counted(len(report.rows), 'cause')} {verb} no action listed{most}."


def _in_question(report: GapReport) -> str:
    """Count what the grid counts, so that the number stays when a plan comes in."""
    rows = len(report.rows)
    if not rows:
        return f"{counted(len(report.coverage.factors), 'cause')} on the map"
    return f"{counted(rows, 'cause')} to act on"


def _late(late: tuple[Action, ...]) -> str:
    if not late:
        return ""
    verb = "is" if len(late) == 1 else "are"
    return f"{counted(len(late), 'action')} {verb} overdue."


def latest_phases(programme: Programme) -> list[Phase]:
    """Return each phase once, in the order of the plan; one run again with its latest cycle."""
    latest: dict[tuple[str | None, int], Phase] = {}
    for phase in programme.all(Phase).values():
        key = phase.workstream_id, phase.number
        if key not in latest or phase.cycle >= latest[key].cycle:
            latest[key] = phase
    return sorted(latest.values(), key=lambda p: (p.position, p.number, p.id))


def phases_sentence(programme: Programme, today: date | None = None) -> str:
    """Say which phase needs attention first: red, then amber, then how far things are.

    With a day, phases whose date has passed and that are not done are counted.
    """
    phases = latest_phases(programme)
    for rating in ("red", "amber"):
        for phase in phases:
            if phase.rating == rating:
                reason = phase.rating_reason.rstrip(".") or "No reason was given"
                return f"Phase {phase.number} is {rating}. {reason}."
    if not phases:
        return "No phase has been planned yet."
    done = sum(phase.status == "complete" for phase in phases)
    open_ended = sum(phase.status == "not_planned" for phase in phases)
    tail = f"; {open_ended} not planned yet" if open_ended else ""
    if late := _past_their_date(programme, today):
        tail += f"; {late} past {'its' if late == 1 else 'their'} date"
    return f"{done} of {counted(len(phases), 'phase')} complete{tail}."


def is_past(record: Action | Phase, today: date) -> bool:
    """Say whether something is not done and the last day of its date has gone by.

    "March" has passed once March is over; "onwards" never passes; a date that
    could not be read has not passed.
    """
    end = last_day(record.due)
    return not is_done(record) and end is not None and end < today


def _past_their_date(programme: Programme, today: date | None) -> int:
    phases = latest_phases(programme)
    return sum(today is not None and is_past(phase, today) for phase in phases)


def register_sentence(programme: Programme, today: date) -> str:
    """Say how many actions are listed, how many are live, and how many are overdue."""
    actions = list(programme.actions.values())
    if not actions:
        return "No action is listed yet."
    live = sum(action.group is StatusGroup.LIVE for action in actions)
    tied = {tie.action_id for tie in programme.all(ActionFactor).values()}
    loose = sum(action.id not in tied for action in actions)
    parts = [f"{counted(len(actions), 'action')} listed, {live} of them live"]
    if late := len(overdue(programme, today)):
        parts.append(f"{late} overdue")
    if loose and programme.system_map().factors:
        parts.append(f"{loose} not tied to a cause")
    return "; ".join(parts) + "."
