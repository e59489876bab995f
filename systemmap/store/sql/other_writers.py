"""What other programs write to the same SQLite file, heard while an app runs.

SQLite sends no word of a commit, so once a second the revisions are looked at.
Those made here are known and passed over.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

EVERY = 1.0
"""Seconds between two looks."""
_AWAY = (DBAPIError, PoolTimeout)
_REVISIONS = text("SELECT programme_id, revision FROM programme_head")


class OtherWriters:
    """Watches the revisions in one file.

    Parameters
    ----------
    reading : Engine
        Where to read.
    heard : callable
        Called with a programme and a revision that was made elsewhere.
    """

    def __init__(self, reading: Engine, heard: Callable[[str, int], None]) -> None:
        self._reading = reading
        self._heard = heard
        self._ours: set[tuple[str, int]] = set()
        self._lock = Lock()
        self._stop = Event()
        self._seen: dict[str, int] = {}
        with suppress(*_AWAY):  # locked just now: what is there first is not news
            self._seen = self._revisions()
        self._thread = Thread(target=self._watch, name="systemmap-watch", daemon=True)
        self._thread.start()

    def ours(self, programme_id: str, revision: int) -> None:
        """Know a change as our own, before it is committed."""
        with self._lock:
            self._ours.add((programme_id, revision))

    def not_ours(self, programme_id: str, revision: int) -> None:
        """Take that back: the change was not committed."""
        with self._lock:
            self._ours.discard((programme_id, revision))

    @contextmanager
    def passed_over(self) -> Iterator[None]:
        """Tell nothing of what a block changes: a backup put back is told otherwise."""
        with self._lock:
            yield
            self._seen = self._revisions()

    def look(self) -> None:
        """Tell of what was made elsewhere since the last look."""
        with self._lock:
            now = self._revisions()
            made = [
                (name, revision)
                for name, latest in now.items()
                for revision in range(self._seen.get(name, latest) + 1, latest + 1)
            ]
            elsewhere = [one for one in made if one not in self._ours]
            self._ours = {o for o in self._ours if o[1] > now.get(o[0], 0)}
            self._seen = now
        for name, revision in elsewhere:
            self._heard(name, revision)

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(EVERY):
            try:
                self.look()
            except _AWAY:
                continue  # locked just now: the next look sees it

    def _revisions(self) -> dict[str, int]:
        with self._reading.connect() as connection:
            rows = connection.execute(_REVISIONS)
            return {row.programme_id: row.revision for row in rows}
