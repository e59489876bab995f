"""Markup in a plan is read as formatting: no tag reaches a screen or a document."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from html import escape

import pytest
from docx import Document
from openpyxl import Workbook

from systemmap.formats import FORMATS, accept, read
from systemmap.model.plan import Phase
from systemmap.model.response import Asset
from systemmap.model.workshop import Workshop
from systemmap.reports import REPORTS
from systemmap.reports.parts.document import Order
from systemmap.testing import map_from, programme_of
from tests.council.seen import plain, words_of

HEAD = ("Action", "Aims", "Responsible", "Due date", "Progress", "Outcomes", "Notes")
TAG = re.compile(r"</?(?:b|br|div|em|font|li|ol|p|span|strong|ul)\b", re.IGNORECASE)
WAYS = ("text", "csv", "page", "excel", "word")
PAGES = [key for key, report in REPORTS.items() if ".html" in report.suffixes]
TABS = ("Phases", "Plan table", "Timeline")


def cells(way):
    """A row as a web editor leaves it, one tag never closed."""
    return (
        f"<b>Walks</b> by {way}",
        '<ul style="list-style-type: disc;"><li>More <em>walks</em></li><li>Talks',
        "<span>Parks</span><br>Schools",
        "<strong>March 27</strong>",
        "<p>Ongoing - 12 <i>came</i></p>",
        '<div class="x">Fed</div>',
        '<font color="red">Ask again</font>',
    )


def phase(way):
    return ("<b>Phase 1: Set-up</b> – <em>begin</em>", *cells(way)[1:])


def file_of(way):
    """Return a plan in one shape, and its name."""
    rows = [HEAD, cells(way), phase(way)]
    if way == "text":
        return "\n".join("\t".join(row) for row in rows).encode(), "p.txt"
    if way == "csv":
        quoted = [",".join('"' + c.replace('"', '""') + '"' for c in r) for r in rows]
        return "\n".join(quoted).encode(), "p.csv"
    if way == "page":
        said = [*rows[:2], [escape(cell) for cell in rows[2]]]  # markup shown as words
        body = "".join(
            f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in said
        )
        return f"<table>{body}</table>".encode(), "p.html"
    buffer = io.BytesIO()
    if way == "excel":
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(buffer)
        return buffer.getvalue(), "p.xlsx"
    document = Document()
    table = document.add_table(rows=len(rows), cols=len(HEAD))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, words in zip(line.cells, row, strict=True):
            cell.text = words
    document.save(buffer)
    return buffer.getvalue(), "p.docx"


@pytest.fixture(scope="module")
def programme():
    """One programme of all five files."""
    draft = programme_of(map_from("stress -> snacking +"))
    for way in WAYS:
        data, name = file_of(way)
        accept(draft, read(data, name), file_name=name, data=data)
    draft.add(Workshop(id="w1", title="Mapping", on=date(2026, 11, 3)))
    return draft


def test_every_way_in_reads_the_words_and_the_lists(programme):
    found = {a.title: a for a in programme.actions.values()}
    assert set(found) == {f"Walks by {way}" for way in WAYS}
    for action in found.values():
        assert action.aims == ("More walks", "Talks")
        assert action.owners == ("Parks", "Schools")
        assert (action.due.start, action.status) == ("2027-03", "ongoing")
        assert (action.outcomes, action.note) == ("Fed", "Ask again")
    assert {(p.name, p.goal) for p in programme.all(Phase).values()} == {
        ("Set-up", "begin")
    }


@pytest.mark.parametrize("key", PAGES)
def test_no_document_shows_a_tag(programme, key):
    page = (
        REPORTS[key]
        .build(programme, Order(at=date(2026, 11, 28)), ".html")
        .data.decode()
    )
    assert not TAG.search(plain(page))


@pytest.mark.parametrize("key", ["plan_word", "plan_excel", "plan_html", "plan_text"])
def test_no_plan_table_shows_a_tag(programme, key):
    written = FORMATS[key].write(programme, "main")
    if key in ("plan_html", "plan_text"):
        shown = plain(written.data.decode()) if "html" in key else written.data.decode()
    else:
        with zipfile.ZipFile(io.BytesIO(written.data)) as parts:
            shown = plain(
                " ".join(
                    parts.read(name).decode()
                    for name in parts.namelist()
                    if name.endswith(".xml")
                )
            )
    assert not TAG.search(shown)


def test_no_screen_shows_a_tag(programme, open_screen):
    seen = words_of(open_screen("home", programme))
    for key, tabs in (("programme", TABS), ("actions", ("",))):
        for tab in tabs:
            at = open_screen(key, programme, stored=True)
            if tab:
                at.session_state[f"{key}.tab"] = tab
                at.run()
            seen += words_of(at)
    assert "Walks by word" in seen
    assert not TAG.search(seen)


def test_tags_typed_into_maps_and_assets_stay_words(open_screen):
    """Notes are kept to the letter, so a tag in one is shown, never obeyed."""
    typed = "<b>Loud</b> <script>alert(1)</script>"
    draft = programme_of(map_from("stress -> snacking +"))
    stress = draft.system_map().factors["stress"]
    draft.replace(replace(stress, label=f"Stress {typed}", note=typed))
    draft.add(Asset(id="club", name=f"Club {typed}", note=typed))
    draft.add(Workshop(id="w1", title="Mapping", on=date(2026, 11, 3), note=typed))
    pages = {
        key: REPORTS[key].build(draft, Order(at=date(2026, 11, 28)), ".html").data
        for key in PAGES
    }
    pages["map_page"] = FORMATS["map_page"].write(draft, "main").data
    assert b"alert(1)" in pages["map_page"]
    assert b"alert(1)" in pages["programme_record"]
    at = open_screen("assets", draft)
    obeyed = [e for e in (*at.get("html"), *at.markdown) if _obeys_tags(e.proto)]
    pages["screen"] = "".join(e.proto.body for e in obeyed).encode()
    assert b"Loud" in pages["screen"]
    for key, page in pages.items():
        assert b"<script>alert" not in page, key
        assert b"<b>Loud" not in page, key


def _obeys_tags(proto):
    return getattr(proto, "allow_html", True)
