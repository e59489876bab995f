"""Bring a database to the present schema: each step whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOCK = 0x53594D50  # any constant of our own: who migrates PostgreSQL holds it


def migrate(connection: Connection) -> None:
    """Run every migration that is still missing.

    On SQLite the connection must begin with BEGIN IMMEDIATE and have foreign
    keys off (a rebuild of a parent table would empty its children). A failure
    leaves the database as the last whole step left it: run it again.
    """
    from alembic import command  # slow to import: only when there is work to do
    from alembic.config import Config

    config = Config()
    config.set_main_option("path_separator", "os")
    here = str(Path(__file__).parents[1] / "migrations")
    config.set_main_option("script_location", here.replace("%", "%%"))
    config.attributes["connection"] = connection
    if connection.dialect.name != "postgresql":
        command.upgrade(config, "head")
        return
    connection.exec_driver_sql("SELECT pg_advisory_lock(%(n)s)", {"n": _LOCK})
    connection.commit()
    try:
        command.upgrade(config, "head")
    finally:
        connection.rollback()
        connection.exec_driver_sql("SELECT pg_advisory_unlock(%(n)s)", {"n": _LOCK})
        connection.commit()
