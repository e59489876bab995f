"""The log read again: the programme as it was, and what differs between two moments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from systemmap.errors import StaleRevision, UnknownItem
from systemmap.model.kinds import KINDS
from systemmap.model.programme import Programme
from systemmap.model.rows import record_from
from systemmap.store.log.apply import head_of
from systemmap.store.log.images import data_of
from systemmap.store.log.session import Row
from systemmap.store.protocol import RowChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.model.plan import ProgrammeInfo
    from systemmap.store.log.session import Entry, Image, Session

_OTHER_LIFE = "A backup was put back, or the programme was made anew, since this was read. Open it again to see it as it is."


def replay(entries: Iterable[Entry]) -> dict[tuple[str, str], Row]:
    """Return the rows that log lines lead to, in the order in which they were added."""
    last: dict[tuple[str, str], tuple[Image, int, int]] = {}
    for entry in entries:
        where = (entry.kind, entry.key)
        if entry.after.text is None:
            last.pop(where, None)
        else:
            added = last[where][2] if where in last else entry.seq
            last[where] = (entry.after, entry.revision, added)
    return {
        where: Row(data_of(where[0], image) or {}, version, added)
        for where, (image, version, added) in last.items()
    }


def programme_from(
    rows: Mapping[str, Iterable[Mapping[str, Any]]], revision: int
) -> Programme:
    """Make a programme of plain rows by kind."""
    records = [
        record_from(kind, data)
        for kind in KINDS
        if kind != "programme"
        for data in rows.get(kind, ())
    ]
    (info,) = (record_from("programme", data) for data in rows["programme"])
    return Programme(cast("ProgrammeInfo", info), records, revision=revision)


def present(session: Session, programme_id: str) -> Programme:
    """Return a programme as it is."""
    head = head_of(session, programme_id)
    rows = {
        kind: [row.data for _, row in session.rows(programme_id, kind)]
        for kind in KINDS
    }
    return programme_from(rows, head.revision)


def as_of(session: Session, programme_id: str, revision: int) -> Programme:
    """Return a programme as it was after a revision."""
    known_revision(session, programme_id, revision)
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for (kind, _), row in replay(session.entries(programme_id, upto=revision)).items():
        rows.setdefault(kind, []).append(row.data)
    return programme_from(rows, revision)


def known_revision(session: Session, programme_id: str, revision: int) -> None:
    """Refuse a revision the programme never had."""
    head = head_of(session, programme_id)
    if revision > head.revision or not session.headers(
        programme_id, after=revision - 1, upto=revision
    ):
        msg = f"No change with number {revision}. The last one is {head.revision}."
        raise UnknownItem(msg)


def since(session: Session, programme_id: str, revision: int) -> list[RowChange]:
    """Return the rows that differ now from what was read at a revision."""
    head = head_of(session, programme_id)
    if 0 < revision <= session.retired(programme_id):
        raise StaleRevision(_OTHER_LIFE)
    read_at = min(revision, head.revision)
    return differences(session, programme_id, read_at, head.revision)


def between(
    session: Session, programme_id: str, one: int, other: int
) -> list[RowChange]:
    """Return the rows that differ between two revisions; 0 = before the first."""
    for revision in filter(None, (one, other)):
        known_revision(session, programme_id, revision)
    return differences(session, programme_id, one, other)


def differences(
    session: Session, programme_id: str, one: int, other: int
) -> list[RowChange]:
    """Return the rows that differ between two revisions, each once, in log order."""
    first, last = min(one, other), max(one, other)
    changes = folded(session.entries(programme_id, after=first, upto=last))
    if one <= other:
        return changes
    return [
        RowChange(
            kind=c.kind, key=c.key, before=c.after, after=c.before, revision=c.revision
        )
        for c in changes
    ]


def folded(entries: Iterable[Entry]) -> list[RowChange]:
    """Return one change per row, without rows that end as they began.

    A row whose words were removed on request is always told of: its log lines
    look alike before and after, but whoever read it earlier must forget it.
    """
    first: dict[tuple[str, str], Image] = {}
    last: dict[tuple[str, str], Entry] = {}
    removed: set[tuple[str, str]] = set()
    for entry in entries:
        where = (entry.kind, entry.key)
        first.setdefault(where, entry.before)
        last[where] = entry
        if is_redaction(entry):
            removed.add(where)
    return [
        row_change(entry, before=first[where])
        for where, entry in last.items()
        if first[where].text != entry.after.text or where in removed
    ]


def is_redaction(entry: Entry) -> bool:
    """Say whether a log line stands for words removed on request."""
    return entry.before.text is not None and entry.before.text == entry.after.text


def row_change(entry: Entry, *, before: Image | None = None) -> RowChange:
    """Return a log line as the change of one row."""
    return RowChange(
        kind=entry.kind,
        key=entry.key,
        before=data_of(entry.kind, before or entry.before),
        after=data_of(entry.kind, entry.after),
        revision=entry.revision,
    )
