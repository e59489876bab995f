"""First start, example, map, gap, export, undo: a real server and a real browser.

Under the exact policy, with every request watched. The messages a browser
writes when it blocks Streamlit's own inline scripts are known by name; any
other message fails.
"""

import re
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.app.forks import Fork, own_port
from tests.app.live_server import running, systemmap
from tests.browser.conftest import MOVED, SHIFTS, arrive, until
from tests.sizes import WHOLE, spread, whole

KNOWN = (
    "Executing inline script violates the following Content Security Policy",
    "Unrecognized feature:",  # of the frame's permissions, said by Streamlit itself
)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL = {"width": 320, "height": 700}
AT_400_PER_CENT = {"width": 320, "height": 256}  # a window of 1,280 × 1,024
FOLDED = "[data-testid=stSidebar][data-collapsed=true]"
SEEN = {"exclude": [FOLDED]}  # nothing in it can be seen or reached
KNOWN_IN_STREAMLIT = {
    "presentation-role-conflict",  # the uploader
    "empty-table-header",  # the index of a grid
    "scrollable-region-focusable",  # a wide table on a phone; browsers focus it themselves
}
SCREENS = [
    "Home",
    "Plan",
    "Map",
    "Actions",
    "Gaps",
    "Share",
    "Changes",
    "Settings",
]
PATHS = [
    "/",
    "/programme",
    "/map",
    "/actions",
    "/gaps",
    "/import_export",
    "/history",
    "/settings",
]
# An ordinary run asks axe about each place once, on a phone or on a desk.
ON_A_PHONE = spread(PATHS, 4)
ON_A_DESK = [
    screen
    for screen, path in zip(SCREENS, PATHS, strict=True)
    if WHOLE or path not in ON_A_PHONE
]


