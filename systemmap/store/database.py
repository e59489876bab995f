"""DatabaseStore: programmes in one SQLite file, or in PostgreSQL for many teams."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from systemmap.errors import DamagedStore, StoreError
from systemmap.store.logged import LoggedStore
from systemmap.store.sql.backups import (
    KEPT,
    data_folder,
    next_copy,
    place_warning,
    sync_folder,
)
from systemmap.store.sql.error_words import in_words
from systemmap.store.sql.file_holder import FileHolder
from systemmap.store.sql.other_writers import OtherWriters
from systemmap.store.sql.postgres import PostgresServer
from systemmap.store.sql.restore import go_on_above
from systemmap.store.sql.sql_session import SqlSession
from systemmap.store.sql.sqlite import Connect, SqliteFile, connect_file
from systemmap.store.sql.tables import INSTALLATION, METADATA, SCHEMA_VERSION
from systemmap.store.sql.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

    from systemmap.errors import Problem
    from systemmap.store.log.session import Intent, Session
    from systemmap.store.protocol import Watch

T = TypeVar("T")


class DatabaseStore(LoggedStore):
    """Programmes in a database, every promise of `ProgrammeStore` kept on disk.

    Parameters
    ----------
    place : Path | str
        A path to a SQLite file (made when missing), or the address of a
        PostgreSQL database, ``postgresql://user@host/name``.
    backups : Path | None
        Where automatic copies go; beside the file when None.
    connect : callable
        How a SQLite file is opened. For tests that cut the power.
    holder : str
        Who keeps other apps away from a SQLite file until this is closed, in
        words for those who are kept away; "" = nobody.

    Raises
    ------
    NewerStore, DamagedStore, StoreInUse, StoreError
        The data cannot be opened; it was left as it is.
    """

    def __init__(
        self,
        place: Path | str,
        *,
        backups: Path | None = None,
        connect: Connect = connect_file,
        holder: str = "",
        kept: int = KEPT,
        watch: Watch | None = None,
    ) -> None:
        backend: _SqliteBackend | _PostgresBackend
        if isinstance(place, str) and place.startswith("postgresql"):
            backend = _PostgresBackend(PostgresServer(place), backups)
        else:
            path = Path(place)
            backend = _SqliteBackend(SqliteFile(path, connect), backups, holder)
            self.warning = place_warning(path.absolute())
        backend.kept = kept
        backend.watch(watch)
        super().__init__(backend)


class _SqlBackend:
    """What both databases share: reading on a pool, writing through one thread."""

    kept = KEPT  # scheduled copies, and as many of all others

    def __init__(
        self,
        reading: Engine,
        writing: Engine,
        claim: Callable[[Connection, str], None],
    ) -> None:
        self._reading = reading
        self._writing = writing
        try:
            with writing.connect():  # a file that cannot be written to says so now
                pass
        except DBAPIError as error:
            self._dispose()
            raise in_words(error) from error
        except StoreError:
            self._dispose()
            raise
        self._writer = Writer(writing, claim)

    def read(self, work: Callable[[Session], T]) -> T:
        try:
            with self._reading.connect() as connection:
                return work(SqlSession(connection))
        except (DBAPIError, PoolTimeout) as error:
            raise in_words(error) from error

    def watch(self, watch: Watch | None) -> None:
        self._writer.watch = watch

    def close(self) -> None:
        self._writer.close()
        self._dispose()

    def _dispose(self) -> None:
        self._reading.dispose()
        self._writing.dispose()


class _SqliteBackend(_SqlBackend):
    def __init__(self, file: SqliteFile, backups: Path | None, holder: str) -> None:
        self._file = file
        self._backups = backups or file.path.parent / "backups"
        self._others: OtherWriters | None = None
        self._holder = FileHolder(file.path)
        if holder:
            self._holder.hold(holder)
        try:
            if file.prepare():
                with self._holder.alone():
                    self._bring_up_to_date()
            super().__init__(
                file.reading(), file.writing(), lambda _connection, _name: None
            )
        except BaseException:
            self._holder.release()
            raise

    def _bring_up_to_date(self) -> None:
        if self._file.path.exists() and self._file.path.stat().st_size:
            self.safeguard("migration")
        self._file.migrate()
        sync_folder(self._file.path.parent)

    def write(self, programme_id: str, work: Callable[[Session], T]) -> T:
        others = self._others
        made: list[int] = []

        def noted(session: Session) -> T:
            result = work(session)
            if others is not None and (head := session.head(programme_id)) is not None:
                made.append(head.revision)
                others.ours(programme_id, head.revision)
            return result

        try:
            result: T = self._writer.write(programme_id, noted)
        except BaseException:
            for revision in made:
                if others is not None:
                    others.not_ours(programme_id, revision)
            raise
        return result

    def listen(self, heard: Callable[[str, int], None]) -> None:
        """Hear of what other programs, such as the command line, write to the file."""
        self._others = OtherWriters(self._reading, heard)

    def close(self) -> None:
        if self._others is not None:
            self._others.close()
        super().close()
        self._holder.release()

    def damage(self) -> Iterator[Problem]:
        return self._file.damage()

    def copy_to(self, target: str) -> str:
        self._file.copy_to(Path(target))
        return target

    def safeguard(self, reason: str) -> str | None:
        return self.copy_to(str(next_copy(self._backups, reason, self.kept)))

    def restore(self, source: str, intent: Intent) -> None:
        with TemporaryDirectory() as folder:
            copy = Path(folder, "copy.db")
            _check_copy(Path(source), copy)
            untold = self._others.passed_over if self._others else nullcontext

            def put_back() -> None:
                with untold():
                    self._put_back(copy, intent)

            with self._holder.alone():
                self._writer.pause(put_back)

    def _put_back(self, copy: Path, intent: Intent) -> None:
        """Replace the file's contents while nobody writes."""
        self.safeguard("restore")
        engine = SqliteFile(copy).writing()
        try:
            with engine.begin() as connection:
                session = SqlSession(connection)
                go_on_above(session, self._reached(), intent)
                if held := self._secret():  # a backup has none of its own
                    session.keep_secret(held)
        except DBAPIError as error:
            raise in_words(error) from error
        finally:
            engine.dispose()
        self._file.copy_from(copy)

    def _secret(self) -> str | None:
        """Return the secret as it is; None = none, or too damaged to say."""
        try:
            with self._reading.connect() as connection:
                return SqlSession(connection).secret()
        except (DBAPIError, ValueError, TypeError):
            return None

    def _reached(self) -> dict[str, int] | None:
        """Return how far every programme had come; None = too damaged to say."""
        try:
            with self._reading.connect() as connection:
                return SqlSession(connection).reached()
        except (DBAPIError, ValueError, TypeError):
            return None


