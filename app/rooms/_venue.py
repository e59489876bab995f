"""What the rooms know without asking the disk: the open workshops and what was said.

Each programme's room records are read once and then follow the store's
commits, so that a hundred phones cost no database reads. Nothing is changed
here: rooms write through `store.apply` like everybody else.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, TypeVar, cast

from app.server.dot_addresses import DotAddresses
from app.server.guesses import Guesses
from systemmap.errors import ProgrammeNotFound, StaleRevision, StoreError
from systemmap.model.elements import Factor, Link
from systemmap.model.kinds import KIND_OF
from systemmap.model.rows import record_from
from systemmap.model.workshop import (
    Contribution,
    LinkStatement,
    Proposal,
    Vote,
    VoteRound,
    Workshop,
    WorkshopTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.kinds import Record
    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore, Receipt, RowChange

R = TypeVar("R")

LOG = logging.getLogger(__name__)
ASK_EVERY = 1.0
"""Seconds between two questions to the store whether somebody else wrote."""

_FOLLOWED = tuple(
    KIND_OF[record].name
    for record in (
        Workshop, WorkshopTable, Contribution, LinkStatement,
        VoteRound, Vote, Proposal, Factor, Link,
    )
)  # fmt: skip


class Hall:
    """One programme's workshops as they stand, by kind and key, with two indexes."""

    def __init__(self, programme_id: str, store: ProgrammeStore) -> None:
        self.programme_id = programme_id
        self.name = ""
        self._store = store
        self._lock = RLock()
        self._reading = Lock()  # the store is never read while `_lock` is held
        self._behind = self._lost = False  # not all read; read wrongly
        self._asked = time.monotonic()
        self._early: dict[int, tuple[RowChange, ...]] = {}
        self.revision = -1
        self._rows: dict[str, dict[str, Record]] = {}
        self._notes_at: defaultdict[tuple[str, str], dict[str, Contribution]]
        self._votes_in: defaultdict[str, dict[str, Vote]]
        self._load()

    def all(self, record_type: type[R]) -> dict[str, R]:
        """Return the records of one type by key, in the order they came."""
        with self._lock:
            return cast("dict[str, R]", dict(self._rows[KIND_OF[record_type].name]))

    def find(self, record_type: type[R], key: str) -> R | None:
        """Return one record, or None."""
        found = self._rows[KIND_OF[record_type].name].get(key)
        return cast("R | None", found)

    def tables(self, workshop_id: str) -> list[WorkshopTable]:
        """Return a workshop's tables in their order."""
        found = [
            t for t in self.all(WorkshopTable).values() if t.workshop_id == workshop_id
        ]
        return sorted(found, key=lambda table: (table.position, table.name))

    def notes_at(self, workshop_id: str, table_id: str) -> list[Contribution]:
        """Return the notes of one table, oldest first; "" = of no table."""
        with self._lock:
            return list(self._notes_at.get((workshop_id, table_id), {}).values())

    def votes_in(self, round_id: str) -> list[Vote]:
        """Return the dots of one round, oldest first."""
        with self._lock:
            return list(self._votes_in.get(round_id, {}).values())

    def factors(self, map_id: str = "main") -> list[Factor]:
        """Return a map's factors by name."""
        found = (f for f in self.all(Factor).values() if f.map_id == map_id)
        return sorted(found, key=lambda factor: factor.label.casefold())

    def follow(self, receipt: Receipt) -> None:
        """Take in one commit; those that come out of order wait for the ones between."""
        with self._lock:
            if receipt.revision <= self.revision:
                return
            if not receipt.rows:
                self._behind = True
            self._early[receipt.revision] = receipt.rows
            while self.revision + 1 in self._early:
                try:
                    self._take(self._early[self.revision + 1])
                except Exception:  # the commits behind it must still be heard
                    LOG.exception("A commit could not be taken in")
                    self._lost = True
                del self._early[self.revision + 1]
                self.revision += 1

    def catch_up(self) -> None:
        """Read what other commits changed, if any came by unread.

        Once a second the store is asked, too: another program may have written.
        """
        if time.monotonic() - self._asked > ASK_EVERY:
            self._asked = time.monotonic()
            self._behind |= self._store.revision(self.programme_id) > self.revision
        if not (self._behind or self._early or self._lost):
            return
        with self._reading:
            with self._lock:
                since, self._behind = self.revision, False
            latest = self._store.revision(self.programme_id)
            try:
                rows = self._store.changes_since(self.programme_id, since)
            except StaleRevision:  # a backup was put back: nothing read is true still
                self._lost = True
            if self._lost:
                with self._lock:
                    self._load()
                    self._early.clear()
                    self._lost = False
                return
            with self._lock:
                self._take(rows)
                self.revision = max(self.revision, latest)
                for revision in [n for n in self._early if n <= self.revision]:
                    del self._early[revision]

    def check(self) -> None:
        """Compare with the store, for commits nobody told us of."""
        if self._store.revision(self.programme_id) != self.revision:
            self._behind = True
        self.catch_up()

    def _load(self) -> None:
        programme = self._store.load(self.programme_id)
        self._rows = {name: {} for name in _FOLLOWED}
        self._notes_at, self._votes_in = defaultdict(dict), defaultdict(dict)
        self.name = programme.info.name
        for kind, record in programme.records():
            if kind.name in self._rows:
                self._put(kind.name, kind.key_of(record), record)
        self.revision = programme.revision

    def _take(self, rows: Iterable[RowChange]) -> None:
        for row in rows:
            if row.kind in self._rows:
                after = row.after
                record = None if after is None else record_from(row.kind, after)
                self._put(row.kind, row.key, record)

    def _put(self, kind: str, key: str, record: Record | None) -> None:
        if record is None:
            record = self._rows[kind].pop(key, None)
            if index := self._index_of(record):
                index.pop(key, None)
            return
        self._rows[kind][key] = record
        if (index := self._index_of(record)) is not None:
            index[key] = record

    def _index_of(self, record: Record | None) -> dict[str, Any] | None:
        if isinstance(record, Contribution):
            return self._notes_at[record.workshop_id, record.table_id or ""]
        if isinstance(record, Vote):
            return self._votes_in[record.round_id]
        return None


