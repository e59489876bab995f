"""An empty map begins beside its canvas: by keyboard, and borrowed by click."""

import pytest

from systemmap.bundled.examples import from_template
from systemmap.store import Actor, open_store
from tests.app.live_server import systemmap
from tests.browser.conftest import STILL, until
from tests.browser.hand import API, HOST, READY, saved, spot


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """The map of a programme in which nothing has been drawn."""
    folder = tmp_path_factory.mktemp("beginning")
    (folder / "kept").mkdir()
    made = open_store(folder / "kept" / "systemmap.db")
    made.create(from_template("empty", "Newtown"), actor=Actor("x", "admin"))
    made.close()
    with systemmap(folder) as address:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        page.goto(f"{address}/map?programme=newtown")
        page.locator(
            "h1", has_text="Nothing has been drawn on this map yet."
        ).wait_for()
        until(page, READY)
        yield page
        context.close()


def boxes(page):
    return page.evaluate(f"[...{API}.state.boxes.values()].map((box) => box.label)")


def test_an_outline_is_pasted_beside_the_canvas_by_keyboard(page):
    page.set_viewport_size({"width": 820, "height": 1180})  # then below it, not far
    below = page.get_by_role("button", name="Draw them").bounding_box()
    assert below["y"] + below["height"] <= 1180
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_role("textbox", name="Causes, one a line").focus()
    page.keyboard.type("Stress -> Snacking +\nSleep")
    page.keyboard.press("Tab")
    draw = "document.activeElement.textContent.endsWith('Draw them')"
    until(page, draw)
    page.keyboard.press("Enter")
    until(page, f"{API}.state.boxes.size === 3")
    assert boxes(page) == ["Stress", "Snacking", "Sleep"]
    assert page.evaluate(f"{API}.state.lines.size") == 1


def test_one_more_is_drawn_on_the_canvas(page):
    page.get_by_role("toolbar").get_by_role("button").first.press("Enter")
    form = page.get_by_role("dialog")
    form.get_by_label("Name").fill("Weight")
    form.get_by_role("button", name="Add", exact=True).press("Enter")
    until(page, f"{API}.state.boxes.size === 4")
    saved(page)


def test_a_cause_is_borrowed_from_the_reference_map_by_click(page):
    page.get_by_text("Add several causes").click()
    page.get_by_role("tab", name="Foresight").click()
    page.get_by_role("button", name="Open it, and borrow by click").click()
    until(page, f"{HOST}?.systemMap?.state.boxes.size === 108")
    until(page, f"{READY} && !!{HOST}.dataset.drawn")
    page.get_by_text("108 causes are on your map").wait_for()
    page.mouse.click(*spot(page, "media-consumption"))
    page.get_by_role("button", name="Borrow “Media Consumption”").press("Enter")
    page.get_by_text("is on your map").first.wait_for()
    page.locator(STILL).wait_for()
    page.get_by_role("button", name="Back to your map").press("Enter")
    until(page, f"{HOST}?.systemMap?.state.boxes.size === 5")
    assert "Media Consumption" in boxes(page)
