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

_PLACE = ("x", "y")  # of a factor on the drawing: whoever tidies it up changes no more
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
    swapped = [_swapped(session, programme_id, entry) for entry in reversed(entries)]
    writes = [write for write in swapped if write is not None]
    if not writes:  # it only moved what was moved on since
        raise UndoRefused(_changed_since(session, programme_id, entries[0]))
    try:
        return record(session, programme_id, head, writes, intent)
    except StillNeeded as error:
        raise UndoRefused(str(error)) from None


def _swapped(session: Session, programme_id: str, entry: Entry) -> Write | None:
    """Return what puts one row back; None = it stands elsewhere by now, and stays there."""
    if is_redaction(entry):
        raise UndoRefused(_GONE)
    was = session.row(programme_id, entry.kind, entry.key)
    now, after = was.data if was else None, data_of(entry.kind, entry.after)
    moved = now != after and _only_moved(entry.kind, now, after)
    if now != after and not moved:
        raise UndoRefused(_changed_since(session, programme_id, entry))
    if entry.kind == "programme" and entry.before.text is None:
        raise UndoRefused(
            "The first change made the programme and cannot be undone. Delete it from the list of programmes."
        )
    before = data_of(entry.kind, entry.before)
    if before and was and any(_stub_alone(before, was.data, name) for name in before):
        raise UndoRefused(_GONE)
    if moved and before and now:
        before = {**before, **{name: now[name] for name in _PLACE}}
        if before == now:
            return None
    return Write(kind=entry.kind, key=entry.key, was=was, data=before)


def _only_moved(
    kind: str, now: Mapping[str, object] | None, after: Mapping[str, object] | None
) -> bool:
    """Say whether a row is as a change left it but for its place on the drawing."""
    if kind != "factor" or not now or not after:
        return False
    return all(now[name] == after[name] for name in now if name not in _PLACE)


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
