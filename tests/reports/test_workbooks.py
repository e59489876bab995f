"""Every workbook of ours, by its structure: what is frozen, filtered, locked and printed."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from systemmap.bundled.examples import example
from systemmap.formats import write
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.reports import REPORTS, Order, build
from systemmap.reports.parts.book import Sheet, workbook
from systemmap.vocab import terms
from tests.analysis.drawn_maps import keep_causes
from tests.reports.conftest import DAY
from tests.sizes import WHOLE

ORDER = Order(at=DAY)
BOOKS = {
    **{
        key: lambda programme, key=key: build(programme, key, ORDER, ".xlsx").data
        for key, report in REPORTS.items()
        if ".xlsx" in report.suffixes
    },
    "plan": lambda programme: write(programme, "plan_excel").data,
    "assets": lambda programme: write(programme, "assets_sheet").data,
    "map": lambda programme: write(programme, "workbook").data,
    "record": lambda programme: _of_the_folder(programme, "-record.xlsx"),
}


def _of_the_folder(programme, end):
    data = build(programme, "handover", ORDER).data
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        (name,) = [n for n in folder.namelist() if n.endswith(end)]
        return folder.read(name)


@pytest.fixture(scope="module", params=BOOKS)
def book(request):
    programme = example()
    if not WHOLE:
        keep_causes(programme, 20)
    return openpyxl.load_workbook(io.BytesIO(BOOKS[request.param](programme)))


def tables(book):
    return [sheet for sheet in book if sheet.auto_filter.ref]


def head_of(sheet):
    left, top, right, last = range_boundaries(sheet.auto_filter.ref)
    return [c.value for c in sheet[top][left - 1 : right]], top, last


def test_a_table_is_frozen_filtered_wide_enough_and_printed_whole(book):
    assert tables(book)
    for sheet in tables(book):
        words, top, last = head_of(sheet)
        assert all(words), sheet.title
        assert sheet.freeze_panes == f"B{top + 1}"
        assert sheet.print_title_rows == f"${top}:${top}"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1)  # None = 1, as Excel reads it
        pages = sheet.page_setup.fitToHeight
        pages = 1 if pages is None else pages  # None = 1 here too; 0 = any number
        high = sum(
            sheet.row_dimensions[row].height or 12.75
            for row in range(1, sheet.max_row + 1)
        )
        assert not pages or high / pages <= 487 / 0.7  # letters of 7 points and more
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        _, _, right, bottom = range_boundaries(sheet.print_area.split("!")[-1])
        assert bottom >= last
        for column in range(1, sheet.max_column + 1):
            look = sheet.column_dimensions[get_column_letter(column)]
            hidden = column > right
            assert look.hidden is hidden
            if not hidden:
                longest = max(map(len, str(words[column - 1]).split()))
                assert look.width >= 0.8 * longest, (sheet.title, words[column - 1])


def test_only_what_partners_fill_in_is_open_and_no_password_is_asked(book):
    for sheet in book:
        guard = sheet.protection
        if not guard.sheet:
            continue
        assert not guard.password
        assert not guard.hashValue
        words, top, last = head_of(sheet)
        shut = {
            w
            for n, w in enumerate(words)
            if sheet.cell(top + 1, n + 1).protection.locked
        }
        assert set(words) - shut == {"Due date", "Progress", "Outcomes"}
        assert not guard.autoFilter  # False = it may be used
        spare = sheet[last + 1][: len(words)]
        assert not any(cell.protection.locked for cell in spare)


def test_progress_offers_our_words_and_takes_ones_own():
    offered = {term.label for term in terms("statuses").values()}
    seen = 0
    for make in (BOOKS["register_by_owner"], BOOKS["plan"]):
        for sheet in tables(openpyxl.load_workbook(io.BytesIO(make(example())))):
            words, top, last = head_of(sheet)
            if "Progress" not in words:
                continue
            (menu,) = sheet.data_validations.dataValidation
            column = get_column_letter(words.index("Progress") + 1)
            assert f"{column}{top + 1}" in menu.sqref
            assert f"{column}{last}" in menu.sqref
            assert set(menu.formula1.strip('"').split(",")) == offered
            assert not menu.showErrorMessage
            seen += 1
    assert seen > 30


@pytest.mark.parametrize("key", BOOKS)
def test_an_empty_programme_makes_a_book_that_opens(key):
    empty = Programme(ProgrammeInfo(id="empty", name="Nowhere"))
    assert openpyxl.load_workbook(io.BytesIO(BOOKS[key](empty))).sheetnames


def test_a_row_is_as_high_as_what_is_shown_in_it():
    """A hidden reference is long, and makes no row higher."""
    sheet = Sheet(
        name="Parks",
        title="Parks",
        headings=("Action", "Reference"),
        rows=(("Walks", "town/action/" + "a" * 60), ("Walks " * 8, "town/action/b")),
        widths=(20, 12),
        hidden=frozenset({1}),
    )
    data = workbook((sheet,), title="Parks", footer="x", at=DAY)
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    heights = [page.row_dimensions[row].height for row in (3, 4, 5)]
    assert heights[0] == heights[1] < heights[2]
