"""The store's protocol and its promises.

1. One change path: every write is `apply`, which writes rows and their log in
   one transaction and returns only after it is synced to disk.
2. A row's version is the revision of the programme at which it was last
   written, so it never goes back, not even when an undo brings the row back.
3. `Change.expected` is a revision at which the writer had read the row: its
   version, or simply the revision of the programme it was read from. A row
   written since then refuses the whole change (`StaleRevision`).
4. References are checked at commit; a change that would leave one dangling is
   refused (`StillNeeded`), and no other change suffers for it.
5. The log is a hash chain; `verify` replays it and compares it with the rows.
6. The same idempotency key counts once and gets the same receipt again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from systemmap.errors import Problem
    from systemmap.model.changes import Change
    from systemmap.model.programme import Programme
    from systemmap.model.seat import Seat

ROLES = ("admin", "facilitator", "editor", "room", "viewer")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change: an organisation, role or table, never a person's name.

    Roles: admin and facilitator may change everything (only admin deletes a
    programme, restores or redacts); editor all but workshops, their tables and
    votes; room may write what the open part of its `seat` allows, and undo
    only what its own device drew; viewer may not write. ``docs/roles.md`` has
    the whole table.
    """

    name: str
    role: str = "facilitator"
    seat: Seat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the store answers once a change is on disk."""

    programme_id: str
    revision: int
    at: datetime
    repeated: bool = False  # the same idempotency key had been applied before
    rows: tuple[RowChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One row as it was and as it became. None = it did not exist."""

    kind: str
    key: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    revision: int = 0


