"""A workbook of ours, sent out and brought back after others went on working here."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from openpyxl import load_workbook


def plan(run):
    rows = csv.DictReader(StringIO(run("rows", "Testtown", "plan").out))
    return {row["Action or phase"]: row for row in rows}


def edited(file, **said):
    """Change cells of the plan's sheet as a person in Excel would."""
    book = load_workbook(file)
    cells = {c.value: c for row in book.worksheets[0].iter_rows() for c in row}
    for old, new in said.items():
        cells[old].value = new
    book.save(file)


@pytest.fixture
def sent(run, tmp_path):
    """A plan of two actions, and the workbook that went out at this revision."""
    run("new", "Testtown", "--template", "empty")
    rows = tmp_path / "rows.csv"
    rows.write_text("Action or phase,Due\nWalks,May2027\nMeals,June2027\n", "utf-8")
    run("rows", "Testtown", "plan", "--from", rows)
    file = tmp_path / "plan.xlsx"
    assert run("export", "Testtown", file, "--to", "plan_excel").code == 0
    return file


def test_what_both_changed_is_said_and_kept_and_what_only_the_file_changed_is_taken(
    run, sent, tmp_path
):
    here = run("rows", "Testtown", "plan").out.replace("May2027", "July2027")
    (tmp_path / "here.csv").write_text(here, "utf-8")
    run("rows", "Testtown", "plan", "--from", tmp_path / "here.csv")
    untouched = run("import", sent, "--into", "Testtown")
    assert "in the file" not in untouched.out
    assert plan(run)["Walks"]["Due"] == "July2027"
    edited(sent, May2027="August2027", June2027="September2027")
    answer = run("import", sent, "--into", "Testtown")
    assert answer.code == 0
    assert "due: here 'July2027', in the file 'August2027'" in answer.out
    assert "Changed: " in answer.out
    assert "September2027" in answer.out
    now = plan(run)
    assert (now["Walks"]["Due"], now["Meals"]["Due"]) == ("July2027", "September2027")
    again = run("import", sent, "--into", "Testtown", "--take-file")
    assert again.code == 0
    assert plan(run)["Walks"]["Due"] == "August2027"


def test_differences_are_taken_one_by_one_by_the_name_of_the_row_or_cell(
    run, sent, tmp_path
):
    here = run("rows", "Testtown", "plan").out
    here = here.replace("May2027", "July2027").replace("June2027", "August2027")
    (tmp_path / "here.csv").write_text(here, "utf-8")
    run("rows", "Testtown", "plan", "--from", tmp_path / "here.csv")
    edited(sent, May2027="1May2028", June2027="1June2028")
    bring = ("import", sent, "--into", "Testtown", "--take")
    wrong = run(*bring, "Walk=due")
    assert wrong.code == 2
    assert "Did you mean “Walks=due”?" in wrong.err
    assert "due: here 'July2027', in the file '1May2028'" in wrong.err
    assert "Nothing was brought in." in wrong.err
    assert plan(run)["Walks"]["Due"] == "July2027"
    assert run(*bring, "walks=Due").code == 0
    now = plan(run)
    assert (now["Walks"]["Due"], now["Meals"]["Due"]) == ("1May2028", "August2027")
    assert run(*bring, "Meals").code == 0
    assert plan(run)["Meals"]["Due"] == "1June2028"
