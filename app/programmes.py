"""Programmes as they stand, kept in memory and carried along by each commit.

Drawing reads the whole map for every act. Reading it from disk each time would
hold up the writer (a reader's lock delays a commit), so one copy per programme
follows the store's own announcements.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from systemmap.errors import SystemMapError
from systemmap.model.kinds import KINDS
from systemmap.model.rows import record_from

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore, Receipt, RowChange

R = TypeVar("R")

MOST_EARLY = 100
MOST_ROWS = 400  # a larger change (an import) is read from disk once instead


class Present:
    """The present state of the programmes somebody draws on."""

    def __init__(self, store: ProgrammeStore) -> None:
        self.store = store
        self._held: dict[str, Programme] = {}
        self._heard: dict[str, int] = {}  # the last revision anybody told of
        self._lock = Lock()

    def load(self, programme_id: str) -> Programme:
        """Return a copy of a programme as it is now.

        Raises
        ------
        ProgrammeNotFound
            There is no programme of that name.
        """
        with self._lock:
            held = self._held.get(programme_id)
            if held is not None:
                return held.copy()
        read = self.store.load(programme_id)
        with self._lock:
            newer = self._held.get(programme_id)
            if newer is None or newer.revision < read.revision:
                self._held[programme_id] = read.copy()
        return read

    def find(self, programme_id: str, record_type: type[R], key: str) -> R | None:
        """Return one record of a programme as it is now, or None; copies nothing.

        Unlike a loaded copy it never lags behind a commit that was told of:
        who may stay hangs on it.

        Raises
        ------
        ProgrammeNotFound
            There is no programme of that name.
        """
        with self._lock:
            held = self._held.get(programme_id)
            heard = self._heard.get(programme_id, 0)
            if held is not None and held.revision >= heard:
                return held.all(record_type).get(key)
        return self.store.load(programme_id).all(record_type).get(key)

    def heard(self, receipt: Receipt) -> None:
        """Remember that a commit was told of, in whatever order."""
        with self._lock:
            last = self._heard.get(receipt.programme_id, 0)
            self._heard[receipt.programme_id] = max(last, receipt.revision)

    def forget(self, programme_id: str) -> None:
        """Drop the copy; the next reader reads from disk."""
        with self._lock:
            self._held.pop(programme_id, None)

    def committed(self, receipt: Receipt) -> None:
        """Carry the copy along; a copy that missed something is read anew."""
        with self._lock:
            held = self._held.get(receipt.programme_id)
            if held is None or receipt.revision <= held.revision:
                return
            followed = receipt.revision == held.revision + 1
            if not (
                followed
                and len(receipt.rows) <= MOST_ROWS
                and _taken(held, receipt.rows)
            ):
                del self._held[receipt.programme_id]
                return
            held.revision = receipt.revision


class InOrder:
    """Puts commits into the order of their revisions.

    The store announces a change in the thread that made it, so two that were
    made together may arrive the other way round.
    """

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._early: dict[str, dict[int, Receipt]] = {}

    def begin(self, programme_id: str, revision: int) -> None:
        """Start to follow a programme that is at a revision."""
        self._last.setdefault(programme_id, revision)

    def restart(self, programme_id: str, revision: int) -> None:
        """Begin again from a revision, which may be an earlier one (a backup restored)."""
        self._last[programme_id] = revision
        self._early.pop(programme_id, None)

    def take(self, receipt: Receipt) -> list[Receipt]:
        """Return what can be passed on now, oldest first; the rest is held back."""
        programme_id = receipt.programme_id
        if receipt.revision <= self._last.get(programme_id, receipt.revision):
            return []  # told before, or nobody follows this programme
        early = self._early.setdefault(programme_id, {})
        early[receipt.revision] = receipt
        if len(early) > MOST_EARLY:  # one will never come: those who listen fetch anew
            self._last[programme_id] = min(early) - 1
        ready = []
        while (found := early.pop(self._last[programme_id] + 1, None)) is not None:
            ready.append(found)
            self._last[programme_id] = found.revision
        return ready


def _taken(held: Programme, rows: tuple[RowChange, ...]) -> bool:
    """Put a commit's rows into the copy; False when it must be read again."""
    try:
        for row in rows:
            if row.after is None:
                held.remove(KINDS[row.kind].record, row.key)
            else:
                held.put(record_from(row.kind, row.after))
    except SystemMapError:
        return False
    return True
