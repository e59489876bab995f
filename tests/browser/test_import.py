"""Councils' plans come in through the workbench, are corrected by keyboard, and come again."""

from __future__ import annotations

from pathlib import Path

import pytest

from systemmap.store import Actor, open_store
from systemmap.testing import map_from, programme_of
from tests.app.live_server import systemmap
from tests.browser.conftest import until

CASES = Path(__file__).parents[1] / "intake" / "cases"


@pytest.fixture
def page(browser, tmp_path):
    """The import screen of a small programme, in a real browser."""
    (tmp_path / "kept").mkdir()
    store = open_store(tmp_path / "kept/systemmap.db")
    store.create(
        programme_of(map_from("stress -> snacking +")), actor=Actor("x", "admin")
    )
    store.close()
    with systemmap(tmp_path) as address:
        context = browser.new_context(viewport={"width": 1366, "height": 900})
        found = context.new_page()
        found.goto(f"{address}/share?way=import-export")
        found.get_by_role("heading", name="Bring in a file").wait_for()
        yield found
        context.close()


def upload(page, name, data):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("heading", name=f"What was read from {name}").wait_for()
    page.get_by_text("Check and correct how it was read").wait_for()


def sorted_as(page, line, role):
    """Say by keyboard what a line is."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.get_by_role("combobox", name=line).focus()
    page.keyboard.type(role)
    page.keyboard.press("Enter")


def bring_in(page, name):
    page.get_by_role("button", name="Bring in ").click()
    page.get_by_text(f"{name} was brought in").wait_for()
    # the place for a file is made anew; until the page is whole, the old one stands too
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    until(page, "document.querySelectorAll('input[type=file]').length === 1")


def test_three_plans_come_in_and_one_comes_again_with_a_changed_cell(page):
    bullets = (CASES / "domain_bullets.txt").read_bytes()
    upload(page, "domain_bullets.txt", bullets)
    page.get_by_text("4 actions in 2 workstreams.").wait_for()
    line = page.get_by_role("combobox", name="Active travel ambassadors")
    if not line.count():  # on the second page of lines
        page.get_by_label("Page (of 2)").fill("2")
        page.get_by_label("Page (of 2)").press("Enter")
    table = page.locator("table", has_text="Active travel ambassadors").first
    leads = table.locator("td", has_text="Transport planning")
    # all lines like it at once, and back again
    together = page.get_by_role("switch", name="Change all lines that look alike")
    together.focus()
    page.keyboard.press("Space")
    sorted_as(page, "Transport planning", "note")
    leads.wait_for(state="detached")
    sorted_as(page, "Transport planning", "owner")
    leads.wait_for()
    together.focus()
    page.keyboard.press("Space")
    sorted_as(page, "Transport planning", "detail")
    leads.wait_for(state="detached")
    page.get_by_role("textbox", name="Keep how it was read").fill("Domains")
    page.keyboard.press("Enter")
    bring_in(page, "domain_bullets.txt")

    for name in ("many_headings.txt", "numbered_sections.xlsx"):
        upload(page, name, (CASES / name).read_bytes())
        bring_in(page, name)

    later = bullets.replace(b"Not started", b"Complete")
    upload(page, "domain_bullets.txt", later)
    earlier = page.get_by_role(
        "combobox", name="Read it as a file like it was read before"
    )
    earlier.focus()
    page.keyboard.type("Domains")
    page.keyboard.press("Enter")
    page.get_by_text("1 cell changed since it came in before").wait_for()
    bring_in(page, "domain_bullets.txt")

    undo = page.get_by_role("button", name="Undo: Import domain_bullets.txt")
    undo.click()
    undo.wait_for(state="detached")
    upload(page, "domain_bullets.txt", later)
    page.get_by_text("1 cell changed since it came in before").wait_for()
