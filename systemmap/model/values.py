"""Small values that several records share: words the code branches on, due dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum


class Polarity(StrEnum):
    """The direction of a link. Unknown is a value of its own, never "+"."""

    SAME = "+"
    OPPOSITE = "-"
    UNKNOWN = "?"


class Strength(StrEnum):
    """How strongly a link works, as a group rated it."""

    UNRATED = "unrated"
    WEAK = "weak"
    MEDIUM = "medium"
    STRONG = "strong"


class Confidence(StrEnum):
    """How far the group agrees that the link stands as drawn."""

    STATED = "stated"
    AGREED = "agreed"
    DISPUTED = "disputed"


class Influence(StrEnum):
    """Who could change a factor, as far as the team knows."""

    LOCAL = "local"
    SHARED = "shared"
    NATIONAL = "national"
    NOT_MODIFIABLE = "not_modifiable"
    UNKNOWN = "unknown"


class MapKind(StrEnum):
    """What a system map is for."""

    MAIN = "main"
    WORKSHOP_TABLE = "workshop_table"
    FROZEN = "frozen"
    REFERENCE = "reference"


class StatusGroup(StrEnum):
    """What an action's status means for coverage."""

    UNKNOWN = "unknown"
    IDEA = "idea"
    PLANNED = "planned"
    LIVE = "live"
    STALLED = "stalled"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A due date as typed, with what could be read from it.

    Attributes
    ----------
    raw : str
        The words as typed; never edited.
    start, end : str | None
        ISO dates cut to what is known: "2023-04" for a month, "2023-04-01"
        for a day. None when nothing could be read.
    precision : str
        day, month, quarter, season, range, financial_year, year, or "" (none).
    qualifier : str
        A key of the vocabulary ``due_qualifiers`` (meeting, onwards, by …), or "".
    guessed : bool
        Whether the reading rests on an assumption a person should confirm.
    """

    raw: str = ""
    start: str | None = None
    end: str | None = None
    precision: str = ""
    qualifier: str = ""
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What people said before it was merged into a factor: their words, who, how often."""

    text: str
    table: str = ""
    workshop: str = ""
    count: int = 1
    contribution_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One table's statement of a link: what it said, and how often."""

    polarity: Polarity
    table: str = ""
    workshop: str = ""
    count: int = 1
    reason: str = ""
    source_raw: str = ""
    target_raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One step of a workshop, with its length in minutes."""

    title: str
    minutes: int
    text: str = ""
    room: str = ""  # what opens with this step: capture, links, vote …, or several

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the room that open with this step."""
        return tuple(self.room.split())


def now() -> datetime:
    """Return the present moment in UTC, to the millisecond."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
