"""Pages that end well: no page of small print alone, no word broken in a heading."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from systemmap.bundled.examples import example
from systemmap.drawing.caption import caption_of
from systemmap.drawing.scene import scene_from
from systemmap.model.plan import Decision, Phase, ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.reports import REPORTS, Order, build
from systemmap.reports.parts.blocks import Heading, Table, Words
from systemmap.reports.parts.book import Sheet, workbook
from systemmap.reports.parts.fitting import (
    KEPT_TOGETHER,
    column_widths,
    with_closing,
)
from systemmap.testing import programme_of
from tests.reports.conftest import words_of

DAY = date(2026, 11, 21)
ORDER = Order(at=DAY)
ONE_PAGE = (
    "gap_table",
    "coverage_heat",
)  # ten gaps, a row a theme: shorter than a page
PAPERS = [key for key, report in REPORTS.items() if report.paper]


def many():
    """Return Sampleshire with every action twice over in each of four districts."""
    programme = example()
    for action in list(programme.actions.values()):
        programme.add(
            *(
                replace(action, id=f"{action.id}-{n}", ref=f"{action.ref}.{n}")
                for n in range(4)
            )
        )
    return programme


def long_table(rows=KEPT_TOGETHER + 1):
    return Table(caption="", headings=("A",), rows=(("x",),) * rows, shares=(1,))


def is_small(block):
    return isinstance(block, Words) and block.kind == "small"


@pytest.mark.parametrize("make", [example, many])
@pytest.mark.parametrize("key", PAPERS)
def test_no_small_print_follows_a_table_that_may_end_with_its_page(key, make):
    paper = REPORTS[key].paper(make(), ORDER)
    if paper.one_page or paper.sides:
        return
    for before, block in zip(paper.blocks, paper.blocks[1:], strict=False):
        if is_small(block) and isinstance(before, Table) and key not in ONE_PAGE:
            assert len(before.rows) <= KEPT_TOGETHER, paper.title
    assert any(is_small(b) and b.text.startswith("Source: ") for b in paper.blocks)


def test_small_print_stands_where_the_words_of_a_document_end():
    words, first, second = Words(text="Told."), Heading(text="A"), Heading(text="B")
    inner = Heading(text="C", level=2)
    small = Words(text="Source.", kind="small")
    tables = (first, long_table(), second, inner, long_table())
    assert with_closing((words, *tables), ["Source."]) == (words, small, *tables)
    short = (words, first, long_table(KEPT_TOGETHER))
    assert with_closing(short, ["Source."]) == (*short, small)
    ends = (first, long_table(), second, words)
    assert with_closing(ends, ["Source."]) == (*ends, small)
    assert with_closing((long_table(),), ["Source."])[-1] == small
    assert with_closing((), ["Source."]) == (small,)


@given(
    words=st.lists(
        st.text("abcdefgh", min_size=1, max_size=14), min_size=2, max_size=9
    ),
    shares=st.lists(st.integers(1, 60), min_size=9, max_size=9),
    width=st.floats(6.0, 10.5),
)
def test_no_heading_is_broken_where_the_line_has_room_for_all(words, shares, width):
    table = Table(
        caption="", headings=tuple(words), rows=(), shares=tuple(shares[: len(words)])
    )
    widths = column_widths(table, width, 8.5)
    least = [len(word) * 0.68 * 8.5 / 72 + 0.15 for word in words]
    assert sum(widths) == pytest.approx(width)
    if sum(least) <= width:
        assert all(w >= n - 1e-9 for w, n in zip(widths, least, strict=True))


def partners_sheet(rows):
    """Return a workbook with one sheet of so many rows."""
    sheet = Sheet(
        name="Partners",
        title="Who leads what",
        sentences=("Once.",),
        headings=("Partner", "Actions", "How they stand"),
        rows=tuple((f"Partner {n}", 1, "1 ongoing") for n in range(rows)),
        widths=(40, 10, 80),
        closing=("Source: here.", "A rule.", "A notice."),
    )
    return workbook([sheet], title="T", footer="F", at=DAY)


def test_a_sheet_a_few_rows_over_a_page_is_set_on_it():
    def pages(rows):
        (sheet,) = load_workbook(io.BytesIO(partners_sheet(rows))).worksheets
        high = sheet.page_setup.fitToHeight
        return 1 if high is None else high  # None = 1, as Excel reads it; 0 = any

    assert [pages(n) for n in (20, 45)] == [0, 0]  # room enough, or half a page more
    assert [pages(n) for n in (30, 32, 68)] == [1, 1, 2]


# What is said only where it is so


def test_what_ratings_mean_is_said_where_something_is_rated():
    programme = example()
    said = words_of(build(programme, "phase_report", ORDER, ".html").data, ".html")
    assert "What the ratings mean" in said
    for phase in programme.all(Phase).values():
        programme.replace(replace(phase, rating="", rating_reason=""))
    said = words_of(build(programme, "phase_report", ORDER, ".html").data, ".html")
    assert "What the ratings mean" not in said
    assert "better" not in said


def test_an_empty_map_is_a_programmes_and_nothing_people_drew():
    programme = Programme(ProgrammeInfo(id="empty", name="Nowhere"))
    said = words_of(build(programme, "map_poster", ORDER, ".svg").data, ".svg")
    assert "Source: Nowhere programme, version 0" in said
    assert "people drew" not in said


def test_a_place_is_named_once_above_its_map():
    def above(name, place):
        system_map = example().system_map()
        version = replace(system_map.version, name=name, workshop_id=None)
        system_map = system_map.copy(version)
        programme = programme_of(system_map)
        programme.put(replace(programme.info, name=place))
        scene = scene_from(system_map)
        return caption_of(programme, scene, at=DAY, notices=()).subtitle

    assert above("Sampleshire system map", "Sampleshire") == (
        "Sampleshire system map · as at 21 November 2026"
    )
    assert above("Main map", "Newtown") == "Newtown · Main map · as at 21 November 2026"


def test_a_count_of_causes_says_which_when_the_map_holds_more():
    said = words_of(build(example(), "map_poster", ORDER, ".svg").data, ".svg")
    assert "5 of 41 causes that can be changed here have no action listed." in " ".join(
        said.split()
    )


def test_actions_are_counted_in_one_order_by_status():
    index, themes, *_ = (
        b
        for b in REPORTS["register_by_owner"].paper(example(), ORDER).blocks
        if isinstance(b, Table)
    )
    told = [row[2] for row in (*index.rows, *themes.rows)]
    assert any("ongoing" in one and "complete" in one for one in told)
    for one in told:
        assert (
            one.find("ongoing") < one.find("complete")
            or "ongoing" not in one
            or ("complete" not in one)
        )


def test_a_column_of_notes_stands_where_it_holds_something():
    blocks = REPORTS["write_up"].paper(example(), ORDER).blocks
    notes = [b for b in blocks if isinstance(b, Table) and b.headings[0] == "Note"]
    told = {"Special to here" in b.headings for b in notes}
    assert told == {True, False}
    for table in notes:
        if "Special to here" in table.headings:
            assert any(row[2] for row in table.rows)


def test_decisions_have_the_columns_of_which_something_is_known():
    def headings(**known):
        programme = programme_of(None, Decision(id="d", text="The plan", **known))
        blocks = REPORTS["programme_record"].paper(programme, ORDER).blocks
        (table,) = (
            b
            for b in blocks
            if isinstance(b, Table) and "What was decided" in b.headings
        )
        return table.headings

    assert headings() == ("What was decided",)
    assert headings(body="The board", on=DAY) == ("What was decided", "By", "When")
