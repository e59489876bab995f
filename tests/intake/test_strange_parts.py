"""Parts of a plan's file that are no rows of it, and headings that are wrapped."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from systemmap.errors import Undecided
from systemmap.formats import read
from systemmap.model.due import read_due
from systemmap.model.plan import Workstream
from tests.intake.made_files import actions, of, said, saved, workbook

HEAD = ("Action", "Lead", "Due", "RAG")
CLUB, WALKS = (
    ("Food club", "Parks", "May 2027", "G"),
    ("Walks", "NHS", "June 2027", "A"),
)
RISKS = (
    ("Risk", "Likelihood", "Impact", "Mitigation"),
    ("Funding ends in March", "High", "High", "Ask the ICB"),
    ("Staff leave", "Medium", "Low", "Train two"),
)
TERMS = (("HFT", "Hot food takeaway"), ("ICB", "Integrated Care Board"))
CHANGES = (("Version", "Date", "Author"), ("1", "May 2026", "Public Health"))


@pytest.mark.parametrize(
    ("title", "rows"),
    [("Risks", RISKS), ("Appendix A: glossary", TERMS), ("Version control", CHANGES)],
)
def test_another_table_below_the_plan_is_left_out_and_counted(title, rows):
    found = read(workbook(HEAD, CLUB, WALKS, (), (title,), *rows), "plan.xlsx")
    assert [a.title for a in actions(found)] == ["Food club", "Walks"]
    assert (found.read, found.skipped) == (2, len(rows))
    assert f"A table of {len(rows)} rows has no plan headings" in said(found)


def test_a_plan_goes_on_below_an_empty_row_and_below_another_table():
    later = (("Later",), HEAD, ("Cycle hub", "Highways", "2027", "R"))
    data = workbook(HEAD, CLUB, (), WALKS, (), ("Risks",), *RISKS, (), *later)
    found = read(data, "plan.xlsx")
    streams = {s.id: s.name for s in of(Workstream, found)}
    assert [(a.title, streams[a.workstream_id]) for a in actions(found)] == [
        ("Food club", "Sheet"),
        ("Walks", "Sheet"),
        ("Cycle hub", "Later"),
    ]


MORE = ("1.1", "Food club", "Parks", "Q3 26/27", "On track", 12)


@pytest.mark.parametrize(
    ("below", "merges"),
    [
        ((None, None, "officer / team", "scale", "Q2", "(£000)"), ["A1:A2", "B1:B2"]),
        ((None, None, "officer / team", "scale", None, "(£000)"), ()),
    ],
)
def test_headings_that_are_wrapped_over_two_rows_are_one(below, merges):
    head = ("Ref", "Action", "Lead", "Time", "Progress", "Budget")
    found = read(workbook(head, below, MORE, merges=merges), "plan.xlsx")
    (club,) = actions(found)
    assert (club.title, club.owners, club.status) == (
        "Food club",
        ("Parks",),
        "ongoing",
    )
    assert (club.due.start, club.note) == ("2026-10", "Budget (£000): 12")


def test_a_first_action_below_headings_is_no_second_line_of_them():
    head = ("Ref", "Action", "Lead", "Due")
    found = read(workbook(head, (None, None, "Parks", "May 2027"), MORE[:4]), "p.xlsx")
    assert found.items == 2


BOARD = ("Name", "Subitems", "Person", "Status", "Timeline - Start", "Timeline - End")


def test_subitems_of_a_board_stand_in_its_columns_after_their_item():
    data = workbook(
        ("Healthy weight board",),
        (),
        ("Food",),
        BOARD,
        (
            "Takeaway policy",
            "Draft",
            "Planning team",
            "Done",
            "2026-01-05",
            "2026-05-29",
        ),
        ("Subitems", "Name", "Owner", "Status", "Date", "Cost"),
        (None, "Draft", "Planning team", "Done", "2026-02-01", "£50"),
        ("Vending", None, "Leisure team", "Done", "2026-01-05", "2026-03-27"),
        (),
        ("Moving",),
        BOARD,
        ("School Streets", None, "Highways team", "Done", "2026-02-02", "2026-07-31"),
    )
    found = read(data, "board.xlsx")
    streams = {s.id: s.name for s in of(Workstream, found)}
    assert [
        (streams[a.workstream_id], a.title, a.due.start, a.owners)
        for a in actions(found)
    ] == [
        ("Food", "Takeaway policy", "2026-05-29", ("Planning team",)),
        ("Food", "Takeaway policy: Draft", "2026-02-01", ("Planning team",)),
        ("Food", "Vending", "2026-03-27", ("Leisure team",)),
        ("Moving", "School Streets", "2026-07-31", ("Highways team",)),
    ]
    assert "1 subitem of a board was read as an action of its own" in said(found)
    assert actions(found)[1].extra["columns"]["Subitems"] == "Cost: £50"


PAGES = """Sampleshire Healthy Weight Strategy
Page 12 of 34

