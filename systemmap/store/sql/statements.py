"""The SQL that is asked again and again: made once, every value bound."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, select, update

from systemmap.model.kinds import KINDS, Reference
from systemmap.store.sql.table_columns import fields_of
from systemmap.store.sql.tables import (
    CHANGE_LOG,
    HEAD,
    INSTALLATION,
    NAMED_VERSION,
    RECORDS,
    REDACTION,
    TRANSACTION,
)

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select, Table, Update
    from sqlalchemy.sql.dml import Delete

HEAD_OF = select(HEAD).where(HEAD.c.programme_id == bindparam("p"))
PUT_HEAD = update(HEAD).where(HEAD.c.programme_id == bindparam("p"))
SECRET = select(INSTALLATION.c.value).where(INSTALLATION.c.name == bindparam("n"))
BY_KEY = select(TRANSACTION).where(
    TRANSACTION.c.programme_id == bindparam("p"),
    TRANSACTION.c.idempotency_key == bindparam("k"),
)


def _span(table: Table) -> ColumnElement[bool]:
    return and_(
        table.c.programme_id == bindparam("p"),
        table.c.revision > bindparam("after"),
        table.c.revision <= bindparam("upto"),
    )


HEADERS = select(TRANSACTION).where(_span(TRANSACTION)).order_by(TRANSACTION.c.revision)
ENTRIES = select(CHANGE_LOG).where(_span(CHANGE_LOG)).order_by(CHANGE_LOG.c.seq)
ENTRIES_OF_ROW = ENTRIES.where(
    CHANGE_LOG.c.kind == bindparam("kind"), CHANGE_LOG.c.key == bindparam("key")
)
REDACTIONS = (
    select(REDACTION)
    .where(REDACTION.c.programme_id == bindparam("p"))
    .order_by(REDACTION.c.revision, REDACTION.c.place, REDACTION.c.side)
)
NAMES = (
    select(NAMED_VERSION)
    .where(NAMED_VERSION.c.programme_id == bindparam("p"))
    .order_by(NAMED_VERSION.c.at, NAMED_VERSION.c.name)
)


def where_row(programme_id: str, kind: str, key: str) -> dict[str, str] | None:
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
def row_query(kind: str) -> Select[Any]:
    """Return the query for one row."""
    table = RECORDS[kind]
    columns = [table.c[name] for name in fields_of(kind)]
    return select(*columns, table.c.row_version, table.c.row_added).where(_is_row(kind))


@cache
def rows_query(kind: str) -> Select[Any]:
    """Return the query for a kind's rows, in the order in which they were added."""
    table = RECORDS[kind]
    columns = [table.c[name] for name in fields_of(kind)]
    return (
        select(*columns, table.c.row_version, table.c.row_added)
        .where(table.c.programme_id == bindparam("p"))
        .order_by(table.c.row_added)
    )


@cache
def delete_row(kind: str) -> Delete:
    """Return what removes one row."""
    return delete(RECORDS[kind]).where(_is_row(kind))


@cache
def update_row(kind: str) -> Update:
    """Update by key and version: a second guard behind the check in `log.apply`."""
    table = RECORDS[kind]
    return update(table).where(_is_row(kind), table.c.row_version == bindparam("v"))


@cache
def users_query(kind: str, reference: Reference) -> Select[Any]:
    """Return the query for the keys of up to four rows that name another."""
    table = RECORDS[kind]
    same = [
        table.c[name] == bindparam(f"k{n}") for n, name in enumerate(reference.fields)
    ]
    keys = [table.c[name] for name in KINDS[kind].key]
    return select(*keys).where(table.c.programme_id == bindparam("p"), *same).limit(4)
