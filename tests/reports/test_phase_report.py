"""The one-page phase report: words before ratings, moves against an earlier day."""

import io
from dataclasses import replace
from datetime import date

import pptx
import pypdfium2
import pytest

from systemmap.bundled.examples import example
from systemmap.model.plan import Phase
from systemmap.reports import Order, Since, build
from systemmap.reports.parts.phase_rows import phase_rows, phases_finding, why_lines
from systemmap.testing import programme_of
from tests.reports.conftest import DAY, words_of


def rows_with(**changes):
    then = programme_of()
    phase = Phase(id="p", number=1, name="Set-up", status="ongoing", rating="green")
    then.add(phase)
    now = then.copy()
    now.replace(replace(phase, **changes))
    return phase_rows(now, Since(programme=then, words="May"))


RED = {"rating": "red", "rating_reason": "No money yet.", "rated_on": date(2026, 11, 1)}


@pytest.mark.parametrize(
    ("changes", "said", "was"),
    [
        (RED, "Red ▼", "Green"),
        ({"rating": "blue"}, "Complete ▲", "Green"),
        ({}, "Green ●", "Green"),
        ({"rating": ""}, "No rating", "Green"),
    ],
)
def test_a_rating_is_word_and_sign_beside_what_it_was(changes, said, was):
    (row,) = rows_with(**changes)
    assert (row.rating_words, row.was) == (said, was)


def test_a_first_rating_is_neither_better_nor_worse():
    programme = programme_of()
    programme.add(Phase(id="p", number=1, name="Set-up", rating="green"))
    (row,) = phase_rows(programme, Since(programme=programme_of(), words="May"))
    assert (row.rating_words, row.was) == ("Green ●", "–")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("", "No update"),
        ("not_planned", "Not planned yet"),
        ("not_started", "Not started"),
    ],
)
def test_no_update_not_planned_and_not_started_are_three_things(status, said):
    (row,) = rows_with(status=status, rating="")
    assert row.progress == said


def test_red_says_why_and_since_when():
    assert why_lines(rows_with(**RED)) == (
        "Why red: phase 1. No money yet (1 November 2026).",
    )


def test_a_phase_run_again_stands_with_its_latest_cycle():
    programme = programme_of()
    phase = Phase(id="p1", number=1, name="Set-up", cycle=1, status="complete")
    programme.add(phase, replace(phase, id="p2", cycle=2, status="ongoing"))
    assert [row.progress for row in phase_rows(programme, None)] == ["Ongoing"]


def test_an_underway_phase_without_a_lead_says_so():
    (row,) = rows_with()
    assert row.owners == "(no named lead)"
    (row,) = rows_with(status="not_planned", rating="")
    assert row.owners == ""


def test_the_title_adds_up_to_all_phases(sampleshire):
    rows = phase_rows(sampleshire, None)
    assert phases_finding(rows) == (
        "Of 6 phases: 1 amber, 2 green, 1 complete, 2 not planned yet."
    )


def test_the_slide_is_one_page_with_a_real_title_and_a_native_table(sampleshire, order):
    data = build(sampleshire, "phase_report", order, ".pptx").data
    (page,) = pptx.Presentation(io.BytesIO(data)).slides
    assert page.shapes.title.text_frame.text.startswith("Of 6 phases")
    (shape,) = [s for s in page.shapes if s.has_table]
    assert shape.table.first_row
    assert len(shape.table.rows) == 7
    assert [c.text for c in shape.table.rows[3].cells] == [
        "3 Mapping the local system",
        "Hold the mapping workshop; Agree one map; Begin the vision",
        "Public Health",
        "Nov 26",
        "Ongoing: map drawn on 3 November, vision has no named lead yet",
        "Amber ▼",
        "Green",
    ]
    alt = shape._element.xpath(".//p:cNvPr")[0].get("descr")
    assert alt.startswith("Of 6 phases: 1 amber")
    runs = [r for p in shape.table.cell(1, 1).text_frame.paragraphs for r in p.runs]
    assert {r._r.rPr.get("lang") for r in runs} == {"en-GB"}


def test_the_pdf_is_one_page_however_long_the_words():
    programme = example()
    phase = programme.find(Phase, "mapping")
    programme.replace(replace(phase, status_note="A long story about it. " * 60))
    data = build(programme, "phase_report", Order(at=DAY), ".pdf").data
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    said = words_of(data, ".pdf")
    assert said.count("A long story about it.") == 60
    assert "It is not evidence that acting here will change obesity." in said


def test_the_pdf_reads_mark_up_as_words():
    programme = example()
    phase = programme.find(Phase, "action")
    programme.replace(replace(phase, status_note="<b>bold</b> & <font size=99>"))
    said = words_of(
        build(programme, "phase_report", Order(at=DAY), ".pdf").data, ".pdf"
    )
    assert "<b>bold</b> & <font size=99>" in said
