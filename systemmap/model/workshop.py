"""What happens in the room: workshops, tables, raw words, link statements, votes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from systemmap.errors import InvalidValue
from systemmap.model.text import check_id
from systemmap.model.values import AgendaItem, Polarity


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """An event where people map or plan together.

    `join_words` is the three-word code, and is live only while `open` is True.
    `step` is the agenda item now running (counted from 0; -1 = not begun).
    `purge_on` is the retention date for raw notes.
    """

    id: str
    title: str
    type: str = "mapping"  # vocabulary workshop_types
    on: date | None = None
    mode: str = ""
    place: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    prompts: tuple[str, ...] = ()
    attendance: int | None = None
    organisations: tuple[str, ...] = ()
    join_words: str = ""
    open: bool = False
    rooms: tuple[str, ...] = ("capture",)  # which rooms are open now
    step: int = -1
    step_started: datetime | None = None
    paused_at: datetime | None = None
    screen: str = "welcome"  # what the presenter shows
    focus: str = ""  # the factor, theme or loop on screen in workshop 2
    moderated: bool = True
    purge_on: date | None = None
    note: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_id(self.id, "Workshop")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopTable:
    """A group sitting together in a workshop, with a map of its own."""

    id: str
    workshop_id: str
    name: str
    map_id: str | None = None
    position: int = 0

    def __post_init__(self) -> None:
        check_id(self.id, "Table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What a table wrote, verbatim. `text` is never edited, only redacted.

    `held` notes wait for the facilitator (they may name a person). `theme`
    and `factor_id` are where the note was put; the words stay as they were.
    """

    id: str
    workshop_id: str
    table_id: str | None = None
    text: str
    kind: str = "cause"  # cause, asset, action, insight, question
    at: datetime
    special: bool = False  # "special to this place"
    held: bool = False
    held_reason: str = ""
    theme: str = ""
    map_id: str | None = None
    factor_id: str | None = None
    sector: str = ""
    source: str = "phone"  # phone, paper, paste, import
    participant: str = ""  # hash of a random token; only to show "my notes"

    def __post_init__(self) -> None:
        check_id(self.id, "Contribution")
        if not self.text.strip():
            raise InvalidValue("The note is empty. Write a few words, then send it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePicture:
    """A note cut out of a photo of a wall or a sheet: raw, like what a table wrote.

    `picture` is a JPEG in base 64 and is never edited, only redacted; `note_id` is
    what somebody typed from it. `photo` tells photos apart, `position` is the order
    of reading, `colour` the group; the box is in shares of the photo.
    """

    id: str
    workshop_id: str
    table_id: str | None = None
    note_id: str | None = None
    photo: str = ""
    position: int = 0
    colour: str = ""
    picture: str
    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0
    at: datetime

    def __post_init__(self) -> None:
        check_id(self.id, "Picture")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStatement:
    """A table's sentence "more … leads to more / less …", verbatim at both ends."""

    id: str
    workshop_id: str
    table_id: str | None = None
    source_raw: str
    target_raw: str
    polarity: Polarity = Polarity.UNKNOWN
    reason: str = ""
    at: datetime
    map_id: str | None = None
    source: str | None = None
    target: str | None = None
    participant: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, "Statement")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteRound:
    """One question put to the room, hidden until it is closed."""

    id: str
    workshop_id: str
    question: str
    about: str = "factors"  # factors, links, themes, proposals
    options: tuple[str, ...] = ()
    dots: int = 5
    state: str = "draft"  # draft, open, closed
    opened_at: datetime | None = None
    closed_at: datetime | None = None

    def __post_init__(self) -> None:
        check_id(self.id, "Round")

    def places(self, voter: str) -> tuple[str, ...]:
        """Return the ids that one voter's dots may have, as many as there are dots each."""
        texts = (f"{self.id}\x1f{voter}\x1f{place}" for place in range(self.dots))
        digests = (hashlib.sha256(text.encode()).hexdigest() for text in texts)
        return tuple(f"v-{digest[:20]}" for digest in digests)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One dot. The voter is a hash of a random token, never a person."""

    id: str
    round_id: str
    choice: str
    voter: str
    at: datetime

    def __post_init__(self) -> None:
        check_id(self.id, "Vote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A new action proposed in the room, before it enters the register."""

    id: str
    workshop_id: str
    table_id: str | None = None
    subject: str  # what it is about: "factor:stress", "theme:schools", "loop:a,b,c"
    title: str
    owner: str = ""
    partners: str = ""
    action_scale: str = ""
    benefits: str = ""
    reason: str = ""
    at: datetime
    action_id: str | None = None
    participant: str = ""
    due_raw: str = ""  # by when, as it was typed

    def __post_init__(self) -> None:
        check_id(self.id, "Proposal")
