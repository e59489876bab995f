"""Add three factors, link them, set a sign, undo, redo, find the loop: by mouse, finger, keys."""

from typing import ClassVar

import pytest

from tests.browser.conftest import until
from tests.browser.hand import API, HOST, drag, saved, spot, tap, touch_drag
from tests.browser.towns import opened
from tests.sizes import whole

NAMES = ("Hours of work", "Tiredness", "Ready meals")
HOURS, TIRED, MEALS = IDS = ("hours-of-work", "tiredness", "ready-meals")
LOOP = "More hours of work → more tiredness → more ready meals → less hours of work"
OPTIONS = {
    "Hours of work: 1 link in, 1 link out",
    "Ready meals: 1 link in, 1 link out",
    "Tiredness: 1 link in, 1 link out",
}


class Mouse:
    device: ClassVar = {"viewport": {"width": 1280, "height": 900}}

    def __init__(self, page):
        self.page = page

    def press(self, name, done="true"):
        self.page.get_by_role("button", name=name, exact=True).click()
        until(self.page, done)

    def add(self, label, factor):
        self.press("Add cause", f"!!{HOST}.querySelector('.sm-ask')")
        self.page.locator(".sm-ask").get_by_label("Name").fill(label)
        self.press("Add", f"{API}.state.boxes.has('{factor}')")

    def link(self, source, target, words, sign):
        linking = f"{HOST}.classList.contains('sm-linking')"
        if not self.page.evaluate(linking):
            self.press("Draw link", linking)
        self.drag(spot(self.page, source), spot(self.page, target))
        self.press(words, _is(source, target, sign))

    def drag(self, source, target):
        drag(self.page, source, target)

    def find_loop(self):
        self.press("Draw link", f"!{HOST}.classList.contains('sm-linking')")
        self.press("Loops", f"!!{HOST}.querySelector('.sm-loops button')")
        self.page.locator(".sm-loops").get_by_role("button", name=f"B · {LOOP}").click()


class Finger(Mouse):
    device: ClassVar = {"viewport": {"width": 820, "height": 1100}, "has_touch": True}

    def press(self, name, done="true"):
        tap(self.page, self.page.get_by_role("button", name=name, exact=True), done)

    def drag(self, source, target):
        touch_drag(self.page, source, target)
        until(self.page, f"!!{HOST}.querySelector('.sm-ask')")

    def find_loop(self):
        self.press("Draw link", f"!{HOST}.classList.contains('sm-linking')")
        self.press("Loops", f"!!{HOST}.querySelector('.sm-loops button')")
        loop = self.page.locator(".sm-loops").get_by_role("button", name=f"B · {LOOP}")
        tap(self.page, loop, f"{API}.state.told !== null")


class Keys(Mouse):
    """Tab and Shift+Tab between the list and the bar, typed letters on the list; never a pointer."""

    def press(self, name, done="true"):
        self._tab_to(name)
        self.page.keyboard.press("Enter")
        until(self.page, done)

    def add(self, label, factor):
        self.press("Add cause", f"!!{HOST}.querySelector('.sm-ask')")
        self.page.keyboard.type(label)
        self.page.keyboard.press("Enter")
        until(self.page, f"{API}.state.boxes.has('{factor}')")

    def link(self, source, target, words, sign):
        self._walk(source)
        self.page.keyboard.press("l")
        self._walk(target)
        self.page.keyboard.press("Enter")
        self._tab_to(words)
        self.page.keyboard.press("Enter")
        until(self.page, _is(source, target, sign))

    def find_loop(self):
        self.press("Loops", f"!!{HOST}.querySelector('.sm-loops button')")
        self._tab_to(f"B · {LOOP}")
        self.page.keyboard.press("Enter")

    def _walk(self, factor):
        """Type the first letters on the list; a pause ends a word."""
        self._tab_to("")
        self.page.keyboard.type(factor[:3])
        assert self.page.evaluate(f"{API}.state.active") == factor
        typed = self.page.evaluate("performance.now()")
        until(self.page, f"performance.now() > {typed} + 750")

    def _tab_to(self, name):
        """Press Tab until a button whose words begin so has the focus; "" = the list."""
        focused = f"(() => {{ const at = {HOST}.getRootNode().activeElement; return at?.matches('.sm-list') ? '' : at?.textContent ?? '-'; }})()"
        for _ in range(60):
            at = self.page.evaluate(focused)
            if at == name or (name and at.startswith(name)):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"Tab never reached {name or 'the list'}")


# Streamlit may take a component out of the page and put it back. Here it is a canvas
# without a map, with one button in it, and the place it stood in goes.
MOVED = """async (elsewhere) => {
  const names = performance.getEntriesByType('resource').map(({ name }) => name);
  const script = names.find((name) => name.endsWith('/map_screen.js'));
  const { default: show } = await import(script);
  const data = { programme: 'p', map: 'm', engine: script, base: '', script };
  const put = () => {
    const parentElement = document.body.appendChild(document.createElement('div'));
    return { away: show({ parentElement, data, setStateValue() {} }), place: parentElement };
  };
  const { away, place } = put();
  const button = document.createElement('button');
  place.firstChild.append(button);
  button.focus();
  if (elsewhere === 'left') button.blur();
  await new Promise((on) => setTimeout(on));
  place.remove();
  away();
  await new Promise((on) => setTimeout(on));
  const other = document.body.appendChild(document.createElement('button'));
  if (elsewhere === 'taken') other.focus();
  put();
  const focused = document.activeElement;
  return focused === button ? 'kept' : focused === other ? 'taken' : 'left';
}"""


def _is(source, target, sign):
    return f"{API}.state.lines.get('{source}/{target}')?.style === '{sign}'"


OTHERWISE = whole("test_canvas.py draws, signs and undoes by mouse and with keys alone")


@pytest.mark.parametrize(
    "way",
    [Finger, pytest.param(Mouse, marks=OTHERWISE), pytest.param(Keys, marks=OTHERWISE)],
)
def test_three_factors_become_a_loop(browser, town, way):
    page = opened(browser, town, **way.device)
    hand = way(page)
    said = page.locator(".sm-status")
    for label, factor in zip(NAMES, IDS, strict=True):
        hand.add(label, factor)
        assert said.inner_text() == f"{label} added."
    hand.link(HOURS, TIRED, "more “Tiredness”", "more")
    assert said.inner_text() == "More “Hours of work” leads to more “Tiredness”."
    hand.link(TIRED, MEALS, "more “Ready meals”", "more")
    hand.link(MEALS, HOURS, "not agreed", "unknown")
    hand.link(MEALS, HOURS, "less “Hours of work”", "less")
    assert said.inner_text() == "More “Ready meals” leads to less “Hours of work”."
    saved(page)
    hand.press("Undo", _is(MEALS, HOURS, "unknown"))
    assert said.inner_text() == "Undone."
    saved(page)
    hand.press("Redo", _is(MEALS, HOURS, "less"))
    assert said.inner_text() == "Done again."
    saved(page)
    hand.find_loop()
    until(page, f"{API}.state.told !== null")
    assert said.inner_text().startswith(LOOP)
    assert said.inner_text().endswith("It pushes back (balancing).")
    assert page.evaluate(f"[...{API}.state.faded].length") > 0
    options = page.locator(".sm-list [role=option]").all_inner_texts()
    assert set(options) >= OPTIONS
    assert page.said == []
    for then in ("kept", "left", "taken"):
        assert page.evaluate(MOVED, then) == then
    page.context.close()
