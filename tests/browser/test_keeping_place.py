"""The keyboard's place is kept, and what changes is said politely."""

import pytest

from tests.app.live_server import sampleshire
from tests.browser.conftest import until

FOCUSED = "document.activeElement"
SAID = """(() => {
  for (const part of document.querySelectorAll('[data-testid=stBidiComponentRegular], [class*=st-key-announcement] *'))
    if (part.shadowRoot?.querySelector('p[role=status]')) return part.shadowRoot.querySelector('p[role=status]').textContent;
  return '';
})()"""


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    with sampleshire(tmp_path_factory.mktemp("place")) as address:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        page.goto(f"{address}/?programme=sampleshire")
        page.get_by_text("5 of 41 causes have no action listed").first.wait_for()
        page.get_by_role("button", name="See the gaps").click()
        page.get_by_role("button", name="Stress · No action listed").wait_for()
        yield page
        context.close()


def test_grid_and_list_stand_on_one_small_laptop_screen(page):
    until(page, "document.querySelector('.st-key-gaps-list') !== null")
    for part in (".st-key-gaps-cell-lower-4", ".st-key-gaps-list"):
        low = page.evaluate(
            f"document.querySelector('{part}').getBoundingClientRect().bottom"
        )
        assert low <= 768, part


def test_a_gap_is_agreed_by_keyboard_and_the_place_is_kept(page):
    page.get_by_role("button", name="Stress · No action listed").press("Enter")
    until(page, f"{FOCUSED}.textContent === 'Stress'")
    assert page.evaluate(f"{FOCUSED}.tagName") == "H2"
    page.get_by_role("textbox", name="What will be done").fill("Calm rooms")
    page.get_by_role("button", name="Agree this action").press("Enter")
    page.get_by_text("4 of 41 causes have no action listed").first.wait_for()
    until(page, f"{SAID}.startsWith('Saved.')")
    until(page, f"{FOCUSED} !== document.body")
    page.get_by_role("button", name="Back to the list").press("Enter")
    page.get_by_role("button", name="Quality of sleep · No action listed").wait_for()
    until(page, f"{FOCUSED} !== document.body")


def test_a_filter_says_how_many_are_left(page):
    page.get_by_role("combobox", name="Finding", exact=False).last.click()
    page.get_by_role("option", name="No owner, measure or due date").click()
    until(page, f"/^[1-9][0-9]* findings found[.]$/.test({SAID})")
    left = page.evaluate(f"parseInt({SAID})")
    assert page.locator("[class*=st-key-gaps-open-]").count() == left


def test_a_row_opens_its_action_and_closing_leads_back_to_the_row(page):
    page.get_by_role("link", name="Actions").click()
    row = page.get_by_role("button", name="Holiday food and fun clubs")
    row.press("Enter")
    until(page, f"{FOCUSED}.textContent === 'Holiday food and fun clubs'")
    page.get_by_role("button", name="Close").press("Enter")
    until(page, f"{FOCUSED}.textContent.startsWith('Holiday food and fun clubs ')")
