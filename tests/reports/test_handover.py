"""What a successor opens without the program: the record, twice, and an index of all files."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from systemmap.bundled.examples import example
from systemmap.formats.project_handover import project_file
from systemmap.model.evidence import Observation
from systemmap.model.meetings import Event, EventPoint
from systemmap.model.plan import Decision, Phase
from systemmap.model.response import ActionFactor, AssetFactor, GapDecision
from systemmap.reports import Order, build
from systemmap.reports.parts.record_tables import record_tables
from systemmap.store import Actor, MemoryStore
from systemmap.testing import programme_of

DAY = date(2026, 11, 21)
TABLES = [
    "Plan",
    "Phases",
    "Updates",
    "Events",
    "Decisions",
    "Decisions on gaps",
    "Local picture",
    "Reasons for ties",
    "Partners",
    "Glossary",
    "Changes",
]


@pytest.fixture(scope="module")
def folder():
    """The folder of Sampleshire with a history of one change, by ending of each file."""
    store = MemoryStore()
    store.create(example(), actor=Actor("Public health", "admin"))
    file = project_file(store, "sampleshire").data
    order = Order(at=DAY, project_file=file)
    data = build(store.load("sampleshire"), "handover", order).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()
        }


def part(folder, ending):
    (name,) = [name for name in folder if name.endswith(ending)]
    return folder[name]


def test_the_index_leads_to_every_file_and_says_what_it_holds(folder):
    index = folder["index.html"].decode()
    for name in set(folder) - {"index.html", "README.txt"}:
        assert f'<a href="{name}">' in index
    assert "with its history: who changed what, and when" in index
    assert "47 causes, 108 links, 60 actions and 25 assets" in index


def test_the_workbook_and_the_page_hold_the_same_record(folder):
    book = load_workbook(io.BytesIO(part(folder, "-record.xlsx")))
    assert book.sheetnames == ["Read me", *TABLES]
    page = part(folder, "-record.html").decode()
    for table in record_tables(example()):
        assert f"<h2>{table.name}</h2>" in page
        sheet = list(book[table.name].iter_rows(values_only=True))
        assert table.headings in sheet
        rows = sheet[sheet.index(table.headings) + 1 :]
        if table.name != "Changes":
            assert [tuple(cell or "" for cell in row) for row in rows] == list(
                table.rows
            )


def test_nothing_that_was_written_down_is_missing():
    programme = example()
    count = {table.name: len(table.rows) for table in record_tables(programme)}
    kinds = [len(programme.all(kind)) for kind in (ActionFactor, AssetFactor)]
    assert count["Plan"] == len(programme.actions) + len(programme.all(Phase))
    assert count["Reasons for ties"] == sum(kinds)
    assert count["Local picture"] == len(programme.all(Observation))
    assert count["Decisions on gaps"] == len(programme.all(GapDecision))
    assert count["Decisions"] >= len(programme.all(Decision))
    kinds = [len(programme.all(kind)) for kind in (Event, EventPoint)]
    assert count["Events"] == sum(kinds) > 6


def test_a_decision_to_leave_a_gap_names_the_cause_and_the_reason():
    (row,) = next(
        t for t in record_tables(example()) if t.name == "Decisions on gaps"
    ).rows
    assert row[1:3] == ("Screen time", "a real gap, left on purpose")
    assert row[3].startswith("Schools and health visitors asked to wait")


def test_every_change_is_told_with_who_and_when(folder):
    page = part(folder, "-record.html").decode()
    assert "Made the programme" in page
    assert "Public health" in page
    assert "Every change since the beginning, oldest first. 1 row." in page


def test_an_empty_programme_says_so_without_empty_tables():
    tables = {table.name: table for table in record_tables(programme_of())}
    assert tables["Changes"].sentence.endswith("None came with this folder.")
    assert tables["Plan"].sentence.endswith("None yet.")
    assert not tables["Plan"].rows
    page = build(programme_of(), "handover", Order(at=DAY)).data
    with zipfile.ZipFile(io.BytesIO(page)) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith("-record.html")]
        assert "<caption>Plan</caption>" not in archive.read(name).decode()
