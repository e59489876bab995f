"""The tools of the canvas: loops, several at once, finding, tidying, tying, copying."""

from systemmap.drawing.overlay import overlay_since
from systemmap.model.response import ActionFactor
from systemmap.testing import map_from
from tests.browser.conftest import until
from tests.browser.hand import (
    API,
    HOST,
    READY,
    add,
    drag,
    link_by_keys,
    saved,
    spot,
    walk_to,
)
from tests.browser.towns import opened, programme_at


def press(page, *names):
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()


def status(page):
    return page.locator(".sm-status").inner_text()


def several(page):
    return sorted(page.evaluate(f"[...{API}.state.several]"))


def seen(page):
    view = page.evaluate(f"{API}.view()")
    at = view["position"]
    return [round(number, 3) for number in (view["scale"], at["x"], at["y"])]


def close_the_loop(page):
    link_by_keys(page, "weight", "stress", "less “Stress”")
    saved(page)


def test_a_loop_is_found_told_and_played_link_by_link(browser, town):
    page = opened(browser, town)
    close_the_loop(page)
    press(page, "Loops")
    told = page.get_by_role("button", name="B · More snacking → more weight")
    told.click()
    strip = page.get_by_role("region", name="The loop being told")
    assert "It pushes back (balancing)." in strip.inner_text()
    assert page.evaluate(f"[...{API}.state.faded]") == ["sleep"]
    press(page, "Link by link")
    assert "1 of 3: More snacking → more weight." in strip.inner_text()
    assert "weight/stress" in page.evaluate(f"[...{API}.state.faded]")
    press(page, "Next link", "Next link")
    assert page.get_by_role("button", name="Next link").is_disabled()
    assert status(page).endswith("It pushes back (balancing).")
    press(page, "End")
    assert page.evaluate(f"{API}.state.faded.size") == 0
    assert page.said == []
    page.context.close()


def test_a_loop_that_is_told_ends_when_somebody_breaks_it(browser, town):
    one, other = opened(browser, town), opened(browser, town)
    close_the_loop(one)
    until(other, f"{API}.state.lines.has('weight/stress')")
    press(other, "Loops")
    other.get_by_role("button", name="B · More").click()
    until(other, f"{API}.state.told !== null")
    press(one, "Undo")
    until(other, f"{API}.state.told === null && {API}.state.faded.size === 0")
    assert status(other) == "The loop is not on the map any more."
    one.context.close()
    other.context.close()


def test_the_layer_of_loops_shows_their_letters_and_a_letter_tells_its_loop(
    browser, town
):
    page = opened(browser, town)
    close_the_loop(page)
    page.evaluate(f"{API}.layers({{ loops: true }})")
    page.locator(".sm-key summary").click()
    assert "pushes back" in page.locator(".sm-key").inner_text()
    boxes = [spot(page, name) for name in ("stress", "snacking", "weight")]
    x, y = (sum(axis) / 3 for axis in zip(*boxes, strict=True))
    until(page, f"{HOST}.dataset.ready && !{API}.state.told")
    for _ in range(40):  # the letters come with the loops, a moment later
        page.mouse.click(x, y)
        if page.evaluate(f"{API}.state.told !== null"):
            break
        page.wait_for_timeout(100)
    assert page.evaluate(f"{API}.state.told.kind") == "B"
    page.context.close()


def test_several_are_chosen_by_keys_sorted_and_undone_as_one_change(browser, town):
    page = opened(browser, town)
    press(page, "More", "Choose several")
    for name in ("stress", "sleep"):
        walk_to(page, name)
        page.keyboard.press("Enter")
    assert status(page) == "Sleep chosen. 2 chosen."
    chosen = page.locator(".sm-list [aria-selected=true]")
    assert chosen.count() == 2
    page.get_by_role("button", name="Theme", exact=True).click()
    page.locator(".sm-ask").get_by_label("Theme").select_option("mental_wellbeing")
    press(page, "Sort")
    themes = "['stress', 'sleep'].map((id) => " + API + ".state.boxes.get(id).theme)"
    until(page, f"{themes}.every((theme) => theme === 'mental_wellbeing')")
    saved(page)
    page.locator(".sm-list").focus()
    page.keyboard.press("Escape")
    assert several(page) == []
    press(page, "Undo")
    until(page, f"{themes}.every((theme) => theme === '')")
    page.context.close()


