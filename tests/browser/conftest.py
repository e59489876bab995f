"""What browser tests share: untouched towns, and waiting for a state of a page."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Error

from tests.sizes import PATIENCE

SHIFTS = """window.shifts = []; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry);
}).observe({ type: 'layout-shift', buffered: true });"""
STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
MOVED = "window.shifts.reduce((sum, { value }) => sum + value, 0)"
"""How much a page has jumped since its first paint, where `SHIFTS` runs from the start."""

ARRIVE = """(address) => {
  document.body.tabIndex = -1; // Tab begins at the top, as on a page that was just opened
  document.body.focus();
  document.body.removeAttribute('tabindex');
  document.querySelector('[data-testid=stMain]').scrollTo(0, 0); // what scrolls in Streamlit
  history.pushState(null, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
}"""

WATCH = """() => new Promise((told, failed) => {
  const end = performance.now() + 500;
  const look = () => {
    try {
      const found = Boolean(STATE);
      if (found || performance.now() > end) told(found);
      else setTimeout(look, 20);
    } catch (error) {
      failed(error);
    }
  };
  look();
})"""
"""Looks again and again within the page: to ask from outside costs ten times as much."""


@pytest.fixture(scope="session")
def towns(tmp_path_factory):
    """One server for all tests of the bare canvas; yields addresses of untouched maps."""
    from tests.browser.towns import serve_towns

    yield from serve_towns(tmp_path_factory.mktemp("towns"))


@pytest.fixture
def town(towns):
    """The address of a screen with one small map that no other test has touched."""
    return next(towns)


def arrive(page, address):
    """Go to another address of the app by Back and Forward's own way: nothing is loaded again.

    A page that is opened costs two seconds of work, one that goes on a fifth of it. Then
    wait for what stands only there: the run may be over before its state can be seen.
    """
    page.locator(STILL).wait_for()
    page.evaluate(ARRIVE, address)


def until(page, expression, *, seconds=PATIENCE):
    """Wait for a state of the page; Playwright's own way needs eval, which our policy forbids."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if page.evaluate(WATCH.replace("STATE", expression)):
                return
        except Error as gone:  # by an answer, or as this page gave way to another
            if "context was destroyed" not in str(gone):
                raise
    pytest.fail(f"never became true: {expression}")
