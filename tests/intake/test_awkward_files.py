"""Files as people save, paste and export them: each is read right, or a person is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from systemmap.errors import ReadError, Undecided
from systemmap.formats import read, write
from systemmap.formats.import_mapping import ImportMapping
from systemmap.model.elements import Factor, Link
from systemmap.model.plan import Decision, Workstream
from systemmap.model.response import Action
from systemmap.model.workshop import Contribution, WorkshopTable
from systemmap.testing import map_from, programme_of
from tests.intake.made_files import of, said, saved, workbook


def asked(text, name="x.csv"):
    with pytest.raises(Undecided) as question:
        read(text.encode(), name)
    return {choice.key: choice.certainty for choice in question.value.choices}


# -- whiteboards -----------------------------------------------------------------


def notes(reading):
    tables = {table.id: table.name for table in of(WorkshopTable, reading)}
    return [
        (note.text, note.theme, tables.get(note.table_id, ""))
        for note in of(Contribution, reading)
    ]


QUOTED = '"Frame 1"\n"Cost of food"\n"Lack of time\nto cook"\n\n\n"Frame 2"\n"Unsafe streets"\n'
BRANCHES = "Obesity,,\n,Food,\n,,Cost of food\n,,Takeaways\n,Movement,\n,,Unsafe streets\n,Sleep,\n"
GRID = (
    '"","Barriers","Enablers"\n"Home","No time","Cooking club"\n"School","Vending",""\n'
)
TAGGED = 'Frame 1,,\nCost of food,yellow,"food, cost"\nTakeaways,#fff9b1,\n'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            QUOTED,
            [
                ("Cost of food", "", "Frame 1"),
                ("Lack of time\nto cook", "", "Frame 1"),
                ("Unsafe streets", "", "Frame 2"),
            ],
        ),
        (
            BRANCHES,
            [
                ("Cost of food", "Food", "Obesity"),
                ("Takeaways", "Food", "Obesity"),
                ("Unsafe streets", "Movement", "Obesity"),
                ("Sleep", "", "Obesity"),
            ],
        ),
        (
            '"Frame 1"\n"Cost of food"\n"Takeaways"\n"Frame 2"\n"Sleep"\n',
            [
                ("Cost of food", "", "Frame 1"),
                ("Takeaways", "", "Frame 1"),
                ("Sleep", "", "Frame 2"),
            ],
        ),
        (
            GRID,
            [
                ("No time", "Barriers", "Home"),
                ("Cooking club", "Enablers", "Home"),
                ("Vending", "Barriers", "School"),
            ],
        ),
    ],
)
def test_notes_of_a_whiteboard_are_asked_about_and_keep_frame_branch_and_heading(
    text, found
):
    assert "whiteboard_csv" in asked(text)
    reading = read(text.encode(), "board.csv", "whiteboard_csv")
    assert notes(reading) == found
    assert reading.items == reading.read + reading.skipped + reading.blank


def test_tags_beside_a_colour_are_left_out_and_said():
    reading = read(TAGGED.encode(), "board.csv")
    assert notes(reading) == [
        ("Cost of food", "yellow", "Frame 1"),
        ("Takeaways", "#fff9b1", "Frame 1"),
    ]
    assert "1 cell beside a note and its colour, such as tags, was left" in said(
        reading
    )


def test_notes_that_tell_of_a_person_are_held():
    reading = read(b"Stress\nAsk jo@example.org\n", "x.txt", "cause_list")
    assert [note.held for note in of(Contribution, reading)] == [False, True]
    assert "1 note may tell of a person" in said(reading)


def test_a_photo_is_told_where_it_goes():
    for start in (b"\xff\xd8\xff\xe0", b"RIFF1234WEBPVP8 "):
        with pytest.raises(ReadError, match="Type up and write-up, From a photo"):
            read(start + b"\0" * 100, "wall.jpg")


# -- plans -----------------------------------------------------------------------


def test_a_heading_of_two_rows_is_one():
    data = workbook(
        ("Ref", "Action", "Delivery", None, "Timing", None),
        (None, None, "Lead", "Partners", "Start", "End"),
        ("1.1", "Open a club", "Public Health", "Housing", "1/4/2026", "31/3/2027"),
        ("1.2", "School streets", "Transport", "Schools", "1/9/2026", "31/7/2027"),
        merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1"],
    )
    reading = read(data, "tracker.xlsx")  # and "Start" and "End" are no links
    assert [
        (a.ref, a.title, a.owners, a.partners, str(a.start), a.due.start)
        for a in of(Action, reading)
    ] == [
        ("1.1", "Open a club", ("Public Health",), ("Housing",), "2026-04-01", "2027-03-31"),
        ("1.2", "School streets", ("Transport",), ("Schools",), "2026-09-01", "2027-07-31"),
    ]  # fmt: skip
    assert (reading.items, len(of(Workstream, reading))) == (2, 1)


def test_start_and_end_of_a_csv_are_no_ends_of_links_where_they_hold_dates():
    text = b"Action,Lead,Start,End\nOpen a club,Health,1/4/2026,May 2027\n"
    assert read(text, "p.csv").format == "plan_text"
    links = b"Start,End,Sign\nStress,Sleep,-\n"
    assert read(links, "m.csv").format == "links_csv"


TITLED = (
    ("Sampleshire Action Plan", None, None),
    ("Owner: Director of Public Health. Version 3, updated 12/09/2026", None, None),
    (None, None, None),
)


def test_a_line_about_the_file_names_no_workstream():
    head, row = ("Action", "Lead", "Completed by"), ("Audit", "Leisure", "Summer 2027")
    reading = read(workbook(*TITLED, head, row), "plan.xlsx")
    assert [w.name for w in of(Workstream, reading)] == ["Sampleshire Action Plan"]
    assert of(Action, reading)[0].due.start == "2027-06"


def test_columns_under_strange_headings_are_told_by_their_cells_and_said():
    text = "Action;Kümmert sich;Bis;Status\nOpen a club;Public Health;31.03.2027;On track\nTrain;Leisure Trust;1.4.27;\n"
    reading = read(text.encode("cp1252"), "plan.csv")
    assert [(a.owners, a.due.start) for a in of(Action, reading)] == [
        (("Public Health",), "2027-03-31"),
        (("Leisure Trust",), "2027-04-01"),
    ]
    assert "“Kümmert sich” is who leads and “Bis” is the due date" in said(reading)
    kept = ImportMapping(format="plan_text").said("columns", "bis", "Note")
    again = read(text.encode("cp1252"), "plan.csv", mapping=kept)
    assert of(Action, again)[0].due is None


def test_who_pays_does_not_lead_and_the_day_of_an_update_is_not_due():
    text = b"Action,Status,Paid by,Last updated\nOpen,On track,NHS trust,1/3/2026\nTrain,On track,Leisure Trust,2/3/2026\n"
    found = of(Action, read(text, "p.csv"))
    assert [(a.owners, a.due) for a in found] == [((), None)] * 2


def test_two_columns_that_may_be_the_date_are_not_guessed_between():
    text = b"Action,Lead,Alpha,Beta\nOpen,Health,1/3/2027,2/3/2027\nTrain,NHS,1/4/2027,2/4/2027\n"
    assert [a.due for a in of(Action, read(text, "p.csv", "plan"))] == [None, None]


def test_a_status_that_is_only_coloured_is_the_rating():
    data = workbook(
        ("Action", "Lead", "Status"),
        ("Open a club", "Public Health", None),
        ("School streets", "Transport", None),
        fills=[("C2", "FF00B050"), ("C3", "FFFF0000")],
    )
    reading = read(data, "plan.xlsx")
    assert [a.rating for a in of(Action, reading)] == ["green", "red"]
    assert "“Status” holds colours and no words" in said(reading)
    assert "gives no status" not in said(reading)


def test_rows_that_are_struck_out_or_hidden_are_said():
    made = Workbook()
    for row in (("Action", "Lead", "By when"), *(("Open", "Health", "May 2027"),) * 3):
        made.active.append(row)
    for cell in made.active[3]:
        cell.font = Font(strike=True)
    made.active["B4"].font = Font(strike=True)  # only a part of its row
    made.active.row_dimensions[4].hidden = True
    problems = read(saved(made), "plan.xlsx").problems
    assert [(p.where, p.what) for p in problems if "struck out" in p.what] == [
        ("sheet Sheet, row 3", "This row is struck out. It was read."),
        ("sheet Sheet, row 4", "“Health” is struck out in this row. It was read."),
    ]
    assert [p.where for p in problems if "hidden" in p.what] == ["sheet Sheet, row 4"]


def test_a_day_that_excel_counts_is_a_date_to_confirm():
    reading = read(
        b"Action,Lead,When\nOpen,Health,46477\nTrain,NHS,Q3 24/25\n", "p.csv"
    )
    one, two = of(Action, reading)
    assert (one.due.start, one.due.raw, one.due.guessed) == (
        "2027-03-31",
        "46477",
        True,
    )
    assert two.due.start == "2024-10"
    assert "'46477' was read as 2027-03-31. Please confirm it." in said(reading)


def test_people_among_those_who_lead_are_remarked_on_without_their_names():
    text = b"Action,Lead,By when\nOpen,Sarah Jones (Public Health),May 2027\nTrain,NHS trust,June 2027\nWalk,Transport,May 2027\n"
    reading = read(text, "p.csv")
    assert "1 cell of “Lead” may name people" in said(reading)
    assert "Sarah" not in said(reading)


PAGES = """Healthy Weight Plan
Page 1 of 2
Priority 1: Food
Action Lead Timescale Progress
Restrict new takeaways
near schools Planning Policy March 2027 In progress
Priority 2: Moving
Action Lead Timescale Progress
Pilot school streets Transport Q4 2026/27 Complete
Page 2 of 2
Review leisure prices for
families Leisure Trust Spring 2027 On hold
"""


def test_pages_and_repeated_headings_of_a_pdf_are_no_part_of_an_action():
    reading = read(PAGES.encode(), "p.txt", "plan_text")
    streams = {w.id: w.name for w in of(Workstream, reading)}
    assert [
        (a.title, a.owners[0], streams[a.workstream_id]) for a in of(Action, reading)
    ] == [
        ("Restrict new takeaways near schools", "Planning Policy", "Priority 1: Food"),
        ("Pilot school streets", "Transport", "Priority 2: Moving"),
        ("Review leisure prices for families", "Leisure Trust", "Priority 2: Moving"),
    ]
    assert "1 line with a page number was left out." in said(reading)
    assert "1 line that repeats the headings was left out." in said(reading)


MAIL = """From: Jane Smith <jane.smith@example.org>
Sent: 14 September 2026 16:02
To: Steering Group
Subject: Actions from today

