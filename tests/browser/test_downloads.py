"""Every download of every screen: the real button pressed, the file opened."""

import ast
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from PIL import Image

from systemmap.analysis.pathways.recipes import Build, Recipe
from systemmap.editing.council_templates import keep_template
from systemmap.model.plan import SavedView
from systemmap.store import Actor, open_store
from systemmap.testing import map_from, programme_of
from systemmap.workshops.kits import kit
from systemmap.workshops.running import plan_workshop
from tests.app.live_server import systemmap
from tests.browser.conftest import STILL, arrive

APP = Path(__file__).resolve().parents[2] / "app"
OPENED = {
    "docx": lambda data: docx.Document(io.BytesIO(data)).paragraphs,
    "html": lambda data: b"</html>" in data,
    "pdf": lambda data: len(pypdfium2.PdfDocument(data)),
    "png": lambda data: Image.open(io.BytesIO(data)).size,
    "xlsx": lambda data: openpyxl.load_workbook(io.BytesIO(data)).sheetnames,
    "svg": lambda data: b"</svg>" in data,
    **dict.fromkeys(
        ("systemmap", "zip"),
        lambda data: zipfile.ZipFile(io.BytesIO(data)).namelist(),
    ),
}
"""What a file gives when it is opened; empty or an error when it is none."""
PRESSED = {
    "documents.every",
    "documents.save",
    "export.save",
    "gaps.table",
    "map.{kind}",
    "picture.{save_as}",
    "print.cards",
    "print.note_sheets",
    "print.sheet",
    "write_up.docx",
    "write_up.html",
}
"""The key of each download in the source; below, each is pressed."""


@pytest.fixture(scope="module")
def screens(browser, tmp_path_factory):
    """A page on a small map: a planned workshop, a kept question, a damaged template."""
    folder = tmp_path_factory.mktemp("downloads")
    (folder / "kept").mkdir()
    programme = programme_of(map_from("stress -> snacking +\n sleep -> stress -"))
    workshop = plan_workshop(programme, kit("mapping_workshop"))
    address = {**workshop.extra, "address": "http://192.0.2.1:8501"}
    programme.replace(replace(workshop, join_words="a-b-c", extra=address))
    recipe = Recipe(starts=("stress",), build=Build.DOWNSTREAM)
    programme.add(
        SavedView(id="kept", name="Kept", kind="recipe", parameters=recipe.parameters())
    )
    keep_template(programme, "Damaged", ".pptx", b"no slides")
    store = open_store(folder / "kept/systemmap.db")
    store.create(programme, actor=Actor("x", "admin"))
    store.close()
    with systemmap(folder) as address:
        context = browser.new_context(accept_downloads=True)
        yield context.new_page(), address
        context.close()


def go(screens, place):
    page, address = screens
    if page.url.startswith(address):
        arrive(page, f"{address}/{place}")  # the button that is pressed is that place's
    else:
        page.goto(f"{address}/{place}")
    settled(page)
    return page


def settled(page):
    page.locator(STILL).wait_for()
    page.locator("h1").first.wait_for()


def saved(page, key):
    """Press a download until its file is here; return its name and what it holds."""
    spot = page.locator(f".st-key-{key.replace('.', '-')}").get_by_role("button")
    with page.expect_download() as saving:
        spot.click()
    name = saving.value.suggested_filename
    return name, OPENED[name.rpartition(".")[2]](saving.value.path().read_bytes())


def choose(page, label, option):
    page.get_by_role("combobox", name=label).first.click()
    offered = page.get_by_role("option", name=option).first
    offered.click()
    offered.wait_for(state="detached")
    settled(page)


def test_every_download_of_the_source_is_pressed_below():
    found = set()
    for path in APP.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "download_button" not in text, f"{path}: app/components/downloads.py"
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "download":
                (key,) = [k.value for k in call.keywords if k.arg == "key"]
                found.add(ast.unparse(key).strip("f'\""))
    assert found == PRESSED


def test_documents_and_the_handover_are_saved_and_an_error_is_said(screens):
    page = go(screens, "share?way=documents")
    name, held = saved(page, "documents.save")
    assert held
    page.get_by_text(f"{name} is among your downloads.").wait_for()
    choose(page, "Document", "Handover")
    page.get_by_role("button", name="Save as Zip folder").wait_for()
    name, held = saved(page, "documents.save")
    assert name.endswith(".zip")
    assert any(entry.endswith(".systemmap") for entry in held)
    name, held = saved(page, "documents.every")
    assert name.startswith("testtown-documents-v")
    assert "not-made.txt" in held  # says that one template is damaged
    assert sum(".pptx" in entry for entry in held) == 2
    assert len(held) > 15
    choose(page, "Document", "Map in words")
    page.get_by_role("button", name="Save as Word").wait_for()
    page.get_by_role("button", name="Show the pages").click()
    page.get_by_role("img", name="Page 1 of").wait_for()
    choose(page, "Document", "Map slides")
    page.get_by_role("button", name="Save as PowerPoint").click()
    page.get_by_text("No file was made. The template is not a Pow").wait_for()


def test_the_whole_programme_is_saved_with_its_history(screens):
    name, held = saved(go(screens, "share?way=import-export"), "export.save")
    assert name == "testtown.systemmap"
    assert held


def test_the_gap_table_is_made_where_the_gaps_are(screens):
    assert saved(go(screens, "gaps"), "gaps.table")[1]


def test_what_is_seen_of_the_map_is_saved_as_three_kinds_of_picture(screens):
    page = go(screens, "map")
    page.get_by_text("Save this view as a picture").click()
    assert all(saved(page, f"map.{kind}")[1] for kind in ("pdf", "svg", "png"))


def test_the_picture_of_a_question_is_saved(screens):
    page = go(screens, "map?way=pathways")
    choose(page, "Question", "Kept")
    page.get_by_role("button", name="Save the picture").wait_for()
    (key,) = page.evaluate(
        "[...document.querySelectorAll('[class*=st-key-picture-]')].map("
        "(e) => e.className.match(/st-key-(picture-\\S+)/)[1])"
        ".filter((key) => !key.endsWith('-hand'))"
    )
    assert saved(page, key)[1]


def test_a_workshops_papers_are_saved(screens):
    page = go(screens, "workshop")
    for papers in ("print.cards", "print.note_sheets", "print.sheet"):
        assert saved(page, papers)[1]
    page = go(screens, "workshop?way=write-up")
    page.get_by_role("tab", name="Write-up", exact=True).click()
    assert saved(page, "write_up.docx")[1]
    assert saved(page, "write_up.html")[1]
