"""Our own workbooks in LibreOffice: saved by it nothing differs, and pages end well.

By hand, ``uv run pytest tests/register/through_libreoffice.py``: it fails where
LibreOffice is not installed, and the ordinary run does not wait for it.
"""

from datetime import date

import pypdfium2
import pytest

from systemmap.bundled.examples import example
from systemmap.formats import accept, read, write
from systemmap.reports import Order, build
from systemmap.reports.parts.open_document import converted
from tests.reports.test_page_ends import partners_sheet


def saved_again(data):
    """Return a workbook as LibreOffice saves it, by way of its own kind of file."""
    return converted(converted(data, ".xlsx", ".ods"), ".ods", ".xlsx")


def register(programme):
    order = Order(at=date(2026, 11, 21))
    return build(programme, "register_by_owner", order, ".xlsx").data


@pytest.mark.parametrize(
    "made",
    [
        register,
        lambda programme: write(programme, "workbook").data,
        lambda programme: write(programme, "plan_excel").data,
    ],
    ids=["register", "map", "plan"],
)
def test_a_workbook_that_libreoffice_saved_differs_in_nothing(made):
    programme = example()
    data = made(programme)
    straight, through = taken(programme, data), taken(programme, saved_again(data))
    assert through == straight
    assert not through[1].conflicts
    assert through[1].changed == through[1].new == 0


def taken(programme, data):
    """Return a programme after a file was brought into it, and what that came to."""
    draft = programme.copy()
    return draft, accept(draft, read(data, "r.xlsx"), file_name="r.xlsx", data=data)


def test_a_sheet_a_few_rows_over_a_page_is_printed_on_it():
    def pages(rows):
        made = converted(partners_sheet(rows), ".xlsx", ".pdf")
        return len(pypdfium2.PdfDocument(made))

    assert [pages(n) for n in (20, 30, 32)] == [1, 1, 1]
    assert [pages(n) for n in (45, 68)] == [2, 2]
