"""How Alembic runs our migrations: on the connection it is given, one transaction per step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alembic import context
from sqlalchemy import func, inspect, select, table

if TYPE_CHECKING:
    from sqlalchemy import Connection


def _counts(connection: Connection) -> dict[str, int]:
    names = inspect(connection).get_table_names()
    return {
        name: connection.execute(
            select(func.count()).select_from(table(name))
        ).scalar_one()
        for name in names
        if name not in ("alembic_version", "schema_version")
    }


def _check(connection: Connection, before: dict[str, int]) -> None:
    """Refuse to commit a step that left a reference dangling or lost a row."""
    if connection.dialect.name == "sqlite":
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if dangling:
            msg = f"the step left {len(dangling)} references dangling"
            raise RuntimeError(msg)
    after = _counts(connection)
    lost = [name for name, count in before.items() if after.get(name, count) < count]
    if lost:
        msg = f"the step lost rows of {', '.join(lost)}"
        raise RuntimeError(msg)


def _run() -> None:
    connection: Connection = context.config.attributes["connection"]
    before = _counts(connection)
    connection.rollback()

    def applied(*_: Any, **__: Any) -> None:  # noqa: ANN401 - Alembic's own arguments
        _check(connection, before)

    context.configure(
        connection=connection,
        transactional_ddl=True,
        transaction_per_migration=True,
        render_as_batch=True,
        on_version_apply=applied,
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
