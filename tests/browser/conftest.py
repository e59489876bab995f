"""What browser tests share: untouched towns, and waiting for a state of a page."""

from __future__ import annotations

import time

import pytest

from tests.sizes import PATIENCE

SHIFTS = """window.shifts = []; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry);
}).observe({ type: 'layout-shift', buffered: true });"""
MOVED = "window.shifts.reduce((sum, { value }) => sum + value, 0)"
"""How much a page has jumped since its first paint, where `SHIFTS` runs from the start."""


@pytest.fixture(scope="session")
def towns(tmp_path_factory):
    """One server for all tests of the bare canvas; yields addresses of untouched maps."""
    from tests.browser.towns import serve_towns

    yield from serve_towns(tmp_path_factory.mktemp("towns"))


@pytest.fixture
def town(towns):
    """The address of a screen with one small map that no other test has touched."""
    return next(towns)


def until(page, expression, *, seconds=PATIENCE):
    """Wait for a state of the page; Playwright's own way needs eval, which our policy forbids."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if page.evaluate(expression):
            return
        page.wait_for_timeout(15)
    pytest.fail(f"never became true: {expression}")
