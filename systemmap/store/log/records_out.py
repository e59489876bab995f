"""What the log and the heads say, told as the records of the store's protocol."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from systemmap.store.log.apply import head_of
from systemmap.store.log.replay import row_change
from systemmap.store.protocol import (
    NamedVersion,
    Receipt,
    RowChange,
    Transaction,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.store.log.apply import Outcome
    from systemmap.store.log.session import Header, Name, Session


def receipt_of(programme_id: str, outcome: Outcome) -> Receipt:
    """Return what is answered once a change is on disk."""
    return Receipt(
        programme_id=programme_id,
        revision=outcome.revision,
        at=datetime.fromisoformat(outcome.at),
        repeated=outcome.repeated,
        rows=tuple(row_change(entry) for entry in outcome.entries),
    )


def receipts_of(session: Session, programme_id: str, revision: int) -> list[Receipt]:
    """Return what another process is told of one revision that is on disk."""
    found = history(session, programme_id, after=revision - 1, rows=True, upto=revision)
    return [
        Receipt(programme_id=programme_id, revision=t.revision, at=t.at, rows=t.rows)
        for t in found
    ]


def undo_label(session: Session, programme_id: str, revision: int) -> str:
    """Return what an undo is called when nobody names it; that of an undo is a redo."""
    head_of(session, programme_id)
    found = session.headers(programme_id, after=revision - 1, upto=revision)
    words = found[0].label.text if found else None
    if not words:
        return "Undo"
    for said, turned in (("Undo: ", "Redo: "), ("Redo: ", "Undo: ")):
        if words.startswith(said):
            return turned + words.removeprefix(said)
    return f"Undo: {words}"


def history(
    session: Session,
    programme_id: str,
    *,
    after: int = 0,
    upto: int | None = None,
    limit: int | None = None,
    rows: bool = False,
    key: tuple[str, str] | None = None,
) -> list[Transaction]:
    """Return changes, newest first; `key` = those that touched one row."""
    headers = _headers(
        session, programme_id, after, upto, limit if key is None else None
    )
    undone_by = {h.undoes: h.revision for h in headers if h.undoes is not None}
    lines: dict[int, list[RowChange]] = {}
    if key is not None:
        lines = {
            e.revision: [] for e in session.entries(programme_id, after=after, row=key)
        }
        headers = [header for header in headers if header.revision in lines]
    headers = headers[::-1][:limit]
    if rows and headers:
        first, last = headers[-1].revision, headers[0].revision
        lines = {}
        for entry in session.entries(programme_id, after=first - 1, upto=last, row=key):
            change = row_change(entry)
            lines.setdefault(entry.revision, []).append(change)
    return [
        _transaction(
            programme_id, h, undone_by.get(h.revision), lines.get(h.revision, ())
        )
        for h in headers
    ]


def _transaction(
    programme_id: str,
    header: Header,
    undone_by: int | None,
    rows: Iterable[RowChange],
) -> Transaction:
    return Transaction(
        programme_id=programme_id,
        revision=header.revision,
        at=datetime.fromisoformat(header.at),
        actor=header.actor,
        label=header.label.text or "",
        workshop_id=header.workshop_id,
        undoes=header.undoes,
        undone_by=undone_by,
        row_count=header.row_count,
        rows=tuple(rows),
    )


def _headers(
    session: Session, programme_id: str, after: int, upto: int | None, limit: int | None
) -> list[Header]:
    """Return changes, oldest first; with a limit no more than a few too many."""
    head = head_of(session, programme_id)
    if limit is not None:  # numbers nearly never have gaps: try the last ones first
        near = max(after, (upto or head.revision) - limit)
        found = session.headers(programme_id, after=near, upto=upto)
        if near == after or len(found) >= limit:
            return found
    return session.headers(programme_id, after=after, upto=upto)


def named_version(name: Name) -> NamedVersion:
    """Return a named version as people are told of it."""
    return NamedVersion(
        name=name.name,
        revision=name.revision,
        at=datetime.fromisoformat(name.at),
        note=name.note,
    )


def named_versions_of(session: Session, programme_id: str) -> list[NamedVersion]:
    """Return a programme's named versions, oldest first."""
    head_of(session, programme_id)
    return [named_version(name) for name in session.names(programme_id)]
