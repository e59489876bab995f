"""The agenda while it runs: which step, how long is left, pause and go on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.model.values import AgendaItem
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
    """Start a step of the agenda; the room that belongs to it opens, others close.

    Raises
    ------
    InvalidValue
        The agenda has no such step.
    """
    if not 0 <= step < len(workshop.agenda):
        msg = f"The agenda has {len(workshop.agenda)} steps; there is no step {step + 1}. Choose one of them."
        raise InvalidValue(msg)
    room = workshop.agenda[step].room
    return replace(
        workshop,
        step=step,
        step_started=moment,
        paused_at=None,
        rooms=(room,) if room else workshop.rooms,
        screen=_SCREENS.get(room, "agenda"),
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


_SCREENS = {
    "capture": "wall",
    "links": "links",
    "draw": "links",
    "vote": "vote",
    "proposals": "proposals",
}
