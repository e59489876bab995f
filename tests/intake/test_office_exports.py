"""Exports of office tools and plans in bars, quarters and lights: nothing is quietly wrong."""

from __future__ import annotations

from datetime import date

import pytest
from docx import Document

from systemmap.errors import ReadError, Undecided
from systemmap.formats import FORMATS, read
from systemmap.formats.reading.file_text import decode
from systemmap.model.due import read_due
from systemmap.model.elements import Factor, Link
from systemmap.model.progress import read_progress, read_rating
from systemmap.model.values import Strength
from systemmap.model.workshop import Contribution, WorkshopTable
from systemmap.testing import programme_of
from tests.intake.made_files import actions, of, said, saved, workbook

RED, AMBER, GREEN = "FFFF0000", "FFFFC000", "FF00B050"


def test_groups_over_columns_are_one_heading_of_a_smart_plan():
    data = workbook(
        ("Ref", "Priority", "Objective", "SMART", None, None, "Lead", "RAG"),
        (None, None, None, "Specific", "Measurable", "Time-bound", None, None),
        ("1.1", "Food", "Better menus", "Audit menus", "42", "31/03/2027", "ICB", None),
        merges=["D1:F1", *(f"{c}1:{c}2" for c in "ABCGH")],
        fills=[("H3", AMBER)],
    )
    (one,) = actions(read(data, "smart.xlsx"))
    assert (one.ref, one.title, one.aims) == ("1.1", "Audit menus", ("Better menus",))
    assert (one.extra["theme"], one.measures) == ("Food", ("42",))
    assert (one.due.start, one.rating) == ("2027-03-31", "amber")


def test_quarters_below_their_years_keep_both():
    data = workbook(
        ("Action", "Owner", "2026/27", None, "2027/28"),
        (None, None, "Q3", "Q4", "Q1"),
        ("Open a pantry", "VCS Alliance", "Site found", "Opened", None),
        merges=["C1:D1"],
    )
    (one,) = actions(read(data, "quarters.xlsx"))
    assert one.title == "Open a pantry"
    assert one.extra["columns"] == {
        "2026/27 Q3": "Site found",
        "2026/27 Q4": "Opened",
        "2027/28 Q1": "",
    }


