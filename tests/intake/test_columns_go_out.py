"""A plan in a council's own columns goes out in them: what nobody changed, to the letter."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from systemmap.formats import FORMATS, read
from systemmap.testing import programme_of
from tests.intake.made_files import actions

CLUB, WALKS = "Open a food club", "Train walk leaders"
PLANS = (
    (
        ("Action", "Lead", "Target date", "Revised date"),
        (CLUB, "Parks", "31/03/2027", ""),
        (WALKS, "NHS", "31/03/2026", "30/06/2027"),
    ),
    (
        ("Ref", "Action", "Lead", "Update", "Status"),
        ("1", CLUB, "Parks", "12 people came", "Complete"),
        ("2", WALKS, "NHS", "none yet", "On track"),
    ),
    (
        ("Action", "Lead", "By when", "Q1 update", "Q2 update"),
        (CLUB, "Parks", "31/03/2027", "Started", "Complete"),
        (WALKS, "NHS", "31/03/2026", "On track", ""),
    ),
    (
        ("Action", "Team", "Target", "Start date", "Supported by", "Cost"),
        (CLUB, "Parks", "31/03/2027", "01/04/2026", "Food bank; Church", "5,000"),
        (WALKS, "NHS", "30/04/2027", "Spring 2026", "", "Officer time"),
    ),
    (
        ("Priority", "Action", "RAG", "Lead", "KPIs", "Where", "Notes"),
        ("High", CLUB, "Red", "Parks", "Visits\nMeals", "Melton", "Hall booked"),
        ("Low", WALKS, "", "NHS", "", "", ""),
    ),
)


def read_in(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return read(out.getvalue().encode(), "plan.csv")


def written(programme, heads):
    """Return the rows below the headings of the first sheet, and what is said to be lost."""
    sent = FORMATS["plan_excel"].write(programme, "main")
    sheet = load_workbook(io.BytesIO(sent.data)).worksheets[0]
    rows = [tuple(c or "" for c in row) for row in sheet.iter_rows(values_only=True)]
    start = next(n for n, row in enumerate(rows) if row[: len(heads)] == heads)
    return [row[: len(heads)] for row in rows[start + 1 :] if any(row)], sent.losses


@pytest.mark.parametrize("rows", PLANS, ids=lambda rows: rows[0][-1])
def test_an_untouched_plan_goes_out_with_the_same_cell_in_every_column(rows):
    programme = programme_of(None, *read_in(rows).records)
    out, losses = written(programme, rows[0])
    assert out == list(rows[1:])
    assert losses == ()


def test_a_day_that_was_not_moved_is_due_when_it_was_due_at_first():
    found = actions(read_in(PLANS[0]))
    assert [a.due.start for a in found] == ["2027-03-31", "2027-06-30"]


def test_what_was_changed_here_is_written_in_the_column_that_holds_it():
    rows = PLANS[3]
    programme = programme_of(None, *read_in(rows).records)
    club, walks = programme.actions.values()
    programme.replace(
        replace(club, partners=("Food bank", "Library"), start=date(2026, 5, 6))
    )
    programme.replace(replace(walks, partners=("Ramblers",)))
    out, _ = written(programme, rows[0])
    assert [row[3:5] for row in out] == [
        ("6 May 2026", "Food bank; Library"),
        ("Spring 2026", "Ramblers"),
    ]


def test_what_no_column_holds_is_said_to_be_left_out():
    programme = programme_of(None, *read_in(PLANS[0]).records)
    club, _ = programme.actions.values()
    programme.replace(replace(club, partners=("Library",), note="Hall booked"))
    out, losses = written(programme, PLANS[0][0])
    assert "Library" not in str(out)
    assert [loss for loss in losses if "partners" in loss or "notes" in loss] == [
        "A plan table cannot hold partners of an action: 1 left out.",
        "A plan table cannot hold notes on an action: 1 left out.",
    ]
