"""What a file holds is what was read, left out and blank: counted beside every reader."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from systemmap.formats import read, write
from tests.contract.test_formats import RICH

CASES = Path(__file__).parent / "cases"


def written(key):
    return write(RICH, key).data


def case(name):
    return (CASES / name).read_bytes()


def sample(name):
    return (CASES.parent / "samples" / name).read_bytes()


def tags(*names):
    return lambda data: sum(data.count(f"<{n} ".encode()) for n in names)


def lines(data):
    return len(data.decode().splitlines())


def filled_lines(data):
    return sum(bool(line.strip()) for line in data.decode().splitlines())


def rows(data):
    return len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))) - 1


def two_tables(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(rows(archive.read(f"{n}.csv")) for n in ("factors", "links"))


def sheet_rows(*names):
    def counted(data):
        book = load_workbook(io.BytesIO(data), read_only=True)
        sheets = [book[n] for n in names] if names else book.worksheets
        return sum(
            sum(any(row) for row in s.iter_rows(values_only=True)) - 1 for s in sheets
        )

    return counted


def lists(*names):
    return lambda data: sum(len(json.loads(data)[name]) for name in names)


def records(data):
    return sum(len(v) for v in json.loads(data).values() if isinstance(v, list))


ASSETS = b"Name,Organisation,Postcode,Capacity\nHall,Council,AB1 2CD,40\n,,,\nPark,,AB1 3CD,\n"
NODES = b'{"nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": "a", "target": "b"}, {"source": "a", "target": "c"}]}'
BOARD = b'{"lists": [{"id": "l", "name": "To do"}], "cards": [{"id": "a", "name": "Walks", "idList": "l"}, {"id": "b", "name": "Meals", "idList": "l", "closed": true}, {"id": "c"}]}'
# A file for each reader, and what it holds, counted without the reader.
HELD = {
    "arrows": (written("arrows"), lines),
    "assets_sheet": (ASSETS, rows),
    "cause_list": (b"Stress\n\nSleep\nStress\n", lines),
    "drawio_csv": (case("b50_drawio.csv"), lambda data: 3 + 3),
    "drawio": (sample("two_pages.drawio"), lambda data: 9 + 3),
    "figures_table": (sample("wide_figures.csv"), rows),
    "gexf": (written("gexf"), tags("node", "edge")),
    "gml": (
        sample("loops.gml"),
        lambda data: data.count(b"\tnode\n") + data.count(b"\tedge\n"),
    ),
    "graphml": (written("graphml"), tags("node", "edge")),
    "kumu_json": (written("kumu_json"), lists("elements", "connections")),
    "links_csv": (written("links_csv"), two_tables),
    "mental_modeler": (
        written("mental_modeler"),
        lambda data: data.count(b"<concept >") + data.count(b"<relationship >"),
    ),
    "node_link_json": (NODES, lists("nodes", "links")),
    "trello_json": (BOARD, lists("cards")),
    "plan_outline": (case("domain_bullets.txt"), filled_lines),
    "plan_excel": (case("numbered_sections.xlsx"), lambda data: sheet_rows()(data) - 1),
    "pajek": (sample("food.net"), lambda data: 4 + 3),
    "prsm": (written("prsm"), lists("nodes", "edges")),
    "vensim": (
        case("b18c_lookup.mdl"),
        lambda data: data.count(b"\n10,") + data.count(b"\n1,"),
    ),
    "whiteboard_csv": (case("b49b_miro.csv"), lines),
    "workbook": (written("workbook"), sheet_rows("Factors", "Links")),
    "xmile": (
        case("b22b_style.xmile"),
        lambda data: data.count(b"<aux name") + data.count(b"<connector uid"),
    ),
}


@pytest.mark.parametrize("key", HELD)
def test_what_a_file_holds_was_read_left_out_or_blank(key):
    data, counted = HELD[key]
    reading = read(data, "x", key)
    assert reading.items == counted(data), reading.problems
    assert reading.read + reading.skipped + reading.blank == reading.items
    assert reading.read > 0


def test_connections_beside_another_are_said_and_count_as_mentions():
    rows = (
        b"From,To,Sign\nStress,Sleep,-\nStress,Sleep,-\nStress,Sleep,-\nSleep,Mood,+\n"
    )
    reading = read(rows, "x.csv")
    assert reading.items == reading.read == 4
    assert [p.what for p in reading.problems if p.kind == "note"] == [
        "2 connections ran beside another and count as mentions."
    ]


def test_the_sums_are_said_in_one_line():
    reading = read(b"Stress\n\nSleep\n", "x.txt")
    assert reading.sums == "2 of 3 items read, nothing left out, 1 blank"
