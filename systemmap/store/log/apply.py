"""The one change path: what was checked is written, rows and their log in one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.errors import (
    ProgrammeNotFound,
    UnknownItem,
)
from systemmap.store.log.chain import chained
from systemmap.store.log.images import image_of, sealed
from systemmap.store.log.references import check_references
from systemmap.store.log.roles import RowChanged, may_change
from systemmap.store.log.session import Entry, Head, Header, Row
from systemmap.store.log.write_checks import Write, checked, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.model.changes import Change
    from systemmap.store.log.session import Intent, Redaction, Session

FIRST = Head(revision=0, seq=0, hash="", changed_at="")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change came to: its header (None = nothing to do) and its rows."""

    revision: int
    at: str
    header: Header | None = None
    entries: tuple[Entry, ...] = ()
    repeated: bool = False


def head_of(session: Session, programme_id: str) -> Head:
    """Return where a programme's log ends."""
    head = session.head(programme_id)
    if head is None:
        known = session.heads()
        hint = str(UnknownItem.named("programme", programme_id, known))
        raise ProgrammeNotFound(hint)
    return head


def apply_changes(
    session: Session, programme_id: str, changes: Sequence[Change], intent: Intent
) -> Outcome:
    """Write rows and their log, or raise and leave everything as it was."""
    head = head_of(session, programme_id)
    if before := repeated(session, programme_id, intent.key):
        return before
    ended = session.retired(programme_id) if any(c.expected for c in changes) else 0
    writes = [
        write
        for change in folded(changes)
        if (write := checked(session, programme_id, change, head, ended)) is not None
    ]
    return record(session, programme_id, head, writes, intent)


def record(
    session: Session,
    programme_id: str,
    head: Head,
    writes: Sequence[Write],
    intent: Intent,
    redactions: Sequence[Redaction] = (),
) -> Outcome:
    """Write checked rows and their log as the next revision."""
    may_change(
        session,
        programme_id,
        intent.actor,
        [RowChanged(w.kind, w.key, w.before, w.data) for w in writes],
    )
    if not writes and not redactions:
        return Outcome(head.revision, head.changed_at)
    entries = tuple(_written(session, programme_id, head, writes))
    check_references(session, programme_id, writes)
    return _logged(session, programme_id, head, entries, intent, redactions)


def record_mark(
    session: Session, programme_id: str, head: Head, intent: Intent
) -> Outcome:
    """Write a change without rows: something happened to the programme as a whole."""
    return _logged(session, programme_id, head, (), intent, ())


def _logged(
    session: Session,
    programme_id: str,
    head: Head,
    entries: tuple[Entry, ...],
    intent: Intent,
    redactions: Sequence[Redaction],
) -> Outcome:
    """Append one change to the log and move the log's end."""
    header = Header(
        revision=head.revision + 1,
        at=intent.at,
        actor=intent.actor.name,
        role=intent.actor.role,
        label=sealed(intent.label),
        workshop_id=intent.workshop_id,
        undoes=intent.undoes,
        key=intent.key,
        row_count=len(entries),
    )
    new_hash = chained(head.hash, programme_id, header, entries, redactions)
    header = replace(header, hash=new_hash)
    session.log(programme_id, header, entries, redactions)
    session.put_head(
        programme_id,
        Head(header.revision, head.seq + len(entries), new_hash, intent.at),
    )
    return Outcome(header.revision, header.at, header, entries)


def _written(
    session: Session, programme_id: str, head: Head, writes: Iterable[Write]
) -> Iterable[Entry]:
    for seq, write in enumerate(writes, head.seq + 1):
        row = None
        if write.data is not None:
            added = write.was.added if write.was else seq
            row = Row(write.data, head.revision + 1, added)
        session.write_row(programme_id, write.kind, write.key, was=write.was, row=row)
        yield Entry(
            seq=seq,
            revision=head.revision + 1,
            kind=write.kind,
            key=write.key,
            before=image_of(write.before),
            after=image_of(write.data),
        )


def answered(session: Session, programme_id: str, key: str | None) -> Outcome | None:
    """Return what the change with this idempotency key came to, in a programme there is."""
    head_of(session, programme_id)
    return repeated(session, programme_id, key)


def repeated(session: Session, programme_id: str, key: str | None) -> Outcome | None:
    """Return what the change with this idempotency key came to; None = not made yet."""
    header = session.header_of_key(programme_id, key) if key is not None else None
    if header is None:
        return None
    entries = session.entries(
        programme_id, after=header.revision - 1, upto=header.revision
    )
    return Outcome(header.revision, header.at, header, tuple(entries), repeated=True)
