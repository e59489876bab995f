"""A real browser: Debian's Chromium, opened once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser():
    """Chromium. It fails, and says what to install, when there is none."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        pytest.fail("Chromium is missing. Install it: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=ARGUMENTS
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def towns(tmp_path_factory):
    """One server for all tests of the bare canvas; yields addresses of untouched maps."""
    from tests.browser.towns import serve_towns

    yield from serve_towns(tmp_path_factory.mktemp("towns"))


@pytest.fixture
def town(towns):
    """The address of a screen with one small map that no other test has touched."""
    return next(towns)


def until(page, expression, *, seconds=15):
    """Wait for a state of the page; Playwright's own way needs eval, which our policy forbids."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if page.evaluate(expression):
            return
        page.wait_for_timeout(15)
    pytest.fail(f"never became true: {expression}")
