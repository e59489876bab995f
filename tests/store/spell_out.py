"""Write migrations/versions/0001_initial.py from tables.py. Only before the first release."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint

from systemmap.store.sql.tables import APPLICATION_ID, METADATA, SCHEMA

TARGET = (
    Path(__file__).parents[2] / "systemmap/store/migrations/versions/0001_initial.py"
)
HEAD = '''"""The first schema: a table per record kind, the log, and what surrounds it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
'''
TAIL = f"""    op.execute("INSERT INTO schema_version (version) VALUES ({SCHEMA})")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA application_id = {APPLICATION_ID}")
        op.execute("PRAGMA user_version = {SCHEMA}")
"""  # noqa: S608 - two constants of our own


def table(found) -> str:
    lines = [f'    op.create_table("{found.name}",']
    for column in found.columns:
        kind = type(column.type).__name__
        auto = (
            ", autoincrement=False"
            if column.primary_key and kind == "BigInteger"
            else ""
        )
        lines.append(
            f'sa.Column("{column.name}", sa.{kind}, nullable={column.nullable}{auto}),'
        )
    keys = ", ".join(f'"{c.name}"' for c in found.primary_key.columns)
    lines.append(f'sa.PrimaryKeyConstraint({keys}, name="{found.primary_key.name}"),')
    for rule in sorted(found.constraints, key=lambda c: str(c.name)):
        if isinstance(rule, UniqueConstraint):
            names = ", ".join(f'"{c.name}"' for c in rule.columns)
            lines.append(f'sa.UniqueConstraint({names}, name="{rule.name}"),')
        elif isinstance(rule, ForeignKeyConstraint):
            targets = [element.target_fullname for element in rule.elements]
            lines.append(
                f'sa.ForeignKeyConstraint({list(rule.column_keys)}, {targets}, name="{rule.name}", deferrable=True, initially="DEFERRED"),'
            )
    lines.append(")")
    lines += [
        f'    op.create_index("{index.name}", "{found.name}", {[c.name for c in index.columns]})'
        for index in sorted(found.indexes, key=lambda i: str(i.name))
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    TARGET.write_text(
        HEAD + "".join(map(table, METADATA.tables.values())) + TAIL, encoding="utf-8"
    )
    subprocess.run(
        [Path(sys.executable).parent / "ruff", "format", "-q", TARGET], check=True
    )


if __name__ == "__main__":
    main()
