"""Who may do what: the whole table, tried out, against what was decided."""

import inspect
import runpy
from pathlib import Path

from systemmap.editing.canvas_acts import ACTS
from systemmap.model.kinds import KINDS
from systemmap.model.seat import PART_KINDS
from systemmap.store import ROLES, ProgrammeStore
from tests.contract.roles import COLUMNS, OPEN, VALUES, WAYS, table

ROOT = Path(__file__).resolve().parents[2]
ADMIN_ONLY = {"`redact`", "`restore`", "`delete`"}
FACILITATED = {
    *("workshop", "table", "question put to the vote"),
    *("`create`", "`adopt`"),
}
NO_TABLET = {
    "add_action",
    "tie_action",
    "tie_asset",
}  # actions and assets are the facilitator's
ROOM = {
    *((f"`{act}` on the table's own map", "") for act in ACTS if act not in NO_TABLET),
    ("undo what the same device drew", ""),
    *(("factor on the table's own map", way) for way in WAYS),
    *(("link on the table's own map", way) for way in WAYS),
    ("its own note", "add"),
    ("its own statement", "add"),
    ("its own proposal", "add"),
    ("its own dot", "add"),
    ("its own dot", "remove"),
}


def decided(row):
    allowed = {"admin"}
    if row.what not in ADMIN_ONLY:
        allowed.add("facilitator")
        if row.what not in FACILITATED:
            allowed.add("editor")
    if (row.what, row.way) in ROOM:
        allowed.add(f"room, {OPEN}")
    return allowed


def test_only_who_was_meant_to_may():
    """One test for the whole table: collecting it would mean to try everything out."""
    wrong = {
        f"{row.way} {row.what}": f"{sorted(row.allowed)}, not {sorted(decided(row))}"
        for row in table()
        if row.allowed != decided(row)
    }
    assert wrong == {}


def test_the_table_leaves_out_no_act_no_kind_no_write_and_no_role():
    rows = table()
    assert {(row.what, row.way) for row in rows} >= ROOM
    assert set(VALUES) == set(ACTS)
    tried = {row.what.split("`")[1] for row in rows if "`" in row.what}
    by_rows = {"apply", "undo"}  # tried by the rows and by the acts
    reads = {"answered"}  # about the actor's own keys only
    writes = {
        name
        for name, method in vars(ProgrammeStore).items()
        if inspect.isfunction(method)
        and "actor" in inspect.signature(method).parameters
    }
    assert writes <= tried | by_rows | reads
    assert len([row for row in rows if row.section == "Rows"]) >= 3 * len(KINDS) - 2
    assert {column.partition(",")[0] for column in COLUMNS} == set(ROLES)
    assert {kind for kinds in PART_KINDS.values() for kind in kinds} <= set(KINDS)


def test_its_page_is_current():
    """Here, and not among the other pages, so that all is tried out once."""
    made = runpy.run_path(str(ROOT / "docs/make.py"))["PAGES"]["roles.md"]()
    page = (ROOT / "docs/roles.md").read_text(encoding="utf-8")
    assert page == made, "run: uv run python docs/make.py"
