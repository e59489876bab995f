"""An action has room for what is known of it, in words and with its source."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing was said before."""
    op.add_column(
        "action", sa.Column("evidence", sa.Text, nullable=False, server_default="")
    )
    op.execute("UPDATE schema_version SET version = 7")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 7")
