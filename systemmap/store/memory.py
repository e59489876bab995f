"""MemoryStore: the same promises, forgotten at the end. For tests, the demo and scripts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from systemmap.errors import StoreError
from systemmap.model.kinds import KINDS
from systemmap.store.log.images import referred
from systemmap.store.logged import LoggedStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from systemmap.errors import Problem
    from systemmap.store.log.session import (
        Entry,
        Head,
        Header,
        Image,
        Intent,
        Name,
        Redaction,
        Row,
        Session,
    )

T = TypeVar("T")


class MemoryStore(LoggedStore):
    """A store that forgets: every promise but the one about disks."""

    def __init__(self) -> None:
        super().__init__(_MemoryBackend())


@dataclass
class _Shelf:
    """Everything of one programme."""

    head: Head
    rows: dict[str, dict[str, Row]] = field(
        default_factory=lambda: {kind: {} for kind in KINDS}
    )
    headers: dict[int, Header] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    redactions: list[Redaction] = field(default_factory=list)
    names: dict[str, Name] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)

    def copy(self) -> _Shelf:
        return _Shelf(
            self.head,
            {kind: dict(rows) for kind, rows in self.rows.items()},
            dict(self.headers),
            list(self.entries),
            list(self.redactions),
            dict(self.names),
            dict(self.keys),
        )


class _MemoryBackend:
    def __init__(self) -> None:
        self._shelves: dict[str, _Shelf] = {}
        self._retired: dict[str, int] = {}
        self._secret: list[str] = []
        self._lock = RLock()

    def read(self, work: Callable[[Session], T]) -> T:
        with self._lock:
            return work(_MemorySession(self._shelves, self._retired, self._secret))

    def write(self, programme_id: str, work: Callable[[Session], T]) -> T:
        with self._lock:
            shelves, retired = dict(self._shelves), dict(self._retired)
            if programme_id in shelves:
                shelves[programme_id] = shelves[programme_id].copy()
            result = work(_MemorySession(shelves, retired, self._secret))
            self._shelves, self._retired = shelves, retired
            return result

    def listen(self, heard: Callable[[str, int], None]) -> None:
        """No other process can reach this memory."""

    def damage(self) -> Iterator[Problem]:
        return iter(())

    def copy_to(self, target: str) -> str:
        msg = f"Nothing was written to {target}: this store keeps nothing on disk. Export the programme instead."
        raise StoreError(msg)

    def safeguard(self, reason: str) -> str | None:
        return None

    def restore(self, source: str, intent: Intent) -> None:
        msg = f"{source} was not restored: this store keeps nothing on disk. Open the backup as a database instead."
        raise StoreError(msg)

    def close(self) -> None:
        """Nothing to let go of."""


class _MemorySession:
    def __init__(
        self, shelves: dict[str, _Shelf], retired: dict[str, int], secret: list[str]
    ) -> None:
        self._shelves = shelves
        self._retired = retired
        self._secret = secret

    def heads(self) -> dict[str, Head]:
        return {name: shelf.head for name, shelf in self._shelves.items()}

    def head(self, programme_id: str) -> Head | None:
        shelf = self._shelves.get(programme_id)
        return shelf.head if shelf else None

    def put_head(self, programme_id: str, head: Head) -> None:
        if programme_id in self._shelves:
            self._shelves[programme_id].head = head
        else:
            self._shelves[programme_id] = _Shelf(head)

    def secret(self) -> str | None:
        return self._secret[0] if self._secret else None

    def keep_secret(self, secret: str) -> None:
        self._secret[:] = [secret]

    def retired(self, programme_id: str) -> int:
        return self._retired.get(programme_id, 0)

    def counts(self) -> dict[str, dict[str, int]]:
        return {
            name: {kind: len(rows) for kind, rows in shelf.rows.items() if rows}
            for name, shelf in self._shelves.items()
        }

    def row(self, programme_id: str, kind: str, key: str) -> Row | None:
        return self._shelves[programme_id].rows[kind].get(key)

    def rows(self, programme_id: str, kind: str) -> Iterable[tuple[str, Row]]:
        return list(self._shelves[programme_id].rows[kind].items())

    def write_row(
        self,
        programme_id: str,
        kind: str,
        key: str,
        *,
        was: Row | None,
        row: Row | None,
    ) -> None:
        rows = self._shelves[programme_id].rows[kind]
        if row is None:
            del rows[key]
        else:
            rows[key] = row

    def users(self, programme_id: str, kind: str, key: str) -> list[tuple[str, str]]:
        found = [
            (user.name, user_key)
            for user in KINDS.values()
            if any(reference.kind == kind for reference in user.references)
            for user_key, row in self._shelves[programme_id].rows[user.name].items()
            if (kind, key) in referred(user.name, row.data)
        ]
        return found[:4]

    def log(
        self,
        programme_id: str,
        header: Header,
        entries: Iterable[Entry],
        redactions: Iterable[Redaction],
    ) -> None:
        shelf = self._shelves[programme_id]
        shelf.headers[header.revision] = header
        shelf.entries.extend(entries)
        shelf.redactions.extend(redactions)
        if header.key is not None:
            shelf.keys[header.key] = header.revision

    def headers(
        self, programme_id: str, *, after: int = 0, upto: int | None = None
    ) -> list[Header]:
        found = self._shelves[programme_id].headers
        last = self._shelves[programme_id].head.revision if upto is None else upto
        return [h for n, h in found.items() if after < n <= last]

    def header_of_key(self, programme_id: str, key: str) -> Header | None:
        shelf = self._shelves[programme_id]
        return shelf.headers[shelf.keys[key]] if key in shelf.keys else None

    def entries(
        self,
        programme_id: str,
        *,
        after: int = 0,
        upto: int | None = None,
        row: tuple[str, str] | None = None,
    ) -> list[Entry]:
        shelf = self._shelves[programme_id]
        last = shelf.head.revision if upto is None else upto
        return [
            e
            for e in shelf.entries
            if after < e.revision <= last and row in (None, (e.kind, e.key))
        ]

    def rewrite_entry(self, programme_id: str, entry: Entry) -> None:
        self._shelves[programme_id].entries[entry.seq - 1] = entry

    def rewrite_label(self, programme_id: str, revision: int, label: Image) -> None:
        headers = self._shelves[programme_id].headers
        headers[revision] = replace(headers[revision], label=label)

    def redactions(self, programme_id: str) -> list[Redaction]:
        return list(self._shelves[programme_id].redactions)

    def names(self, programme_id: str) -> list[Name]:
        return list(self._shelves[programme_id].names.values())

    def put_name(self, programme_id: str, name: Name) -> None:
        self._shelves[programme_id].names[name.name] = name

    def forget(self, programme_id: str, head: Head) -> None:
        del self._shelves[programme_id]
        self._retired[programme_id] = head.revision
