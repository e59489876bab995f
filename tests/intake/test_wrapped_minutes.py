"""Minutes out of a PDF: their lines are cut at the edge of the page."""

from __future__ import annotations

from systemmap.formats import read
from systemmap.model.plan import Decision
from tests.intake.made_files import actions, of, said

MINUTE = """HEALTH AND WELLBEING BOARD

Minutes of the meeting held on Tuesday, 9th June 2026 at 2.00 pm in the Council Chamber

12. HEALTHY WEIGHT DECLARATION

The Director of Public Health presented a report on the whole-sys-
tems approach to obesity. Members noted that the work with plan-
ning was at an early stage.

RESOLVED \u2013

(1) That the report be noted;
(2) That the Council adopt the Local Authority Declaration on Healthy
Weight; and
(3) That an update be brought to the meeting in December 2026.

Page 3 of 7

13. FOOD PARTNERSHIP

ACTION: Public Health to circulate the food poverty needs assess-
ment to Board members by 30 September 2026.

RESOLVED \u2013 That the appointment of a Food Partnership coordinator be
supported.
"""


def test_what_a_page_cut_is_put_together_and_said():
    found = read(MINUTE.encode(), "minutes.txt")
    assert [(d.number, d.text) for d in of(Decision, found)] == [
        ("12(1)", "That the report be noted"),
        (
            "12(2)",
            "That the Council adopt the Local Authority Declaration on Healthy Weight",
        ),
        ("12(3)", "That an update be brought to the meeting in December 2026."),
        (
            "13",
            "That the appointment of a Food Partnership coordinator be supported.",
        ),
    ]
    (task,) = actions(found)
    assert task.title.startswith("Public Health to circulate the food poverty needs")
    assert "needs assessment to Board members" in task.title
    assert (task.owners, task.due.start) == (("Public Health",), "2026-09-30")
    assert "the whole-systems approach to obesity" in repr(found.records)
    assert "5 lines went on from the one above" in said(found)
    assert "1 line with a page number was left out" in said(found)


def test_lines_of_their_own_stay_apart():
    text = "41 Review\n\nResolved: (1) That it be noted\n(2) That officers report\n\nAttendance was good\nThe hall was warm\n"
    found = read(text.encode(), "minutes.txt")
    assert [d.text for d in of(Decision, found)] == [
        "That it be noted",
        "That officers report",
    ]
    assert "went on from the one above" not in said(found)
