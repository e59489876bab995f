"""Empty stores of every kind, for tests that each store must pass."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, create_engine, delete

from systemmap.store import Actor, MemoryStore
from systemmap.store.database import DatabaseStore
from systemmap.store.sql.tables import METADATA, SCHEMA_VERSION

KINDS = ("memory", "sqlite", "postgres")
LEAD = Actor("Public health", "admin")
TABLES = [t for t in METADATA.tables.values() if t is not SCHEMA_VERSION]
_SHARED: dict[int, tuple[str, Engine]] = {}
_EMPTY: list[bytes] = []
_TEMPLATES: dict[int, str] = {}


@contextmanager
def store_of(kind, folder, request):
    """Give an empty store and close it at the end."""
    if kind == "memory":
        store = MemoryStore()
    elif kind == "sqlite":
        store = DatabaseStore(empty_file(folder / "systemmap.db"))
    else:
        store = DatabaseStore(
            emptied(request.getfixturevalue("postgres")), backups=folder / "backups"
        )
    try:
        yield store
    finally:
        store.close()


def empty_file(path):
    """Make an empty data file by copying one: migrating each would cost most of the time."""
    if not _EMPTY:
        with TemporaryDirectory() as folder:
            DatabaseStore(Path(folder, "empty.db")).close()
            _EMPTY.append(Path(folder, "empty.db").read_bytes())
    path.write_bytes(_EMPTY[0])
    return path


def migrated(cluster) -> str:
    """Make a database by copying one that has our tables: a tenth of migrating one."""
    if id(cluster) not in _TEMPLATES:
        url = cluster.new_database()
        DatabaseStore(url).close()
        _TEMPLATES[id(cluster)] = url.split("/")[3].partition("?")[0]
    return cluster.new_database(_TEMPLATES[id(cluster)])


def emptied(cluster) -> str:
    """Return the address of the one shared database, with every table empty."""
    if id(cluster) not in _SHARED:
        url = migrated(cluster)
        driver = url.replace("postgresql:", "postgresql+psycopg:", 1)
        engine = create_engine(driver, pool_pre_ping=True)  # some stop the server
        _SHARED[id(cluster)] = url, engine
    url, engine = _SHARED[id(cluster)]
    with engine.begin() as connection:
        connection.exec_driver_sql(";".join(str(delete(t)) for t in TABLES))
    return url
