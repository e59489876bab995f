"""PostgreSQL: how a server is opened, migrated, locked, listened to and copied."""

from __future__ import annotations

import json
import logging
import secrets
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from zlib import crc32

from sqlalchemy import create_engine, event, inspect, select, text
from sqlalchemy.exc import DBAPIError

from systemmap.errors import NewerStore
from systemmap.store.sql.error_words import in_words
from systemmap.store.sql.migrate import migrate
from systemmap.store.sql.tables import SCHEMA, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg
    from sqlalchemy import Connection, Engine

CHANNEL = "systemmap"
LOCK_MS = 900  # a person is told within a second
LOOKS_EVERY = 0.2  # seconds in which the listener notices that it is to end
_CONNECT = {"connect_timeout": 5}  # seconds, for a server that does not answer
_LOCKS = 0x53594D  # the first half of our advisory locks


class PostgresServer:
    """One database on a server: its reading and writing engines, and its news."""

    def __init__(self, url: str) -> None:
        scheme, _, rest = url.partition("://")
        self._url = f"postgresql+psycopg://{rest}" if scheme == "postgresql" else url
        self._own = secrets.token_hex(8)  # so that we know our own notices
        self._stop = Event()
        self._thread: Thread | None = None

    def prepare(self) -> bool:
        """Check the schema and say whether it must be migrated first."""
        engine = create_engine(self._url)
        try:
            with engine.connect() as connection:
                if not inspect(connection).has_table(SCHEMA_VERSION.name):
                    return True
                version = connection.execute(select(SCHEMA_VERSION)).scalar() or 0
        except DBAPIError as error:
            raise in_words(error) from error
        finally:
            engine.dispose()
        if version > SCHEMA:
            msg = f"The database was written by a newer systemmap (schema {version}, this one knows {SCHEMA}). It was left as it is. Install the newer systemmap to open it."
            raise NewerStore(msg)
        return version < SCHEMA

    def migrate(self) -> None:
        """Bring the database to the present schema, or leave it as the last whole step did."""
        engine = create_engine(self._url)
        try:
            with engine.connect() as connection:
                migrate(connection)
        except DBAPIError as error:
            raise in_words(error) from error
        finally:
            engine.dispose()

    def writing(self) -> Engine:
        """Return the engine of the one connection that writes."""
        engine = create_engine(
            self._url,
            pool_size=1,
            max_overflow=0,
            pool_pre_ping=True,
            connect_args=_CONNECT,
        )
        event.listen(engine, "connect", lambda c, _: _session_settings(c))
        return engine

    def reading(self) -> Engine:
        """Return the engine of reading connections: each sees one moment."""
        engine = create_engine(
            self._url,
            pool_size=8,
            max_overflow=8,
            pool_timeout=5,
            pool_pre_ping=True,
            connect_args=_CONNECT,
            isolation_level="REPEATABLE READ",
            execution_options={"postgresql_readonly": True},
        )
        event.listen(engine, "connect", lambda c, _: _session_settings(c))
        return engine

    def claim(self, connection: Connection, programme_id: str) -> None:
        """Take the programme's lock until the transaction ends."""
        space, number = self.lock_of(programme_id)
        connection.execute(_LOCK, {"space": space, "number": number})

    @staticmethod
    def lock_of(programme_id: str) -> tuple[int, int]:
        """Return the two numbers of a programme's lock."""
        return _LOCKS, crc32(programme_id.encode()) - 2**31

    def announce(
        self, connection: Connection, programme_id: str, revision: int
    ) -> None:
        """Tell other processes of a change once it is committed."""
        news = json.dumps([self._own, programme_id, revision])
        connection.execute(_NOTIFY, {"channel": CHANNEL, "news": news})

    def listen(self, heard: Callable[[str, int], None]) -> None:
        """Start to pass on what other processes commit."""
        started = Event()
        self._thread = Thread(
            target=self._listening,
            args=(heard, started),
            name="systemmap-listener",
            daemon=True,
        )
        self._thread.start()
        started.wait(10)

    def close(self) -> None:
        """Stop listening."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _listening(self, heard: Callable[[str, int], None], started: Event) -> None:
        """Listen until closed; after a lost connection, catch up on what was missed."""
        import psycopg

        address = self._url.replace("postgresql+psycopg://", "postgresql://", 1)
        heard = _guarded(heard)
        seen: dict[str, int] = {}
        lost = ""  # why we are not connected, so that the log says it once
        while not self._stop.is_set():
            try:
                with psycopg.connect(
                    address, autocommit=True, connect_timeout=5
                ) as connection:
                    connection.execute("LISTEN systemmap")  # CHANNEL
                    now: dict[str, int] = dict(
                        connection.execute(_REVISIONS).fetchall()
                    )
                    lost = ""
                    if started.is_set():
                        _catch_up(seen, now, heard)
                    seen = now
                    started.set()
                    self._pass_on(connection, seen, heard)
            except psycopg.Error as error:
                if lost != type(error).__name__:
                    lost = type(error).__name__
                    LOG.warning("Not listening to the database (%s). Trying.", lost)
                self._stop.wait(1)

    def _pass_on(
        self,
        connection: psycopg.Connection[Any],
        seen: dict[str, int],
        heard: Callable[[str, int], None],
    ) -> None:
        while not self._stop.is_set():
            for notice in connection.notifies(timeout=LOOKS_EVERY):
                news = _news_in(notice.payload)
                if news is None:
                    continue
                sender, programme_id, revision = news
                seen[programme_id] = revision
                if sender != self._own:
                    heard(programme_id, revision)


_LOCK = text("SELECT pg_advisory_xact_lock(:space, :number)")
_NOTIFY = text("SELECT pg_notify(:channel, :news)")
_REVISIONS = "SELECT programme_id, revision FROM programme_head"
LOG = logging.getLogger(__name__)


def _news_in(payload: str) -> tuple[str, str, int] | None:
    """Return who committed what; None when it is no news of ours."""
    try:
        said = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    match said:
        case [str(sender), str(programme_id), int(revision)] if (
            programme_id.isprintable() and 0 < revision < 2**63
        ):
            return sender, programme_id, revision
    return None


def _guarded(heard: Callable[[str, int], None]) -> Callable[[str, int], None]:
    """Return a call that outlives any fault: the next commit must still be told."""

    def told(programme_id: str, revision: int) -> None:
        try:
            heard(programme_id, revision)
        except Exception:  # one message's fault is not the next one's
            LOG.exception("News of a commit could not be passed on")

    return told


def _catch_up(
    seen: dict[str, int], now: dict[str, int], heard: Callable[[str, int], None]
) -> None:
    for programme_id, revision in now.items():
        for missed in range(seen.get(programme_id, revision) + 1, revision + 1):
            heard(programme_id, missed)


def _session_settings(connection: Any) -> None:  # noqa: ANN401 - a DB-API connection
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_MS}ms'")
        cursor.execute("SET synchronous_commit = on")
    connection.commit()
