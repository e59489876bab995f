"""A Session over one open SQL connection: SQLAlchemy Core, bound values only."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, func, insert, select, update

from systemmap.model.kinds import KINDS, Reference
from systemmap.store._columns import columns_from, data_from_columns, fields_of
from systemmap.store._session import (
    Entry,
    Head,
    Header,
    Image,
    Name,
    Redaction,
    Row,
)
from systemmap.store.tables import (
    CHANGE_LOG,
    EMPTIED,
    HEAD,
    NAMED_VERSION,
    RECORDS,
    REDACTION,
    RETIRED,
    TRANSACTION,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import ColumnElement, Connection, Select, Table, Update
    from sqlalchemy.sql.dml import Delete

_LAST = 2**62


class SqlSession:
    """One open transaction on SQLite or PostgreSQL."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    @property
    def connection(self) -> Connection:
        """The connection, for what only one kind of database can do."""
        return self._sql

    def heads(self) -> dict[str, Head]:
        """Return where every programme's log ends."""
        return {row[0]: Head(*row[1:]) for row in self._sql.execute(select(HEAD))}

    def head(self, programme_id: str) -> Head | None:
        """Return where one programme's log ends; None = no such programme."""
        row = self._sql.execute(_HEAD_OF, {"p": programme_id}).first()
        return Head(*row[1:]) if row else None

    def put_head(self, programme_id: str, head: Head) -> None:
        """Write where a programme's log ends."""
        values = {
            "revision": head.revision,
            "seq": head.seq,
            "hash": head.hash,
            "changed_at": head.changed_at,
        }
        changed = self._sql.execute(_PUT_HEAD, {"p": programme_id, **values})
        if not changed.rowcount:
            self._sql.execute(insert(HEAD), {"programme_id": programme_id, **values})

    def retired(self, programme_id: str) -> int:
        """Return the last revision of an earlier life of this programme, or 0."""
        query = select(RETIRED.c.revision).where(
            RETIRED.c.programme_id == bindparam("p")
        )
        return int(self._sql.execute(query, {"p": programme_id}).scalar() or 0)

    def reached(self) -> dict[str, int]:
        """Return the last revision of every programme there is or was."""
        found: dict[str, int] = {}
        for table in (RETIRED, HEAD):
            query = select(table.c.programme_id, table.c.revision)
            for programme_id, revision in self._sql.execute(query):
                found[programme_id] = max(revision, found.get(programme_id, 0))
        return found

    def retire(self, programme_id: str, revision: int) -> None:
        """Keep the number at which a programme's earlier life ended."""
        where = RETIRED.c.programme_id == bindparam("p")
        self._sql.execute(delete(RETIRED).where(where), {"p": programme_id})
        values = {"programme_id": programme_id, "revision": revision}
        self._sql.execute(insert(RETIRED), values)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the number of rows by programme and kind, without the zeros."""
        found: dict[str, dict[str, int]] = {}
        for kind, table in RECORDS.items():
            owner = table.c.programme_id
            for programme_id, count in self._sql.execute(
                select(owner, func.count()).group_by(owner)
            ):
                found.setdefault(programme_id, {})[kind] = count
        return found

    def row(self, programme_id: str, kind: str, key: str) -> Row | None:
        """Return one row."""
        where = _where(programme_id, kind, key)
        found = self._sql.execute(_row_query(kind), where).first() if where else None
        return _row(kind, found) if found else None

    def rows(self, programme_id: str, kind: str) -> Iterator[tuple[str, Row]]:
        """Return a kind's rows in the order in which they were added."""
        keys = KINDS[kind].key
        for found in self._sql.execute(_rows_query(kind), {"p": programme_id}):
            row = _row(kind, found)
            yield "/".join(str(row.data[name]) for name in keys), row

    def write_row(
        self,
        programme_id: str,
        kind: str,
        key: str,
        *,
        was: Row | None,
        row: Row | None,
    ) -> None:
        """Insert, update or delete one row."""
        where = _where(programme_id, kind, key) or {}
        if row is None:
            self._one(self._sql.execute(_delete(kind), where).rowcount, key)
            return
        values = {
            **columns_from(kind, row.data),
            "row_version": row.version,
            "row_added": row.added,
        }
        if was is None:
            values["programme_id"] = programme_id
            self._sql.execute(insert(RECORDS[kind]), values)
        else:
            values = {n: v for n, v in values.items() if n not in KINDS[kind].key}
            values |= {**where, "v": was.version}
            self._one(self._sql.execute(_update(kind), values).rowcount, key)

    def users(self, programme_id: str, kind: str, key: str) -> list[tuple[str, str]]:
        """Return up to four (kind, key) of the rows that refer to this one."""
        found: list[tuple[str, str]] = []
        where = _where(programme_id, kind, key) or {}
        for user in KINDS.values():
            for reference in user.references:
                if reference.kind == kind and len(found) < 4:
                    query = _users_query(user.name, reference)
                    rows = self._sql.execute(query, where)
                    found += [(user.name, "/".join(map(str, row))) for row in rows]
        return found[:4]

    def log(
        self,
        programme_id: str,
        header: Header,
        entries: Iterable[Entry],
        redactions: Iterable[Redaction],
    ) -> None:
        """Append one change to the log."""
        self._sql.execute(insert(TRANSACTION), _header_columns(programme_id, header))
        lines = [_entry_columns(programme_id, entry) for entry in entries]
        if lines:
            self._sql.execute(insert(CHANGE_LOG), lines)
        removed = [
            {
                "programme_id": programme_id,
                "revision": r.revision,
                "place": r.place,
                "side": r.side,
                "digest": r.digest,
            }
            for r in redactions
        ]
        if removed:
            self._sql.execute(insert(REDACTION), removed)

    def headers(
        self, programme_id: str, *, after: int = 0, upto: int | None = None
    ) -> list[Header]:
        """Return changes, oldest first, with `after` < revision <= `upto`."""
        span = {
            "p": programme_id,
            "after": after,
            "upto": _LAST if upto is None else upto,
        }
        return [_header(row) for row in self._sql.execute(_HEADERS, span)]

    def header_of_key(self, programme_id: str, key: str) -> Header | None:
        """Return the change that an idempotency key stands for."""
        row = self._sql.execute(_BY_KEY, {"p": programme_id, "k": key}).first()
        return _header(row) if row else None

    def entries(
        self,
        programme_id: str,
        *,
        after: int = 0,
        upto: int | None = None,
        row: tuple[str, str] | None = None,
    ) -> list[Entry]:
        """Return log lines in order, with `after` < revision <= `upto`."""
        span = {
            "p": programme_id,
            "after": after,
            "upto": _LAST if upto is None else upto,
        }
        query = _ENTRIES
        if row is not None:
            query, span = _ENTRIES_OF_ROW, {**span, "kind": row[0], "key": row[1]}
        return [_entry(found) for found in self._sql.execute(query, span)]

    def rewrite_entry(self, programme_id: str, entry: Entry) -> None:
        """Put redacted images in the place of a log line's own."""
        values = _entry_columns(programme_id, entry)
        where = and_(
            CHANGE_LOG.c.programme_id == bindparam("p"),
            CHANGE_LOG.c.seq == bindparam("s"),
        )
        self._sql.execute(
            update(CHANGE_LOG).where(where).values(values),
            {"p": programme_id, "s": entry.seq},
        )

    def rewrite_label(self, programme_id: str, revision: int, label: Image) -> None:
        """Put a redacted label in the place of a change's own."""
        where = and_(
            TRANSACTION.c.programme_id == bindparam("p"),
            TRANSACTION.c.revision == bindparam("r"),
        )
        values = {"label": label.text, "label_salt": label.salt}
        self._sql.execute(
            update(TRANSACTION).where(where).values(values),
            {"p": programme_id, "r": revision},
        )

    def redactions(self, programme_id: str) -> list[Redaction]:
        """Return every place where words were removed, oldest first."""
        rows = self._sql.execute(_REDACTIONS, {"p": programme_id})
        return [Redaction(*row[1:]) for row in rows]

    def names(self, programme_id: str) -> list[Name]:
        """Return the named versions in the order in which they were given."""
        return [
            Name(*row[1:]) for row in self._sql.execute(_NAMES, {"p": programme_id})
        ]

    def put_name(self, programme_id: str, name: Name) -> None:
        """Add a named version, or replace the one of that name."""
        where = and_(
            NAMED_VERSION.c.programme_id == bindparam("p"),
            NAMED_VERSION.c.name == bindparam("n"),
        )
        self._sql.execute(
            delete(NAMED_VERSION).where(where), {"p": programme_id, "n": name.name}
        )
        values = {
            "programme_id": programme_id,
            "name": name.name,
            "revision": name.revision,
            "at": name.at,
            "actor": name.actor,
            "note": name.note,
            "digest": name.digest,
        }
        self._sql.execute(insert(NAMED_VERSION), values)

    def forget(self, programme_id: str, head: Head) -> None:
        """Remove everything of a programme but its id and last revision."""
        for table in EMPTIED:
            self._sql.execute(
                delete(table).where(table.c.programme_id == bindparam("p")),
                {"p": programme_id},
            )
        self.retire(programme_id, head.revision)

    @staticmethod
    def _one(count: int, key: str) -> None:
        if count != 1:
            msg = f"{count} rows were written for '{key}' instead of one"
            raise RuntimeError(msg)


