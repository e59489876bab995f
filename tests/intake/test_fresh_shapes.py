"""Shapes that councils' own files have: each was once read wrongly and not said."""

from __future__ import annotations

import io

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.comments import Comment

from systemmap.errors import Undecided
from systemmap.formats import FORMATS, read
from systemmap.model.elements import Link
from systemmap.model.plan import Workstream
from systemmap.testing import programme_of
from tests.intake.made_files import actions, of, said, saved, workbook

HEAD = ("Action", "Lead", "By when", "RAG")
CLUB, WALKS = ("Food club", "Parks", "May 2027"), ("Walks", "NHS", "June 2027")


def test_a_table_under_a_title_without_headings_is_a_workstream_of_its_own():
    document = Document()
    for title, rows in (
        ("Early years", [("Action", "Lead", "Update"), ("Feeding", "NHS", "Begun")]),
        ("School age", [("Daily Mile", "Sport", "Ongoing"), ("Meals", "Schools", "")]),
    ):
        document.add_heading(title, 2)
        table = document.add_table(rows=len(rows), cols=3)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    found = read(saved(document), "plan.docx")
    streams = {stream.id: stream.name for stream in of(Workstream, found)}
    assert [(streams[a.workstream_id], a.title) for a in actions(found)] == [
        ("Early years", "Feeding"),
        ("School age", "Daily Mile"),
        ("School age", "Meals"),
    ]
    assert "This table has no headings of its own" in said(found)
    assert found.items == found.read == 3


def test_statuses_on_one_sheet_leave_the_colours_of_another():
    data = workbook(
        HEAD,
        CLUB,
        WALKS,
        fills=[("D2", "red"), ("D3", "green")],
        others=[("Archive", (HEAD, ("Old walks", "NHS", "May 2024", "Complete")))],
    )
    found = read(data, "plan.xlsx")
    assert [(a.title, a.rating, a.status) for a in actions(found)] == [
        ("Food club", "red", ""),
        ("Walks", "green", ""),
        ("Old walks", "", "complete"),
    ]


def test_comments_in_cells_are_said():
    book = load_workbook(io.BytesIO(workbook(HEAD, CLUB, WALKS)))
    assert "a comment" not in said(read(saved(book), "plan.xlsx"))
    book.active["A2"].comment = Comment("Now with the college", "Jo")
    assert "1 cell has a comment. Comments are not read" in said(
        read(saved(book), "plan.xlsx")
    )


def test_outcomes_and_who_measures_them_are_no_links():
    data = b"Outcome,Indicator,Baseline,Source\nFewer children above a healthy weight,Year 6,36.1%,NCMP\nMore active adults,Active,65.2%,Active Lives\n"
    with pytest.raises(Undecided, match="beside those of a register"):
        read(data, "outcomes.csv")


@pytest.mark.parametrize(
    ("cells", "strengths"),
    [
        (("-2", "1", "-1"), ["unrated"] * 3),
        (("-1", "1", "-1"), ["unrated"] * 3),
        (("-0.3", "0.5", "-1"), ["weak", "medium", "strong"]),
    ],
)
def test_numbers_are_strengths_only_as_shares_of_one(cells, strengths):
    square = ",Stress,Sleep,Weight\nStress,,{},{}\nSleep,,,{}\nWeight,,,\n"
    found = read(square.format(*cells).encode(), "square.csv")
    assert [link.strength.value for link in of(Link, found)] == strengths
    assert [link.polarity.value for link in of(Link, found)] == ["-", "+", "-"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Achieved", "complete"),
        ("Cancelled", "stopped"),
        ("Nearly complete", "ongoing"),
        ("Delivered 12 sessions", ""),
    ],
)
def test_a_status_in_other_words_is_one_to_confirm(words, status):
    found = read(f"Action,Lead,Progress\nWalks,NHS,{words}\n".encode(), "p.csv")
    assert actions(found)[0].status == status
    assert ("Please confirm it" in said(found)) is bool(status)


def test_what_was_spent_to_date_is_no_day():
    found = read(b"Action,Lead,Spend to date\nWalks,NHS,61250\n", "p.csv")
    assert actions(found)[0].due is None


def test_points_in_a_cell_of_actions_are_said():
    data = workbook(HEAD, ("\u2022 Map\n\u2022 Consult", "Parks", "May 2027", ""))
    assert "This cell lists 2 actions." in said(read(data, "plan.xlsx"))


def test_a_theme_written_once_is_that_of_the_rows_below_and_goes_out_once():
    head = ("Objective", "Action", "Lead")
    rows = (("Food", "Club", "Parks"), ("", "Meals", "NHS"), ("Travel", "Walks", "NHS"))
    found = read(workbook(head, *rows, ("", "Rides", "Sport")), "plan.xlsx")
    assert [a.extra["theme"] for a in actions(found)] == [
        "Food",
        "Food",
        "Travel",
        "Travel",
    ]
    assert "2 rows name no theme and stand below one that does" in said(found)
    programme = programme_of(None, *found.records)
    sent = FORMATS["plan_text"].write(programme, "main").data.decode()
    assert (sent.count("Food"), sent.count("Travel")) == (1, 1)


def test_a_blank_theme_is_none_where_themes_are_written_in_each_row():
    head = ("Theme", "Action", "Lead")
    rows = (("Food", "Club", "Parks"), ("Food", "Meals", "NHS"), ("", "Walks", "NHS"))
    found = actions(read(workbook(head, *rows), "plan.xlsx"))
    assert [a.extra.get("theme", "") for a in found] == ["Food", "Food", ""]


def test_points_below_an_action_are_its_aims_unless_its_words_go_on_in_them():
    found = read(
        b"Action,Lead,By when\n"
        b'"Healthy settings for staff. Key steps:\n- audit canteens\n- agree standards",Catering,March 2027\n'
        b'"We will:\n- open a food club\n- train volunteers",Food network,2027\n'
        b'"Work with caterers on\n- portions\n- vending",Catering,2027\n',
        "plan.csv",
        "plan_text",
    )
    assert [(a.title, a.aims) for a in actions(found)] == [
        (
            "Healthy settings for staff. Key steps",
            ("audit canteens", "agree standards"),
        ),
        ("We will: - open a food club - train volunteers", ()),
        ("Work with caterers on - portions - vending", ()),
    ]
