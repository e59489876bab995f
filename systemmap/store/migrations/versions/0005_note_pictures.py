"""Notes cut out of photos, each with its picture until it is purged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; no row that is there is touched."""
    op.create_table(
        "note_picture",
        sa.Column("programme_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("workshop_id", sa.Text, nullable=False),
        sa.Column("table_id", sa.Text, nullable=True),
        sa.Column("note_id", sa.Text, nullable=True),
        sa.Column("photo", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("colour", sa.Text, nullable=False),
        sa.Column("picture", sa.Text, nullable=False),
        sa.Column("left", sa.Double, nullable=False),
        sa.Column("top", sa.Double, nullable=False),
        sa.Column("right", sa.Double, nullable=False),
        sa.Column("bottom", sa.Double, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("row_version", sa.BigInteger, nullable=False),
        sa.Column("row_added", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "id", name="pk_note_picture"),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme_head.programme_id"],
            name="fk_note_picture_head",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "note_id"],
            ["contribution.programme_id", "contribution.id"],
            name="fk_note_picture_note_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "table_id"],
            ["table.programme_id", "table.id"],
            name="fk_note_picture_table_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "workshop_id"],
            ["workshop.programme_id", "workshop.id"],
            name="fk_note_picture_workshop_id",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(
        "ix_note_picture_note_id", "note_picture", ["programme_id", "note_id"]
    )
    op.create_index(
        "ix_note_picture_table_id", "note_picture", ["programme_id", "table_id"]
    )
    op.create_index(
        "ix_note_picture_workshop_id", "note_picture", ["programme_id", "workshop_id"]
    )
    op.execute("UPDATE schema_version SET version = 5")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 5")
