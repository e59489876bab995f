"""The place of the map: the canvas fills the window, the panel stands beside it."""

import pytest

from tests.app.live_server import sampleshire
from tests.browser.conftest import MOVED, SHIFTS, STILL, arrive, until
from tests.browser.hand import API, HOST, READY, clicked, drag, saved, spot, walk_to
from tests.browser.towns import STEADY, opened

FRAMES = """['canvas', 'panel'].map((part) => {
  const { left, top, right, bottom } = document.querySelector(`.st-key-map-${part}`).getBoundingClientRect();
  return { left, top, right, bottom };
})"""


LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The address of a server that holds Sampleshire."""
    with sampleshire(tmp_path_factory.mktemp("map-place")) as address:
        yield address


@pytest.fixture(scope="module")
def standing(browser, example):
    """A page whose addresses change: for what does not depend on its first paint."""
    page = browser.new_page(viewport=LAPTOP)
    page.goto(f"{example}/?programme=sampleshire")
    yield page
    page.close()


@pytest.fixture
def home(standing, example):
    """The page, on Home."""
    standing.set_viewport_size(LAPTOP)
    arrive(standing, f"{example}/?programme=sampleshire")
    standing.get_by_role("button", name="See the gaps").wait_for()
    standing.locator(STILL).wait_for()
    return standing


@pytest.fixture
def on_the_map(standing, example):
    """The page, on the map, with nothing chosen."""
    standing.set_viewport_size(LAPTOP)
    if "/map?" not in standing.url:
        arrive(standing, f"{example}/map?programme=sampleshire")
    drawn(standing)
    standing.evaluate(f"{API}.select(null)")
    until(standing, f"{API}.state.selected === null")
    standing.locator(".sm-card").wait_for(state="detached")
    standing.evaluate(f"{API}.fit()")
    return standing


def just_opened(browser, address, width, height):
    """A page that was opened on the map, with all that it said."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.add_init_script(SHIFTS)
    page.goto(f"{address}/map?programme=sampleshire")
    drawn(page)
    return page


def drawn(page):
    until(page, f"{READY} && !!{HOST}.dataset.drawn")
    page.locator(STILL).wait_for()


def test_on_a_small_laptop_the_whole_canvas_stands_beside_its_panel(browser, example):
    page = just_opened(browser, example, 1366, 768)
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
    assert page.evaluate(MOVED) <= 0.05, "from the first paint on"
    assert page.said == []
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    page.close()


def test_on_a_narrow_screen_the_panel_stands_below_the_canvas(on_the_map):
    page = on_the_map
    page.set_viewport_size({"width": 820, "height": 800})
    canvas, panel = page.evaluate(FRAMES)
    assert canvas["bottom"] <= panel["top"]
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]


def test_on_a_phone_the_map_leads_with_its_words_and_the_picture_is_one_press_away(
    browser, example
):
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.add_init_script(SHIFTS)
    page.goto(f"{example}/map?programme=sampleshire")
    theme = page.get_by_role("heading", name="Food environment (9 causes)")
    theme.wait_for()
    first, panel = theme.bounding_box(), page.locator(".st-key-map-panel h1")
    assert 0 < first["y"] - panel.bounding_box()["y"] < 180
    assert first["y"] < 480
    page.locator("html[data-whole]").wait_for(state="attached")
    assert page.evaluate(MOVED) <= 0.05, "from the first paint on"
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    page.get_by_role("radio", name="Map", exact=True).click()
    theme.wait_for(state="detached")
    until(page, f"{READY} && !!{HOST}.dataset.drawn")
    assert page.evaluate(f"{HOST}.getBoundingClientRect().height") > 300
    page.close()


def test_the_panel_gives_its_room_to_the_map_until_something_is_chosen(on_the_map):
    page = on_the_map
    wide = f"{HOST}.getBoundingClientRect().width"
    page.get_by_role("button", name="Panel", exact=True).click()
    until(page, f"{wide} > 1300")
    page.evaluate(f"{API}.select('stress')")
    page.get_by_role("region", name="Stress").wait_for()
    until(page, f"{wide} < 1000")


def test_the_wheel_zooms_once_the_map_was_clicked_or_with_ctrl(browser, town):
    page = opened(browser, town)
    scale = f"{API}.view().scale"
    first = page.evaluate(scale)
    frame = page.evaluate(f"{HOST}.getBoundingClientRect()")
    free = (frame["left"] + 30, frame["top"] + frame["height"] / 2)
    page.mouse.move(*free)
    page.mouse.wheel(0, -120)
    said = page.locator(".sm-status")
    said.filter(has_text="Click the map first").wait_for(state="attached")
    assert page.evaluate(scale) == first
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    until(page, f"{scale} > {first}")
    closer = page.evaluate(scale)
    page.mouse.click(*free)
    page.mouse.wheel(0, -120)
    until(page, f"{scale} > {closer}")
    page.context.close()


