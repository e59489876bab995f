"""The card of what is chosen, and what is changed where it stands: on box and line."""

from systemmap.model.response import ActionFactor
from tests.browser.conftest import until
from tests.browser.hand import API, HOST, saved, spot, walk_to
from tests.browser.towns import opened, programme_at


def card_of(page, title):
    card = page.get_by_role("region", name=title)
    card.wait_for()
    return card


def add_action(page, cause, title):
    card = card_of(page, cause)
    card.get_by_role("button", name="Add an action").click()
    card.get_by_label("What will be done").fill(title)
    card.get_by_role("button", name="Add this action").click()


def test_an_action_added_in_the_card_is_listed_opened_and_undone(browser, town):
    page = opened(browser, town)
    page.mouse.click(*spot(page, "stress"))
    card = card_of(page, "Stress")
    assert "No action is listed for it." in card.inner_text()
    add_action(page, "Stress", "Park walks")
    card.get_by_role("button", name="Park walks").click()
    of_action = card_of(page, "Park walks")
    of_action.get_by_role("heading", name="Acts on: 1").wait_for()
    until(page, f"{API}.state.beside.has('stress')")
    assert not page.evaluate(f"{API}.state.beside.has('weight')")
    of_action.get_by_role("button", name="Back to the card before").click()
    card_of(page, "Stress").get_by_role("button", name="Park walks").wait_for()
    saved(page)
    (tie,) = programme_at(town).all(ActionFactor).values()
    assert tie.factor_id == "stress"
    page.get_by_role("button", name="Undo", exact=True).click()
    page.get_by_text("No action is listed for it.").wait_for()
    assert page.said == []
    page.context.close()


def test_what_is_being_typed_in_a_card_outlasts_a_change_by_others(browser, town):
    one, other = opened(browser, town), opened(browser, town)
    one.mouse.click(*spot(one, "stress"))
    card_of(one, "Stress").get_by_role("button", name="Add an action").click()
    title = one.get_by_label("What will be done")
    title.press_sequentially("Park")
    other.mouse.click(*spot(other, "stress"))
    add_action(other, "Stress", "Sleep line")
    card_of(one, "Stress").get_by_text("Sleep line").wait_for()
    title.press_sequentially(" walks")
    assert title.input_value() == "Park walks"
    for page in (one, other):
        page.context.close()


def test_a_change_told_while_the_graph_is_on_its_way_is_not_missed(browser, town):
    one, other = opened(browser, town), opened(browser, town)
    held = []

    def hold(route):
        answer = route.fetch()
        said = {"status": answer.status, "body": answer.body()}
        if held:
            route.fulfill(**said)
        else:
            held.extend((route, said))

    one.route("**/graph?ticket=*", hold)
    for page in (one, other):
        page.mouse.click(*spot(page, "sleep"))
    add_action(other, "Sleep", "Sleep line")
    for _ in range(600):
        if len(held) > 1:
            break
        one.wait_for_timeout(100)
    add_action(other, "Sleep", "Quiet hours")
    saved(other)
    route, said = held
    route.fulfill(**said)
    card_of(one, "Sleep").get_by_text("Quiet hours").wait_for()
    names = f"{API}.state.boxes.get('sleep').actions.length"
    until(one, f"{names} === 2")
    one.unroute_all(behavior="ignoreErrors")
    for page in (one, other):
        page.context.close()


def test_the_card_of_what_somebody_else_takes_away_closes_and_says_so(browser, town):
    one, other = opened(browser, town), opened(browser, town)
    one.mouse.click(*spot(one, "sleep"))
    card_of(one, "Sleep")
    walk_to(other, "sleep")
    other.keyboard.press("Delete")
    one.get_by_role("region", name="Sleep").wait_for(state="detached")
    said = one.locator(".sm-status")
    said.filter(has_text="Sleep is not on the map any more.").wait_for(state="attached")
    for page in (one, other):
        page.context.close()


