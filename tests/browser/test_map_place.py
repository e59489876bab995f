"""The place of the map: the canvas fills the window, the panel stands beside it."""

import pytest

from tests.app.live_server import systemmap
from tests.browser.conftest import until
from tests.browser.hand import HOST, READY

SHIFTS = """window.shifts = []; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry);
}).observe({ type: 'layout-shift', buffered: true });"""
FRAMES = """['canvas', 'panel'].map((part) => {
  const { left, top, right, bottom } = document.querySelector(`.st-key-map-${part}`).getBoundingClientRect();
  return { left, top, right, bottom };
})"""


@pytest.fixture(scope="module")
def example(browser, tmp_path_factory):
    """The address of a server that holds Sampleshire."""
    with systemmap(tmp_path_factory.mktemp("map-place")) as address:
        page = browser.new_page()
        page.goto(address)
        page.get_by_role("button", name="Open the Sampleshire example").click()
        page.get_by_text("causes have no action listed").first.wait_for(timeout=60_000)
        page.close()
        yield address


def the_map(browser, address, width, height):
    page = browser.new_page(viewport={"width": width, "height": height})
    page.add_init_script(SHIFTS)
    page.goto(f"{address}/map?programme=sampleshire")
    until(page, f"{READY} && !!{HOST}.dataset.drawn", seconds=60)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return page


def test_on_a_small_laptop_the_whole_canvas_stands_beside_its_panel(browser, example):
    page = the_map(browser, example, 1366, 768)
    drawn = page.evaluate("performance.now()")
    canvas, panel = page.evaluate(FRAMES)
    assert canvas["top"] <= 72
    assert 752 <= canvas["bottom"] <= 768
    assert panel["left"] >= canvas["right"]
    assert panel["bottom"] <= 768
    assert page.evaluate(f"{HOST}.getBoundingClientRect().height") > 680
    folded = page.locator("[data-testid=stSidebar][data-collapsed=true]")
    folded.wait_for(state="attached")
    page.get_by_role("radio", name="Table").click()
    page.get_by_role("table").first.wait_for()
    page.get_by_role("radio", name="Map", exact=True).click()
    until(page, f"{HOST}.getBoundingClientRect().height > 680")
    late = f"window.shifts.filter(({{ startTime }}) => startTime > {drawn})"
    assert page.evaluate(f"{late}.reduce((sum, {{ value }}) => sum + value, 0)") < 0.05
    page.close()


@pytest.mark.parametrize(("width", "panel_first"), [(820, False), (320, True)])
def test_on_narrow_screens_one_stands_below_the_other(
    browser, example, width, panel_first
):
    page = the_map(browser, example, width, 800)
    canvas, panel = page.evaluate(FRAMES)
    upper, lower = (panel, canvas) if panel_first else (canvas, panel)
    assert upper["bottom"] <= lower["top"]
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    page.close()
