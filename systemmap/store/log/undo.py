"""Undo: put the rows of one change back as they were, as a new change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import StillNeeded, UndoRefused
from systemmap.store.log.apply import head_of, record, repeated
from systemmap.store.log.images import data_of
from systemmap.store.log.redact import STUB
from systemmap.store.log.replay import is_redaction, known_revision
from systemmap.store.log.roles import may_undo
from systemmap.store.log.write_checks import Write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.store.log.apply import Outcome
    from systemmap.store.log.session import Entry, Intent, Session


_GONE = "Words removed on request cannot be brought back."
_NO_ROWS = "This change cannot be undone: it changed no single thing. When it put a backup back, restore the copy that was kept just before it."


def undo_change(
    session: Session, programme_id: str, revision: int, intent: Intent
) -> Outcome:
    """Put every row of a change back, or refuse and leave everything as it is."""
    head = head_of(session, programme_id)
    if before := repeated(session, programme_id, intent.key):
        return before
    known_revision(session, programme_id, revision)
    (header,) = session.headers(programme_id, after=revision - 1, upto=revision)
    may_undo(intent.actor, header)
    entries = session.entries(programme_id, after=revision - 1, upto=revision)
    if not entries:
        raise UndoRefused(_NO_ROWS)
    writes = [_swapped(session, programme_id, entry) for entry in reversed(entries)]
    try:
        return record(session, programme_id, head, writes, intent)
    except StillNeeded as error:
        raise UndoRefused(str(error)) from None


def _swapped(session: Session, programme_id: str, entry: Entry) -> Write:
    if is_redaction(entry):
        raise UndoRefused(_GONE)
    was = session.row(programme_id, entry.kind, entry.key)
    if (was.data if was else None) != data_of(entry.kind, entry.after):
        raise UndoRefused(_changed_since(session, programme_id, entry))
    if entry.kind == "programme" and entry.before.text is None:
        raise UndoRefused(
            "The first change made the programme and cannot be undone. Delete it from the list of programmes."
        )
    before = data_of(entry.kind, entry.before)
    if before and was and any(_stub_alone(before, was.data, name) for name in before):
        raise UndoRefused(_GONE)
    return Write(kind=entry.kind, key=entry.key, was=was, data=before)


def _stub_alone(
    before: Mapping[str, object], now: Mapping[str, object], name: str
) -> bool:
    """Say whether a field held only the mark of removed words, and holds words now."""
    return before[name] == STUB and now.get(name) != STUB


def _changed_since(session: Session, programme_id: str, entry: Entry) -> str:
    later = session.entries(programme_id, row=(entry.kind, entry.key))[-1]
    (header,) = session.headers(
        programme_id, after=later.revision - 1, upto=later.revision
    )
    if header.undoes == entry.revision:
        return f"This has already been undone, by {header.actor}. To bring it back, undo that change (number {header.revision})."
    return f"This has been changed since, by {header.actor} ('{entry.key}', change number {header.revision}). Undo that first, or edit it by hand."
