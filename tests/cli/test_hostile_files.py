"""Files that are broken or made to harm, through the command line: a sentence, and no change."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest
from openpyxl import load_workbook

from systemmap.bundled.examples import example
from systemmap.formats import write
from systemmap.store import open_store
from tests.cli.conftest import filled_once
from tests.plan.made import HEADINGS, xlsx

ROW = ("1. Map the shops", "Count them", "Public Health", "Oct 22", "", "A list")
DTD = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>'
NOT_TEXT = bytes(range(1, 32)) * 40 + b"\0" + bytes(range(128, 256))


def packed(source, **parts):
    """Return a zip with parts added or put in the place of its own."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


def sparse_sheet():
    """A workbook of a few kilobytes whose used range is 17 thousand million cells."""
    far = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
    return packed(xlsx(ROW), **{"xl/worksheets/sheet1.xml": far})


@cache
def word():
    return write(example(), "plan_word").data


def locked_word():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000


HOSTILE = {
    "empty.docx": (lambda: b"", "empty"),
    "blank.txt": (lambda: b" \r\n\t \n" * 50, "empty"),
    "cut.docx": (lambda: word()[:3_000], "damaged"),
    "locked.docx": (locked_word, "password"),
    "picture.csv": (lambda: b"\x89PNG\r\n\x1a\n" + b"\1" * 500, "picture"),
    "tool.xlsx": (
        lambda: b"\x7fELF\2\1\1\0" + b"\0\1" * 500,
        "It seems to be a program. Choose the document itself.",
    ),
    "entities.graphml": (
        f"{DTD}<graphml>&c;</graphml>".encode,
        "document type definition",
    ),
    "outside.xml": (
        lambda: b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><graphml/>',
        "document type definition",
    ),
    "entities.docx": (
        lambda: packed(word(), **{"word/document.xml": DTD + "<a>&c;</a>"}),
        "document type definition",
    ),
    "sparse.xlsx": (sparse_sheet, "limit"),
    "bomb.docx": (
        lambda: packed(word(), **{"word/media/a.bin": b"\0" * 30_000_000}),
        "more than 20 MB",
    ),
    "bomb.xlsx": (
        lambda: packed(xlsx(ROW), **{"xl/media/a.bin": b"\0" * 30_000_000}),
        "more than 20 MB",
    ),
    "other.xlsx": (
        lambda: xlsx(("a",), headings=("Colour", "Size")),
        "'Plan' (Colour | Size)",
    ),
    "control.txt": (lambda: NOT_TEXT, "not a file systemmap knows"),
    "deep.json": (lambda: b"[" * 100_000, "levels deep"),
    "deeper.json": (lambda: b'{"a":' * 100_000, "levels deep"),
    "deep.graphml": (lambda: b"<graphml>" + b"<a>" * 100_000, "levels deep"),
}


@pytest.fixture
def kept(run, data):
    """A store with one programme, and what it holds."""

    def begin():
        assert run("new", "Sampleshire").code == 0

    filled_once("starter", data, begin)

    def held():
        store = open_store(str(data))
        try:
            (one,) = store.programmes()
            return one.id, one.revision, dict(one.counts), len(store.history(one.id))
        finally:
            store.close()

    return held


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """Every hostile file, made once."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, (make, _) in HOSTILE.items():
        (folder / name).write_bytes(make())
    with (folder / "large.csv").open("wb") as file:
        file.truncate(200_000_000)  # takes no room on the disk
    return folder


def refused(answer, said):
    assert answer.code == 2
    assert said in answer.err
    assert "Traceback" not in answer.err
    assert answer.err.strip().endswith((".", "'", "\ufffd"))


@pytest.mark.parametrize("name", [*HOSTILE, "large.csv"])
def test_a_hostile_file_is_refused_in_a_sentence_and_changes_nothing(
    run, kept, hostile, name
):
    said = HOSTILE[name][1] if name in HOSTILE else "200 MB, and the limit is 100 MB"
    before = kept()
    refused(run("import", hostile / name, "--into", "Sampleshire"), said)
    assert kept() == before
    assert [path.name for path in hostile.glob("*.part")] == []


@pytest.mark.parametrize("name", ["empty.docx", "bomb.docx", "sparse.xlsx"])
@pytest.mark.parametrize("as_", ["plan", "plan_word", "plan_excel", "map"])
def test_saying_what_a_hostile_file_is_does_not_let_it_in(run, hostile, name, as_):
    answer = run("inspect", hostile / name, "--as", as_)
    assert answer.code == 2
    assert answer.err.strip()


def test_a_missing_file_and_a_folder_are_refused_in_words(run, tmp_path):
    refused(run("inspect", tmp_path / "nothing.csv"), "could not be opened")
    refused(run("inspect", tmp_path), "could not be opened")


def test_control_characters_are_taken_out_of_what_is_read(run, kept, tmp_path):
    file = tmp_path / "plan.txt"
    file.write_bytes(
        b"Action\tAims\tLead\n1. Map\x07 the \x1b[31mshops\tCount\x08 them\tPublic Health\n"
    )
    before = kept()
    assert run("import", file, "--into", "Sampleshire").code == 0
    assert kept()[1] > before[1]
    out = tmp_path / "out.systemmap.json"
    assert run("export", "Sampleshire", out).code == 0
    text = out.read_text(encoding="utf-8")
    assert "Map the" in text
    assert not any(f"\\u00{n:02x}" in text for n in (0x07, 0x08, 0x1B))


def test_formulas_stay_text_on_the_way_in_and_out(run, kept, tmp_path):
    evil = '=HYPERLINK("http://a.example","x")'
    file = tmp_path / "plan.txt"
    file.write_text(
        "\t".join(HEADINGS)
        + "\n"
        + "\t".join(("1. Map", "@SUM(1)", "+1", "-2", "", evil))
        + "\n",
        encoding="utf-8",
    )
    kept()
    assert run("import", file, "--into", "Sampleshire").code == 0
    out = tmp_path / "plan.xlsx"
    assert run("export", "Sampleshire", out, "--to", "plan_excel").code == 0
    cells = [c for sheet in load_workbook(out) for row in sheet for c in row]
    assert evil in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}