def test_a_late_answer_does_not_bring_back_the_card_of_what_is_gone(browser, town):
    one, other = opened(browser, town), opened(browser, town)
    one.mouse.click(*spot(one, "sleep"))
    card_of(one, "Sleep").get_by_text("No action is listed for it.").wait_for()
    held = []
    one.route("**/graph/loops?ticket=*", lambda route: held.append(route))  # noqa: PLW0108 - it asks for a function of Python
    walk_to(other, "sleep")
    other.keyboard.press("Delete")
    saved(other)
    one.get_by_role("region", name="Sleep").wait_for(state="detached")
    for _ in range(10):  # what was asked meanwhile comes now
        for route in held:
            route.continue_()
        held.clear()
        one.wait_for_timeout(100)
    assert one.locator("section[data-about]").count() == 0
    one.unroute_all(behavior="ignoreErrors")
    for page in (one, other):
        page.context.close()


def test_a_name_is_written_on_its_box_by_keys_and_by_double_click(browser, town):
    page = opened(browser, town)
    name = f"{API}.state.boxes.get('stress').label"
    walk_to(page, "stress")
    page.keyboard.press("F2")
    field = page.get_by_role("textbox", name="Name of “Stress”")
    field.wait_for()
    box = field.bounding_box()
    x, y = spot(page, "stress")
    assert box["x"] < x < box["x"] + box["width"]
    assert box["y"] < y < box["y"] + box["height"]
    page.keyboard.type("Nobody wants this")
    page.keyboard.press("Escape")
    field.wait_for(state="detached")
    assert page.evaluate(name) == "Stress"
    page.keyboard.press("Enter")  # chosen already: once more renames
    page.get_by_role("textbox", name="Name of “Stress”").wait_for()
    page.keyboard.type("Worry")
    page.keyboard.press("Enter")
    until(page, f"{name} === 'Worry'")
    assert page.evaluate(f"{API}.parts.list.matches(':focus')")
    card_of(page, "Worry")
    page.mouse.dblclick(*spot(page, "stress"))
    page.get_by_role("textbox", name="Name of “Worry”").fill("Strain")
    page.keyboard.press("Enter")
    until(page, f"{name} === 'Strain'")
    saved(page)
    assert programme_at(town).system_map().factor("stress").label == "Strain"
    page.context.close()


def test_a_link_is_changed_on_the_line_itself(browser, town):
    page = opened(browser, town)
    page.mouse.click(*spot(page, "stress"))
    link = card_of(page, "Stress").get_by_role("button", name="The link with Snacking")
    link.press("Enter")
    bar = page.get_by_role("toolbar", name="The chosen link")
    more = bar.get_by_role("button", name="More leads to more")
    assert more.get_attribute("aria-pressed") == "true"
    until(page, f"{HOST}.getRootNode().activeElement.title === 'More leads to more'")
    bar.get_by_role("button", name="More leads to less").click()
    bar.get_by_role("button", name="Slowly").click()
    bar.get_by_label("Strength").select_option("strong")
    saved(page)
    held = programme_at(town).system_map().link("stress", "snacking")
    assert (held.polarity, held.delay, held.strength) == ("-", True, "strong")
    page.keyboard.press("Escape")
    bar.wait_for(state="hidden")
    page.context.close()


def test_a_theme_and_a_loop_have_cards_that_lead_on(browser, town):
    page = opened(browser, town, viewport={"width": 1280, "height": 1600})
    page.evaluate(f"{API}.select('stress')")
    card_of(page, "Stress").get_by_role("button", name="Not sorted").click()
    theme = card_of(page, "Not sorted")
    theme.get_by_role("heading", name="Causes: 4").wait_for()
    assert "2 links within it, 0 to other themes." in theme.inner_text()
    theme.get_by_role("button", name="Weight").click()
    weight = card_of(page, "Weight")
    page.evaluate(f"{API}.fit()")
    weight.get_by_role("button", name="Draw a link").click()
    page.mouse.click(*spot(page, "stress"))
    page.get_by_role("button", name="more “Stress”").click()
    saved(page)
    page.evaluate(f"{API}.select('weight')")
    told = page.get_by_role("button", name="R ·")
    told.click()
    loop = card_of(page, "A loop that feeds itself")
    loop.get_by_role("heading", name="Link by link: 3").wait_for()
    loop.get_by_role("button", name="Snacking", exact=True).click()
    card_of(page, "Snacking")
    page.context.close()
