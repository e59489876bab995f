"""A Session over one open SQL connection: SQLAlchemy Core, bound values only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, func, insert, select, update

from systemmap.model.kinds import KINDS
from systemmap.store.log.session import (
    Entry,
    Head,
    Header,
    Image,
    Name,
    Redaction,
    Row,
)
from systemmap.store.sql.lines import (
    entry_columns,
    entry_from,
    header_columns,
    header_from,
    row_from,
)
from systemmap.store.sql.statements import (
    BY_KEY,
    ENTRIES,
    ENTRIES_OF_ROW,
    HEAD_OF,
    HEADERS,
    NAMES,
    PUT_HEAD,
    REDACTIONS,
    SECRET,
    delete_row,
    row_query,
    rows_query,
    update_row,
    users_query,
    where_row,
)
from systemmap.store.sql.table_columns import columns_from
from systemmap.store.sql.tables import (
    CHANGE_LOG,
    EMPTIED,
    HEAD,
    INSTALLATION,
    NAMED_VERSION,
    RECORDS,
    REDACTION,
    RETIRED,
    TRANSACTION,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

_LAST = 2**62  # no database knows a number much larger
_SIGNING = "signing"  # the installation's one secret


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
        row = self._sql.execute(HEAD_OF, {"p": programme_id}).first()
        return Head(*row[1:]) if row else None

    def put_head(self, programme_id: str, head: Head) -> None:
        """Write where a programme's log ends."""
        values = {
            "revision": head.revision,
            "seq": head.seq,
            "hash": head.hash,
            "changed_at": head.changed_at,
        }
        changed = self._sql.execute(PUT_HEAD, {"p": programme_id, **values})
        if not changed.rowcount:
            self._sql.execute(insert(HEAD), {"programme_id": programme_id, **values})

    def secret(self) -> str | None:
        """Return the installation's secret; None = none was made yet."""
        row = self._sql.execute(SECRET, {"n": _SIGNING}).first()
        return str(row.value) if row else None

    def keep_secret(self, secret: str) -> None:
        """Make this the installation's secret, in the place of any other."""
        where = INSTALLATION.c.name == bindparam("n")
        self._sql.execute(delete(INSTALLATION).where(where), {"n": _SIGNING})
        values = {"name": _SIGNING, "value": secret}
        self._sql.execute(insert(INSTALLATION), values)

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
        where = where_row(programme_id, kind, key)
        found = self._sql.execute(row_query(kind), where).first() if where else None
        return row_from(kind, found) if found else None

    def rows(self, programme_id: str, kind: str) -> Iterator[tuple[str, Row]]:
        """Return a kind's rows in the order in which they were added."""
        keys = KINDS[kind].key
        for found in self._sql.execute(rows_query(kind), {"p": programme_id}):
            row = row_from(kind, found)
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
        where = where_row(programme_id, kind, key) or {}
        if row is None:
            self._one(self._sql.execute(delete_row(kind), where).rowcount, key)
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
            self._one(self._sql.execute(update_row(kind), values).rowcount, key)

    def users(self, programme_id: str, kind: str, key: str) -> list[tuple[str, str]]:
        """Return up to four (kind, key) of the rows that refer to this one."""
        found: list[tuple[str, str]] = []
        where = where_row(programme_id, kind, key) or {}
        for user in KINDS.values():
            for reference in user.references:
                if reference.kind == kind and len(found) < 4:
                    query = users_query(user.name, reference)
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
        self._sql.execute(insert(TRANSACTION), header_columns(programme_id, header))
        lines = [entry_columns(programme_id, entry) for entry in entries]
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
        span = _span(programme_id, after, upto)
        return [header_from(row) for row in self._sql.execute(HEADERS, span)]

    def header_of_key(self, programme_id: str, key: str) -> Header | None:
        """Return the change that an idempotency key stands for."""
        row = self._sql.execute(BY_KEY, {"p": programme_id, "k": key}).first()
        return header_from(row) if row else None

    def entries(
        self,
        programme_id: str,
        *,
        after: int = 0,
        upto: int | None = None,
        row: tuple[str, str] | None = None,
    ) -> list[Entry]:
        """Return log lines in order, with `after` < revision <= `upto`."""
        span = _span(programme_id, after, upto)
        query = ENTRIES
        if row is not None:
            query, span = ENTRIES_OF_ROW, {**span, "kind": row[0], "key": row[1]}
        return [entry_from(found) for found in self._sql.execute(query, span)]

    def rewrite_entry(self, programme_id: str, entry: Entry) -> None:
        """Put redacted images in the place of a log line's own."""
        values = entry_columns(programme_id, entry)
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
        rows = self._sql.execute(REDACTIONS, {"p": programme_id})
        return [Redaction(*row[1:]) for row in rows]

    def names(self, programme_id: str) -> list[Name]:
        """Return the named versions in the order in which they were given."""
        return [Name(*row[1:]) for row in self._sql.execute(NAMES, {"p": programme_id})]

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


def _span(programme_id: str, after: int, upto: int | None) -> dict[str, Any]:
    """Return the bound values of a span of revisions; whoever asks may ask for any number."""
    last = _LAST if upto is None else upto
    return {
        "p": programme_id,
        "after": max(-_LAST, min(after, _LAST)),
        "upto": max(-_LAST, min(last, _LAST)),
    }