def test_the_bars_of_a_gantt_chart_do_not_hide_its_tasks():
    months = [f"{m}-26" for m in ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct")]
    text = ",".join(
        ("Task Name", "Assigned To", "Start", "Finish", "% Complete", *months)
    )
    rows = "Recruit,HR,01/04/2026,30/06/2026,100%,x,x,x\nLaunch,Comms,,,40%\n"
    found = read(f"{text}\n{rows}".encode(), "gantt.csv")
    first, second = actions(found)
    assert (first.title, first.status, first.start) == (
        "Recruit",
        "complete",
        date(2026, 4, 1),
    )
    assert (second.owners, second.status) == (("Comms",), "ongoing")
    assert "'40%' was read as status 'ongoing'. Please confirm it." in said(found)


PLANNER = """Task ID,Task Name,Bucket Name,Progress,Priority,Assigned To,Created By,Created Date,Due Date,Completed By
k1,Map food banks,Food,In progress,Medium,Sam Okafor,Jo Price,11/02/2026,31/03/2027,
k2,Train leaders,Movement,Completed,Urgent,Priya Shah;Tom Reed,Jo Price,11/02/2026,,Jo Price
"""


def test_tasks_of_planner_are_read_without_the_people_they_are_given_to():
    found = read(PLANNER.encode(), "planner.csv")
    first, second = actions(found)
    assert (first.ref, first.title, first.extra["theme"]) == (
        "k1",
        "Map food banks",
        "Food",
    )
    assert (first.due.start, second.due, second.status) == (
        "2027-03-31",
        None,
        "complete",
    )
    for name in ("Okafor", "Price", "Reed"):
        assert name not in repr(found.records)
    assert "Assigned To, Created By, Completed By" in said(found)


def test_people_stay_out_where_the_columns_were_only_proposed():
    listed = PLANNER.replace("Task Name", "Thing").replace("Bucket Name", "Pot")
    listed = listed.replace("Task ID", "Key").replace("Progress", "How it goes")
    with pytest.raises(Undecided):
        read(listed.encode(), "list.csv")
    assert "Okafor" not in repr(read(listed.encode(), "list.csv", "plan").records)


def test_how_urgent_an_action_is_is_no_theme():
    found = read(
        b"Action,Priority,Lead,Due\nWalks,High,Parks,May 2027\nCook,Low,VCS,June 2027\n",
        "p.csv",
    )
    assert [a.title for a in actions(found)] == ["Walks", "Cook"]
    assert all("theme" not in a.extra for a in actions(found))
    assert actions(found)[0].extra["columns"] == {"Priority": "High"}


def test_a_parent_row_of_smartsheet_is_a_section_and_yellow_is_amber():
    found = read(
        b"Task Name,Status,RYG,Assigned To,End Date,Row ID\nFood,,,,,1\n"
        b"Menus,In Progress,Yellow,Catering,03/31/27,2\n",
        "smartsheet.csv",
    )
    (one,) = actions(found)
    assert (one.title, one.aims, one.rating) == ("Menus", (), "amber")
    assert (one.extra["section"], one.due.start) == ("Food", "2027-03-31")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Priority,Objective,Lead,Due", "Objective"),
        ("Priority,What,Who,When", "What"),
        ("What,How,Who,When", "What"),
        ("Phase,What,Who,When", "Phase"),
        ("Strategic objective,Key actions,Lead,Due", "Key actions"),
        ("Strategic objective,Priority,Lead,Due", "Priority"),
    ],
)
def test_of_headings_that_may_name_the_actions_the_nearest_one_does(head, title):
    row = ",".join(f"{h} it says" for h in head.split(",")[:2])
    (one,) = actions(read(f"{head}\n{row},Parks,May 2027\n".encode(), "p.csv"))
    assert one.title == f"{title} it says"


def test_the_day_when_a_row_was_made_or_closed_is_not_when_it_is_due():
    for heading in ("Date created", "Date closed", "Actual date", "Date of meeting"):
        head = f"Action,Lead,{heading}"
        (one,) = actions(
            read(f"{head}\nWalks,Parks,01/02/2027\n".encode(), "p.csv", "plan")
        )
        assert one.due is None


def test_of_quarters_that_are_only_coloured_the_last_is_the_rating():
    data = workbook(
        ("Action", "Lead", "Due", "Q1 RAG", "Q2 RAG", "Q3 RAG"),
        ("Walks", "Leisure", "June 2027", None, None, None),
        fills=[("D2", RED), ("E2", GREEN)],
    )
    found = read(data, "q.xlsx")
    (one,) = actions(found)
    assert one.rating == "green"
    assert one.extra["columns"] == {"Q1 RAG": "Red", "Q2 RAG": "Green", "Q3 RAG": ""}


def test_a_logic_model_is_a_plan_of_its_activities():
    head = (
        "Inputs,Activities,Outputs,Short-term outcomes,Long-term outcomes,Assumptions"
    )
    row = "Two workers,Cook and eat,120 sessions,Confidence,Fewer ill,Venues stay"
    (one,) = actions(read(f"{head}\n{row}\n".encode(), "logic.csv"))
    assert (one.title, one.measures, one.outcomes) == (
        "Cook and eat",
        ("120 sessions",),
        "Confidence",
    )
    assert one.note == "Two workers"
    assert one.extra["columns"]["Long-term outcomes"] == "Fewer ill"


def test_several_numbered_actions_in_a_cell_are_said_and_a_bare_figure_has_its_words():
    found = read(
        b'Action,Lead,Due,Cost\n"1. Adopt it\n2. Map it",Parks,May 2027,"12,000"\n',
        "p.csv",
    )
    (one,) = actions(found)
    assert (one.ref, one.title) == ("", "1. Adopt it 2. Map it")
    assert "lists 2 actions" in said(found)
    assert one.note == "Cost: 12,000"


