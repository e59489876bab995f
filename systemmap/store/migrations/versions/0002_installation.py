"""A place for what belongs to the installation rather than to a programme: its secret."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; the secret itself is made when it is first needed."""
    op.create_table(
        "installation",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_installation"),
    )
    op.execute("UPDATE schema_version SET version = 2")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 2")
