"""A file of ours that comes back untouched changes nothing, whatever it is written in."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from systemmap.bundled.examples import example
from systemmap.errors import Undecided
from systemmap.formats import FORMATS, accept, nothing_in, read, write
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.response import Action, Asset
from systemmap.testing import map_from, programme_of
from tests.drawing.foresight import of_foresight


def town(name="testtown"):
    """Return a programme with two actions that have no reference of their own."""
    programme = Programme(ProgrammeInfo(id=name, name=name.capitalize()))
    programme.put_map(map_from("stress -> sleep -"))
    programme.add(
        Action(id="vouchers", title="Vouchers"),
        Action(id="clubs", title="Holiday clubs"),
        Asset(id="pool", name="Pool", organisation="Leisure", postcode="AB1 2CD"),
    )
    return programme


PROGRAMMES = {
    "Sampleshire": example,
    "Foresight": of_foresight,
    "a plan without workstreams": town,
    "a map without places": lambda: programme_of(
        map_from("stress -> sleep -\nsleep -> stress ?\nwork")
    ),
}
BOTH_WAYS = [key for key, fmt in FORMATS.items() if fmt.read and fmt.write]


@pytest.mark.parametrize("name", PROGRAMMES)
@pytest.mark.parametrize("key", BOTH_WAYS)
def test_our_own_untouched_file_changes_nothing(key, name):
    programme = PROGRAMMES[name]()
    if said := nothing_in(FORMATS[key], programme, "main"):
        assert said.endswith("yet")
        return
    written = write(programme, key)
    draft = programme.copy()
    try:
        reading = read(written.data, f"ours{written.suffix}")
    except Undecided:  # a few lines of text may be several things
        reading = read(written.data, f"ours{written.suffix}", as_=key)
    result = accept(draft, reading)
    assert (result.new, result.changed) == (0, 0), list(map(str, result.changes))
    assert list(map(str, result.conflicts)) == []
    assert result.gone == ()
    assert draft == programme


# -- one cell changed in Excel, another program, a row copied ------------------------


def retyped(programme, key, old, new):
    """Write in one format, change one cell as a person would, and read it again."""
    book = load_workbook(io.BytesIO(write(programme, key).data))
    cells = [c for row in book.worksheets[0].iter_rows() for c in row if c.value == old]
    assert len(cells) == 1
    cells[0].value = new
    stream = io.BytesIO()
    book.save(stream)
    return read(stream.getvalue(), "ours.xlsx", as_=key)


def test_an_action_with_a_new_title_in_our_plan_is_the_same_action():
    programme = town()
    reading = retyped(programme, "plan_excel", "Vouchers", "Told at booking")
    result = accept(programme, reading)
    assert (result.new, result.changed, result.gone) == (0, 1, ())
    assert programme.actions["vouchers"].title == "Told at booking"
    assert not [p for p in reading.problems if "hidden" in p.what]


def test_an_asset_with_a_new_name_in_our_sheet_is_the_same_asset():
    programme = town()
    reading = retyped(programme, "assets_sheet", "Pool", "The lido")
    result = accept(programme, reading, take=True)
    assert (result.new, result.changed) == (0, 1)
    assert programme.assets["pool"].name == "The lido"


def test_a_cause_with_a_new_name_in_our_workbook_keeps_its_links():
    programme = town()
    reading = retyped(programme, "workbook", "Stress", "Stress at home")
    result = accept(programme, reading, take=True)
    assert (result.new, reading.skipped) == (0, 0)
    assert programme.system_map().factor("stress").label == "Stress at home"
    assert len(programme.system_map().links) == 1


def test_references_of_another_programme_are_not_ours():
    reading = retyped(town("elsewhere"), "plan_excel", "Vouchers", "Swimming")
    programme = town()
    result = accept(programme, reading)
    assert result.new == 1
    assert programme.actions["vouchers"].title == "Vouchers"


def test_a_row_that_was_copied_is_another_action():
    programme = town()
    book = load_workbook(io.BytesIO(write(programme, "plan_excel").data))
    sheet = book.worksheets[0]
    (row,) = [r for r in sheet.iter_rows() if r[0].value == "Vouchers"]
    below = row[0].row + 1
    sheet.insert_rows(below)
    for cell in row:
        sheet.cell(below, cell.column).value = cell.value
    sheet.cell(below, 1).value = "Cooking lessons"
    stream = io.BytesIO()
    book.save(stream)
    accept(programme, read(stream.getvalue(), "ours.xlsx", as_="plan_excel"))
    titles = sorted(action.title for action in programme.actions.values())
    assert titles == ["Cooking lessons", "Holiday clubs", "Vouchers"]