@pytest.mark.parametrize(
    ("words", "status", "rating"),
    [
        ("\u2611\ufe0f", "complete", ""),
        ("\u2714 Done", "complete", ""),
        ("\u2717", "", ""),
        ("\u2610", "", ""),
        ("\U0001f534 Off track", "", "red"),
        ("\U0001f7e2 On track", "ongoing", "green"),
        ("Green - on target", "ongoing", "green"),
        ("100% complete", "complete", ""),
        ("0%", "not_started", ""),
        ("150%", "", ""),
        ("50% of schools joined", "", ""),
        ("Closed \u2013 no money", "complete", ""),
        ("Not on track", "", ""),
        ("Y", "", ""),
    ],
)
def test_ticks_lights_and_shares_say_how_an_action_stands(words, status, rating):
    found = read_progress(words)
    assert (found.status, found.rating) == (status, rating)
    assert read_rating(words) == rating
    if words.startswith(("100", "0", "Closed", "\u2611")):
        assert "guessed" in found.flags


def test_a_quarter_may_stand_after_its_year():
    assert read_due("2026/27 Q4").start == "2027-01"
    assert read_due("2026/28 Q4").start is None


def test_signs_that_no_one_sees_are_no_part_of_a_name():
    found = read(
        "Action,Lead,Due\nWork\u00adplace,\u200bPHE,May 2027\n".encode(), "p.csv"
    )
    (one,) = actions(found)
    assert (one.title, one.owners) == ("Workplace", ("PHE",))
    sent = FORMATS["plan_text"].write(programme_of(None, *found.records), "main").data
    assert "Work\u00adplace" in sent.decode()


TABLE = "Action,Lead,Due\nCaf\u00e9,Parks,May 2027\n"


@pytest.mark.parametrize(
    "data",
    [
        TABLE.replace(",", "\t").encode("utf-16-le"),
        TABLE.replace(",", "\t").encode("utf-16-be"),
        b"\xef\xbb\xbf" + TABLE.encode("cp1252"),
        f"sep=;\n{TABLE.replace(',', ';')}".encode(),
        f"\n{TABLE}".encode(),
    ],
)
def test_a_lost_mark_a_false_one_and_an_empty_first_line_hide_no_table(data):
    found = read(data, "plan.csv")
    assert [a.title for a in actions(found)] == ["Caf\u00e9"]
    assert found.records[0].name == "Plan"
    assert ("Check accents" in said(found)) == decode(data).guessed


def test_a_minute_above_a_table_of_actions_keeps_no_names_and_is_said():
    document = Document()
    for line in ("Present: Cllr A Smith, C Patel", "Resolved: To note the report."):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=3)
    for row in (("Action", "By whom", "By when"), ("Share it", "Planning", "May 2027")):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    found = read(saved(document), "minutes.docx")
    assert "Patel" not in repr(found.records)
    assert "1 line beside the tables said what was resolved" in said(found)


def test_answers_to_a_form_are_asked_about_and_are_no_causes():
    data = b"ID,Start time,Email,Name,What helps?\n1,1/12/27 9:14,anonymous,,Parks\n2,1/13/27 9:20,jo@x.org,Jo Price,Walks\n"
    with pytest.raises((Undecided, ReadError), match=r"not certain|Choose yourself"):
        read(data, "forms.csv")


def test_addresses_beside_causes_stay_out_of_a_map():
    data = b"Name,Type,Description,Asked\nStress,Mind,Worry,jo@x.org\nSleep,Body,Rest,al@y.org\n"
    found = read(data, "causes.csv")
    assert "x.org" not in repr(found.records)
    assert "left out: Asked" in said(found)


def test_kumus_sheet_of_loops_names_no_causes():
    data = workbook(
        ("Label", "Type"),
        ("Stress", "Mind"),
        ("Sleep", "Body"),
        others=[
            ("Connections", [("From", "To", "Type"), ("Stress", "Sleep", "-")]),
            ("Loops", [("Label", "Type"), ("R1 spiral", "Reinforcing")]),
        ],
    )
    found = read(data, "kumu.xlsx")
    assert [r.label for r in found.records if isinstance(r, Factor)] == [
        "Stress",
        "Sleep",
    ]
    assert "Sheet 'Loops' was left out" in said(found)