Hi all,

\u2022\tPlanning to share the draft policy
o\tand its map
\u00b7         Leisure to confirm prices

Decisions
\u2022\tAgreed to adopt the logic model

Kind regards,
Jane
Tel: 01632 960123
"""


def test_points_of_a_mail_are_asked_about_and_who_wrote_it_is_left_out():
    assert asked(MAIL, "mail.txt")["plan_outline"] == "likely"
    reading = read(MAIL.encode(), "mail.txt", "plan_outline")
    assert [(a.title, a.aims) for a in of(Action, reading)] == [
        ("Planning to share the draft policy", ("and its map",)),
        ("Leisure to confirm prices", ()),
    ]
    assert [d.text for d in of(Decision, reading)] == [
        "Agreed to adopt the logic model"
    ]
    assert [w.name for w in of(Workstream, reading)] == ["Actions from today"]
    for detail in ("Jane", "example.org", "960123", "Steering"):
        assert detail not in repr(reading.records)
    assert (reading.items, reading.skipped) == (13, 6)
    assert "6 lines about who wrote it" in said(reading)


# -- marks of web pages ----------------------------------------------------------


def test_a_list_that_begins_with_a_word_in_bold_is_text_and_not_damaged_xml():
    reading = read(b"<b>Stress</b>\nSleep\nTime to cook\n", "list.txt", "cause_list")
    assert len(of(Contribution, reading)) == 3
    board = b"<p>Cost of food</p>,yellow\n<p>Time</p>,green\n"
    assert len(of(Contribution, read(board, "board.csv"))) == 2


def test_angle_brackets_that_are_no_tags_stay_in_a_plan_and_in_a_map():
    text = b"Action,Lead,By when\nAsk <team name> by <b>May</b>,Health,May 2027\n"
    assert of(Action, read(text, "p.csv"))[0].title == "Ask <team name> by May"
    kumu = b'{"elements": [{"_id": "a", "attributes": {"label": "Stress", "description": "<p>Ask <team name></p>"}}], "connections": []}'
    reading = read(kumu, "k.json", "kumu_json")
    assert [r.note for r in of(Factor, reading)] == ["Ask <team name>"]


def test_a_network_that_says_more_vertices_than_it_has_is_refused_in_words():
    with pytest.raises(ReadError, match="no list of vertices, or is cut short"):
        read(b'*Vertices 5\n1 "Stress"', "cut.net", "pajek")


def test_arrows_that_word_put_in_are_arrows():
    typed = "Stress \u2013> Sleep -\nSleep \uf0e0 Mood +\nCost \u2192 Mood\nMood ==> Stress -\n"
    links = of(Link, read(typed.encode(), "map.txt"))
    assert [(k.source, k.target, k.polarity.value) for k in links] == [
        ("stress", "sleep", "-"),
        ("sleep", "mood", "+"),
        ("cost", "mood", "?"),
        ("mood", "stress", "-"),
    ]
    assert "arrows" in asked("Stress \u2013> Sleep\nTime\nCost of food\n", "x.txt")


def test_a_cause_that_is_called_so_comes_back_as_it_left():
    town = programme_of(map_from("a -> b +"))
    town.replace(replace(town.find(Factor, "main/a"), label="Low \u2013> high"))
    again = read(write(town, "arrows").data, "map.txt")
    assert {f.label for f in of(Factor, again)} == {"Low \u2013> high", "B"}