Priority 1: Food

Action                           Lead            Timescale      Measure of success
Introduce a healthier catering   Commercial      May 2027       All council venues
commitment in venues             Services                       signed up

Sampleshire Healthy Weight Strategy
Page 13 of 34

Action                           Lead            Timescale      Measure of success
Work with markets to accept      Markets team    Ongoing        Number of stalls
Healthy Start cards                                             accepting
"""


def test_columns_of_a_pdf_go_on_cell_by_cell_and_leave_out_what_pages_add():
    found = read(PAGES.encode(), "plan.txt")
    assert [(a.title, a.owners, a.measures) for a in actions(found)] == [
        (
            "Introduce a healthier catering commitment in venues",
            ("Commercial Services",),
            ("All council venues signed up",),
        ),
        (
            "Work with markets to accept Healthy Start cards",
            ("Markets team",),
            ("Number of stalls accepting",),
        ),
    ]
    assert [s.name for s in of(Workstream, found)] == ["Priority 1: Food"]
    assert "3 lines with page numbers, or with the title of the page again" in said(
        found
    )
    assert "2 lines went on in the rows above" in said(found)


PAGE = """<table><caption>Food</caption><tr><th>What we will do<th>Who<th>How are we doing?
<tr><td>Mark 20 m<sup>2</sup> plots<td>Parks<td>In&nbsp;progress<sup>1</sup>
<tr><td>Ask caterers on the 1<sup>st</sup> of May<td>NHS<td>Not yet started
<tr><td colspan=3><sup>1</sup> Delayed by procurement</table>"""


def test_marks_and_notes_of_a_web_page_are_no_words_of_a_status_and_no_workstream():
    found = read(PAGE.encode(), "plan.html")
    assert [(a.title, a.status) for a in actions(found)] == [
        ("Mark 20 m\u00b2 plots", "ongoing"),
        ("Ask caterers on the 1st of May", "not_started"),
    ]
    (stream,) = of(Workstream, found)
    assert (stream.name, stream.note) == ("Food", "[1] Delayed by procurement")
    assert (found.items, found.read) == (2, 2)


MINUTES = """Minutes of the Healthy Weight Alliance, 4 November 2026

3. Food
The consultation opens in January.
ACTION: Public Health to map outlets near schools by December 2026

