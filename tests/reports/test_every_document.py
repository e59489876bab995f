"""Promises every document keeps, on nothing, on a template, on Sampleshire, on Foresight."""

import html
import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from systemmap.bundled.examples import earlier, example
from systemmap.errors import InvalidValue, SystemMapError, UnknownItem
from systemmap.language.phrases import NOT_EVIDENCE, STRUCTURE_NOTE
from systemmap.model.due import read_due
from systemmap.model.meetings import Event
from systemmap.model.plan import LocalTerm
from systemmap.reports import REPORTS, Order, Since, build, file_name
from systemmap.reports.parts.blocks import Heading, Items, Paper, Table
from systemmap.reports.parts.word import word_document
from systemmap.testing import programme_of
from tests.analysis.drawn_maps import keep_causes
from tests.reports.conftest import CASES, DAY, NOTICE, words_of
from tests.reports.test_template_forms import packed
from tests.sizes import WHOLE, spread, whole

OURS = [key for key in REPORTS if key not in ("write_up", "map_poster")]
FILES = [
    (key, suffix)
    for key in OURS
    for suffix in REPORTS[key].suffixes
    # one tagged PDF is like another, and test_pdf_tags.py looks at each
    if suffix != ".pdf" or key == "phase_report"
]
ALSO_PAGES = [key for key in OURS if {".docx", ".html"} <= {*REPORTS[key].suffixes}]
IN_WORD = spread(ALSO_PAGES, 3)
SAME_PAPER = whole("the page is written of the same paper, and others of it in Word")


def as_files(files):
    """Mark Word files that an ordinary run reads as pages alone."""
    return [
        pytest.param(*file, marks=SAME_PAPER)
        if file[1] == ".docx" and file[0] not in IN_WORD
        else file
        for file in files
    ]


READABLE = [(key, suffix) for key, suffix in FILES if suffix != ".png"]
LARGE = whole("test_map_documents.py asks it of the same deck")
PLAIN = whole("others are asked it of Foresight, and each of Sampleshire")
IN_CASES = [
    pytest.param(key, suffix, case, marks=marks)
    for case in CASES
    for key, suffix in READABLE
    for marks in [
        SAME_PAPER
        if suffix == ".docx" and key not in IN_WORD
        else LARGE
        if (key, case) == ("map_slide", "foresight")
        else PLAIN
        if case == "foresight" and (key, suffix) not in spread(READABLE, 5)
        else ()
    ]
]
HOSTILE = "=1+1 <b>& {{ 7*7 }} '\" ring 01709 382121"


def reported(case):
    """Return a programme and its map; in an ordinary run the first twenty causes."""
    programme, map_id = CASES[case]()
    if programme.maps and not WHOLE:
        keep_causes(programme, 20, map_id=map_id)
    return programme, map_id


@cache
def built(case: str, key: str, suffix: str) -> bytes:
    """Return a document as it stands, made once for all that is asked of it."""
    programme, map_id = reported(case)
    order = Order(at=DAY, map_id=map_id, version="The January board")
    was = programme.copy()
    data = build(programme, key, order, suffix).data
    assert programme == was
    return data


# test_same_in_same_out.py compares each with the one that another process makes
@pytest.mark.parametrize(("key", "suffix"), as_files(spread(FILES, 5)))
def test_a_document_builds_twice_to_the_same_bytes_and_changes_nothing(key, suffix):
    order = Order(at=DAY, map_id="main", version="The January board")
    again = build(reported("sampleshire")[0], key, order, suffix)
    assert again.data == built("sampleshire", key, suffix)


@pytest.mark.parametrize(("key", "suffix", "case"), IN_CASES)
def test_a_document_says_what_it_stands_for(key, suffix, case):
    programme, map_id = reported(case)
    said = " ".join(words_of(built(case, key, suffix), suffix).split())
    assert "as at 21 November 2026" in said
    assert "version 0 (“The January board”)" in said
    causes = len(programme.system_map(map_id).factors) if programme.maps else 0
    told = f"{causes} causes on this map" if causes else "No map has been drawn yet."
    assert told in said
    assert (NOT_EVIDENCE in said) is (causes > 0)
    assert (STRUCTURE_NOTE in said) is (case in ("sampleshire", "foresight"))
    links = len(programme.system_map(map_id).links) if programme.maps else 0
    brought = f"{causes} causes and {links} links of this map came with the template"
    assert (brought in said) is (case == "template"), "counted apart from people's"
    assert (NOTICE in said) is (case != "empty")


