"""axe on the whole Map screen and on the drawing room, with each question open."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from systemmap.faults._phone_server import RoomServer
from systemmap.store import open_store
from tests.browser.conftest import until
from tests.browser.hand import API, HOST, READY, drag, rename, spot
from tests.browser.room_town import LEAD, Hall
from tests.browser.test_journey import Visit
from tests.browser.test_tablets import WORDS, town
from tests.sizes import whole

OPEN = f"!!{HOST}.querySelector('.sm-ask')"


@pytest.fixture(scope="module")
def hall(browser, tmp_path_factory):
    server = RoomServer(str(tmp_path_factory.mktemp("axe")), planned=False)
    store = open_store(server.data)
    store.create(town(), actor=LEAD)
    server.start()
    yield Hall(server, browser, store)
    store.close()
    server.stop()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def ask_change(page):
    """Ask about a link that is there; the form says what is known of it."""
    page.evaluate(f"{API}.selectLine('stress/snacking')")
    press(page, "Edit")


def ask_new_link(page):
    page.locator(".sm-list").focus()
    page.evaluate(f"{API}.activate('sleep')")
    page.keyboard.press("l")
    page.evaluate(f"{API}.activate('stress')")
    page.keyboard.press("Enter")


def ask_tidy(page):
    press(page, "More")
    press(page, "Tidy the map")


QUESTIONS = {
    "add": lambda page: press(page, "Add cause"),
    "edit": lambda page: rename(page, "stress", "Stress"),
    "a link that is there": ask_change,
    "a new link": ask_new_link,
    "dropped on another": lambda page: drag(
        page, spot(page, "sleep"), spot(page, "stress")
    ),
    "loops": lambda page: press(page, "Loops"),
    "more": lambda page: press(page, "More"),
    "tidy": ask_tidy,
}


def faults(page):
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in found]


def test_axe_finds_nothing_in_the_drawing_room_whatever_is_asked(hall):
    page = hall.somebody(width=1024, height=900, touch=False)
    hall.join(page, WORDS, "North")
    page.goto(f"{hall.base}/room/draw")
    until(page, READY)
    assert faults(page) == []
    for name, ask in QUESTIONS.items():
        ask(page)
        until(page, OPEN)
        assert faults(page) == [], name
        page.keyboard.press("Escape")
        until(page, f"!({OPEN})")
    page.locator(".sm-list").focus()
    page.keyboard.press("Enter")
    assert faults(page) == [], "chosen"


@pytest.mark.parametrize(
    "scheme",
    [
        "light",
        pytest.param(
            "dark",
            marks=whole("test_canvas.py asks the canvas and its questions in the dark"),
        ),
    ],
)
def test_axe_finds_nothing_on_the_map_screen_with_the_bar_open(hall, scheme):
    page = hall.somebody(width=1366, height=1000, touch=False)
    page.emulate_media(color_scheme=scheme)
    visit = Visit(page, hall.base)
    visit.open("/map?programme=testtown")
    page.get_by_role("combobox", name="Map", exact=True).click()
    page.get_by_role("option", name="The whole hall").click()
    until(page, f"{READY} && {API}.state.boxes.has('sleep')")
    visit.settle()
    assert page.evaluate(f"{API}.state.selected") is None
    assert visit.violations() == {}, "nothing chosen"
    for name in ("add", "edit", "a new link"):
        QUESTIONS[name](page)
        until(page, OPEN)
        assert visit.violations() == {}, name
        page.keyboard.press("Escape")
    assert visit.outside == []
