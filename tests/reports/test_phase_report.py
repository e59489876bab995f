"""The one-page phase report: words before ratings, moves against an earlier day."""

import io
from dataclasses import replace
from datetime import date

import pptx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from systemmap.bundled.examples import example
from systemmap.model.plan import Phase, Workstream
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


def test_the_slides_are_a_native_table_and_the_reasons(sampleshire, order):
    data = build(sampleshire, "phase_report", order, ".pptx").data
    page, reasons = pptx.Presentation(io.BytesIO(data)).slides
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
    assert reasons.shapes.title.text_frame.text == "Why, and what the ratings mean"
    said = reasons.notes_slide.notes_text_frame.text
    assert said.startswith("Why amber: phase 3. The shared vision has no named lead")
    assert "Source: Sampleshire system map" in said


def test_slides_that_give_no_reason_do_not_promise_one():
    programme = example()
    for phase in programme.all(Phase).values():
        programme.replace(replace(phase, rating="green", rating_reason=""))
    data = build(programme, "phase_report", Order(at=DAY), ".pptx").data
    *_, last = pptx.Presentation(io.BytesIO(data)).slides
    assert last.shapes.title.text_frame.text == "What the ratings mean"
    for phase in programme.all(Phase).values():
        programme.replace(replace(phase, rating="", rating_reason=""))
    data = build(programme, "phase_report", Order(at=DAY), ".pptx").data
    *_, last = pptx.Presentation(io.BytesIO(data)).slides
    assert last.shapes.title.text_frame.text == "Where these slides come from"


def test_what_a_slide_cuts_stands_in_its_notes():
    programme = example()
    phase = programme.find(Phase, "mapping")
    programme.replace(replace(phase, status_note="A long story about it. " * 60))
    data = build(programme, "phase_report", Order(at=DAY), ".pptx").data
    page = pptx.Presentation(io.BytesIO(data)).slides[0]
    (shape,) = [s for s in page.shapes if s.has_table]
    assert shape.table.cell(3, 4).text.endswith("…")
    assert page.notes_slide.notes_text_frame.text.count("A long story") == 60


def test_phases_of_several_workstreams_are_told_apart():
    programme = programme_of()
    for n in range(19):
        strand = Workstream(id=f"w{n % 4}", name=f"Strand {n % 4}")
        if n < 4:
            programme.add(strand)
        programme.add(
            Phase(
                id=f"p{n}",
                number=n // 4 + 1,
                name="Set-up",
                workstream_id=strand.id,
                rating="red",
                rating_reason="No money.",
                rated_on=DAY,
            )
        )
    data = build(programme, "phase_report", Order(at=DAY), ".pptx").data
    slides = pptx.Presentation(io.BytesIO(data)).slides
    tables = [
        shape.table for page in slides for shape in page.shapes if shape.has_table
    ]
    assert [len(table.rows) - 1 for table in tables] == [6, 6, 5, 2]  # none alone
    told = [row.cells[0].text for table in tables for row in list(table.rows)[1:]]
    assert len(set(told)) == len(told) == 19
    assert slides[0].shapes.title.text_frame.text.endswith("(1 of 4)")
    assert "Why red: Strand 1 2. No money (21 November 2026)." in words_of(
        data, ".pptx"
    )


def letters_of(data):
    """Return the size of every letter on every page of a PDF of ours."""
    found = set()
    for page in pypdfium2.PdfDocument(data):
        words = page.get_textpage()
        for at in range(words.count_chars()):
            if words.get_text_range(at, 1).strip():
                found.add(round(pdfium.FPDFText_GetFontSize(words.raw, at), 1))
    return found


@pytest.mark.parametrize("times", [1, 60, 400])
def test_the_pdf_is_one_page_of_letters_that_can_be_read(times):
    programme = example()
    phase = programme.find(Phase, "mapping")
    programme.replace(replace(phase, status_note="A long story about it. " * times))
    data = build(programme, "phase_report", Order(at=DAY), ".pdf").data
    assert len(pypdfium2.PdfDocument(data)) == 1
    assert min(letters_of(data)) >= 6.5  # the source; the table has 7 and more
    said = words_of(data, ".pdf")
    assert (said.count("A long story about it.") == times) is (times < 400)
    assert (" …" in said) is (times == 400)
    assert "It is not evidence that acting here will change obesity." in said


def test_the_pdf_reads_mark_up_as_words():
    programme = example()
    phase = programme.find(Phase, "action")
    programme.replace(replace(phase, status_note="<b>bold</b> & <font size=99>"))
    said = words_of(
        build(programme, "phase_report", Order(at=DAY), ".pdf").data, ".pdf"
    )
    assert "<b>bold</b> & <font size=99>" in said
