"""Columns that ask whether an action is complete; rows that stand under two headings."""

from __future__ import annotations

import pytest

from systemmap.formats import FORMATS, accept, read
from systemmap.language.progress_words import progress_words
from systemmap.testing import programme_of
from tests.intake.made_files import actions, said, workbook

TITLES = ("Open a food club", "Train walk leaders", "Map takeaways")


def plan(heads, *columns):
    rows = zip(TITLES, *columns, strict=False)
    return "\n".join(",".join(row) for row in [("Action", *heads), *rows]).encode()


@pytest.mark.parametrize(
    "heading", ["Complete?", "Done?", "Achieved (Y/N)", "Action complete", "Delivered"]
)
@pytest.mark.parametrize(
    ("yes", "no"),
    [("Y", "N"), ("Yes", "No"), ("TRUE", "FALSE"), ("✓", "✗"), ("✔️", "☐")],
)
def test_an_answer_says_that_an_action_is_complete_or_only_that_it_is_not(
    heading, yes, no
):
    found = read(
        plan(("Lead", heading), ("PH", "NHS", "Parks"), (yes, no, "")), "p.csv"
    )
    club, walks, map_ = actions(found)
    assert (club.status, club.status_note) == ("complete", "")
    assert (walks.status, walks.status_note) == ("", "Not complete")
    assert (map_.status, map_.status_note, map_.progress_raw) == ("", "", "")
    assert f"1 cell of “{heading}” says only that the action is not complete" in said(
        found
    )


def test_an_answer_keeps_its_words_and_goes_out_as_it_came_in():
    data = plan(("Lead", "Done?"), ("PH", "NHS"), ("Yes - May 2026", "N - no venue"))
    found = read(data, "p.csv")
    club, walks = actions(found)
    assert (club.status, club.status_note) == ("complete", "May 2026")
    assert progress_words(walks) == "Not complete – no venue"
    programme = programme_of(None, *found.records)
    sent = FORMATS["plan_text"].write(programme, "main").data.decode()
    assert "Yes - May 2026" in sent
    assert "N - no venue" in sent
    again = accept(programme, read(data, "p.csv"))
    assert (again.new, again.changed, again.conflicts) == (0, 0, ())


@pytest.mark.parametrize("heading", ["On track?", "Funded (Y/N)", "Date agreed"])
def test_an_answer_to_another_question_is_no_status(heading):
    found = actions(read(plan(("Lead", heading), ("PH", "NHS"), ("Y", "N")), "p.csv"))
    assert [a.status for a in found] == ["", ""]


def test_a_status_beside_the_answers_counts_and_words_of_an_update_do_not():
    heads, leads = ("Lead", "Done?", "Status"), ("PH", "NHS")
    found = read(plan(heads, leads, ("Y", "N"), ("Complete", "Ongoing")), "p.csv")
    assert [a.status for a in actions(found)] == ["complete", "ongoing"]
    assert "“Done?” was kept beside it" in said(found)
    heads = ("Lead", "Update", "Done?")
    found = read(plan(heads, leads, ("12 came", "No hall"), ("Y", "N")), "p.csv")
    assert [(a.status, a.note) for a in actions(found)] == [
        ("complete", "12 came"),
        ("", "No hall"),
    ]


HEAD, WALK = ("Action", "Lead", "By when"), ("Walk to school", "Schools", "March 2027")
COOK, RIDE = ("Cook", "College", "May 2027"), ("Ride", "Cycling UK", "May 2027")


@pytest.mark.parametrize(
    ("rows", "others", "places"),
    [
        (
            (HEAD, ("Food",), WALK, COOK, ("Travel",), WALK, RIDE),
            (),
            ("row 3", "row 6"),
        ),
        ((HEAD, WALK, COOK), [("Travel", (HEAD, WALK, RIDE))], ("row 2", "row 2")),
    ],
)
def test_a_row_that_stands_under_two_headings_is_read_twice_and_said(
    rows, others, places
):
    found = read(workbook(*rows, others=others), "p.xlsx")
    assert [a.title for a in actions(found)].count("Walk to school") == 2
    (problem,) = (p for p in found.problems if "word for word under" in p.what)
    assert all(place in problem.what for place in (*places, "“Travel”"))
    assert "Read as 2 actions: leave rows out if they are one." in problem.what
    assert problem.kind == "guessed"


def test_a_row_with_another_lead_under_the_next_heading_is_another_action():
    other = ("Walk to school", "Parks", "March 2027")
    found = read(workbook(HEAD, ("Food",), WALK, ("Travel",), other), "p.xlsx")
    assert "word for word" not in said(found)
