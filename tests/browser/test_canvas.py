"""The canvas on a screen, under the exact policy: mouse, touch, keys, several people."""

import sqlite3

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import until
from tests.browser.hand import (
    API,
    HOST,
    add,
    drag,
    saved,
    spot,
    tap,
    touch_drag,
)
from tests.browser.towns import DATA, READY, opened
from tests.sizes import whole


def test_add_link_sign_undo_and_redo_by_mouse_are_seen_by_another(browser, town):
    one, other = opened(browser, town), opened(browser, town)
    add(one, "Time to cook")
    until(other, f"{API}.state.boxes.has('time-to-cook')")
    one.get_by_role("button", name="Draw link").click()
    drag(one, spot(one, "sleep"), spot(one, "stress"))
    one.get_by_role("button", name="less “Stress”").click()
    until(other, f"{API}.state.lines.get('sleep/stress')?.style === 'less'")
    saved(one)
    one.get_by_role("button", name="Undo").click()
    until(other, f"!{API}.state.lines.has('sleep/stress')")
    saved(one)
    one.get_by_role("button", name="Redo").click()
    until(other, f"{API}.state.lines.has('sleep/stress')")
    assert one.said == other.said == []
    host = town.partition("/?")[0]
    assert all(host in url or url.startswith(("data:", "blob:")) for url in one.asked)
    one.context.close()
    other.context.close()


