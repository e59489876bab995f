"""What the shared logic asks of a database: one open transaction, and who opens it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from systemmap.model.values import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from systemmap.errors import Problem
    from systemmap.store.protocol import Actor

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """Who changes what, why and when: the words of a change without its rows."""

    actor: Actor
    label: str
    at: str = field(default_factory=lambda: now().isoformat())
    workshop_id: str | None = None
    key: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One stored record: its plain data, its version, and its place in the order."""

    data: Mapping[str, Any]
    version: int  # the revision that last wrote it
    added: int  # the log line that added it; rows come back in this order


@dataclass(frozen=True, slots=True)
class Image:
    """Words in the log under a salted digest.

    `text` None and `digest` None: there was nothing. `salt` None beside a
    digest: the words were removed on request and `text` is what stands there.
    """

    text: str | None = None
    salt: str | None = None
    digest: str | None = None

    @property
    def redacted(self) -> bool:
        """Whether the words were removed on request."""
        return self.digest is not None and self.salt is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the change log: one row before and after."""

    seq: int
    revision: int
    kind: str
    key: str
    before: Image
    after: Image


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What is known of one change as a whole; `hash` chains it to the one before."""

    revision: int
    at: str
    actor: str
    role: str
    label: Image
    workshop_id: str | None = None
    undoes: int | None = None
    key: str | None = None
    row_count: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Redaction:
    """Where words were removed: the digest of what stands there now.

    `side` is before or after (`place` is the log line) or label (`place` is
    the revision).
    """

    revision: int
    place: int
    side: str
    digest: str


@dataclass(frozen=True, slots=True)
class Name:
    """A named version as stored, under a digest of all its words."""

    name: str
    revision: int
    at: str
    actor: str
    note: str
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a programme's log ends."""

    revision: int
    seq: int
    hash: str
    changed_at: str


class Session(Protocol):
    """One open transaction. Reads see what it has written; nothing is kept if it fails."""

    def heads(self) -> dict[str, Head]:
        """Return where every programme's log ends."""

    def head(self, programme_id: str) -> Head | None:
        """Return where one programme's log ends; None = no such programme."""

    def put_head(self, programme_id: str, head: Head) -> None:
        """Write where a programme's log ends."""

    def secret(self) -> str | None:
        """Return the installation's secret; None = none was made yet."""

    def keep_secret(self, secret: str) -> None:
        """Make this the installation's secret, in the place of any other."""

    def retired(self, programme_id: str) -> int:
        """Return the last revision of an earlier life of this programme, or 0.

        A life ends when the programme is deleted or a backup is put in its place.
        """

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the number of rows by programme and kind, without the zeros."""

    def row(self, programme_id: str, kind: str, key: str) -> Row | None:
        """Return one row."""

    def rows(self, programme_id: str, kind: str) -> Iterable[tuple[str, Row]]:
        """Return a kind's rows in the order in which they were added."""

    def write_row(
        self,
        programme_id: str,
        kind: str,
        key: str,
        *,
        was: Row | None,
        row: Row | None,
    ) -> None:
        """Insert, update or delete one row."""

    def users(self, programme_id: str, kind: str, key: str) -> list[tuple[str, str]]:
        """Return up to four (kind, key) of the rows that refer to this one."""

    def log(
        self,
        programme_id: str,
        header: Header,
        entries: Iterable[Entry],
        redactions: Iterable[Redaction],
    ) -> None:
        """Append one change to the log."""

    def headers(
        self, programme_id: str, *, after: int = 0, upto: int | None = None
    ) -> list[Header]:
        """Return changes, oldest first, with `after` < revision <= `upto`."""

    def header_of_key(self, programme_id: str, key: str) -> Header | None:
        """Return the change that an idempotency key stands for."""

    def entries(
        self,
        programme_id: str,
        *,
        after: int = 0,
        upto: int | None = None,
        row: tuple[str, str] | None = None,
    ) -> list[Entry]:
        """Return log lines in order, with `after` < revision <= `upto`."""

    def rewrite_entry(self, programme_id: str, entry: Entry) -> None:
        """Put redacted images in the place of a log line's own."""

    def rewrite_label(self, programme_id: str, revision: int, label: Image) -> None:
        """Put a redacted label in the place of a change's own."""

    def redactions(self, programme_id: str) -> list[Redaction]:
        """Return every place where words were removed, oldest first."""

    def names(self, programme_id: str) -> list[Name]:
        """Return the named versions in the order in which they were given."""

    def put_name(self, programme_id: str, name: Name) -> None:
        """Add a named version, or replace the one of that name."""

    def forget(self, programme_id: str, head: Head) -> None:
        """Remove everything of a programme but its id and last revision."""


class Backend(Protocol):
    """A place that keeps programmes: memory, a file, a server."""

    def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` on one unchanging view."""

    def write(self, programme_id: str, work: Callable[[Session], T]) -> T:
        """Run `work` as one transaction and return once it is on disk.

        `work` may be run again, so it must do nothing but use its session.
        """

    def listen(self, heard: Callable[[str, int], None]) -> None:
        """Tell of commits made by other processes: programme id and revision."""

    def damage(self) -> Iterator[Problem]:
        """Yield what the database itself finds wrong with its storage."""

    def copy_to(self, target: str) -> str:
        """Write a whole copy to a new file; return its path."""

    def safeguard(self, reason: str) -> str | None:
        """Keep a copy beside the data; None where there is nothing to copy."""

    def restore(self, source: str, intent: Intent) -> None:
        """Put the contents of a copy in the place of the present ones, and say so in the log."""

    def close(self) -> None:
        """Finish what was acknowledged and let go."""
