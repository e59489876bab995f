"""The last programmes opened, brought up to date by the log rather than read anew."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from systemmap.model.kinds import KINDS
from systemmap.model.rows import record_from
from systemmap.store.log.apply import head_of
from systemmap.store.log.replay import folded, present

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.store.log.session import Head, Session
    from systemmap.store.protocol import RowChange

KEPT = 16  # programmes
_WORTHWHILE = 60  # changed rows; above that a fresh read is quicker


class Snapshots:
    """Copies of the programmes last opened. Thread-safe; never handed out themselves."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Head, Programme]] = {}
        self._lock = Lock()

    def load(self, session: Session, programme_id: str) -> Programme:
        """Return a programme as it is, as a copy of the caller's own."""
        head = head_of(session, programme_id)
        with self._lock:
            known = self._kept.get(programme_id)
        if known is not None and known[0].hash == head.hash:
            return known[1].copy()
        if known is not None and _leads_on(session, programme_id, known[0]):
            programme = _caught_up(session, known[1], head.revision)
        else:
            programme = present(session, programme_id)
        self._keep(head, programme)
        return programme.copy()

    def forget(self, programme_id: str) -> None:
        """Drop one programme: words were removed, or it was deleted."""
        with self._lock:
            self._kept.pop(programme_id, None)

    def clear(self) -> None:
        """Drop everything: another database is in its place."""
        with self._lock:
            self._kept.clear()

    def _keep(self, head: Head, programme: Programme) -> None:
        with self._lock:
            self._kept.pop(programme.id, None)
            self._kept[programme.id] = (head, programme)
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]


def _leads_on(session: Session, programme_id: str, known: Head) -> bool:
    """Say whether the log still holds what we know; not so after a restore."""
    found = session.headers(programme_id, after=known.revision - 1, upto=known.revision)
    return [header.hash for header in found] == [known.hash]


def _caught_up(session: Session, known: Programme, revision: int) -> Programme:
    changes = folded(session.entries(known.id, after=known.revision))
    if len(changes) > _WORTHWHILE:
        return present(session, known.id)
    fresh = known.copy()
    order = list(KINDS)
    changes.sort(key=lambda change: order.index(change.kind))
    _put_and_remove(fresh, changes)
    fresh.revision = revision
    return fresh


def _put_and_remove(programme: Programme, changes: list[RowChange]) -> None:
    """Put new rows first and remove last, so that references always lead somewhere."""
    for change in changes:
        if change.after is not None:
            programme.put(record_from(change.kind, change.after))
    for change in reversed(changes):
        if change.after is None:
            programme.remove(KINDS[change.kind].record, change.key)