_HEAD_OF = select(HEAD).where(HEAD.c.programme_id == bindparam("p"))
_PUT_HEAD = update(HEAD).where(HEAD.c.programme_id == bindparam("p"))
_BY_KEY = select(TRANSACTION).where(
    TRANSACTION.c.programme_id == bindparam("p"),
    TRANSACTION.c.idempotency_key == bindparam("k"),
)


def _span(table: Table) -> ColumnElement[bool]:
    return and_(
        table.c.programme_id == bindparam("p"),
        table.c.revision > bindparam("after"),
        table.c.revision <= bindparam("upto"),
    )


_HEADERS = (
    select(TRANSACTION).where(_span(TRANSACTION)).order_by(TRANSACTION.c.revision)
)
_ENTRIES = select(CHANGE_LOG).where(_span(CHANGE_LOG)).order_by(CHANGE_LOG.c.seq)
_ENTRIES_OF_ROW = _ENTRIES.where(
    CHANGE_LOG.c.kind == bindparam("kind"), CHANGE_LOG.c.key == bindparam("key")
)
_REDACTIONS = (
    select(REDACTION)
    .where(REDACTION.c.programme_id == bindparam("p"))
    .order_by(REDACTION.c.revision, REDACTION.c.place, REDACTION.c.side)
)
_NAMES = (
    select(NAMED_VERSION)
    .where(NAMED_VERSION.c.programme_id == bindparam("p"))
    .order_by(NAMED_VERSION.c.at, NAMED_VERSION.c.name)
)


