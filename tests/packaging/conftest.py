"""The browser of the browser tests, to look at what a start shows."""

from tests.browser.conftest import browser

__all__ = ["browser"]