@cache
def built_of_hostile_words(key: str, suffix: str) -> bytes:
    """Return a document of words made to harm, made once for all that is asked of it."""
    programme = example()
    if not WHOLE:  # the map is long enough for a word
        keep_causes(programme, 8, "stress")
    action = next(iter(programme.actions.values()))
    programme.replace(
        replace(action, title=HOSTILE, owners=(HOSTILE,), status_note=HOSTILE)
    )
    factor = programme.system_map().factors["stress"]
    programme.replace(replace(factor, label=HOSTILE, theme="own"))
    programme.replace(replace(programme.info, name=HOSTILE))
    programme.add(LocalTerm(vocabulary="themes", key="own", label=HOSTILE))
    since = Since(programme=earlier(example()), words="September")
    order = Order(at=DAY, version=HOSTILE, since=since)
    return build(programme, key, order, suffix).data


@pytest.mark.parametrize(("key", "suffix"), as_files(READABLE))
def test_a_document_says_cause_where_analysts_say_factor(key, suffix):
    said = words_of(built_of_hostile_words(key, suffix), suffix)
    assert re.findall(r"[^.\n]*\bfactors?\b[^.\n]*", said, re.IGNORECASE) == []


@pytest.mark.parametrize(("key", "suffix"), as_files(READABLE))
def test_hostile_words_stay_words(key, suffix):
    written = built_of_hostile_words(key, suffix)
    said = words_of(written, suffix)
    assert "{{ 7*7 }}" in html.unescape(said)
    assert "01709 382121" not in said
    if suffix == ".xlsx":
        assert formulas(written) == []
    if suffix in (".html", ".svg"):
        assert b"<b>" not in written


def test_signs_that_word_refuses_are_left_out():
    programme = example()
    action = programme.actions["a025"]
    programme.replace(replace(action, title="Two\x0blines\x00", owners=()))
    said = words_of(
        build(programme, "register_by_owner", Order(at=DAY), ".docx").data, ".docx"
    )
    assert "Two\nlines" in said


@pytest.mark.parametrize("key", OURS)
def test_a_document_uses_no_words_that_blame_and_claims_no_cause(key):
    suffix = READABLE_SUFFIX[key]
    said = words_of(built("sampleshire", key, suffix), suffix).lower()
    for word in ("obese people", "leverage point", "key driver", "deprived people"):
        assert word not in said


READABLE_SUFFIX = {
    key: ".html"
    if key in ALSO_PAGES
    else next(s for s in REPORTS[key].suffixes if s != ".png")
    for key in OURS
}


@pytest.mark.parametrize(
    ("key", "case"),
    [(key, "empty") for key in ALSO_PAGES] + [(key, "sampleshire") for key in IN_WORD],
)
def test_a_word_file_is_british_has_real_headings_and_repeats_its_header_rows(
    key, case
):
    data = built(case, key, ".docx")
    document = docx.Document(io.BytesIO(data))
    language = document.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert language.get(qn("w:val")) == "en-GB"
    assert document.core_properties.language == "en-GB"
    assert document.paragraphs[1].style.name == "Title"
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        widths = {cell.width for cell in table.columns[0].cells}
        assert widths == {table.columns[0].width}
    assert "PAGE" in document.sections[0].footer._element.xml
    assert external(data) == []


def test_in_word_a_heading_its_sentence_and_its_table_stay_together():
    data = built("sampleshire", "programme_record", ".docx")
    lines = docx.Document(io.BytesIO(data)).paragraphs
    led = [
        at
        for at in range(1, len(lines) - 1)
        if lines[at - 1].style.name.startswith("Heading")
        and lines[at + 1].style.name == "Caption"
    ]
    assert len(led) > 8
    assert all(lines[at].paragraph_format.keep_with_next for at in led)


@pytest.mark.parametrize(("lines", "whole"), [(1, True), (6, False)])
def test_in_word_a_short_table_stays_whole_unless_it_leaves_a_page_empty(lines, whole):
    rows = tuple((f"row {n}", "words " * 25 * lines) for n in range(6))
    table = Table(caption="Some", headings=("A", "B"), rows=rows, shares=(1, 1))
    paper = Paper(title="Title", footer="x", blocks=(table,), landscape=True)
    document = docx.Document(io.BytesIO(word_document(paper, at=DAY)))
    made = document.tables[0].rows
    kept = [r.cells[0].paragraphs[0].paragraph_format.keep_with_next for r in made]
    assert kept == [True, *[whole or None] * 4, True, None]  # head; the last two