Action log
No. | Action | Owner | Due | Status
23 | Share the briefing | Public Health | 30/09/26 | Closed
"""


def test_a_minute_with_a_table_of_actions_is_asked_about_and_says_what_it_leaves():
    with pytest.raises(Undecided, match="but a table of actions stands in it too"):
        read(MINUTES.encode(), "minutes.txt")
    minute = read(MINUTES.encode(), "minutes.txt", "minute_text")
    assert len(actions(minute)) == 1
    assert "headed “No. | Action | Owner | Due | Status”" in said(minute)
    table = read(MINUTES.encode(), "minutes.txt", "plan_text")
    assert [a.title for a in actions(table)] == ["Share the briefing"]
    assert "paste the minute as text to read it" in said(table)


def test_dates_of_one_column_that_are_month_first_open_those_of_another():
    data = workbook(
        ("Task Name", "Start date", "Due date", "Progress"),
        ("Food charter", "10/05/2026", "12/31/2026", "In progress"),
        ("Play streets", "11/05/2026", "12/30/2026", "Completed"),
    )
    found = read(data, "planner.xlsx")
    assert [a.start for a in actions(found)] == [None, None]
    (question,) = found.asks
    assert question.startswith("In “Due date” '12/31/2026' can only be month first, so")
    assert "in “Start date” could be either way round" in question


def test_one_struck_out_cell_and_hidden_columns_with_words_are_said():
    book = load_workbook(io.BytesIO(workbook(HEAD, CLUB, WALKS)))
    book.active["A2"].font = Font(strike=True)
    for column in "BX":
        book.active.column_dimensions[column].hidden = True
    words = said(read(saved(book), "plan.xlsx"))
    assert "“Food club” is struck out in this row. It was read." in words
    assert "This sheet has 1 hidden column. It was read." in words


def test_boxes_to_tick_and_people_who_are_mentioned_are_told():
    text = "| Task | Assigned to | Due | Done |\n|---|---|---|---|\n| Book a hall | @Jo Field | May 2027 | [x] |\n| Ask GPs | @Sam | June 2027 | [ ] |\n"
    found = read(text.encode(), "loop.txt")
    assert [(a.status, a.status_note) for a in actions(found)] == [
        ("complete", ""),
        ("", "Not complete"),
    ]
    assert "Columns about people were left out: Assigned to." in said(found)
    assert "Jo" not in repr(found.records)


def test_two_days_with_an_arrow_between_are_a_time_and_no_link():
    text = 'Action,Due,Status\nRun courses,"May 31, 2026",In progress\nAudit play areas,"April 1, 2026 \u2192 June 30, 2026",Not started\n'
    found = read(text.encode(), "notion.csv")
    due = actions(found)[1].due
    assert (due.start, due.end) == ("2026-04-01", "2026-06-30")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("1/4/26-31/3/27", "2026-04-01", "2027-03-31"),
        ("1 April 2026 to 30 June 2026", "2026-04-01", "2026-06-30"),
        ("2025 \u2013 2030", "2025", "2030"),
        ("30 June 2026 to 1 April 2026", None, None),
    ],
)
def test_a_span_of_days_or_years_is_no_single_day(words, start, end):
    due = read_due(words)
    assert (due.start, due.end) == (start, end)


def grouped(*rows, levels):
    book = Workbook()
    for n, row in enumerate(rows, 1):
        book.active.append(row)
        book.active.row_dimensions[n].outlineLevel = levels[n - 1]
    return saved(book)


TASKS = ("Task Name", "Status", "Assigned To", "Start", "Finish", "% Complete")
FOOD = ("Food", None, None, "2026-01-05", "2026-06-30", 0.4)
SHOPS = ("Map the shops", "Complete", "Planning team", "2026-01-05", "2026-02-27", 1)
PARKS = ("Review parks", "Not Started", "Leisure", "2026-04-01", "2026-09-30", 0)


def test_rows_that_are_grouped_stand_below_the_row_that_gathers_them():
    data = grouped(TASKS, FOOD, SHOPS, PARKS, levels=(0, 0, 1, 0))
    found = read(data, "sheet.xlsx")
    streams = {s.id: s.name for s in of(Workstream, found)}
    assert [(a.title, streams[a.workstream_id]) for a in actions(found)] == [
        ("Map the shops", "Food"),
        ("Review parks", "Sheet"),
    ]
    assert "Rows are grouped on this sheet" in said(found)
    flat = read(grouped(TASKS, FOOD, SHOPS, PARKS, levels=(0, 0, 0, 0)), "sheet.xlsx")
    assert len(actions(flat)) == 3
    plan = (HEAD, CLUB, WALKS)  # rows that a plan folds away are its rows
    assert len(actions(read(grouped(*plan, levels=(0, 0, 1)), "plan.xlsx"))) == 2


def test_sums_in_other_words_and_shares_below_are_no_actions():
    data = workbook(
        ("Action", "Owner", "Cost", "Status"),
        ("Food club", "Parks", 10, "Complete"),
        ("Subtotal food", None, 10, None),
        ("Total place plan", "NHS", 20, "On track"),
        ("TOTAL COST", None, 30, None),
        ("Completed: 1 of 2",),
    )
    found = read(data, "plan.xlsx")
    assert [a.title for a in actions(found)] == ["Food club", "Total place plan"]
    assert said(found).count("A row of totals is no action") == 2
    assert of(Workstream, found)[0].note == "Completed: 1 of 2"


def test_an_empty_row_of_a_sheet_is_shown_at_its_own_place():
    found = read(workbook(HEAD, CLUB, (), ("Later",), WALKS), "plan.xlsx")
    shown = [(row[0], row[2]) for row in found.seen["rows"]]
    assert ("sheet Sheet, row 3", "blank") in shown
    assert [role for where, role in shown if where.endswith("row 4")] == ["section"]
