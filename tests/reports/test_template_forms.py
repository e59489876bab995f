"""A committee's form: a plain cell under a label of ours is filled, no other is touched."""

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from systemmap.bundled.examples import example
from systemmap.model.programme import Programme
from systemmap.reports import REPORTS, Order, build, left_to_author
from systemmap.testing import map_from, programme_of
from tests.reports.board_sentences import HELD, WALKS
from tests.reports.conftest import DAY

TITLE = "Whole systems approach to obesity: progress"


def cabinet_form():
    """Two columns, label and blank, then set headings: as most councils' forms are."""
    form = docx.Document()
    form.add_paragraph("ANYTOWN BOROUGH COUNCIL")
    rows = (
        ("Report to:", "Health and Wellbeing Board"),
        ("Date of meeting:", ""),
        ("Report title:", ""),
        ("Report of:", ""),
        ("Report author:", ""),
        ("Wards affected:", "All"),
        ("Key decision:", "[ ]"),
    )
    cover = form.add_table(rows=0, cols=2)
    for label, value in rows:
        left, right = cover.add_row().cells
        left.text, right.text = label, value
    form.add_heading("1. Recommendations", level=1)
    form.add_heading("2. Implications", level=1)
    legal = form.add_table(rows=1, cols=2)
    legal.cell(0, 0).text = "Legal (officer)"
    form.add_heading("3. Background papers", level=1)
    return form


def scrutiny_form():
    """Four columns, unnamed controls and words that ask; a later table has a “Title” too."""
    form = docx.Document()
    form.add_paragraph("Scrutiny report", style="Title")
    cover = form.add_table(rows=2, cols=4)
    for at, words in enumerate(("TITLE", "<Insert title of report>", "Version", "")):
        cover.cell(0, at).text = words
    for at, words in enumerate(("As at", "", "Contact officer", "")):
        cover.cell(1, at).text = words
    asked = cover.cell(1, 1).paragraphs[0]
    asked.add_run("Click or tap to enter a date.").font.size = Pt(13)
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    properties = OxmlElement("w:sdtPr")
    properties.append(OxmlElement("w:showingPlcHdr"))
    asked.runs[-1]._r.addprevious(control)
    content.append(asked.runs[-1]._r)
    control.append(properties)
    control.append(content)
    form.add_heading("systemmap", level=1)
    people = form.add_table(rows=1, cols=4)
    people.cell(0, 0).text, people.cell(0, 2).text = "Title", "Surname"
    return form


def packed(form):
    stream = io.BytesIO()
    form.save(stream)
    return stream.getvalue()


def paper_on(form, programme=None, key="board_paper"):
    order = Order(at=DAY, template=packed(form))
    data = build(programme or bare(), key, order, ".docx").data
    return docx.Document(io.BytesIO(data))


def bare():
    """Sampleshire by its names alone: the rest of it says nothing on a form."""
    return Programme(example().info)


def cells(table):
    return [
        ["".join(t.text or "" for t in cell._tc.iter(qn("w:t"))) for cell in row.cells]
        for row in table.rows
    ]


def test_the_cover_is_filled_where_its_label_is_ours_and_left_where_it_is_not():
    document = paper_on(cabinet_form())
    assert cells(document.tables[0]) == [
        ["Report to:", "Health and Wellbeing Board"],
        ["Date of meeting:", ""],
        ["Report title:", TITLE],
        ["Report of:", "Public Health"],
        ["Report author:", ""],
        ["Wards affected:", "All"],
        ["Key decision:", "[ ]"],
    ]
    every = "".join(t.text or "" for t in document.element.body.iter(qn("w:t")))
    assert every.count(TITLE) == 1