@pytest.mark.parametrize("numbered", [True, False])
def test_in_word_the_first_item_of_a_list_stays_with_the_second(numbered):
    paper = Paper(
        title="Title",
        footer="x",
        blocks=(Items(items=("a", "b", "c"), numbered=numbered), Items(items=("d",))),
    )
    for template in (b"", packed(docx.Document())):
        made = word_document(paper, at=DAY, template=template)
        lines = docx.Document(io.BytesIO(made)).paragraphs
        kept = {p.text[-1]: p.paragraph_format.keep_with_next for p in lines if p.text}
        assert [kept[item] for item in "abcd"] == [True, None, None, None]


def test_in_word_a_long_table_begins_with_two_rows_and_ends_with_two():
    rows = tuple((f"row {n}", "words") for n in range(20))
    table = Table(caption="Some", headings=("A", "B"), rows=rows, shares=(1, 1))
    paper = Paper(title="Title", footer="x", blocks=(table,))
    document = docx.Document(io.BytesIO(word_document(paper, at=DAY)))
    made = document.tables[0].rows
    kept = [r.cells[0].paragraphs[0].paragraph_format.keep_with_next for r in made]
    assert kept == [True, True, *[None] * 17, True, None]


def test_the_record_does_not_say_of_what_is_to_come_that_it_took_place():
    programme = programme_of()
    for title, on in (("First meeting", "3 November 2026"), ("Second", "Jan 27")):
        programme.add(Event(id=title[:5].lower(), title=title, on=read_due(on)))
    said = [
        (block.level, block.text)
        for block in REPORTS["programme_record"].paper(programme, Order(at=DAY)).blocks
        if isinstance(block, Heading)
    ]
    at = said.index((1, "What took place"))
    assert said[at + 1 : at + 4] == [
        (2, "First meeting"),
        (1, "Still to come"),
        (2, "Second"),
    ]


@pytest.mark.parametrize("key", [k for k in OURS if ".xlsx" in REPORTS[k].suffixes])
def test_an_excel_file_holds_no_formula_and_no_link(key):
    data = built("sampleshire", key, ".xlsx")
    assert formulas(data) == []
    assert external(data) == []
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert all(
        cell.hyperlink is None for s in book for r in s.iter_rows() for cell in r
    )
    assert all(s.print_title_rows or s.max_column == 1 for s in book)


@pytest.mark.parametrize("key", [k for k in OURS if ".html" in REPORTS[k].suffixes])
def test_a_page_runs_nothing_and_needs_nothing(key):
    page = built("sampleshire", key, ".html").decode()
    assert '<html lang="en-GB">' in page
    assert "default-src 'none'" in page
    assert page.count("<h1>") == 1
    assert "<script" not in page
    assert not re.search(r"src=|href=\"(?!#)", page)
    led = set(re.findall(r"href=\"#([^\"]+)", page))
    assert led <= set(re.findall(r" id=\"([^\"]+)", page))
    assert page.count("<table") == page.count("<caption>")
    assert page.count("<table") == page.count('<div class="wide" role="region"')
    assert page.count("<th ") == page.count('scope="col"')


def test_a_document_nobody_knows_is_refused_by_name():
    with pytest.raises(UnknownItem, match="Did you mean 'gap_table'"):
        build(example(), "gap_tabel", Order(at=DAY))


def test_a_file_a_document_is_not_written_as_is_refused():
    with pytest.raises(InvalidValue, match=r"Use one of: \.docx, \.pdf, \.html"):
        build(example(), "board_paper", Order(at=DAY), ".odg")


def test_a_write_up_without_a_workshop_says_so():
    with pytest.raises(SystemMapError, match="no workshop"):
        build(CASES["empty"]()[0], "write_up", Order(at=DAY))


def test_a_saved_file_names_document_version_and_day():
    name = file_name(example(), "gap_table", Order(at=DAY), ".xlsx")
    assert name == "sampleshire-gap-table-v0-2026-11-21.xlsx"


def formulas(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            n
            for n in archive.namelist()
            if n.startswith("xl/worksheets/")
            and re.search(rb"<f[ >]|<formula\d>[^\"]", archive.read(n))
        ]


def external(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            n
            for n in archive.namelist()
            if n.endswith(".rels") and b'"External"' in archive.read(n)
        ]


def test_a_write_up_is_of_the_workshop_held_last_and_not_of_one_to_come():
    programme = example()
    order = Order(at=DAY)
    words = build(programme, "write_up", order, ".html").data.decode()
    assert "Mapping workshop" in words
    assert "version 0, as at 21 November 2026" in words
    assert NOTICE in words
    assert "People named 0 causes" not in words
    assert "Action workshop" not in words