REMOVED_ON_REQUEST = "Removed on request"
"""How the label of a change begins that took words away for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One change in the history, newest facts last."""

    programme_id: str
    revision: int
    at: datetime
    actor: str
    label: str
    workshop_id: str | None = None
    undoes: int | None = None
    undone_by: int | None = None
    row_count: int = 0
    rows: tuple[RowChange, ...] = ()

    @property
    def final(self) -> bool:
        """Whether it took words away on request, which nothing brings back."""
        return self.label.startswith(REMOVED_ON_REQUEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedVersion:
    """A moment of the history that was given a name."""

    name: str
    revision: int
    at: datetime
    note: str = ""


class Watch(Protocol):
    """Is told of every change that was put to the data."""

    def __call__(self, seconds: float, *, saved: bool) -> None:
        """Hear how long a change took, its turn in the queue included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSummary:
    """One line in the list of programmes."""

    id: str
    name: str
    revision: int
    changed_at: datetime
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A programme and the history that leads to it, as plain lines, oldest first."""

    programme: Programme
    log: tuple[Mapping[str, Any], ...]
    head: str  # the chain's last hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer of `verify`: what was checked, and every problem found."""

    programmes: int
    transactions: int
    rows: int
    redacted: int
    head: str  # the chain's last hash, to be printed in reports
    problems: tuple[Problem, ...] = ()


class ProgrammeStore(Protocol):
    """What the app, the command line and the rooms need of a store.

    `warning` says in words why the data lies in a bad place (a network drive,
    a folder copied to the cloud), or is "". A live workshop should not begin
    there.
    """

    warning: str

    def programmes(self) -> list[ProgrammeSummary]:
        """Return every programme, by name."""

    def create(self, programme: Programme, *, actor: Actor, label: str = "") -> Receipt:
        """Store a new programme with all its records as one change.

        Raises DuplicateItem when its id is taken.
        """

    def delete(self, programme_id: str, *, actor: Actor) -> None:
        """Delete a programme with its history (after an automatic backup)."""

    def secret(self) -> bytes:
        """Return what this installation signs with: made once, the same in every process.

        It is in no backup and no file that is handed on, so that whoever gets
        one cannot sign for this installation.
        """

    def revision(self, programme_id: str) -> int:
        """Return the number of the programme's last change."""

    def load(self, programme_id: str, *, as_of: int | None = None) -> Programme:
        """Return a programme as it is, or as it was after a revision.

        Raises ProgrammeNotFound.
        """

    def apply(
        self,
        programme_id: str,
        changes: Sequence[Change],
        *,
        actor: Actor,
        label: str,
        workshop_id: str | None = None,
        key: str | None = None,
    ) -> Receipt:
        """Write rows and their log in one transaction: the only write there is.

        A change that changes nothing writes nothing and returns the present
        revision. Raises StaleRevision, DuplicateItem (expected 0), StillNeeded,
        UnknownItem, NotAllowed, ProgrammeNotFound; nothing is written then.
        """

    def answered(self, programme_id: str, key: str, *, actor: Actor) -> Receipt | None:
        """Return what the change with this idempotency key came to; None = not made yet.

        The key is the actor's: a device that draws can ask about its own only.
        """

    def editing(
        self,
        programme_id: str,
        *,
        actor: Actor,
        label: str,
        workshop_id: str | None = None,
    ) -> AbstractContextManager[Programme]:
        """Give a draft; save its difference if the block ends well.

        Each changed row is expected at the version the draft was loaded with,
        so that two editors of different rows do not disturb each other.
        """

    def undo(
        self,
        programme_id: str,
        revision: int,
        *,
        actor: Actor,
        label: str = "",
        key: str | None = None,
    ) -> Receipt:
        """Undo one change as a new change; redo is the undo of an undo.

        Raises NotAllowed when a room asks for what its device did not draw,
        UndoRefused when a touched row changed since, or when something
        now depends on it. A factor that only stands elsewhere on the drawing
        by now is put back in its words and stays where it was moved to.
        """

    def history(
        self,
        programme_id: str,
        *,
        after: int = 0,
        limit: int | None = None,
        rows: bool = False,
        key: tuple[str, str] | None = None,
    ) -> list[Transaction]:
        """Return the changes after a revision, newest first; `key` = one row's history."""

    def changes_since(self, programme_id: str, revision: int) -> list[RowChange]:
        """Return the rows that differ now, each once, with its latest state.

        Raises StaleRevision when a backup was put back since, or the programme
        was made anew: then only a fresh load tells what is there.
        """

    def diff(self, programme_id: str, one: int, other: int) -> list[RowChange]:
        """Return the rows that differ between two revisions, each once."""

    def name_version(
        self,
        programme_id: str,
        name: str,
        *,
        actor: Actor,
        note: str = "",
        revision: int | None = None,
    ) -> NamedVersion:
        """Give the present (or an earlier) revision a name."""

    def versions(self, programme_id: str) -> list[NamedVersion]:
        """Return the named versions, oldest first."""

    def redact(
        self,
        programme_id: str,
        kind: str,
        key: str,
        fields: Iterable[str],
        *,
        actor: Actor,
        reason: str,
        repeated: bool = True,
    ) -> Receipt:
        """Remove words on request, here and in the whole log; the chain still verifies.

        `repeated` = also wherever else the programme repeats them (a wording
        merged into a factor, a label); False leaves other rows as they are.
        """

    def verify(self, programme_id: str | None = None) -> Verdict:
        """Replay the log, compare it with the rows, and check the hash chain."""

    def backup(self, target: str) -> str:
        """Write a whole, consistent copy while others go on working; return its path."""

    def safeguard(self, reason: str) -> str | None:
        """Keep a copy before something large (an import, a merge); the last 30 stay.

        Returns its path, or None where nothing is kept on disk.
        """

    def restore(self, source: str, *, actor: Actor) -> None:
        """Put a backup in the place of everything (after an automatic backup).

        Raises DamagedStore when the backup does not match its own log; nothing
        is changed then. Numbers go on above those of the replaced data, so that a
        draft, a page or a cache from before is never taken as current.
        """

    def carried(self, programme_id: str) -> Carried:
        """Return a programme with its whole history, to be written into a file."""

    def adopt(
        self,
        programme: Programme,
        log: Iterable[Mapping[str, Any]],
        *,
        actor: Actor,
        label: str = "",
    ) -> Receipt:
        """Take in a programme with the history that `carried` gave, as it was made.

        The history keeps its numbers, its times and its chain; one change is
        added that says it was brought in. Raises DuplicateItem when its id is
        taken, and DamagedStore when the history is not true or does not lead
        to the programme; nothing is written then.
        """

    def subscribe(self, listener: Callable[[Receipt], None]) -> Callable[[], None]:
        """Call `listener` after each commit; return the call that ends it."""

    def close(self) -> None:
        """Finish what was acknowledged and let go of the database."""
