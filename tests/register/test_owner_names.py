"""Owners as organisations: asked once whether words are one name, and remembered."""

from __future__ import annotations

from systemmap.editing.actions import new_action
from systemmap.editing.grids import GridEdits, apply_edits
from systemmap.editing.list_grids import FURTHER
from systemmap.editing.owner_names import (
    owner_questions,
    owners_of,
    settle_owner,
    sort_of,
)
from systemmap.editing.plan_grid import PLAN
from systemmap.formats import read
from systemmap.formats.acceptance import accept
from systemmap.model.meetings import Board
from systemmap.testing import programme_of

PLAN_TEXT = b"Action\tAims\tResponsible\tDue date\tProgress\tOutcomes\n1. Train staff\tA\tHR & OD\tOct 26\t\t\n2. Walks\tB\tParks\tOct 26\t\t\n"


def town():
    programme = programme_of()
    for title in ("Train staff", "Write to staff"):
        new_action(programme, title, owner="HR & OD, Parks")
    new_action(programme, "Walks", owner="Public Health and Leisure")
    return programme


def test_what_was_split_is_asked_once_with_the_most_rows_first():
    asked = owner_questions(town())
    assert [(q.raw, q.names, q.rows) for q in asked] == [
        ("HR & OD", ("HR", "OD"), 2),
        ("Public Health and Leisure", ("Public Health", "Leisure"), 1),
    ]


def test_one_name_stays_one_in_every_row_now_and_later():
    programme = town()
    assert settle_owner(programme, "HR & OD", one=True) == 2
    assert programme.actions["train-staff"].owners == ("HR & OD", "Parks")
    assert programme.actions["walks"].owners == ("Public Health", "Leisure")
    assert new_action(programme, "Later", owner="HR & OD").owners == ("HR & OD",)
    edits = GridEdits(added=({"title": "Grid row", "owners": "HR & OD and Parks"},))
    apply_edits(PLAN, programme, {}, edits)
    assert programme.actions["grid-row"].owners == ("HR & OD", "Parks")
    assert [q.raw for q in owner_questions(programme)] == ["Public Health and Leisure"]


def test_several_names_stay_several_and_are_asked_no_more():
    programme = town()
    settle_owner(programme, "HR & OD", one=True)
    settle_owner(programme, "HR & OD", one=False)
    assert programme.actions["train-staff"].owners == ("HR", "OD", "Parks")
    assert "HR & OD" not in [q.raw for q in owner_questions(programme)]


def test_a_board_or_group_is_one_name():
    programme = programme_of()
    programme.add(Board(id="food", name="Food and Sport Group"))
    assert owners_of(programme, "Food and Sport Group, Parks").names == (
        "Food and Sport Group",
        "Parks",
    )


def test_an_imported_plan_is_read_with_what_was_remembered():
    programme = town()
    settle_owner(programme, "HR & OD", one=True)
    accept(programme, read(PLAN_TEXT, "plan.txt"))
    owners = [a.owners for a in programme.actions.values() if a.as_typed]
    assert owners == [("HR & OD",), ("Parks",)]


def test_an_owner_is_a_partnership_a_group_or_a_role_and_stays_one():
    programme = town()
    programme.add(Board(id="pst", name="Parks", kind="working_group"))
    grid = FURTHER["owners"]
    said = {"HR & OD": {"is": "A group"}}
    apply_edits(grid, programme, grid.rows(programme), GridEdits(changed=said))
    rows = grid.rows(programme)
    assert rows["HR & OD"] == {"raw": "HR & OD", "names": "HR & OD", "is": "A group"}
    assert rows["Parks"]["is"] == "Working group"
    settle_owner(programme, "HR & OD", one=True, sort="organisations_role")
    assert sort_of(programme, "hr & od") == "A role"
    assert "HR & OD" not in [q.raw for q in owner_questions(programme)]


def test_the_answer_is_given_by_command_and_screen_alike():
    programme = town()
    grid = FURTHER["owners"]
    before = grid.rows(programme)
    edits = GridEdits(changed={"HR & OD": {"is": "One organisation"}})
    apply_edits(grid, programme, before, edits)
    assert programme.actions["train-staff"].owners == ("HR & OD", "Parks")
    assert grid.rows(programme)["HR & OD"]["is"] == "One organisation"
