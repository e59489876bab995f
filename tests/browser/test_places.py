"""From Home by click and by key, and what a screen reader says on the way.

Each journey is counted from Home; by keyboard, the place where one stands can be seen
at every step.
"""

import io
import re

import docx
import pytest

from tests.app.live_server import sampleshire
from tests.browser.conftest import MOVED, SHIFTS, STILL, arrive, until
from tests.browser.hand import API, HOST, READY, clicked, saved
from tests.browser.reading_aloud import heard_during, said_of
from tests.late import late_today

MENU = "document.querySelector('[data-testid=stSidebarNav]')"
MAIN = "document.querySelector('main')"
DEEP = """(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
})()"""
STANDS = f"""(() => {{
  const at = {DEEP};
  const whole = at.matches('main, body') ? at.tagName : at.textContent || at.placeholder || '';
  const name = at.getAttribute('aria-label') || at.labels?.[0]?.textContent || whole;
  let ring = '';
  for (let part = at, up = 0; part && up < 4; part = part.parentElement, up += 1) {{
    const {{ outlineStyle, outlineWidth, outlineColor, boxShadow }} = getComputedStyle(part);
    if (outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2) ring ||= outlineColor;
    if (boxShadow.includes('rgb(255, 191, 71)')) ring ||= 'rgb(255, 191, 71)';
  }}
  const {{ left, top, right, bottom }} = at.getBoundingClientRect();
  const seen = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  return {{ name: name.trim(), tag: at.tagName, ring, seen }};
}})()"""
RING = "rgb(255, 191, 71)"
CARD = """(() => {
  const open = [document];
  for (const part of open) for (const item of part.querySelectorAll('*')) {
    if (item.classList.contains('sm-card')) return item;
    if (item.shadowRoot) open.push(item.shadowRoot);
  }
  return null;
})()"""
ROW_TOPS = """(() => {
  window.rowTops = [];
  const look = () => {
    if (window.pressed) return;
    for (const row of document.querySelectorAll('[class*=st-key-gaps-open] button'))
      if (row.textContent.startsWith('Stress')) window.rowTops.push(row.getBoundingClientRect().top);
    requestAnimationFrame(look);
  };
  document.addEventListener('pointerdown', () => { window.rowTops.length && (window.pressed = true); }, true);
  look();
})()"""
REGION = """(() => {
  for (const part of document.querySelectorAll('[class*=st-key-announcement] *')) {
    const said = part.shadowRoot?.querySelector('p[role=status]');
    if (said) return said;
  }
  return null;
})()"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with sampleshire(tmp_path_factory.mktemp("places")) as found:
        yield found


@pytest.fixture
def home(browser, address):
    """A page that was just opened, on Home."""
    page = _opened(browser, address)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def standing(browser, address):
    page = _opened(browser, address)
    yield page
    page.context.close()


@pytest.fixture
def back_home(standing, address):
    """A page that has come back to Home, for what does not depend on where it was."""
    arrive(standing, f"{address}/?programme=sampleshire")
    standing.get_by_role("button", name="See the gaps").wait_for()
    settle(standing)
    return standing


def _opened(browser, address):
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, accept_downloads=True
    )
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(f"{address}/?programme=sampleshire")
    page.get_by_role("button", name="See the gaps").wait_for()
    settle(page)
    return page


def settle(page):
    page.locator(STILL).wait_for()


def opens(saving):
    """The text of a Word document that was just downloaded."""
    with open(saving.value.path(), "rb") as file:  # noqa: PTH123 - the browser's own path
        document = docx.Document(io.BytesIO(file.read()))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


class Keys:
    """Walks by Tab alone, and sees at every step where it stands."""

    def __init__(self, page):
        self.page = page

    def to(self, name, *, most=60):
        """Press Tab until something of that name has the focus."""
        passed = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            stands = self.page.evaluate(STANDS)
            passed.append(stands["name"][:40])
            if stands["tag"] not in ("BODY", "IFRAME"):
                assert stands["ring"] == RING, f"no ring on {stands}"
                assert stands["seen"], f"out of sight: {stands}"
            if re.search(name, stands["name"]):
                return self
        pytest.fail(f"Tab never came to {name}: {passed}")
        return self

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        settle(self.page)
        return self

    def type(self, text):
        self.page.keyboard.type(text)
        return self


# By click


def test_a_gap_is_agreed_in_at_most_four_clicks(home):
    home.evaluate(ROW_TOPS)
    clicks = clicked(home.get_by_role("button", name="See the gaps"))
    clicks += clicked(
        home.get_by_role("button", name="Stress · No action listed"),
        home.get_by_role("textbox", name="What will be done"),
    )
    tops = home.evaluate("window.rowTops")
    assert max(tops) - min(tops) < 1, "a row moved under the hand"
    home.keyboard.type("Calm rooms")
    clicks += clicked(home.get_by_role("button", name="Agree this action"))
    assert clicks <= 4
    home.get_by_text("4 of 41 causes have no action listed").first.wait_for()
    home.get_by_role("button", name="Undo: Agree").click()
    home.get_by_text("5 of 41 causes have no action listed").first.wait_for()


def test_the_board_paper_is_at_most_three_clicks_and_opens(back_home):
    clicks = clicked(
        back_home.get_by_role("navigation").get_by_role("link", name="Share")
    )
    save = back_home.get_by_role("button", name="Save as Word")
    save.wait_for()
    with back_home.expect_download() as saving:
        clicks += clicked(save)
    assert clicks <= 3
    assert "causes" in opens(saving)


# By keyboard


MARKED = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"


def test_enter_takes_the_one_that_is_typed_or_stands_first_and_never_all(home):
    home.get_by_role("navigation").get_by_role("link", name="Map").click()
    home.get_by_role("combobox", name="Ways of looking at Map").click()
    home.get_by_role("option", name="What if").click()
    field = home.get_by_role("combobox", name="Suppose there is more")
    chosen = home.locator(".react-aria-ComboBox [data-tag]")
    for typed, taken in (("cost", "Cost of healthy food"), ("stress", "Stress")):
        settle(home)
        field.click()
        home.keyboard.type(typed)
        until(home, f"{MARKED}?.textContent === '{taken}'")
        home.keyboard.press("Enter")
        chosen.filter(has_text=taken).wait_for()
    assert chosen.all_inner_texts() == ["Cost of healthy food", "Stress"]


def test_a_gap_is_agreed_by_keyboard(home):
    keys = Keys(home)
    keys.to("See the gaps").press("Enter")
    home.get_by_role("button", name="Stress · No action listed").wait_for()
    keys.to("^Stress · No action", most=80).press("Enter")
    home.get_by_role("heading", name="Stress", exact=True).wait_for()
    until(home, f"{STANDS}.name === 'Stress'")
    keys.to("What will be done").type("Calm rooms").to("Agree this action")
    said = heard_during(home, REGION, lambda: agreed(home))
    assert said == [
        "polite: Saved. 4 of 41 causes have no action listed; 2 of them matter most here."
    ]
    until(home, f"{DEEP} !== document.body")
    home.get_by_role("button", name="Undo: Agree").click()
    home.get_by_text("5 of 41 causes have no action listed").first.wait_for()


def agreed(page):
    page.keyboard.press("Enter")
    page.get_by_text("4 of 41 causes have no action listed").first.wait_for()
    until(page, f"{REGION}.textContent.startsWith('Saved.')")


def test_who_acts_on_a_cause_is_found_by_keyboard_and_the_place_is_kept(home):
    keys = Keys(home)
    keys.to("Find a cause").type("Physical activity")
    home.get_by_role("option", name="Physical activity", exact=True).wait_for()
    keys.press("Enter")
    card = home.get_by_role("region", name="Physical activity")
    card.get_by_role("heading", name="Actions listed:").wait_for()
    until(home, f"{STANDS}.name.includes('Physical activity')")


def test_the_board_paper_is_made_by_keyboard(back_home):
    keys = Keys(back_home)
    keys.to("^ios_shareShare|^Share").press("Enter")
    back_home.get_by_role("button", name="Save as Word").wait_for()
    keys.to("Save as Word")
    with back_home.expect_download() as saving:
        back_home.keyboard.press("Enter")
    assert "causes" in opens(saving)


def test_then_and_now_are_compared_by_keyboard(back_home):
    keys = Keys(back_home)
    keys.to("Changes$").press("Enter")
    back_home.get_by_role("combobox", name="Since").wait_for()
    keys.to("Since").press("ArrowDown", "End", "Enter")
    back_home.locator("h1", has_text="Since").wait_for()


def test_a_link_is_drawn_by_keyboard(home):
    keys = Keys(home)
    keys.to("Map$").press("Enter")
    until(home, f"{READY} && !!{HOST}.dataset.drawn")
    until(home, f"{STANDS}.name !== 'Map'")
    keys.to("^Causes on the map", most=40).type("screen")
    until(home, f"{API}.state.active === 'screen-time'")
    typed = "(window.typed ??= performance.now()) + 750 < performance.now()"
    until(home, typed)  # a name is no longer being typed: L begins a link
    keys.press("l").type("stress")
    until(home, f"{API}.state.active === 'stress'")
    keys.press("Enter").to("more “Stress”").press("Enter")
    until(home, f"{API}.state.lines.has('screen-time/stress')")
    saved(home)
    undo = home.locator(".sm-bar").get_by_role("button", name=re.compile("^Undo"))
    undo.press("Enter")
    until(home, f"!{API}.state.lines.has('screen-time/stress')")
    saved(home)


# What is said


def test_the_menu_is_a_list_that_says_where_one_is(back_home):
    said = said_of(back_home, MENU)
    assert said[:4] == [
        "navigation, App pages",
        "list",
        "listitem, level 1, position 1, set size 10",
        "link, Home, current page",
    ]
    links = [phrase for phrase in said if phrase.startswith("link, ")]
    assert links == [
        "link, Home, current page",
        "link, Plan",
        "link, Place",
        "link, Workshop",
        "link, Map",
        "link, Gaps (5)",
        f"link, Actions ({late_today()} overdue)",
        "link, Changes",
        "link, Share",
        "link, Settings",
    ]


def test_home_says_its_finding_then_the_next_step_then_the_phases(home):
    assert home.evaluate(MOVED) <= 0.05, "from the first paint on"
    said = said_of(home, MAIN)
    finding = f"5 of 41 causes have no action listed; 3 of them matter most here. {late_today()} actions are overdue."
    at = said.index(f"heading, {finding}, level 1")
    after = [p for p in said[at:] if p.startswith(("button, ", "heading, "))]
    assert after[1:8] == [
        "button, See the gaps",
        "button, 1 Set-up",
        "button, 2 Building the local picture",
        "button, 3 Mapping the local system",
        "button, 4 Action",
        "button, 5 Managing the system network",
        "button, 6 Reflect and refresh",
    ]
    assert "heading, The map, level 2" in after
    assert "heading, Next, level 2" in after


def test_a_gap_s_card_says_what_was_found_then_what_can_be_decided(home):
    home.get_by_role("button", name="See the gaps").click()
    home.get_by_role("button", name="Stress · No action listed").click()
    home.get_by_role("heading", name="Stress", exact=True).wait_for()
    home.get_by_role("textbox", name="What will be done").wait_for()
    home.get_by_role("button", name="Agree this action").wait_for()
    said = said_of(home, "document.querySelector('.st-key-gaps-card')")
    wanted = [
        "heading, Stress, level 2",
        "No action listed.",
        "Ask partners whether work exists that is not listed; if not, propose an action.",
        "tab, Agree an action, selected, 1 control, position 1, set size 3",
        "tab, Leave, because…, not selected, position 2, set size 3",
        "tab, Give it to somebody, not selected, position 3, set size 3",
        "textbox, What will be done",
        "textbox, Who leads (organisation or role)",
        "textbox, By when, in your own words, placeholder March 2027",
        "button, Agree this action",
        "button, Back to the list",
    ]
    assert [phrase for phrase in said if phrase in wanted][: len(wanted)] == wanted


def test_an_action_is_a_button_that_says_its_whole_row(back_home):
    back_home.get_by_role("navigation").get_by_role("link", name="Actions").click()
    back_home.get_by_role("button", name="Holiday food and fun clubs").wait_for()
    back_home.get_by_role("radio", name="Table").wait_for()
    settle(back_home)
    said = said_of(back_home, MAIN)
    assert "radio, Table, checked, position 1, set size 4" in said
    assert "combobox, Status, Any status, has popup listbox, not expanded" in " ".join(
        said
    )
    row = "button, Holiday food and fun clubs Education and Leisure Trust Ongoing – 9 sites in summer 2026 Aug 26 (overdue) Food insecurity and Range of local clubs and activities"
    assert row in said


def test_the_map_is_a_list_and_a_cause_on_it_has_a_card_in_words(home):
    home.get_by_role("navigation").get_by_role("link", name="Map", exact=True).click()
    until(home, f"{READY} && !!{HOST}.dataset.drawn")
    home.evaluate(f"{API}.select('stress')")
    card = home.get_by_role("region", name="Stress")
    card.get_by_role("heading", name="Raised by").wait_for()
    listed = said_of(home, HOST)
    options = [phrase for phrase in listed if phrase.startswith("option, ")]
    assert len(options) == 47
    (stress,) = [phrase for phrase in options if phrase.startswith("option, Stress")]
    assert re.search(r"5 links in, 4 links out, selected, position \d+, set", stress)
    said = said_of(home, CARD)
    assert said[:2] == ["region, Stress", "heading, Stress, level 2"]
    assert "Nobody has listed an action." in said
    assert "button, Theme: Mental wellbeing" in said
    for words in ("button, Add an action", "button, Draw a link"):
        assert words in said
    at = next(n for n, p in enumerate(said) if p.startswith("heading, Raised by: 2"))
    assert said[at + 1 : at + 4] == [
        "list",
        "listitem, level 1, position 1, set size 2",
        "button, Food insecurity",
    ]