def test_words_that_ask_are_replaced_in_their_own_look_and_a_second_table_is_left():
    document = paper_on(scrutiny_form())
    assert cells(document.tables[0]) == [
        ["TITLE", TITLE, "Version", ""],
        ["As at", "21 November 2026", "Contact officer", ""],
    ]
    (text,) = (t for t in document.tables[0].cell(1, 1)._tc.iter(qn("w:t")) if t.text)
    run = text.getparent()
    assert run.rPr.sz.val == Pt(13)
    assert not list(document.element.body.iter(qn("w:showingPlcHdr")))
    assert cells(document.tables[-1]) == [["Title", "", "Surname", ""]]
    assert "systemmap" not in [p.text for p in document.paragraphs]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (
            cabinet_form,
            "“Date of meeting”, “Report author”, “Key decision” and “Legal (officer)”",
        ),
        (scrutiny_form, "“Version”, “Contact officer”, “Title” and “Surname”"),
        (docx.Document, ""),
    ],
)
def test_what_stays_for_the_author_is_said(form, said):
    order = Order(at=DAY, template=packed(form()))
    whole = f"Left for the author on the template's form: {said}." if said else ""
    assert left_to_author(bare(), "board_paper", order) == whole


def test_a_lead_nobody_named_stays_an_empty_cell():
    programme = bare()
    programme.replace(replace(programme.info, lead=""))
    assert cells(paper_on(cabinet_form(), programme).tables[0])[3] == ["Report of:", ""]
    order = Order(at=DAY, template=packed(cabinet_form()))
    assert "“Report of”" in left_to_author(programme, "board_paper", order)


def test_a_cell_in_which_a_section_goes_is_not_said_to_be_empty():
    form = docx.Document()
    cover = form.add_table(rows=1, cols=2)
    cover.cell(0, 0).text = "Summary"
    for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(kind)
        mark.set(qn("w:id"), "7")
        if kind == "w:bookmarkStart":
            mark.set(qn("w:name"), "Where_we_stand")
        cover.cell(0, 1).paragraphs[0]._p.append(mark)
    order = Order(at=DAY, template=packed(form))
    assert left_to_author(example(), "board_paper", order) == ""
    assert "34 people" in cells(paper_on(form, example()).tables[0])[0][1]


def test_every_word_document_puts_its_title_on_the_cover():
    programme = programme_of(map_from("stress -> snacking +"), HELD, WALKS)
    for key in ("phase_report", "write_up"):
        title = REPORTS[key].paper(programme, Order(at=DAY)).title
        document = paper_on(cabinet_form(), programme, key)
        assert cells(document.tables[0])[2] == ["Report title:", title]


def form_of(*rows, bold=()):
    """A form of one table; rows of which each first word is given are in bold."""
    form = docx.Document()
    table = form.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(words).bold = row[0] in bold or None
    return form


@pytest.mark.parametrize(
    ("rows", "bold", "filled", "left"),
    [
        (
            (("Report title:", "Report of:", "Author:"), ("", "", "")),
            (),
            [TITLE, "Public Health", ""],
            "“Author”",
        ),
        (
            (("Report title", "Author"), ("<Insert title>", "Click here")),
            ("Report title",),
            [TITLE, "Click here"],
            "“Author”",
        ),
        ((("Report title",), ("",)), (), [TITLE], ""),
        ((("Report author",), ("",)), (), [""], "“Report author”"),
        # no label, or one that can mean another thing
        ((("Report title", "Walking to school"), ("", "")), (), ["", ""], ""),
        ((("Title", "Surname"), ("", "")), ("Title",), ["", ""], "“Title” and “Surname”"),
        ((("Report title:", "As at:"), ("", "Agreed")), (), ["", "Agreed"], ""),
        ((("Report title:", ""), ("", "")), (), ["", ""], ""),
    ],
)  # fmt: skip
def test_a_cell_below_its_label_is_filled_or_named(rows, bold, filled, left):
    programme = bare()
    document = paper_on(form_of(*rows, bold=bold), programme)
    assert cells(document.tables[0])[1] == filled
    order = Order(at=DAY, template=packed(form_of(*rows, bold=bold)))
    whole = f"Left for the author on the template's form: {left}." if left else ""
    assert left_to_author(programme, "board_paper", order) == whole


def test_a_merged_label_has_its_cell_below_where_its_column_begins():
    form = form_of(("Report to:", "", "Report title:"), ("", "", ""))
    first = form.tables[0].rows[0].cells
    first[0].merge(first[1]).text = "Report to:"
    assert cells(paper_on(form).tables[0])[1] == ["", "", TITLE]