def test_the_same_journey_with_keys_alone(browser, town):
    page = opened(browser, town)
    add_button = page.get_by_role("button", name="Add cause")
    add_button.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Rest")
    page.keyboard.press("Enter")
    until(page, f"{API}.state.boxes.has('rest')")
    page.locator(".sm-list").focus()
    page.evaluate(f"{API}.activate('rest')")
    page.keyboard.press("l")
    page.evaluate(f"{API}.activate('stress')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # from "more" to "less"
    page.keyboard.press("Enter")
    until(page, f"{API}.state.lines.get('rest/stress')?.style === 'less'")
    status = page.locator(".sm-status")
    assert status.inner_text() == "More “Rest” leads to less “Stress”."
    saved(page)
    page.keyboard.press("Control+z")
    until(page, f"!{API}.state.lines.has('rest/stress')")
    saved(page)
    page.keyboard.press("Control+Shift+z")
    until(page, f"{API}.state.lines.has('rest/stress')")
    page.keyboard.type("sle")
    assert page.evaluate(f"{API}.state.active") == "sleep"
    option = page.locator(".sm-list [role=option]", has_text="Rest:")
    assert option.inner_text() == "Rest: 0 links in, 1 link out"
    page.keyboard.press("Escape")
    assert status.inner_text() == "Nothing chosen."
    page.context.close()


def test_a_link_is_drawn_by_touch(browser, town):
    page = opened(
        browser, town, has_touch=True, viewport={"width": 820, "height": 1100}
    )
    link = page.get_by_role("button", name="Draw link")
    tap(page, link, f"{HOST}.classList.contains('sm-linking')")
    touch_drag(page, spot(page, "sleep"), spot(page, "weight"))
    more = page.get_by_role("button", name="more “Weight”")
    tap(page, more, f"{API}.state.lines.has('sleep/weight')")
    saved(page)
    page.context.close()


def test_a_move_is_kept_and_dropping_one_on_another_asks_first(browser, town):
    page = opened(browser, town)
    x, y = spot(page, "sleep")
    drag(page, (x, y), (x, y + 60))
    saved(page)
    page.reload()
    until(
        page,
        f"{HOST}?.dataset.ready === 'true' && {API}.state.boxes.get('sleep').y > 200",
    )
    drag(page, spot(page, "sleep"), spot(page, "stress"))
    assert (
        "Make one cause of “Sleep” and “Stress”?"
        in page.locator(".sm-ask").inner_text()
    )
    page.get_by_role("button", name="Merge into “Stress”").click()
    until(page, f"!{API}.state.boxes.has('sleep')")
    saved(page)
    page.get_by_role("button", name="Undo").click()
    until(page, f"{API}.state.boxes.has('sleep')")
    page.context.close()


def test_five_operations_in_one_tick_all_arrive_once(browser, town):
    page = opened(browser, town)
    before = int(page.evaluate(f"{HOST}.dataset.revision"))
    page.evaluate(
        f"""() => {{
            const list = {API}.parts.list;
            {API}.activate('sleep');
            for (let turn = 0; turn < 5; turn += 1) list.dispatchEvent(
                new KeyboardEvent('keydown', {{ key: 'ArrowRight', altKey: true }}));
        }}"""
    )
    saved(page)
    until(page, f"Number({HOST}.dataset.revision) === {before + 5}")
    until(page, f"{API}.state.boxes.get('sleep').x === 100")  # once it has glided there
    page.context.close()


def test_boxes_that_glide_are_drawn_once_a_frame_however_many_they_are(browser, town):
    page = opened(browser, town)
    drawn, frames, at = page.evaluate(
        f"""() => new Promise((tell) => {{
            const map = {API};
            const {{ scene }} = map.state;
            const boxes = scene.boxes.map((box) => ({{ ...box, x: box.x + 40 }}));
            let [drawn, frames] = [0, 0];
            map.network.on('beforeDrawing', () => (drawn += 1));
            map.update({{ ...scene, boxes }});
            drawn = 0;
            const look = () => {{
                frames += 1;
                if (map.state.gliding) return requestAnimationFrame(look);
                setTimeout(() => tell([drawn, frames, map.state.boxes.get('sleep').x]), 50);
            }};
            requestAnimationFrame(look);
        }})"""
    )
    assert 3 < drawn <= frames + 1
    assert at == 40
    page.context.close()


def test_a_map_is_arranged_anew_for_a_shape_that_stays_not_for_one_in_passing(
    browser, town
):
    page = opened(browser, town)
    page.asked.clear()
    page.evaluate(
        f"""() => new Promise((done) => {{
            {HOST}.style.width = '300px';
            setTimeout(() => {{ {HOST}.style.width = ''; setTimeout(done, 700); }}, 60);
        }})"""
    )
    assert [asked for asked in page.asked if asked.endswith("shape=narrow")] == []
    with page.expect_request(lambda asked: asked.url.endswith("shape=narrow")):
        page.evaluate(f"{HOST}.style.width = '300px'")
    with page.expect_request(lambda asked: asked.url.endswith("shape=")):
        page.evaluate(f"{HOST}.style.width = ''")
    page.context.close()


def test_the_page_follows_others_once_it_is_still_and_asks_for_nothing_on_its_way(
    browser, town
):
    page, other = opened(browser, town), opened(browser, town)
    page.get_by_text("Revision: 1").wait_for()
    app = "document.querySelector('[data-test-script-state]')"
    page.evaluate(f"{app}.setAttribute('data-test-script-state', 'running')")
    add(other, "Night shifts")
    until(page, f"{HOST}.dataset.revision === '2'")
    page.wait_for_timeout(1300)  # it tells once a second
    assert page.get_by_text("Revision: 1").count() == 1
    page.evaluate(f"{app}.setAttribute('data-test-script-state', 'notRunning')")
    page.get_by_text("Revision: 2").wait_for()
    page.context.close()
    other.context.close()


def test_the_server_owns_the_choice_and_the_view_survives_reruns(browser, town):
    page = opened(browser, town)
    page.mouse.click(*spot(page, "stress"))
    page.get_by_text("Chosen: stress").wait_for()
    page.get_by_role("button", name="Zoom in").click()
    view = page.evaluate(f"{API}.view()")
    page.get_by_role("button", name="Choose sleep").click()
    until(page, f"{API}.state.selected === 'sleep'")
    assert page.evaluate(f"{API}.view()") == view
    page.context.close()


def test_typing_on_the_map_does_not_rerun_the_page(browser, town):
    page = opened(browser, town)
    page.locator(".sm-list").focus()
    page.keyboard.press("r")
    page.keyboard.press("c")
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("End")
    assert page.evaluate(f"{API}.state.active") == "weight"
    page.context.close()


@pytest.mark.parametrize(
    "scheme",
    [
        "dark",
        pytest.param(
            "light", marks=whole("test_canvas_axe.py asks every question in the light")
        ),
    ],
)
def test_axe_finds_nothing_on_the_canvas(browser, town, scheme):
    page = opened(browser, town, color_scheme=scheme)
    page.get_by_role("button", name="Add cause").click()
    found = Axe().run(page).response["violations"]
    ours = [v for v in found if any("sm-" in str(n["html"]) for n in v["nodes"])]
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in ours] == []
    page.context.close()


def test_hostile_names_from_others_stay_text(browser, town):
    one, other = opened(browser, town), opened(browser, town)
    add(one, "<img src=x onerror=alert(1)><script>alert(2)</script>")
    until(other, f"{API}.state.boxes.size === 5")
    until(other, f"{HOST}.querySelectorAll('img, script').length === 0")
    assert "<img src=x" in other.locator(".sm-list").inner_text()
    assert other.said == []
    one.context.close()
    other.context.close()


def test_a_map_that_is_locked_when_it_is_opened_is_drawn_once_it_is_free(browser, town):
    other = sqlite3.connect(DATA[town.partition("/?")[0]], isolation_level=None)
    page = browser.new_page()

    def lock_first(route):
        if not other.in_transaction:
            other.execute("BEGIN EXCLUSIVE")
        route.continue_()

    page.route("**/graph?*", lock_first, times=1)
    page.goto(town)
    page.get_by_text("The data cannot be reached just now").wait_for()
    assert page.locator(".sm-map").count() == 0
    other.close()
    until(page, READY)
    assert page.get_by_text("The data cannot be reached just now").count() == 0
    page.close()
