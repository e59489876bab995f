"""Lines of the log, and rows, as a database's columns and back."""

from __future__ import annotations

from typing import Any

from systemmap.store.log.session import Entry, Header, Image, Row
from systemmap.store.sql.table_columns import data_from_columns


def row_from(kind: str, found: Any) -> Row:  # noqa: ANN401 - a database row
    """Return a stored record, its version and its place."""
    *values, version, added = found
    return Row(data_from_columns(kind, values), version, added)


def header_columns(programme_id: str, header: Header) -> dict[str, Any]:
    """Return a change's column values."""
    return {
        "programme_id": programme_id,
        "revision": header.revision,
        "at": header.at,
        "actor": header.actor,
        "role": header.role,
        "label": header.label.text,
        "label_salt": header.label.salt,
        "label_digest": header.label.digest,
        "workshop_id": header.workshop_id,
        "undoes": header.undoes,
        "idempotency_key": header.key,
        "row_count": header.row_count,
        "hash": header.hash,
    }


def header_from(row: Any) -> Header:  # noqa: ANN401 - a database row
    """Return a change as it is stored."""
    return Header(
        revision=row.revision,
        at=row.at,
        actor=row.actor,
        role=row.role,
        label=Image(row.label, row.label_salt, row.label_digest),
        workshop_id=row.workshop_id,
        undoes=row.undoes,
        key=row.idempotency_key,
        row_count=row.row_count,
        hash=row.hash,
    )


def entry_columns(programme_id: str, entry: Entry) -> dict[str, Any]:
    """Return a log line's column values."""
    return {
        "programme_id": programme_id,
        "seq": entry.seq,
        "revision": entry.revision,
        "kind": entry.kind,
        "key": entry.key,
        "before": entry.before.text,
        "before_salt": entry.before.salt,
        "before_digest": entry.before.digest,
        "after": entry.after.text,
        "after_salt": entry.after.salt,
        "after_digest": entry.after.digest,
    }


def entry_from(row: Any) -> Entry:  # noqa: ANN401 - a database row
    """Return a log line as it is stored."""
    _, seq, revision, kind, key, *images = row
    return Entry(
        seq=seq,
        revision=revision,
        kind=kind,
        key=key,
        before=Image(*images[:3]),
        after=Image(*images[3:]),
    )
