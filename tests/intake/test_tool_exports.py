"""Exports of tools for tasks and networks, read by the tools' own headings."""

from __future__ import annotations

import json

import pytest

from systemmap.errors import ReadError
from systemmap.formats import read
from systemmap.formats.import_mapping import ImportMapping
from systemmap.model.elements import Link
from systemmap.model.plan import Workstream
from tests.intake.made_files import actions, of, said

TRELLO = (
    "Card ID,Card Name,Card URL,Card Description,Labels,Members,Due Date,Attachment Count,Attachment Links,Checklist Item Total Count,Checklist Item Completed Count,Vote Count,Comment Count,Last Activity Date,List ID,List Name,Board ID,Board Name,Archived,Start Date,Due Complete\n"
    "64a,Map takeaways,https://trello.com/c/1,Within 400m,Food,janedoe,2027-03-31T12:00:00.000Z,0,,0,0,0,0,2026-11-01,5c1,{},5b0,Healthy weight,false,,false\n"
    "64b,Write a brief,https://trello.com/c/2,,,,,0,,0,0,0,0,2026-10-01,5c3,{},5b0,Healthy weight,true,,true\n"
    "64c,Open the hub,https://trello.com/c/3,,,,2026-05-01T12:00:00.000Z,0,,0,0,0,0,2026-10-01,5c3,{},5b0,Healthy weight,false,,true\n"
)


def test_archived_cards_of_trello_are_left_out_and_counted():
    found = read(TRELLO.format("To do", "Done", "Done").encode(), "board.csv")
    assert [(a.title, a.status, a.ref) for a in actions(found)] == [
        ("Map takeaways", "not_started", "64a"),
        ("Open the hub", "complete", "64c"),
    ]
    assert actions(found)[0].due.start == "2027-03-31"
    (left,) = (p for p in found.problems if p.kind == "skipped")
    assert (left.where, left.what[:22]) == ("line 3", "This card is archived.")
    assert (found.items, found.read, found.blank) == (3, 2, 0)
    assert "janedoe" not in repr(found.records)


def test_an_archived_card_is_kept_where_a_person_says_it_is_a_row():
    mapping = ImportMapping(format="plan_text", rows={"line 3": "row"})
    found = read(
        TRELLO.format("To do", "Done", "Done").encode(), "b.csv", None, mapping
    )
    assert len(actions(found)) == 3


def test_lists_that_are_no_steps_are_themes_and_the_tick_of_a_card_is_its_status():
    found = read(TRELLO.format("Food", "Food", "Activity").encode(), "board.csv")
    assert [(a.extra["theme"], a.status) for a in actions(found)] == [
        ("Food", ""),
        ("Activity", "complete"),
    ]
    assert "“List Name” say no status, so it was read as the theme" in said(found)


BOARD = {
    "name": "Healthy weight",
    "lists": [
        {"id": "l1", "name": "Doing", "closed": False},
        {"id": "l2", "name": "Done", "closed": False},
        {"id": "l3", "name": "Old ideas", "closed": True},
    ],
    "members": [{"id": "m1", "fullName": "Jane Doe"}],
    "checklists": [{"id": "k1", "name": "Steps"}],
    "cards": [
        {
            "id": "64a",
            "name": "Map takeaways",
            "idList": "l1",
            "closed": False,
            "due": "2027-03-31T12:00:00.000Z",
            "dueComplete": False,
            "desc": "Within 400m",
            "idMembers": ["m1"],
            "labels": [{"name": "Food"}],
            "badges": {"comments": 2, "attachments": 0},
        },
        {"id": "64b", "name": "Open the hub", "idList": "l2", "closed": False},
        {"id": "64c", "name": "Write a brief", "idList": "l2", "closed": True},
        {"id": "64d", "name": "Sugar swap stall", "idList": "l3", "closed": False},
    ],
}


