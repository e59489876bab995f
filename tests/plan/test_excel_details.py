"""What Excel can do to a plan, and what is read then (formats.md 7 and 11)."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from systemmap.formats.plans import plan_excel
from systemmap.formats.sighting import Sighting
from systemmap.model.plan import Phase, Workstream
from systemmap.model.response import Action
from tests.council_papers import PLAN
from tests.plan.made import HEADINGS, Dated, xlsx

ONE = ("1. Map the shops", "Count them", "Public Health", "Oct 22", "", "A list")
TWO = ("2. Ask people", "All of them", "Schools", "Nov 22", "", "")


def of(*rows, **how):
    reading = plan_excel.read(Sighting(xlsx(*rows, **how), "plan.xlsx"))
    return [r for r in reading.records if isinstance(r, Action)], reading


def with_due(value, shown):
    return (*ONE[:3], Dated(value, shown), *ONE[4:])


def said(reading, kind):
    return [(p.where, p.what) for p in reading.problems if p.kind == kind]


def test_hidden_rows_and_columns_are_read_and_named():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["E"].hidden = True

    actions, reading = of(ONE, TWO, change=hide)
    assert [action.ref for action in actions] == ["1", "2"]
    notes = said(reading, "note")
    assert ("sheet Plan, row 3", "This row is hidden. It was read.") in notes
    assert ("sheet Plan", "This sheet has 1 hidden column. It was read.") in notes


@pytest.mark.parametrize("shown", ["d mmm", "d-mmm", "dd mmmm"])
def test_a_day_excel_made_of_oct_22_is_asked_about_and_no_year_invented(shown):
    (action,), reading = of(with_due(date(2026, 10, 22), shown))
    (asked,) = [what for where, what in said(reading, "guessed") if "Due date" in where]
    assert "22 October 2026" in asked
    assert "month and year, or day and month" in asked.lower()
    assert action.due.start is None


def test_a_month_that_shows_its_year_is_a_month():
    (action,), _ = of(with_due(date(2026, 10, 22), "mmm-yy"))
    assert (action.due.start, action.due.precision) == ("2026-10", "month")
    assert action.due.raw == "Oct-26"


def test_a_formula_is_never_run_its_last_value_is_read_and_named():
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ONE)
        sheet.write_formula("E2", '="Com"&"plete"', None, "Ongoing")
    reading = plan_excel.read(Sighting(buffer.getvalue(), "plan.xlsx"))
    (action,) = [r for r in reading.records if isinstance(r, Action)]
    assert action.status == "ongoing"
    assert any("Its last value was read" in what for _, what in said(reading, "note"))


def test_days_are_counted_from_1904_where_the_workbook_says_so():
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"date_1904": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ONE)
        shown = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime("D2", datetime(2023, 3, 31), shown)  # noqa: DTZ001
    reading = plan_excel.read(Sighting(buffer.getvalue(), "plan.xlsx"))
    (action,) = [r for r in reading.records if isinstance(r, Action)]
    assert action.due.start == "2023-03-31"


def test_a_date_cell_that_shows_its_year_is_a_day():
    (action,), _ = of(with_due(date(2023, 3, 31), "dd/mm/yyyy"))
    assert (action.due.start, action.due.precision) == ("2023-03-31", "day")


def test_a_formula_never_calculated_reads_as_blank_and_is_named():
    (action,), reading = of((*ONE[:4], '=HYPERLINK("http://a.example","x")', ""))
    assert (action.progress_raw, action.status) == ("", "")
    assert any("never calculated" in what for _, what in said(reading, "note"))


def test_an_error_value_reads_as_blank_and_is_named():
    (action,), reading = of((*ONE[:4], "#REF!", ""))
    assert action.progress_raw == ""
    assert any("error" in what for _, what in said(reading, "note"))


def test_a_colour_alone_beside_words_gives_no_status_and_asks_for_one():
    def colour(sheet):
        sheet["E2"].fill = PatternFill("solid", fgColor="FF00B050")

    worded = (*TWO[:4], "Ongoing", "")
    (action, _), reading = of(ONE, worded, change=colour)
    assert (action.status, action.rating) == ("", "")
    assert any(
        "A colour alone gives no status" in what for _, what in said(reading, "note")
    )


def test_two_tables_in_one_sheet_with_words_between_read_as_the_same_plan_in_text():
    book = Workbook()
    for line in PLAN.read_text(encoding="utf-8").splitlines():
        book.active.append(line.split("\t"))
    data = BytesIO()
    book.save(data)
    records = plan_excel.read(Sighting(data.getvalue(), "plan.xlsx")).records
    streams = [r for r in records if isinstance(r, Workstream)]
    actions = [r for r in records if isinstance(r, Action)]
    phases = [r for r in records if isinstance(r, Phase)]
    assert (len(streams), len(actions), len(phases)) == (2, 6, 6)
    assert sum(p.status == "not_planned" for p in phases) == 3
    assert all(stream.purpose for stream in streams)


def test_a_merged_first_column_continues_the_row_above():
    more = (None, "Ask people", None, None, None, None)
    (action,), _ = of(ONE, more, change=lambda sheet: sheet.merge_cells("A2:A3"))
    assert action.aims == ("Count them", "Ask people")


def test_a_merged_owner_counts_for_every_row_it_covers():
    two = ("2. Ask", "b", None, "Nov 22", None, None)
    actions, _ = of(ONE, two, change=lambda sheet: sheet.merge_cells("C2:C3"))
    assert [action.owners for action in actions] == [("Public Health",)] * 2


def test_a_full_width_row_begins_a_workstream():
    name = ("Workstream 2: Active travel", *[None] * 5)
    actions, reading = of(
        ONE, name, TWO, change=lambda sheet: sheet.merge_cells("A3:F3")
    )
    streams = [r for r in reading.records if isinstance(r, Workstream)]
    assert [stream.name for stream in streams] == ["Plan", "Active travel"]
    assert streams[1].headings == HEADINGS
    assert actions[1].workstream_id == streams[1].id


def test_a_heading_repeated_further_down_is_dropped():
    actions, reading = of(ONE, HEADINGS, TWO)
    assert [action.ref for action in actions] == ["1", "2"]
    assert reading.items == 2


def test_title_rows_above_the_headings_do_not_hide_the_plan():
    def push_down(sheet):
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Sampleshire plan 2026"

    actions, _ = of(ONE, change=push_down)
    assert [action.ref for action in actions] == ["1"]


def test_a_hidden_sheet_is_read_and_named_and_an_ignored_one_is_not():
    book = load_workbook(BytesIO(xlsx(ONE)))
    for name in ("Old", "Lists (ignore)"):
        sheet = book.create_sheet(name)
        sheet.append(HEADINGS)
        sheet.append((f"7. From {name}", "x", "", "", "", ""))
    book["Old"].sheet_state = "hidden"
    buffer = BytesIO()
    book.save(buffer)
    reading = plan_excel.read(Sighting(buffer.getvalue(), "plan.xlsx"))
    titles = [r.title for r in reading.records if isinstance(r, Action)]
    assert titles == ["Map the shops", "From Old"]
    assert ("sheet Old", "This sheet is hidden. It was read.") in said(reading, "note")


def test_whole_numbers_and_truths_read_as_people_see_them():
    (action,), _ = of((1, "Count", "Public Health", 2027, True, 3.50))
    assert action.as_typed["Action/Phase"] == "1"
    assert action.as_typed["Progress"] == "TRUE"
    assert action.as_typed["Outcomes"] == "3.5"


def test_every_reading_of_a_sheet_balances():
    _, reading = of(ONE, (None,) * 6, TWO)
    assert reading.items == reading.read + reading.skipped + reading.blank
    assert reading.blank == 1