class _PostgresBackend(_SqlBackend):
    def __init__(self, server: PostgresServer, backups: Path | None) -> None:
        self._server = server
        self._backups = backups or data_folder() / "backups"
        if server.prepare():
            server.migrate()
        super().__init__(server.reading(), server.writing(), server.claim)

    def write(self, programme_id: str, work: Callable[[Session], T]) -> T:
        def announced(session: Session) -> T:
            before = session.head(programme_id)
            result = work(session)
            after = session.head(programme_id)
            if (
                after is not None
                and after != before
                and isinstance(session, SqlSession)
            ):
                self._server.announce(session.connection, programme_id, after.revision)
            return result

        result: T = self._writer.write(programme_id, announced)
        return result

    def listen(self, heard: Callable[[str, int], None]) -> None:
        self._server.listen(heard)

    def damage(self) -> Iterator[Problem]:
        return iter(())

    def copy_to(self, target: str) -> str:
        """Write every table into a new SQLite file that systemmap can open."""
        path = Path(target)
        part = SqliteFile(path.with_name(f"{path.name}.part"))
        part.path.unlink(missing_ok=True)
        part.migrate()
        engine = part.writing()
        try:
            with (
                self._reading.connect() as source,
                engine.connect() as copy,
                copy.begin(),
            ):
                for table in METADATA.sorted_tables:
                    if table not in (SCHEMA_VERSION, INSTALLATION):
                        _copy_rows(source, copy, table)
        except DBAPIError as error:
            raise in_words(error) from error
        finally:
            engine.dispose()
        part.path.with_name(f"{part.path.name}-journal").unlink(missing_ok=True)
        part.path.replace(path)
        return target

    def safeguard(self, reason: str) -> str | None:
        return self.copy_to(str(next_copy(self._backups, reason, self.kept)))

    def restore(self, source: str, intent: Intent) -> None:
        msg = f"{source} was not restored: on a server a backup is put back by whoever runs it, with pg_restore. To bring one programme back, open the backup and export it."
        raise StoreError(msg)

    def close(self) -> None:
        self._server.close()
        super().close()


def _copy_rows(source: Connection, copy: Connection, table: Any) -> None:  # noqa: ANN401 - a table
    rows = source.execution_options(yield_per=1000).execute(select(table))
    for part in rows.mappings().partitions(1000):
        copy.execute(insert(table), [dict(row) for row in part])


def _check_copy(source: Path, copy: Path) -> None:
    """Copy a backup, bring the copy up to date, and refuse it if its log is not true."""
    if not source.exists():
        msg = f"There is no file {source}. Choose a backup from the list."
        raise StoreError(msg)
    copyfile(source, copy)
    store = DatabaseStore(copy)
    try:
        problems = store.verify().problems
    finally:
        store.close()
    if problems:
        msg = f"{source.name} is damaged ({problems[0]}). Nothing was changed. Choose another backup."
        raise DamagedStore(msg)