def test_a_board_of_trello_is_read_without_archived_cards_lists_and_people():
    found = read(json.dumps(BOARD).encode(), "board.json")
    assert found.format == "trello_json"
    assert [(a.title, a.status, a.aims) for a in actions(found)] == [
        ("Map takeaways", "ongoing", ("Within 400m",)),
        ("Open the hub", "complete", ()),
    ]
    assert actions(found)[0].due.start == "2027-03-31"
    left = [p for p in found.problems if p.kind == "skipped"]
    assert [p.where for p in left] == ["card 3", "card 4"]
    assert (found.items, found.read) == (4, 2)
    assert "1 checklist and 1 card with comments" in said(found)
    assert "Who 1 card is given to was left out." in said(found)
    assert "Jane" not in repr(found.records)


@pytest.mark.parametrize("cards", [[], None, {"id": "x"}, [1, "two"]])
def test_a_board_without_cards_is_refused_in_words(cards):
    board = json.dumps({**BOARD, "cards": cards}).encode()
    with pytest.raises(ReadError, match="No list of cards was found"):
        read(board, "board.json")


def test_issues_of_jira_are_named_by_their_summary_and_name_nobody():
    found = read(
        b"Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Priority,Resolution,Assignee,Reporter,Created,Updated,Due date,Description,Labels\n"
        b"Map takeaways,HW-1,10001,Task,In Progress,HW,Healthy weight,Medium,,Jane Doe,Tom Reed,01/Mar/26 9:12 AM,12/Nov/26 3:02 PM,31/Mar/27 12:00 AM,Within 400m of schools,food\n"
        b"Train walk leaders,HW-2,10002,Task,To Do,HW,Healthy weight,High,,,Tom Reed,01/Mar/26 9:13 AM,12/Nov/26 3:02 PM,,,\n",
        "jira.csv",
    )
    walks = actions(found)[1]
    assert [a.title for a in actions(found)] == ["Map takeaways", "Train walk leaders"]
    assert [a.aims for a in actions(found)] == [("Within 400m of schools",), ()]
    assert (walks.ref, walks.status, walks.owners) == ("HW-2", "not_started", ())
    assert not any(name in repr(found.records) for name in ("Jane", "Tom"))


def test_tasks_of_asana_are_complete_on_the_day_they_were_completed():
    found = read(
        b"Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,Tags,Notes,Projects,Parent task\n"
        b"1201,2026-03-01,,2026-11-01,Map takeaways,Food,Jane Doe,jane@x.gov.uk,,2027-03-31,,Within 400m,Healthy weight,\n"
        b"1202,2026-03-01,2026-05-02,2026-05-02,Open the hub,Activity,Tom Reed,tom@x.gov.uk,,2026-05-01,,,Healthy weight,\n",
        "asana.csv",
    )
    assert [(a.title, a.status, a.extra["theme"]) for a in actions(found)] == [
        ("Map takeaways", "", "Food"),
        ("Open the hub", "complete", "Activity"),
    ]
    assert actions(found)[1].status_note == "2026-05-02"
    assert "Jane" not in repr(found.records)


def test_tasks_of_microsoft_project_are_named_by_name_and_have_no_aims():
    found = read(
        b"ID,Active,Task Mode,Name,Duration,Start,Finish,Predecessors,Outline Level,Resource Names,% Complete\n"
        b"1,Yes,Auto Scheduled,Map takeaways,60 days,Wed 01/04/26,Tue 23/06/26,,2,Planning,100%\n"
        b"2,Yes,Auto Scheduled,Draft SPD,60 days,Wed 24/06/26,Wed 16/09/26,2,2,Planning,0%\n",
        "project.csv",
        "plan_text",
    )
    assert [(a.title, a.aims, a.owners, a.status) for a in actions(found)] == [
        ("Map takeaways", (), ("Planning",), "complete"),
        ("Draft SPD", (), ("Planning",), "not_started"),
    ]


def test_projects_of_a_council_are_still_its_actions():
    found = read(
        b"Project,Lead,Completion date,Date completed\nMap takeaways,Parks,May 2027,\nTrain leaders,NHS,May 2026,12/05/2026\n",
        "plan.csv",
    )
    assert [(a.title, a.due.start, a.status) for a in actions(found)] == [
        ("Map takeaways", "2027-05", ""),
        ("Train leaders", "2026-05", "complete"),
    ]


