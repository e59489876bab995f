"""SQLite: how a file is opened, checked, migrated, copied and put back."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from systemmap.errors import DamagedStore, NewerStore, Problem, StoreError
from systemmap.private_files import private_file, private_folder
from systemmap.store.sql.error_words import in_words, is_locked
from systemmap.store.sql.migrate import migrate
from systemmap.store.sql.tables import APPLICATION_ID, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

BUSY_MS = 800  # a person is told within a second


class Connect(Protocol):
    """How a database file is opened: a DB-API connection in autocommit mode."""

    def __call__(self, path: Path, *, mode: str) -> Any:  # noqa: ANN401 - a DB-API connection
        """Open `path`; `mode` is ro, rw or rwc, as in SQLite's addresses."""


def connect_file(path: Path, *, mode: str) -> sqlite3.Connection:
    """Open a file with the sqlite3 of this Python."""
    return sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        isolation_level=None,  # sqlite3 must not begin or commit for us
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
    )


class SqliteFile:
    """One database file: its reading and writing engines, and the care it needs."""

    def __init__(self, path: Path, connect: Connect = connect_file) -> None:
        self.path = path
        self._connect = connect
        private_folder(self.path.parent)

    def prepare(self) -> bool:
        """Check the file and say whether it must be migrated first.

        Raises
        ------
        NewerStore, StoreError, DamagedStore
            The file is not ours to open; its bytes are unchanged.
        """
        if not self.path.exists() or not self.path.stat().st_size:
            return True
        try:
            application, version, tables = self._facts()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if is_locked(error):
                msg = f"{self.path.name} is in use by another program. It was left as it is. Close the other program, or wait until its copy or backup is done, then start again."
                raise StoreError(msg) from None
            msg = f"{self.path.name} cannot be opened: {error}. It was left as it is. Choose another file, or restore a backup."
            raise DamagedStore(msg) from None
        if tables and application != APPLICATION_ID:
            msg = f"{self.path.name} is not a systemmap file. It was left as it is. Choose another file."
            raise StoreError(msg)
        if version > SCHEMA:
            msg = f"{self.path.name} was written by a newer systemmap (schema {version}, this one knows {SCHEMA}). It was left as it is. Install the newer systemmap to open it."
            raise NewerStore(msg)
        return version < SCHEMA

    def migrate(self) -> None:
        """Bring the file to the present schema, or leave it as the last whole step did."""
        private_file(self.path)
        engine = self._engine("rwc", _for_migrating, "BEGIN IMMEDIATE", NullPool)
        try:
            with engine.connect() as connection:
                migrate(connection)
        except DBAPIError as error:
            raise in_words(error) from error
        finally:
            engine.dispose()

    def writing(self) -> Engine:
        """Return the engine whose one connection writes."""
        return self._engine("rw", _for_writing, "BEGIN IMMEDIATE", StaticPool)

    def reading(self) -> Engine:
        """Return the engine of read-only connections."""
        return self._engine("ro", _for_reading, "BEGIN", QueuePool)

    def damage(self) -> Iterator[Problem]:
        """Yield what SQLite's own check finds."""
        connection = self._connect(self.path, mode="ro")
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA integrity_check(20)")
            for (line,) in cursor.fetchall():
                if line != "ok":
                    yield Problem(self.path.name, str(line), "damaged")
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            yield Problem(self.path.name, str(error), "damaged")
        finally:
            connection.close()

    def copy_to(self, target: Path) -> None:
        """Write a whole copy with the backup API; other work goes on meanwhile."""
        part = target.with_name(f"{target.name}.part")
        part.unlink(missing_ok=True)
        settings = ("PRAGMA journal_mode=DELETE", "PRAGMA synchronous=EXTRA")
        _copy(self.path, part, *settings, then=_forget_secret)
        part.replace(target)

    def copy_from(self, source: Path) -> None:
        """Put the contents of a copy in the place of the present ones."""
        _copy(source, self.path, *_DURABLE, then=lambda _copy: None)

    def _facts(self) -> tuple[int, int, int]:
        # rw, not ro: after a crash SQLite must be able to roll an open journal back
        connection = self._connect(self.path, mode="rw")
        try:
            (application,) = _one(connection, "PRAGMA application_id")
            (version,) = _one(connection, "PRAGMA user_version")
            (tables,) = _one(connection, "SELECT count(*) FROM sqlite_master")
        finally:
            connection.close()
        return application, version, tables

    def _engine(self, mode: str, prepared: Any, begin: str, pool: Any) -> Engine:  # noqa: ANN401 - a hook and a pool class
        sizes = (
            {"pool_size": 8, "max_overflow": 24, "pool_timeout": 5}
            if pool is QueuePool
            else {}
        )
        engine = create_engine(
            "sqlite://",
            creator=lambda: self._connect(self.path, mode=mode),
            poolclass=pool,
            **sizes,
        )
        event.listen(
            engine, "connect", lambda connection, _: _ready(connection, prepared)
        )
        event.listen(engine, "begin", lambda c: _begin(c, begin))
        return engine


