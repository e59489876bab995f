"""Programmes as they stand, kept in memory and carried along by each commit.

Drawing reads the whole map for every act. Reading it from disk each time would
hold up the writer (a reader's lock delays a commit), so one copy per programme
follows the store's own announcements.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from systemmap.errors import SystemMapError
from systemmap.model.kinds import KINDS
from systemmap.model.rows import record_from

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore, Receipt, RowChange

MOST_ROWS = 400  # a larger change (an import) is read from disk once instead


class Present:
    """The present state of the programmes somebody draws on."""

    def __init__(self, store: ProgrammeStore) -> None:
        self.store = store
        self._held: dict[str, Programme] = {}
        self._lock = Lock()
        store.subscribe(self._committed)

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

    def _committed(self, receipt: Receipt) -> None:
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
