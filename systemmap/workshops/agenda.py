"""The agenda while it runs: which step, how long is left, pause and go on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.values import AgendaItem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from systemmap.model.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Running:
    """The step now running.

    `seconds_left` is below zero when the step runs over; a step without a
    length (0 minutes) has None.
    """

    step: int
    item: AgendaItem
    seconds_left: int | None
    paused: bool


def running(workshop: Workshop, moment: datetime) -> Running | None:
    """Return the step that runs at a moment; None before the first and without an agenda."""
    if not 0 <= workshop.step < len(workshop.agenda) or not workshop.step_started:
        return None
    item = workshop.agenda[workshop.step]
    gone = (workshop.paused_at or moment) - workshop.step_started
    left = round(item.minutes * 60 - gone.total_seconds()) if item.minutes else None
    return Running(workshop.step, item, left, workshop.paused_at is not None)


def begin_step(workshop: Workshop, step: int, moment: datetime) -> Workshop:
    """Start a step of the agenda; the parts that belong to it open, others close.

    Raises
    ------
    InvalidValue
        The agenda has no such step.
    """
    if not 0 <= step < len(workshop.agenda):
        msg = f"The agenda has {len(workshop.agenda)} steps; there is no step {step + 1}. Choose one of them."
        raise InvalidValue(msg)
    parts = workshop.agenda[step].parts
    return replace(
        workshop,
        step=step,
        step_started=moment,
        paused_at=None,
        rooms=parts or workshop.rooms,
        screen=_SCREENS.get(parts[0] if parts else "", "agenda"),
        extra={
            **workshop.extra,
            _BEGAN: {**_began(workshop), str(step): moment.isoformat()},
        },
    )


def pause(workshop: Workshop, moment: datetime) -> Workshop:
    """Stop the clock of the running step."""
    return workshop if workshop.paused_at else replace(workshop, paused_at=moment)


def go_on(workshop: Workshop, moment: datetime) -> Workshop:
    """Start the clock again; the pause does not count."""
    if workshop.paused_at is None or workshop.step_started is None:
        return workshop
    shifted = workshop.step_started + (moment - workshop.paused_at)
    return replace(workshop, step_started=shifted, paused_at=None)


def add_minutes(workshop: Workshop, minutes: int) -> Workshop:
    """Give the running step more (or fewer) minutes; never fewer than one."""
    items = list(workshop.agenda)
    item = items[workshop.step]
    items[workshop.step] = replace(item, minutes=max(1, item.minutes + minutes))
    return replace(workshop, agenda=tuple(items))


def timetable(workshop: Workshop, moment: datetime) -> list[datetime | None]:
    """Return when each step began or is to begin, by the clock; None = nobody can say.

    What is still to come follows from the step that runs, and is put off by
    one that runs over. Before the first step it follows from the time the day
    is to begin at.

    Parameters
    ----------
    moment : datetime
        The present moment; the times are in its time zone.
    """
    began = {int(step): at for step, at in _began(workshop).items()}
    found: list[datetime | None] = []
    clock = _first_start(workshop, moment)
    for step, item in enumerate(workshop.agenda):
        if step <= workshop.step:
            at = datetime.fromisoformat(began[step]) if step in began else None
            found.append(at.astimezone(moment.tzinfo) if at else None)
        else:
            found.append(clock)
        if step == workshop.step and workshop.step_started:
            gone = (workshop.paused_at or moment) - workshop.step_started
            whole = timedelta(minutes=item.minutes)
            clock = moment + max(whole - gone, timedelta())
        elif step > workshop.step and clock is not None:
            clock += timedelta(minutes=item.minutes)
    return found


def planned_start(workshop: Workshop) -> time | None:
    """Return the time of day at which the first step is to begin; None = not said."""
    said = str(workshop.extra.get(_BEGINS, ""))
    return time.fromisoformat(said) if said else None


def plan_start(workshop: Workshop, begin: time | None) -> Workshop:
    """Say at what time of day the first step is to begin; None = leave it open."""
    extra = {name: value for name, value in workshop.extra.items() if name != _BEGINS}
    said = {_BEGINS: f"{begin:%H:%M}"} if begin else {}
    return replace(workshop, extra={**extra, **said})


def _first_start(workshop: Workshop, moment: datetime) -> datetime | None:
    begin = planned_start(workshop)
    if begin is None or workshop.step >= 0:
        return None
    return moment.replace(hour=begin.hour, minute=begin.minute, second=0, microsecond=0)


def _began(workshop: Workshop) -> Mapping[str, str]:
    said = workshop.extra.get(_BEGAN)
    return {str(k): str(v) for k, v in said.items()} if isinstance(said, dict) else {}


def agenda_lines(agenda: Sequence[AgendaItem]) -> str:
    """Return an agenda as lines that people can edit: minutes | title | part.

    Examples
    --------
    >>> from systemmap.model.values import AgendaItem
    >>> agenda_lines([AgendaItem(title="Causes", minutes=15, room="capture")])
    '15 | Causes | capture'
    """
    return "\n".join(
        " | ".join(filter(None, (str(item.minutes), item.title, item.room)))
        for item in agenda
    )


def agenda_from(
    lines: str, before: Sequence[AgendaItem] = (), *, parts: Collection[str]
) -> tuple[AgendaItem, ...]:
    """Read an agenda that people edited; what a step says stays with its title.

    Parameters
    ----------
    lines : str
        One step on each line: minutes | title | part, the part may be left out,
        and there may be several with spaces between.
    before : sequence of AgendaItem
        The agenda as it was: a step of the same title keeps its text.
    parts : collection of str
        The parts that a step may open on phones.

    Raises
    ------
    InvalidValue
        A line cannot be read; it is named, and nothing is changed.
    """
    texts = {item.title: item.text for item in before}
    found = []
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("|")]
        minutes, title, room = (*cells, "", "")[:3]
        if not minutes.isdecimal() or len(minutes) > 3 or not title or len(cells) > 3:
            msg = f"Line {number}: “{line.strip()[:60]}” is no step. Write minutes | title, for example 15 | Welcome."
            raise InvalidValue(msg)
        room = " ".join(room.replace(",", " ").split())
        odd = next((part for part in room.split() if part not in parts), "")
        if odd:
            msg = f"Line {number}: phones have no part “{odd[:30]}”. Use one of: {', '.join(parts)}; or leave it out."
            raise InvalidValue(msg)
        text = texts.get(title, "")
        found.append(
            AgendaItem(title=title, minutes=int(minutes), text=text, room=room)
        )
    if not found:
        raise InvalidValue("The agenda needs at least one step.")
    return tuple(found)


def starts(agenda: Sequence[AgendaItem], begin: time) -> list[str]:
    """Return when each step starts, as ``HH:MM``, if the first begins at `begin`.

    Examples
    --------
    >>> from systemmap.model.values import AgendaItem
    >>> steps = [AgendaItem(title="Welcome", minutes=10), AgendaItem(title="Causes", minutes=15)]
    >>> starts(steps, time(10, 0))
    ['10:00', '10:10']
    """
    clock = datetime(2000, 1, 1, begin.hour, begin.minute)  # noqa: DTZ001 - a time of day
    found = []
    for item in agenda:
        found.append(f"{clock:%H:%M}")
        clock += timedelta(minutes=item.minutes)
    return found


_BEGINS, _BEGAN = "begins", "began"  # what a workshop's `extra` holds of its clock
_SCREENS = {
    "capture": "wall",
    "links": "links",
    "draw": "map",
    "vote": "vote",
    "proposals": "proposals",
}