class Visit:
    """One tab, with everything it asked for and everything the browser said."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.outside, self.said = [], []
        page.on("request", self._asked)
        page.on("console", lambda message: self._told(message.text))
        page.on("pageerror", lambda error: self._told(str(error)))

    def _asked(self, request):
        if not request.url.startswith(
            (self.address, "data:", "blob:", self.address.replace("http", "ws"))
        ):
            self.outside.append(request.url)

    def _told(self, text):
        if not text.startswith(KNOWN):
            self.said.append(text)

    def settle(self):
        """Wait until the script has run and its finding stands."""
        self.page.locator(
            "[data-testid=stApp][data-test-script-state=notRunning]"
        ).wait_for()
        self.page.locator("h1").first.wait_for()

    def open(self, path="/"):
        self.page.goto(self.address + path)
        self.settle()

    def arrive(self, screen, path):
        arrive(self.page, self.address + path)
        self.page.get_by_text(f"· {screen} ·").wait_for()
        self.settle()

    def open_example(self):
        self.open()
        if self.finding().startswith("Map what shapes"):
            self.press("Open the Sampleshire example")
            self.page.get_by_text("causes have no action listed").first.wait_for()

    def press(self, name):
        self.page.get_by_role("button", name=name).first.click()

    def go(self, screen):
        named = re.compile(rf"^{screen}( \(|$)")  # a place may carry its count
        if self.page.locator(FOLDED).count():  # the map folds the menu
            self.page.get_by_test_id("stExpandSidebarButton").click()
        self.page.get_by_role("navigation").get_by_role("link", name=named).click()
        self.page.get_by_text(f"· {screen} ·").wait_for()
        self.settle()

    def finding(self):
        return self.page.locator("h1").first.inner_text()

    def violations(self):
        asked = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
        found = Axe().run(self.page, context=SEEN, options=asked)
        return {
            v["id"]: v["nodes"][0]["html"][:200]
            for v in found.response["violations"]
            if v["id"] not in KNOWN_IN_STREAMLIT
        }


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with systemmap(tmp_path_factory.mktemp("journey")) as found:
        yield found


@pytest.fixture
def visit(browser, address):
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, accept_downloads=True
    )
    yield Visit(context.new_page(), address)
    context.close()


def test_from_first_start_to_undo(visit, tmp_path):
    visit.open()
    assert visit.finding().startswith("Map what shapes healthier weight here")
    assert visit.violations() == {}

    visit.press("Open the Sampleshire example")
    visit.page.get_by_text("5 of 41 causes have no action listed").first.wait_for()
    assert "programme=sampleshire" in visit.page.url

    visit.go("Map")
    visit.page.get_by_role("radio", name="In words").click()
    visit.page.get_by_text("Eating for comfort").filter(visible=True).first.wait_for()

    visit.go("Gaps")
    visit.press("Stress · No action listed")
    visit.page.get_by_role("heading", name="Stress", exact=True).wait_for()
    visit.page.get_by_role("textbox", name="What will be done").fill(
        "Breathing space at work"
    )
    visit.page.get_by_role("button", name="Agree this action").click()
    visit.page.get_by_text("4 of 41 causes have no action listed").first.wait_for()

    visit.go("Share")
    visit.page.get_by_role("radio", name="Import and export").click()
    visit.page.get_by_role("combobox", name=re.compile("Format")).click()
    visit.page.keyboard.type("Interactive")  # a long list is not drawn whole
    visit.page.get_by_role("option", name=re.compile("Interactive page")).click()
    with visit.page.expect_download() as saving:
        visit.press("Save the map as .html")
    page = tmp_path / "map.html"
    saving.value.save_as(page)
    assert "Sampleshire" in page.read_text(encoding="utf-8")

    undo = visit.page.get_by_role("button", name="Undo: Agree an action for “Stress”")
    undo.click()
    undo.wait_for(state="detached")
    visit.go("Gaps")
    assert visit.finding().startswith("5 of 41 causes have no action listed")
    assert visit.outside == []
    assert visit.said == []


@pytest.mark.parametrize(
    ("scheme", "screens"),
    [
        ("light", ON_A_DESK),
        ("dark", ["Actions"]),
        pytest.param(
            "dark",
            ["Home", "Map"],
            marks=whole(
                "the dark is asked on Actions, of the canvas in test_canvas.py"
            ),
        ),
    ],
)
def test_screens_pass_axe(visit, scheme, screens):
    visit.open_example()
    visit.page.emulate_media(color_scheme=scheme)
    for screen in screens:
        visit.go(screen)
        assert visit.violations() == {}, f"{screen}, {scheme}"
    assert visit.outside == []
    assert visit.said == []


FINDING_AT = "document.querySelector('main h1').getBoundingClientRect().top"
ZOOMED_IN = 176  # of the 192 pixels that a small laptop shows at 400 %


def test_nothing_scrolls_sideways_or_jumps_on_a_small_phone(browser, address):
    context = browser.new_context(viewport=SMALL)
    visit = Visit(context.new_page(), address)
    visit.page.add_init_script(SHIFTS)
    visit.open_example()
    for screen, path in zip(SCREENS, PATHS, strict=True):
        opened = (
            WHOLE or path in ON_A_PHONE
        )  # the others are come to from another place
        if opened:
            visit.open(path)
        else:
            visit.arrive(screen, path)
        visit.page.locator(FOLDED).wait_for(state="attached")
        wide = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], path
        assert not opened or visit.page.evaluate(MOVED) <= 0.05, path
        assert visit.page.evaluate(FINDING_AT) < ZOOMED_IN, path
        if path in ON_A_PHONE:
            assert visit.violations() == {}, path
        visit.page.set_viewport_size(AT_400_PER_CENT)
        wide = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], path
        visit.page.set_viewport_size(SMALL)
    visit.page.keyboard.press(
        "Tab"
    )  # past “Skip to main content”: the folded menu has no stop
    visit.page.keyboard.press("Tab")
    stands = "document.activeElement.getAttribute('aria-label')"
    assert visit.page.evaluate(stands) == "Expand sidebar"
    visit.page.keyboard.press("Enter")
    until(visit.page, "document.activeElement.textContent.includes('Home')")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")  # the menu covered the place that was chosen
    visit.page.locator(FOLDED).wait_for(state="attached")
    until(visit.page, "location.pathname === '/plan'")
    context.close()


def test_a_bare_streamlit_run_shows_only_the_refusal(browser, tmp_path):
    from app.settings import SCRIPT

    command = [
        "-m",
        "streamlit",
        "run",
        str(SCRIPT),
        "--server.port=PORT",
        "--server.headless=true",
        "--server.address=127.0.0.1",
    ]
    port = own_port()
    start = partial(Fork, port=port)
    with running(tmp_path, *command, port=port, start=start) as address:
        page = browser.new_page()
        page.goto(address)
        page.get_by_role("alert").wait_for()
        text = page.locator("[data-testid=stMain]").inner_text()
        assert "was started without its protection" in text
        assert (
            page.get_by_role("button", name="Open the Sampleshire example").count() == 0
        )
        page.close()