class Venue:
    """All halls of one store, the secret that signs passes, and who guesses words.

    Parameters
    ----------
    store : ProgrammeStore
        Where everything is kept.
    secret : bytes
        What signs passes and tickets.
    laptop : bool
        Whether whoever sits at this computer is the facilitator. On a server
        every visitor may look like this computer, so there it is False.
    guesses : Guesses, optional
        Where wrong join words are counted.
    dots : DotAddresses, optional
        Where it is remembered which phones voted from one address.
    """

    def __init__(
        self,
        store: ProgrammeStore,
        secret: bytes,
        *,
        laptop: bool = True,
        guesses: Guesses | None = None,
        dots: DotAddresses | None = None,
    ) -> None:
        self.store = store
        self.secret = secret
        self.laptop = laptop
        self._loaded: dict[str, Programme] = {}
        self.guesses = guesses or Guesses()
        self.dots = dots or DotAddresses()
        self._halls: dict[str, Hall] = {}
        self._lock = Lock()
        self._leave = store.subscribe(self._follow)

    def hall(self, programme_id: str) -> Hall | None:
        """Return one programme's hall, up to date; None when there is no such programme."""
        try:
            hall = self._halls.get(programme_id) or self._opened(programme_id)
            hall.catch_up()
        except ProgrammeNotFound:  # deleted since, or never there
            self._halls.pop(programme_id, None)
            return None
        except StoreError:  # as it was last read; whoever writes is told
            if programme_id not in self._halls:
                raise
            return self._halls[programme_id]
        return hall

    def _opened(self, programme_id: str) -> Hall:
        with self._lock:
            if programme_id not in self._halls:
                self._halls[programme_id] = Hall(programme_id, self.store)
            hall = self._halls[programme_id]
        hall.check()  # what was committed between reading and following
        return hall

    def programme(self, programme_id: str) -> Programme:
        """Return a whole programme, read again only when it has changed."""
        revision = self.store.revision(programme_id)
        programme = self._loaded.get(programme_id)
        if programme is None or programme.revision != revision:
            programme = self._loaded[programme_id] = self.store.load(programme_id)
        return programme

    def meeting(self, words: str) -> tuple[Hall, Workshop] | None:
        """Find the open workshop with these join words."""
        return self._meeting(words, list(self._halls)) or self._meeting(
            words, self._all_ids()
        )

    def _meeting(
        self, words: str, programme_ids: list[str]
    ) -> tuple[Hall, Workshop] | None:
        for programme_id in programme_ids:
            hall = self.hall(programme_id)
            for workshop in hall.all(Workshop).values() if hall else ():
                if hall and workshop.open and words and workshop.join_words == words:
                    return hall, workshop
        return None

    def _all_ids(self) -> list[str]:
        """Return the programmes that hold workshops, each hall compared with the store."""
        found = []
        for summary in self.store.programmes():
            if summary.counts and not summary.counts.get("workshop"):
                continue
            hall = self._halls.get(summary.id)
            if hall and hall.revision != summary.revision:
                hall.check()
            found.append(summary.id)
        return found

    def _follow(self, receipt: Receipt) -> None:
        hall = self._halls.get(receipt.programme_id)
        if hall:
            hall.follow(receipt)

    def close(self) -> None:
        """Stop following the store."""
        self._leave()
