"""OpenDocument and old Excel sheets are read as what they hold."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from systemmap.errors import ReadError
from systemmap.formats import read
from systemmap.model.elements import Link
from systemmap.model.plan import Workstream
from systemmap.model.response import Action
from tests.intake.made_files import of, workbook

CASES = Path(__file__).parent / "cases"
SAMPLES = Path(__file__).parent / "samples"
_NAMES = "".join(
    f' xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
    for p, n in (("office", "office"), ("table", "table"), ("text", "text"))
)


def ods(*rows, name="Plan"):
    """Return an OpenDocument spreadsheet of one sheet; a date is a `date` cell."""
    body = "".join(
        f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows
    )
    content = f'<?xml version="1.0"?><office:document-content{_NAMES}><office:body><office:spreadsheet><table:table table:name="{name}">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>',
        )
        archive.writestr("content.xml", content)
    return out.getvalue()


def _cell(value):
    if not value:
        return "<table:table-cell/>"
    if value[:4].isdigit() and value[4:5] == "-":
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        )
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def test_a_plan_is_read_from_an_opendocument_sheet():
    data = ods(
        ("No.", "Action", "Who", "By when"),
        ("1. Food", "", "", ""),
        ("1.1", "Open a food club", "Public health", "2027-03-31"),
        ("1.2", "Train midwives", "NHS trust", "June 2027"),
    )
    reading = read(data, "plan.ods")
    assert reading.format == "plan_excel"
    one, two = [r for r in reading.records if isinstance(r, Action)]
    assert (one.ref, one.owners, one.due.start) == (
        "1.1",
        ("Public health",),
        "2027-03-31",
    )
    assert two.due.start == "2027-06"
    assert [r.name for r in reading.records if isinstance(r, Workstream)] == ["Food"]


def test_a_map_is_read_from_an_opendocument_sheet():
    data = ods(("From", "To", "Type"), ("Stress", "Sleep", "-"), name="Connections")
    reading = read(data, "map.ods")
    assert reading.format == "workbook"
    (link,) = [r for r in reading.records if isinstance(r, Link)]
    assert link.polarity.value == "-"


def test_a_damaged_sheet_is_refused_in_words():
    whole = ods(("Action", "Lead", "Due"), ("Open", "Health", "May 2027"))
    broken = whole.replace(b"<table:table-row>", b"<table:table-raw>", 1)
    for data in (broken, whole[: len(whole) // 2]):
        with pytest.raises(ReadError):
            read(data, "plan.ods")
    with pytest.raises(ReadError, match="password"):
        read(b"\xd0\xcf\x11\xe0" + b"x" * 600, "plan.xls")


def test_a_plan_is_read_from_an_old_excel_file_and_from_tabs():
    """The old file is ours, as LibreOffice saves it."""
    found = read((SAMPLES / "old_plan.xls").read_bytes(), "plan.xls")
    assert found.format == "plan_excel"
    assert [(a.ref, a.title, a.status) for a in of(Action, found)] == [
        ("1.1", "Open a food club", "ongoing"),
        ("1.2", "Train midwives", "complete"),
    ]
    assert [w.name for w in of(Workstream, found)] == ["Food"]
    tabs = b"Ref\tAction\tOwner(s)\tTarget date\nA1\tFood club\tParks\t31/03/2027\n"
    (club,) = of(Action, read(tabs, "plan.tsv"))
    assert (club.ref, club.owners, club.due.start) == ("A1", ("Parks",), "2027-03-31")


def test_too_many_columns_are_refused_by_the_name_of_their_sheet():
    wide = workbook(["x"] * 400)
    with pytest.raises(ReadError, match="400 columns on sheet 'Sheet'"):
        read(wide, "wide.xlsx")