@pytest.mark.parametrize(
    ("cells", "strengths", "kept"),
    [
        (("high", "low"), (Strength.STRONG, Strength.WEAK), (None, None)),
        (("3", "1"), (Strength.UNRATED, Strength.UNRATED), ("3", "1")),
        (("huge", "0.5"), (Strength.UNRATED, Strength.MEDIUM), ("huge", None)),
    ],
)
def test_a_strength_is_read_on_a_known_scale_or_kept_and_said(cells, strengths, kept):
    one, two = cells
    found = read(
        f"From,To,Sign,Strength\nA b,C d,+,{one}\nC d,E f,+,{two}\n".encode(), "l.csv"
    )
    links = [r for r in found.records if isinstance(r, Link)]
    assert tuple(link.strength for link in links) == strengths
    columns = [link.extra.get("columns", {}).get("Strength") for link in links]
    assert tuple(columns) == kept
    assert ("no strength known here" in said(found)) == any(kept)


def test_what_stood_in_a_link_to_loopy_is_read_without_its_address():
    data = b"[[[1,300,200,0.5,%22Stress%22,0],[2,500,200,0.5,%22Sleep%22,1]],[[1,2,50,-1,0]],[],2%5D"
    labels = [r.label for r in read(data, "m.loopy").records if isinstance(r, Factor)]
    assert labels == ["Stress", "Sleep"]


def test_a_deadline_that_was_moved_is_when_an_action_is_due():
    found = read(
        b"Action,Lead,Original deadline,Revised deadline\nSPD,Planning,31/03/2026,31/03/2027\nWalks,Parks,30/06/2026,\n",
        "p.csv",
    )
    assert [a.due and a.due.start for a in actions(found)] == [
        "2027-03-31",
        "2026-06-30",
    ]
    assert "where it is blank, \u201cOriginal deadline\u201d does" in said(found)
    assert read_due("2027-03-31 0:00:00").start == "2027-03-31"


def test_causes_in_a_register_of_risks_are_asked_about():
    data = b"Ref,Risk,Cause,Effect,Likelihood,Owner\nR1,Money,Grant ends,Service stops,4,ICB\n"
    with pytest.raises(Undecided, match="beside those of a register"):
        read(data, "risks.csv")


def test_a_long_arrow_is_one():
    found = read(
        "Stress \u27f6 snacking (+)\nSleep \u279c stress (-)\n".encode(), "m.txt"
    )
    ends = [(r.source, r.target) for r in found.records if isinstance(r, Link)]
    assert ends == [("stress", "snacking"), ("sleep", "stress")]


MURAL = """ID,BG Color,Text,Area,Type,Last Updated By,Position X,Tags,Votes
0-1,#FCFE7D,Cost of food,Barriers,Sticky note,Jane Smith,120,food,3
0-2,#AAED92,Cooking club,Enablers,Sticky note,Anonymous,120,,0
"""


def test_notes_of_mural_keep_area_and_colour_and_leave_out_who_wrote_them():
    found = read(MURAL.encode(), "mural.csv")
    areas = {t.id: t.name for t in of(WorkshopTable, found)}
    assert [(n.text, n.theme, areas[n.table_id]) for n in of(Contribution, found)] == [
        ("Cost of food", "#FCFE7D", "Barriers"),
        ("Cooking club", "#AAED92", "Enablers"),
    ]
    assert "Smith" not in repr(found.records)
    assert "11 cells beside a note and its colour" in said(found)


@pytest.mark.parametrize(
    ("cell", "lead", "partners"),
    [
        ("VCS (lead), Planning", ("VCS",), ("Planning",)),
        ("Planning / Parks [Lead officer]", ("Parks",), ("Planning",)),
        ("Lead: Parks; support: VCS, Police", ("Parks",), ("VCS", "Police")),
    ],
)
def test_where_one_of_several_is_marked_as_the_lead_the_others_are_partners(
    cell, lead, partners
):
    found = read(f'Action,Owner,Due\nWalks,"{cell}",May 2027\n'.encode(), "p.csv")
    (one,) = actions(found)
    assert (one.owners, one.partners, one.owners_raw) == (lead, partners, cell)
    assert "marks who leads" in said(found)
    written = FORMATS["plan_text"].write(programme_of(None, *found.records), "main")
    assert cell.encode() in written.data


