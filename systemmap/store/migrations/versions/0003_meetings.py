"""Boards, events and what came of them; dated words on phases; actions tied to actions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; no row that is there is touched."""
    op.create_table(
        "phase_update",
        sa.Column("programme_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("phase_id", sa.Text, nullable=False),
        sa.Column("on", sa.Text, nullable=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("row_version", sa.BigInteger, nullable=False),
        sa.Column("row_added", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "id", name="pk_phase_update"),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme_head.programme_id"],
            name="fk_phase_update_head",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "phase_id"],
            ["phase.programme_id", "phase.id"],
            name="fk_phase_update_phase_id",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(
        "ix_phase_update_phase_id", "phase_update", ["programme_id", "phase_id"]
    )
    op.create_table(
        "indicator_tags",
        sa.Column("programme_id", sa.Text, nullable=False),
        sa.Column("indicator_id", sa.Text, nullable=False),
        sa.Column("frameworks", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("row_version", sa.BigInteger, nullable=False),
        sa.Column("row_added", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(
            "programme_id", "indicator_id", name="pk_indicator_tags"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme_head.programme_id"],
            name="fk_indicator_tags_head",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "indicator_id"],
            ["indicator.programme_id", "indicator.id"],
            name="fk_indicator_tags_indicator_id",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_table(
        "board",
        sa.Column("programme_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("short", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("reports_to", sa.Text, nullable=False),
        sa.Column("chair", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("extra", sa.Text, nullable=False),
        sa.Column("row_version", sa.BigInteger, nullable=False),
        sa.Column("row_added", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "id", name="pk_board"),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme_head.programme_id"],
            name="fk_board_head",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_table(
        "event",
        sa.Column("programme_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("on", sa.Text, nullable=True),
        sa.Column("board_id", sa.Text, nullable=True),
        sa.Column("workstream_id", sa.Text, nullable=True),
        sa.Column("workshop_id", sa.Text, nullable=True),
        sa.Column("places", sa.Text, nullable=False),
        sa.Column("populations", sa.Text, nullable=False),
        sa.Column("frameworks", sa.Text, nullable=False),
        sa.Column("attended", sa.BigInteger, nullable=True),
        sa.Column("organisations", sa.BigInteger, nullable=True),
        sa.Column("outputs", sa.Text, nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("extra", sa.Text, nullable=False),
        sa.Column("row_version", sa.BigInteger, nullable=False),
        sa.Column("row_added", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "id", name="pk_event"),
        sa.ForeignKeyConstraint(
            ["programme_id", "board_id"],
            ["board.programme_id", "board.id"],
            name="fk_event_board_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme_head.programme_id"],
            name="fk_event_head",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "workshop_id"],
            ["workshop.programme_id", "workshop.id"],
            name="fk_event_workshop_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "workstream_id"],
            ["workstream.programme_id", "workstream.id"],
            name="fk_event_workstream_id",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("ix_event_board_id", "event", ["programme_id", "board_id"])
    op.create_index("ix_event_workshop_id", "event", ["programme_id", "workshop_id"])
    op.create_index(
        "ix_event_workstream_id", "event", ["programme_id", "workstream_id"]
    )
    op.create_table(
        "point",
        sa.Column("programme_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("said_by", sa.BigInteger, nullable=True),
        sa.Column("actions", sa.Text, nullable=False),
        sa.Column("causes", sa.Text, nullable=False),
        sa.Column("populations", sa.Text, nullable=False),
        sa.Column("places", sa.Text, nullable=False),
        sa.Column("frameworks", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("extra", sa.Text, nullable=False),
        sa.Column("row_version", sa.BigInteger, nullable=False),
        sa.Column("row_added", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "id", name="pk_point"),
        sa.ForeignKeyConstraint(
            ["programme_id", "event_id"],
            ["event.programme_id", "event.id"],
            name="fk_point_event_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme_head.programme_id"],
            name="fk_point_head",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("ix_point_event_id", "point", ["programme_id", "event_id"])
    op.create_table(
        "decision_tie",
        sa.Column("programme_id", sa.Text, nullable=False),
        sa.Column("decision_id", sa.Text, nullable=False),
        sa.Column("event_id", sa.Text, nullable=True),
        sa.Column("actions", sa.Text, nullable=False),
        sa.Column("points", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("row_version", sa.BigInteger, nullable=False),
        sa.Column("row_added", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("programme_id", "decision_id", name="pk_decision_tie"),
        sa.ForeignKeyConstraint(
            ["programme_id", "decision_id"],
            ["decision.programme_id", "decision.id"],
            name="fk_decision_tie_decision_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "event_id"],
            ["event.programme_id", "event.id"],
            name="fk_decision_tie_event_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme_head.programme_id"],
            name="fk_decision_tie_head",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(
        "ix_decision_tie_event_id", "decision_tie", ["programme_id", "event_id"]
    )
    op.create_table(
        "action_link",
        sa.Column("programme_id", sa.Text, nullable=False),
        sa.Column("action_id", sa.Text, nullable=False),
        sa.Column("other_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("row_version", sa.BigInteger, nullable=False),
        sa.Column("row_added", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(
            "programme_id", "action_id", "other_id", name="pk_action_link"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "action_id"],
            ["action.programme_id", "action.id"],
            name="fk_action_link_action_id",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programme_head.programme_id"],
            name="fk_action_link_head",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["programme_id", "other_id"],
            ["action.programme_id", "action.id"],
            name="fk_action_link_other_id",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(
        "ix_action_link_other_id", "action_link", ["programme_id", "other_id"]
    )
    op.execute("UPDATE schema_version SET version = 3")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA user_version = 3")
