"""Notes as boards, polls, forms and chats give them, and the questions they raise."""

from __future__ import annotations

import pytest

from systemmap.errors import ReadError, Undecided
from systemmap.formats import read
from systemmap.model.workshop import Contribution, WorkshopTable
from tests.intake.made_files import of, said, workbook

PADLET = """Subject,Body,Author,Date created,Section,Attachment,Likes
Takeaways,Too many on the high street,Anonymous,2026-10-01 10:00:00 UTC,Food,,3
,No safe place to play,Maya P,2026-10-01 10:02:00 UTC,Moving,,1
"""
BOARD = """ID,Type,Text,Color,X,Y,Area,Tags
1,sticky note,Car culture,#FCFE7D,100,200,Causes,
2,sticky note,Stress at work,#FCFE7D,300,200,Causes,
3,text,Our system map,,0,0,,
"""
CHAT = """[03/11/2026 10:14] Jo Field
stress, shift work
[03/11/2026, 10:15:07] Sam: takeaways everywhere
10:16:22 From Priya to Everyone: food prices
"""


def notes(found):
    tables = {t.id: t.name for t in of(WorkshopTable, found)}
    return [(n.text, tables.get(n.table_id, "")) for n in of(Contribution, found)]


def test_posts_of_a_padlet_keep_title_and_section_and_leave_out_who_wrote_them():
    found = read(PADLET.encode(), "padlet.csv")
    assert notes(found) == [
        ("Takeaways: Too many on the high street", "Food"),
        ("No safe place to play", "Moving"),
    ]
    assert "Maya" not in repr(found.records)
    assert "6 cells beside a note" in said(found)


def test_sticky_notes_under_their_headings_are_notes():
    text = (
        'Sticky note text,Sticky note color,Frame\n"Shifts, no time",yellow,Table 1\n'
    )
    assert notes(read(text.encode(), "m.csv")) == [("Shifts, no time", "Table 1")]


def test_a_text_beside_sticky_notes_is_said():
    found = read(BOARD.encode(), "mural.csv")
    assert len(notes(found)) == 3
    assert "1 of these is no sticky note" in said(found)
    assert "“Our system map”" in said(found)
    only = BOARD.replace("3,text,Our system map,,0,0,,\n", "")
    assert "sticky note but" not in said(read(only.encode(), "mural.csv"))


def test_a_poll_is_read_below_its_question_and_other_sheets_are_counted():
    data = workbook(
        ("What drives weight in our area?",),
        (),
        ("Responses", "Votes"),
        ("stress", 2),
        ("takeaways", 1),
        others=[("Voters", [("Session", "Voter"), (1, 1), (1, 2)])],
    )
    found = read(data, "poll.xlsx")
    assert [text for text, _ in notes(found)] == ["stress", "stress", "takeaways"]
    assert (found.items, found.read, found.skipped) == (6, 2, 4)
    assert "1 row above the headings was left out." in said(found)
    assert "Sheet 'Voters' (3 rows) was left out." in said(found)


def test_how_many_have_answered_is_no_cause():
    data = workbook(("Option", "Responses", "%"), ("Food", 12, 60), ("Moving", 8, 40))
    with pytest.raises(ReadError):
        read(data, "poll.xlsx")


def test_a_chat_is_asked_about_and_leaves_out_who_wrote_and_when():
    with pytest.raises(Undecided, match="List of causes"):
        read(CHAT.encode(), "chat.txt")
    found = read(CHAT.encode(), "chat.txt", "notes")
    assert [text for text, _ in notes(found)] == [
        "stress, shift work",
        "takeaways everywhere",
        "food prices",
    ]
    for name in ("Jo", "Sam", "Priya"):
        assert name not in repr(found.records)
    assert "3 cells beside the causes, such as who answered and when" in said(found)


def test_one_line_is_one_cause():
    found = read(b"Stress\nSleep\nStress\n", "c.txt")
    assert found.summary["said"] == (
        "3 lines: 2 causes, 1 repeat counted as a mention, 0 blank."
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [("data", "figures or areas"), ("actions", "a list of actions"), ("map", "a map")],
)
def test_a_choice_that_does_not_fit_is_refused_with_a_next_step(kind, words):
    with pytest.raises(ReadError, match=f"does not look like {words}") as refused:
        read(workbook(("Row Labels", "Count"), ("Leisure", 5)), "p.xlsx", kind)
    if kind != "actions":
        assert "say it by its key" in str(refused.value)


def test_levels_alike_in_two_columns_are_no_ends_of_links():
    data = workbook(
        ("Organisation", "Interest", "Influence"),
        ("Foodbank", "High", "Low"),
        ("Football club", "Medium", "High"),
    )
    with pytest.raises(ReadError):
        read(data, "people.xlsx")


def test_a_total_of_votes_is_no_cause():
    data = workbook(("Cause", "Votes"), ("Stress", 2), ("Takeaways", 1), ("Total", 3))
    found = read(data, "votes.xlsx")
    assert [text for text, _ in notes(found)] == ["Stress", "Stress", "Takeaways"]
    assert (found.items, found.read, found.skipped) == (3, 2, 1)


def test_the_first_question_of_a_survey_is_asked_about():
    text = 'Timestamp,Postcode,What stops you being active?,Any comments?\n2026/10/01,NV1,"Cost, time",None\n'
    with pytest.raises(Undecided, match="headed 'What stops you being active\\?'"):
        read(text.encode(), "survey.csv")
    found = read(text.encode(), "survey.csv", "notes")
    assert [words for words, _ in notes(found)] == ["Cost, time"]


def test_names_of_frames_are_asked_about():
    text = b"Frame 1\nStress at work\n\nFrame 2\nCheap sweets\n"
    with pytest.raises(Undecided, match="2 lines name frames of a board"):
        read(text, "jam.txt")
    found = read(text, "jam.txt", "whiteboard_csv")
    assert notes(found) == [("Stress at work", "Frame 1"), ("Cheap sweets", "Frame 2")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("graph TD\n  A[Stress] -->|+| B[Snacks]\n", "a Mermaid drawing"),
        ("<InsightMakerModel><root/></InsightMakerModel>", "an Insight Maker model"),
        ('<map version="1"><node TEXT="Food"/></map>', "FreeMind"),
        ('<opml version="2.0"><body/></opml>', "an outline of a mind map"),
    ],
)
def test_drawings_that_are_not_read_are_named_with_a_way_out(text, words):
    with pytest.raises(ReadError, match=words):
        read(text.encode(), "drawing.txt")