def test_the_key_is_one_strip_at_the_lower_edge(on_the_map):
    page = on_the_map
    key = page.locator(".sm-key")
    whole = page.evaluate(f"{API}.view().scale")
    assert "food environment" in key.inner_text().lower()
    box, host = key.bounding_box(), page.locator(".sm-host").bounding_box()
    assert box["height"] < 60
    assert host["y"] + host["height"] - (box["y"] + box["height"]) < 24
    opener = key.get_by_role("button", name="Food environment")
    opener.focus()
    page.keyboard.press("Enter")
    until(page, f"{API}.state.beside?.has('takeaways-nearby') === true")
    assert not page.evaluate(f"{API}.state.beside.has('stress')")
    assert page.evaluate(f"{API}.view().scale") > whole
    page.keyboard.press("Enter")  # focus stays where it was
    until(page, f"{API}.state.beside === null")
    heads = key.locator("b")
    assert heads.last.bounding_box()["y"] > box["y"] + box["height"]  # in a row below
    key.get_by_role("button", name="All of the key").click()
    assert heads.last.bounding_box()["y"] < box["y"] + box["height"]
    key.get_by_role("button", name="Less of the key").click()
    page.locator(".sm-key summary").click()
    assert "food environment" not in key.inner_text().lower()


def test_a_theme_too_large_to_read_in_place_stands_alone_each_cause_named(
    browser, example
):
    page = just_opened(browser, example, 1366, 768)
    page.set_viewport_size({"width": 700, "height": 430})
    until(page, f"{API}.view().scale < 0.5")
    page.evaluate(f"{API}.openTheme('food_environment')")
    own = (
        f"[...{API}.state.boxes.values()].filter((b) => b.theme === 'food_environment')"
    )
    assert page.evaluate(f"{API}.state.gathered.size === {own}.length")
    assert page.evaluate(f"{API}.state.hidden.has('stress')")
    # once they have come to rest, in rows
    until(page, f"new Set({own}.map((b) => b.y)).size < {own}.length")
    rows = page.evaluate(f"{own}.map((b) => [b.x, b.y])")
    assert len({tuple(at) for at in rows}) == len(rows)
    page.evaluate(f"{API}.select('stress')")  # from a card or by name: all is back
    assert page.evaluate(f"{API}.state.gathered === null && !{API}.state.hidden.size")
    assert page.said == []
    page.close()


def test_choosing_a_cause_opens_its_card_and_fades_what_is_not_next_to_it(on_the_map):
    page = on_the_map
    x, y = spot(page, "cost-of-healthy-food")
    wide, high, scale = page.evaluate(
        f"[{API}.state.boxes.get('cost-of-healthy-food').width, "
        f"{API}.state.boxes.get('cost-of-healthy-food').height, {API}.view().scale]"
    )  # the tag of its actions sticks out above the box's right end
    page.mouse.click(x + scale * (wide / 2 - 2), y - scale * (high / 2 + 4))
    page.get_by_role("region", name="Cost of healthy food").wait_for()
    page.mouse.click(*spot(page, "stress"))
    card = page.get_by_role("region", name="Stress")
    card.get_by_role("button", name="Eating for comfort", exact=True).wait_for()
    card.get_by_role("heading", name="In people's own words").wait_for()
    assert "No action is listed for it." in card.inner_text()
    assert page.evaluate(f"{API}.state.beside.has('insecure-work')")
    assert not page.evaluate(f"{API}.state.beside.has('physical-activity')")
    card.get_by_role("button", name="Edit it").click()
    asked = page.get_by_role("dialog").bounding_box()
    x, y = spot(page, "stress")
    covered = (
        asked["x"] < x < asked["x"] + asked["width"]
        and asked["y"] < y < asked["y"] + asked["height"]
    )
    assert not covered
    page.keyboard.press("Escape")
    card.get_by_role("button", name="Close the card").click()
    card.wait_for(state="detached")
    until(page, f"{API}.state.beside === null")


def test_a_link_has_a_card_of_its_own(on_the_map):
    page = on_the_map
    page.evaluate(f"{API}.selectLine([...{API}.state.lines.keys()][0])")
    card = page.locator(".sm-card")
    card.get_by_role("button", name="Change it").wait_for()
    assert card.get_by_role("heading", level=2).inner_text().endswith("”.")
    assert "Agreement:" in card.inner_text()


def test_a_card_is_read_by_keyboard(on_the_map):
    page = on_the_map
    walk_to(page, "stress")
    page.keyboard.press("Enter")
    page.get_by_role("region", name="Stress").wait_for()


def test_who_acts_on_a_cause_is_two_clicks_from_home(home):
    page = home
    find = page.get_by_role("combobox", name="Find a cause or an action")
    clicks = clicked(find)
    page.keyboard.type("Physical activ")
    clicks += clicked(page.get_by_role("option", name="Physical activity", exact=True))
    card = page.get_by_role("region", name="Physical activity")
    card.get_by_role("heading", name="Actions listed:").wait_for()
    assert clicks <= 2


def test_a_link_is_three_clicks_from_home(home):
    page = home
    menu = page.get_by_role("navigation")
    clicks = clicked(menu.get_by_role("link", name="Map", exact=True))
    until(page, f"{READY} && !!{HOST}.dataset.drawn")
    clicks += clicked(page.get_by_role("button", name="Draw link"))
    until(page, STEADY)
    drag(page, spot(page, "screen-time"), spot(page, "stress"))
    clicks += 1
    page.get_by_role("button", name="more “Stress”").press("Enter")
    until(page, f"{API}.state.lines.has('screen-time/stress')")
    assert clicks <= 3
    saved(page)


def test_then_and_now_is_three_clicks_from_home(home):
    page = home
    menu = page.get_by_role("navigation")
    clicks = clicked(menu.get_by_role("link", name="Changes", exact=True))
    since = page.get_by_role("combobox", name="Since")
    clicks += clicked(since, page.get_by_role("option").last)
    page.locator("h1", has_text="Since").wait_for()
    assert clicks <= 3