def test_several_are_chosen_with_ctrl_or_a_frame_and_dragged_together(browser, town):
    page = opened(browser, town)
    page.mouse.click(*spot(page, "stress"))
    page.keyboard.down("Control")
    page.mouse.click(*spot(page, "sleep"))
    page.keyboard.up("Control")
    assert several(page) == ["sleep", "stress"]
    before = {name: spot(page, name) for name in ("sleep", "stress", "weight")}
    x, y = before["stress"]
    drag(page, (x, y), (x - 40, y + 30))
    saved(page)
    moved = {name: spot(page, name) for name in before}
    for name in ("sleep", "stress"):  # against one that stays: a page may scroll
        for axis, way in ((0, -40), (1, 30)):
            was = before[name][axis] - before["weight"][axis]
            now = moved[name][axis] - moved["weight"][axis]
            assert abs(now - was - way) < 2, name
    press(page, "Done", "More", "Choose several")
    (left, top), (right, bottom) = spot(page, "snacking"), spot(page, "weight")
    drag(page, (left - 70, top - 40), (right + 70, bottom + 40))
    assert several(page) == ["snacking", "weight"]
    page.context.close()


def test_removing_several_asks_first_and_takes_their_links_along(browser, town):
    page = opened(browser, town)
    page.evaluate(f"{API}.choose(['stress', 'snacking'])")
    page.locator(".sm-list").focus()
    page.keyboard.press("Delete")
    assert (
        page.get_by_role("dialog").get_by_role("heading").inner_text()
        == "Remove 2 causes?"
    )
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    until(page, f"{API}.state.boxes.size === 2 && {API}.state.lines.size === 0")
    saved(page)
    press(page, "Undo")
    until(page, f"{API}.state.boxes.size === 4 && {API}.state.lines.size === 2")
    page.context.close()


def test_tidying_places_only_what_was_added_here(browser, town):
    page = opened(browser, town)
    add(page, "Rest")
    saved(page)
    places = (
        f"Object.fromEntries({API}.state.scene.boxes.map((b) => [b.id, [b.x, b.y]]))"
    )
    before = page.evaluate(places)
    press(page, "More", "Tidy the map", "Place what I added here again (1)")
    until(
        page, f"String({places}.rest) !== '{','.join(str(n) for n in before['rest'])}'"
    )
    saved(page)
    after = page.evaluate(places)
    assert {k: v for k, v in after.items() if k != "rest"} == {
        k: v for k, v in before.items() if k != "rest"
    }
    page.context.close()


def test_an_action_is_tied_on_the_map(browser, town):
    page = opened(browser, town)
    page.evaluate(f"{API}.select('stress')")
    press(page, "Edit", "Tie an action")
    form = page.get_by_role("dialog", name="Tie an action to “Stress”")
    form.get_by_label("Why it helps").fill("Walking eases it")
    form.get_by_role("button", name="Tie", exact=True).click()
    until(page, f"{API}.state.boxes.get('stress').actions.length === 1")
    ties = programme_at(town).all(ActionFactor).values()
    assert [(t.action_id, t.factor_id, t.reason) for t in ties] == [
        ("walk", "stress", "Walking eases it")
    ]
    page.context.close()


def test_a_factor_is_found_by_a_part_of_its_name(browser, town):
    page = opened(browser, town)
    press(page, "More", "Find a cause")
    page.get_by_label("Part of its name").fill("EIGH")
    page.keyboard.press("Enter")
    until(page, f"{API}.state.selected === 'weight'")
    assert status(page).startswith("Weight,")
    page.context.close()


def test_what_others_change_is_told_in_one_batch_and_one_s_own_is_not(browser, town):
    one, other = opened(browser, town), opened(browser, town)
    add(one, "Rest")
    add(one, "Light")
    said = (
        "document.querySelector('.sm-heard') ?? " + f"{HOST}.querySelector('.sm-heard')"
    )
    until(other, f"({said}).textContent === 'From others: 2 causes added.'")
    saved(one)
    one.wait_for_timeout(4500)  # a batch is told every four seconds
    assert one.locator(".sm-heard").inner_text() == ""
    one.context.close()
    other.context.close()