def test_marks_of_markdown_are_no_part_of_words():
    plan = "# Plan\n\n| **Action** | Lead | Due |\n|:---|:--:|--|\n| **Walks** | *Parks* | May 2027 |\n"
    lines = (
        "**Actions**\n\n- **Walks** - Lead: Parks. By: May 2027\n- Cook. Lead: VCS\n"
    )
    minute = "# Board minutes\n\n## 3. Food\n\n**ACTION:** Parks to walk by May 2027.\n\n**RESOLVED:** That it be noted.\n"
    for text, title in ((plan, "Walks"), (lines, "Walks"), (minute, "Parks to walk")):
        found = read(text.encode(), "pasted.md")
        assert actions(found)[0].title.startswith(title)
        assert actions(found)[0].owners == ("Parks",)
        assert "Marks of Markdown" in said(found)
        assert "*" not in repr(found.records)
    cells = workbook(("Action", "Lead", "Due"), ("- **Walks**", "`Parks`", "May 2027"))
    (one,) = actions(read(cells, "p.xlsx"))
    assert (one.title, one.owners) == ("Walks", ("Parks",))


def test_colours_that_are_no_rating_are_said():
    rows = (("Action", "Lead", "Due", "Q1"), ("Walks", "Parks", "May 2027", None))
    for place in ("A2", "D2"):
        found = read(workbook(*rows, fills=[(place, RED)]), "p.xlsx")
        assert actions(found)[0].rating == ""
        assert "coloured as a rating is, and no column is headed as one" in said(found)


def test_signs_under_months_are_said_where_no_date_stands():
    found = read(
        b"Action,Owner,Apr-26,May-26\nWalks,Parks,X,\nCook,VCS,X,X\n", "gantt.csv"
    )
    assert "No date was read of them" in said(found)
    assert actions(found)[1].extra["columns"] == {"Apr-26": "X", "May-26": "X"}


def test_days_that_sharepoint_keeps_as_moments_are_days():
    assert read_due("2027-03-31T00:00:00Z").start == "2027-03-31"
    night = read_due("2027-05-31T23:00:00Z")  # midnight in a British summer
    assert (night.start, night.guessed) == ("2027-06-01", True)
    listed = b'"ListSchema={""a"":1}"\nTitle,Assigned to,Due Date,Status\nLead the walks,Parks,2027-03-31T00:00:00Z,Completed\n'
    (one,) = actions(read(listed, "list.csv", "plan_text"))
    assert (one.title, one.due.start, one.status) == (
        "Lead the walks",
        "2027-03-31",
        "complete",
    )
    assert "ListSchema" not in repr(read(listed, "list.csv", "plan_text").records)


def test_a_grand_total_is_no_area():
    found = read(
        b"Ward,Indicator,Time period,Value\nHarbour,Year 6,2024/25,24.1\nOld town,Year 6,2024/25,18\nGrand Total,Year 6,2024/25,21\n",
        "bi.csv",
    )
    assert "Grand Total" not in repr(found.records)
    assert (found.items, found.read, found.skipped) == (3, 2, 1)


def test_a_sign_written_on_a_line_is_its_sign():
    net = b'{"nodes":[{"id":1,"label":"Stress"},{"id":2,"label":"Sleep"}],"edges":[{"from":1,"to":2,"label":"-"}]}'
    assert [k.polarity.value for k in of(Link, read(net, "vis.json"))] == ["-"]


def test_the_question_on_causes_is_the_column_of_a_form():
    form = b"Timestamp,Email Address,What are the main causes of obesity here?,Any comment?\n2026/09/14,a@x.org,Cost of food,No\n"
    found = read(form, "form.csv", "cause_list")
    assert [n.text for n in of(Contribution, found)] == ["Cost of food"]
    assert "x.org" not in repr(found.records)
