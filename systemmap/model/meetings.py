"""Who decides and where it was said: boards and groups, events, what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from systemmap.errors import InvalidValue
from systemmap.model.text import check_id
from systemmap.model.values import Due


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A board, a partnership or a group that decides, oversees or does the work.

    `reports_to` is the id of another board, or "" where nobody is named. Roles
    stand in `chair`, never the name of a person.
    """

    id: str
    name: str
    short: str = ""  # what minutes call it: HWB, PLT
    kind: str = ""  # vocabulary board_kinds
    reports_to: str = ""
    chair: str = ""
    purpose: str = ""
    note: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Board")
        if not self.name.strip():
            raise InvalidValue(
                "Name the board or group, for example 'Healthy Places Group'."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A meeting, a session, an engagement, an assessment: when, where, with how many.

    Attributes
    ----------
    on : Due | None
        The date as typed, with what could be read from it. None = not given.
    attended, organisations : int | None
        Counts, never names. None = not counted, which is not zero.
    places, populations, frameworks : tuple[str, ...]
        Ids of places and populations, keys of the vocabulary ``frameworks``.
    outputs : tuple[str, ...]
        What it produced: a paper, a list of priorities.
    """

    id: str
    title: str
    kind: str = ""  # vocabulary event_kinds
    on: Due | None = None
    board_id: str | None = None
    workstream_id: str | None = None
    workshop_id: str | None = None
    places: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    attended: int | None = None
    organisations: int | None = None
    outputs: tuple[str, ...] = ()
    findings: str = ""
    note: str = ""
    position: int = 0
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Event")
        if not self.title.strip():
            raise InvalidValue(
                "Say what took place, for example 'Board development session'."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPoint:
    """One thing said or agreed at an event, word for word, and what became of it.

    Attributes
    ----------
    section : str
        A key of the vocabulary ``point_sections``: message, progress, insight,
        recommendation, next_step …; a point can be sorted anew at any time.
    said_by : int | None
        How many people said so. None = not counted.
    actions : tuple[str, ...]
        Ids of actions that came from it, or that it reports on.
    causes : tuple[str, ...]
        Ids of factors of the main map that it speaks of.
    """

    id: str
    event_id: str
    text: str
    section: str = ""
    position: int = 0
    said_by: int | None = None
    actions: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    note: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Point")
        if not self.text.strip():
            raise InvalidValue("The point is empty. Write what was said.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTie:
    """Where a decision was taken and what it is about: one for each decision."""

    decision_id: str
    event_id: str | None = None
    actions: tuple[str, ...] = ()
    points: tuple[str, ...] = ()  # ids of next steps and recommendations
    note: str = ""
