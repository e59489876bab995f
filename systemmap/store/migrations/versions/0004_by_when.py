"""Ideas say by when, as it was typed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; ideas that are there said nothing of it."""
    op.add_column(
        "proposal", sa.Column("due_raw", sa.Text, nullable=False, server_default="")
    )
    op.execute("UPDATE schema_version SET version = 4")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 4")