def _where(programme_id: str, kind: str, key: str) -> dict[str, str] | None:
    """Return the bound values that name a row; None when the key cannot be one."""
    names = KINDS[kind].key
    parts = key.split("/", len(names) - 1)
    if len(parts) != len(names):
        return None
    return {"p": programme_id, **{f"k{n}": part for n, part in enumerate(parts)}}


def _is_row(kind: str) -> ColumnElement[bool]:
    table = RECORDS[kind]
    keys = [
        table.c[name] == bindparam(f"k{n}") for n, name in enumerate(KINDS[kind].key)
    ]
    return and_(table.c.programme_id == bindparam("p"), *keys)


@cache
def _row_query(kind: str) -> Select[Any]:
    table = RECORDS[kind]
    columns = [table.c[name] for name in fields_of(kind)]
    return select(*columns, table.c.row_version, table.c.row_added).where(_is_row(kind))


@cache
def _rows_query(kind: str) -> Select[Any]:
    table = RECORDS[kind]
    columns = [table.c[name] for name in fields_of(kind)]
    return (
        select(*columns, table.c.row_version, table.c.row_added)
        .where(table.c.programme_id == bindparam("p"))
        .order_by(table.c.row_added)
    )


@cache
def _delete(kind: str) -> Delete:
    return delete(RECORDS[kind]).where(_is_row(kind))


@cache
def _update(kind: str) -> Update:
    """Update by key and version: a second guard behind the check in `_applying`."""
    table = RECORDS[kind]
    return update(table).where(_is_row(kind), table.c.row_version == bindparam("v"))


@cache
def _users_query(kind: str, reference: Reference) -> Select[Any]:
    table = RECORDS[kind]
    same = [
        table.c[name] == bindparam(f"k{n}") for n, name in enumerate(reference.fields)
    ]
    keys = [table.c[name] for name in KINDS[kind].key]
    return select(*keys).where(table.c.programme_id == bindparam("p"), *same).limit(4)


def _row(kind: str, found: Any) -> Row:  # noqa: ANN401 - a database row
    *values, version, added = found
    return Row(data_from_columns(kind, values), version, added)


def _header_columns(programme_id: str, header: Header) -> dict[str, Any]:
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


def _header(row: Any) -> Header:  # noqa: ANN401 - a database row
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


def _entry_columns(programme_id: str, entry: Entry) -> dict[str, Any]:
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


def _entry(row: Any) -> Entry:  # noqa: ANN401 - a database row
    _, seq, revision, kind, key, *images = row
    return Entry(
        seq=seq,
        revision=revision,
        kind=kind,
        key=key,
        before=Image(*images[:3]),
        after=Image(*images[3:]),
    )