def test_gephis_type_says_a_direction_and_bare_numbers_are_said():
    rows = b"Source,Target,Type,Id,Label,Weight\n1,2,Directed,0,,1.0\n3,1,Undirected,2,,1.0\n"
    found = read(rows, "edges.csv")
    assert [link.directed for link in of(Link, found)] == [True, False]
    assert "name their ends by numbers" in said(found)
    named = rows.replace(b"1,2,D", b"Stress,Sleep,D").replace(
        b"3,1,U", b"Diet,Stress,U"
    )
    assert "by numbers" not in said(read(named, "edges.csv"))


def test_signs_in_short_are_signs():
    found = read(
        b"From,To,Type\nParks,Activity,+ve\nTraffic,Activity,-ve\nCost,Diet,inverse\n",
        "links.csv",
    )
    assert [link.polarity.value for link in of(Link, found)] == ["+", "-", "-"]


PROJECT = "ID,Active,Task Mode,Name,Duration,Start,Finish,Predecessors,Outline Level,Resource Names,% Complete,Summary\n"


def project(*tasks):
    """A project's export: level, name, whether it gathers others, whether it is active."""
    rows = (
        f"{n},{active},Auto Scheduled,{name},9 days,01/04/26,31/07/26,,{level},Planning,10%,{gathers}\n"
        for n, (level, name, gathers, active) in enumerate(tasks, 1)
    )
    return read((PROJECT + "".join(rows)).encode(), "project.csv")


def streams(reading):
    names = {stream.id: stream.name for stream in of(Workstream, reading)}
    return [(a.title, names[a.workstream_id]) for a in actions(reading)]


def test_summary_tasks_of_a_project_are_the_workstreams_of_those_below():
    found = project(
        (1, "Food", "Yes", "Yes"),
        (2, "Map takeaways", "No", "Yes"),
        (2, "Write the policy", "No", "Yes"),
        (1, "Activity", "Yes", "Yes"),
        (2, "School streets", "No", "Yes"),
    )
    assert streams(found) == [
        ("Map takeaways", "Food"),
        ("Write the policy", "Food"),
        ("School streets", "Activity"),
    ]
    assert (found.items, found.read) == (5, 5)
    assert all(action.aims == () for action in actions(found))


def test_a_task_goes_back_to_the_summary_task_it_stands_below():
    found = project(
        (1, "Food", "Yes", "Yes"),
        (2, "Map takeaways", "No", "Yes"),
        (2, "Schools", "Yes", "Yes"),
        (3, "Audit canteens", "No", "Yes"),
        (2, "Write the policy", "No", "Yes"),
        (1, "Report to the board", "No", "Yes"),
    )
    assert sorted(streams(found)) == [
        ("Audit canteens", "Schools"),
        ("Map takeaways", "Food"),
        ("Report to the board", "Plan"),
        ("Write the policy", "Food"),
    ]
    assert (found.items, found.read, len(of(Workstream, found))) == (6, 6, 3)


def test_a_task_that_is_switched_off_is_left_out_and_said():
    found = project(
        (1, "Food", "Yes", "Yes"),
        (2, "An old idea", "No", "No"),
        (2, "Map takeaways", "No", "Yes"),
    )
    assert streams(found) == [("Map takeaways", "Food")]
    assert "This task is switched off (Active: No). It was left out" in said(found)
    assert (found.items, found.read, found.skipped) == (3, 2, 1)


def test_a_column_that_says_yes_or_no_names_no_action():
    found = read(
        b"Ref,Action required,Issue,Lead,By when\n1,Yes,Takeaways near schools,Planning,March 2027\n2,No,Vending machines,Catering,\n",
        "plan.csv",
    )
    assert [(a.title, a.aims) for a in actions(found)] == [
        ("Takeaways near schools", ()),
        ("Vending machines", ()),
    ]
    assert "Most cells of “Action required” say yes or no" in said(found)
