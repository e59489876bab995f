"""Every table, once for both databases: one per record kind, and the log's own.

A record's table has a typed column per field, read from the record's type
hints: text, whole number, number, yes or no. Dates and moments are ISO text,
lists and objects are JSON text. `row_version` is the revision that last wrote
the row, `row_added` the log line that added it.
"""

from __future__ import annotations

import types
import typing
from datetime import date, datetime
from enum import StrEnum
from typing import Any, get_args, get_origin

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from systemmap.model.kinds import KINDS, Kind

if typing.TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

SCHEMA = 7  # raised by every migration
APPLICATION_ID = 0x53594D50  # "SYMP" in the file's header
METADATA = MetaData()


def _text(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Text, nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, BigInteger, nullable=nullable, autoincrement=False)


def _of_programme(name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["programme_id"],
        ["programme_head.programme_id"],
        name=f"fk_{name}_head",
        deferrable=True,
        initially="DEFERRED",
    )


HEAD = Table(
    "programme_head",
    METADATA,
    _text("programme_id"),
    _number("revision"),
    _number("seq"),
    _text("hash"),
    _text("changed_at"),
    PrimaryKeyConstraint("programme_id", name="pk_programme_head"),
)
RETIRED = Table(
    "retired_programme",
    METADATA,
    _text("programme_id"),
    _number("revision"),
    PrimaryKeyConstraint("programme_id", name="pk_retired_programme"),
)
TRANSACTION = Table(
    "log_transaction",
    METADATA,
    _text("programme_id"),
    _number("revision"),
    _text("at"),
    _text("actor"),
    _text("role"),
    _text("label"),
    _text("label_salt", nullable=True),
    _text("label_digest"),
    _text("workshop_id", nullable=True),
    _number("undoes", nullable=True),
    _text("idempotency_key", nullable=True),
    _number("row_count"),
    _text("hash"),
    PrimaryKeyConstraint("programme_id", "revision", name="pk_log_transaction"),
    UniqueConstraint("programme_id", "idempotency_key", name="uq_log_transaction_key"),
    _of_programme("log_transaction"),
)
CHANGE_LOG = Table(
    "change_log",
    METADATA,
    _text("programme_id"),
    _number("seq"),
    _number("revision"),
    _text("kind"),
    _text("key"),
    _text("before", nullable=True),
    _text("before_salt", nullable=True),
    _text("before_digest", nullable=True),
    _text("after", nullable=True),
    _text("after_salt", nullable=True),
    _text("after_digest", nullable=True),
    PrimaryKeyConstraint("programme_id", "seq", name="pk_change_log"),
    ForeignKeyConstraint(
        ["programme_id", "revision"],
        ["log_transaction.programme_id", "log_transaction.revision"],
        name="fk_change_log_transaction",
        deferrable=True,
        initially="DEFERRED",
    ),
    Index("ix_change_log_revision", "programme_id", "revision"),
    Index("ix_change_log_row", "programme_id", "kind", "key"),
)
REDACTION = Table(
    "redaction",
    METADATA,
    _text("programme_id"),
    _number("revision"),
    _number("place"),
    _text("side"),
    _text("digest"),
    PrimaryKeyConstraint(
        "programme_id", "revision", "place", "side", name="pk_redaction"
    ),
    _of_programme("redaction"),
)
NAMED_VERSION = Table(
    "named_version",
    METADATA,
    _text("programme_id"),
    _text("name"),
    _number("revision"),
    _text("at"),
    _text("actor"),
    _text("note"),
    _text("digest"),
    PrimaryKeyConstraint("programme_id", "name", name="pk_named_version"),
    _of_programme("named_version"),
)
INSTALLATION = Table(
    "installation",
    METADATA,
    _text("name"),
    _text("value"),
    PrimaryKeyConstraint("name", name="pk_installation"),
)
SCHEMA_VERSION = Table(
    "schema_version",
    METADATA,
    _number("version"),
    PrimaryKeyConstraint("version", name="pk_schema_version"),
)


def column_type(hint: Any) -> tuple[type[TypeEngine[Any]], bool, bool]:  # noqa: ANN401 - a type hint
    """Return (column type, may be empty, is JSON text) for a field's type hint."""
    if get_origin(hint) in (types.UnionType, typing.Union):
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        column, _, is_json = column_type(inner)
        return column, True, is_json
    plain = {int: BigInteger, float: Double, bool: Boolean}
    if hint in plain:
        return plain[hint], False, False
    is_text = isinstance(hint, type) and issubclass(
        hint, (str, StrEnum, date, datetime)
    )
    return Text, False, not is_text


def _record_table(kind: Kind) -> Table:
    hints = typing.get_type_hints(kind.record)
    columns: list[Column[Any]] = [_text("programme_id")]
    for name, hint in hints.items():
        column, nullable, is_json = column_type(hint)
        columns.append(
            Column(
                name,
                column,
                nullable=nullable,
                info={"json": is_json},
                autoincrement=False,
            )
        )
    columns += [_number("row_version"), _number("row_added")]
    keys = [
        ForeignKeyConstraint(
            ["programme_id", *reference.fields],
            [
                f"{reference.kind}.{name}"
                for name in ("programme_id", *KINDS[reference.kind].key)
            ],
            name=f"fk_{kind.name}_{'_'.join(reference.fields)}",
            deferrable=True,
            initially="DEFERRED",
        )
        for reference in kind.references
    ]
    indexes = [
        Index(
            f"ix_{kind.name}_{'_'.join(reference.fields)}",
            "programme_id",
            *reference.fields,
        )
        for reference in kind.references
        if reference.fields != kind.key[: len(reference.fields)]
    ]
    primary = PrimaryKeyConstraint("programme_id", *kind.key, name=f"pk_{kind.name}")
    return Table(
        kind.name,
        METADATA,
        *columns,
        primary,
        _of_programme(kind.name),
        *keys,
        *indexes,
    )


RECORDS = {kind.name: _record_table(kind) for kind in KINDS.values()}
EMPTIED = (
    NAMED_VERSION,
    REDACTION,
    CHANGE_LOG,
    TRANSACTION,
    *reversed(RECORDS.values()),
    HEAD,
)
