"""An action's rating, why and since when have columns of their own."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEPT = ("rating", "rating_reason")  # where they stood before, inside `extra`


def upgrade() -> None:
    """Add the columns, and move to them what stood among the further fields."""
    for name in _KEPT:
        op.add_column(
            "action", sa.Column(name, sa.Text, nullable=False, server_default="")
        )
    op.add_column("action", sa.Column("rated_on", sa.Text, nullable=True))
    _move()
    op.execute("UPDATE schema_version SET version = 6")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 6")


def _move() -> None:
    """Take the ratings out of `extra`; a row that has none is not touched."""
    action = sa.table(
        "action", *map(sa.column, ("programme_id", "id", "extra", *_KEPT))
    )
    bind = op.get_bind()
    found = bind.execute(
        sa.select(action.c.programme_id, action.c.id, action.c.extra).where(
            action.c.extra.contains('"rating')
        )
    ).all()
    for programme_id, key, text in found:
        extra = json.loads(text)
        moved = {
            name: extra.pop(name) for name in _KEPT if isinstance(extra.get(name), str)
        }
        if moved:
            kept = json.dumps(
                extra, ensure_ascii=False, sort_keys=True, separators=(",", ":")
            )
            bind.execute(
                action.update()
                .where(action.c.programme_id == programme_id, action.c.id == key)
                .values(extra=kept, **moved)
            )