def _ready(connection: Any, prepared: Callable[[Any], None]) -> None:  # noqa: ANN401 - a DB-API connection
    try:
        prepared(connection)
    except BaseException:
        connection.close()  # or it would hold its lock until collected
        raise


def _begin(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)


def _for_migrating(connection: Any) -> None:  # noqa: ANN401 - a DB-API connection
    _pragmas(connection, "PRAGMA foreign_keys=OFF", *_DURABLE)


def _for_writing(connection: Any) -> None:  # noqa: ANN401 - a DB-API connection
    _pragmas(
        connection, "PRAGMA foreign_keys=ON", "PRAGMA trusted_schema=OFF", *_DURABLE
    )
    (mode,) = _one(connection, "PRAGMA journal_mode")
    if mode != "truncate":
        msg = f"The data is open in another way (journal {mode}). Close other programs that use it, then start again."
        raise StoreError(msg)


def _for_reading(connection: Any) -> None:  # noqa: ANN401 - a DB-API connection
    _pragmas(connection, "PRAGMA trusted_schema=OFF", "PRAGMA query_only=ON")


# TRUNCATE and EXTRA: measured safe against kill and power cut, and a plain copy
# of the file misses nothing; WAL lost acknowledged work in such copies.
_DURABLE = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA secure_delete=ON",
)


def _pragmas(connection: Any, *settings: str) -> None:  # noqa: ANN401 - a DB-API connection
    for setting in (f"PRAGMA busy_timeout={BUSY_MS}", *settings):
        _one(connection, setting)


def _one(connection: Any, statement: str) -> Any:  # noqa: ANN401 - a DB-API connection, a row
    cursor = connection.cursor()
    try:
        cursor.execute(statement)
        return cursor.fetchone()
    finally:
        cursor.close()  # an open statement would keep the file open after an error


def _forget_secret(copy: Any) -> None:  # noqa: ANN401 - a DB-API connection
    """Take the installation's secret out of a copy: whoever gets it cannot sign for us."""
    held = "SELECT count(*) FROM sqlite_master WHERE name = 'installation'"
    if _one(copy, held) == (1,):  # before schema 2 there was none
        _one(copy, "PRAGMA secure_delete=ON")
        _one(copy, "DELETE FROM installation")


def _copy(
    source: Path, target: Path, *settings: str, then: Callable[[Any], None]
) -> None:
    try:
        one = connect_file(source, mode="ro")
        try:
            other = connect_file(private_file(target), mode="rw")
            try:
                _pragmas(other, *settings)
                one.backup(other, pages=-1)
                then(other)
            finally:
                other.close()
        finally:
            one.close()
    except (sqlite3.Error, OSError) as error:
        msg = f"{source.name} could not be copied to {target}: {error}. Check that there is room, and that the folder may be written to."
        raise StoreError(msg) from None
