"""Our own workbooks opened and saved by LibreOffice: read back, nothing differs."""

from datetime import date

import pytest

from systemmap.bundled.examples import example
from systemmap.formats import accept, read, write
from systemmap.reports import Order, build
from systemmap.reports.parts.open_document import converted, office

pytestmark = pytest.mark.skipif(not office(), reason="LibreOffice is not installed")


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