def test_paused_nothing_moves_until_it_is_asked_for(browser, town):
    one, other = opened(browser, town), opened(browser, town)
    press(other, "More", "Pause what others change")
    add(one, "Rest")
    heard = other.locator(".sm-heard")
    until(
        other,
        f"{HOST}.querySelector('.sm-heard').textContent.includes('1 change waits')",
    )
    assert not other.evaluate(f"{API}.state.boxes.has('rest')")
    assert heard.get_attribute("role") == "status"
    press(other, "Show them")
    until(other, f"{API}.state.boxes.has('rest')")
    one.context.close()
    other.context.close()


def test_the_view_is_copied_as_a_picture_with_its_notes(browser, town):
    page = opened(browser, town, permissions=["clipboard-read", "clipboard-write"])
    press(page, "More", "Copy as a picture")
    until(page, f"{API}.parts.status.textContent.startsWith('Copied as a picture')")
    size = page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            const picture = await createImageBitmap(await item.getType('image/png'));
            return [picture.width, picture.height];
        }"""
    )
    wide, high = page.evaluate(
        f"(() => {{ const c = {API}.parts.canvas.querySelector('canvas'); return [c.width, c.height]; }})()"
    )
    assert size[0] == wide
    assert size[1] > high + 30  # the notes stand below
    page.context.close()


def test_the_key_names_only_what_is_shown(browser, town):
    page = opened(browser, town)
    page.locator(".sm-key summary").click()
    key = page.locator(".sm-key")
    assert "more of one leads to more of the other" in key.inner_text()
    assert "direction not agreed" not in key.inner_text()
    link_by_keys(page, "sleep", "weight", "not agreed")
    until(
        page,
        f"{HOST}.querySelector('.sm-key').textContent.includes('direction not agreed')",
    )
    page.evaluate(f"{API}.filter({{ styles: ['unknown'] }})")
    assert "leads to more" not in key.inner_text()
    assert "direction not agreed" in key.inner_text()
    page.context.close()


def test_the_small_map_shows_where_one_is_and_leads_elsewhere(browser, town):
    page = opened(browser, town)
    small = page.locator(".sm-small")
    assert not small.is_visible()
    for _ in range(4):
        press(page, "Zoom in")
    until(page, f"!{HOST}.querySelector('.sm-small').hidden")
    frame = small.bounding_box()
    page.mouse.click(
        frame["x"] + frame["width"] - 30, frame["y"] + frame["height"] - 25
    )
    until(page, f"{API}.view().position.x > 180")
    page.context.close()


def test_a_comparison_lies_over_the_map_and_nothing_can_be_changed_meanwhile(
    browser, town
):
    page = opened(browser, town)
    before = map_from("stress -> snacking -\n snacking -> weight +\n noise -> sleep +")
    after = map_from("stress -> snacking +\n snacking -> weight +\n sleep")
    found = overlay_since(before, after, since="March").data()
    page.evaluate(f"(overlay) => {API}.compare(overlay)", found)
    assert page.evaluate(f"{API}.state.boxes.has('noise')")
    option = page.locator(".sm-list [role=option]", has_text="Noise")
    assert option.inner_text() == "Noise: 0 links in, 1 link out, gone since March"
    assert page.evaluate(f"[...{API}.state.faded]").count("weight") == 1
    page.locator(".sm-key summary").click()
    assert "another direction since March" in page.locator(".sm-key").inner_text()
    walk_to(page, "noise")
    page.keyboard.press("Delete")
    assert "stop comparing" in page.locator(".sm-saved").inner_text()
    page.evaluate(f"{API}.compare(null)")
    assert not page.evaluate(f"{API}.state.boxes.has('noise')")
    assert page.evaluate(f"{API}.state.boxes.size") == 4
    assert page.said == []
    page.context.close()


def test_votes_are_said_and_drawn_only_when_their_layer_is_on(browser, town):
    page = opened(browser, town)
    page.evaluate(f"{API}.state.boxes.get('stress').priority = 7")
    walk_to(page, "stress")
    page.keyboard.press("Enter")
    assert "7 votes" not in status(page)
    page.evaluate(f"{API}.layers({{ votes: true }})")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    assert "7 votes" in status(page)
    page.context.close()


def test_a_link_is_drawn_with_two_taps_and_no_drag(browser, town):
    page = opened(browser, town)
    press(page, "Draw link")
    page.mouse.click(*spot(page, "sleep"))
    assert status(page) == "Link from Sleep. Tap its effect."
    page.mouse.click(*spot(page, "stress"))
    page.get_by_role("button", name="less “Stress”").click()
    until(page, f"{API}.state.lines.get('sleep/stress')?.style === 'less'")
    saved(page)
    page.context.close()


def test_two_are_made_one_without_dragging_and_the_one_to_keep_is_chosen(browser, town):
    page = opened(browser, town)
    page.evaluate(f"{API}.choose(['snacking', 'sleep'])")
    press(page, "Make one of two", "Keep “Sleep”")
    until(
        page,
        f"!{API}.state.boxes.has('snacking') && {API}.state.lines.has('sleep/weight')",
    )
    saved(page)
    assert status(page) == "Snacking is now part of Sleep."
    page.context.close()


def test_a_factor_is_moved_by_buttons(browser, town):
    page = opened(browser, town)
    page.evaluate(f"{API}.select('stress')")
    press(page, "Edit", "Move right", "Move right", "Move down")
    until(
        page,
        f"String([{API}.state.boxes.get('stress').x, {API}.state.boxes.get('stress').y]) === '40,20'",
    )
    saved(page)
    page.context.close()


def test_a_new_factor_stands_where_no_other_does(browser, town):
    page = opened(browser, town)
    for name in ("Rest", "Light", "Noise", "Air"):
        add(page, name)
    saved(page)
    covered = page.evaluate(
        f"""(() => {{
            const boxes = [...{API}.state.boxes.values()];
            return boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) =>
                Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2).map((b) => [a.id, b.id]));
        }})()"""
    )
    assert covered == []
    page.context.close()


def test_two_names_for_one_factor_are_both_shown_to_choose_from(browser, town):
    one, other = opened(browser, town), opened(browser, town)
    other.evaluate(f"{API}.select('sleep')")
    press(other, "Edit")
    other.locator(".sm-ask").get_by_label("Name").fill("Hours of rest")
    one.evaluate(f"{API}.select('sleep')")
    press(one, "Edit")
    one.locator(".sm-ask").get_by_label("Name").fill("Sleep at night")
    press(one, "Save")
    saved(one)
    press(other, "Save")
    form = other.get_by_role("dialog", name="Somebody else changed this meanwhile")
    assert "Theirs: “Sleep at night”. Yours: “Hours of rest”." in form.inner_text()
    press(other, "Use mine")
    until(one, f"{API}.state.boxes.get('sleep').label === 'Hours of rest'")
    one.context.close()
    other.context.close()


def test_when_the_screen_moves_the_canvas_nothing_on_it_is_lost(browser, town):
    page = opened(browser, town, anew=True)
    add(page, "Rest")
    saved(page)
    press(page, "Zoom in")
    page.evaluate(f"{API}.choose(['stress', 'sleep'])")
    page.evaluate(f"{HOST}.dataset.mine = 'yes'")
    view = seen(page)
    page.clock.install()
    for moves in ("Moved: 1", "Moved: 2"):
        press(page, "Move the canvas")
        page.get_by_text(moves).wait_for()
        page.clock.fast_forward(7000)  # longer than a canvas waits for its new place
        assert page.evaluate(f"{HOST}.dataset.mine") == "yes"
        assert several(page) == ["sleep", "stress"]
        assert seen(page) == view
    press(page, "Done", "Hide the canvas")
    until(page, f"!{HOST}")
    page.clock.fast_forward(7000)
    press(page, "Show the canvas")
    until(page, READY)
    assert page.evaluate(f"{HOST}.dataset.mine") is None  # given up, and drawn anew
    assert page.get_by_role("button", name="Undo", exact=True).is_enabled()
    press(page, "Undo")
    until(page, f"!{API}.state.boxes.has('rest')")
    assert page.said == []
    page.leave()  # its clock was turned


def test_a_layer_of_the_wider_determinants_is_shown_alone(browser, town):
    page = opened(browser, town)
    page.evaluate(f"{API}.state.boxes.get('stress').layer = 'individual'")
    shown = page.evaluate(f"{API}.filter({{ determinants: ['individual'] }})")
    assert shown == ["stress"]
    assert sorted(page.evaluate(f"{API}.filter({{ determinants: [''] }})")) == [
        "sleep",
        "snacking",
        "weight",
    ]
    page.context.close()
