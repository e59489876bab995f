"""How soon the app stands, and how soon one place follows another: in a real browser.

Rival in the same run: a bare Streamlit app of ten pages with a title each, which is
what changing pages costs before anything is worked out.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from app.places import PLACES
from tests.app.live_server import running, systemmap
from tests.conftest import ARGUMENTS, CHROMIUM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

NAMES = tuple(place.title for place in PLACES.values())
ROUNDS = 4
"""How often each place is gone to; the first time is told apart."""
TARGET = 500
STANDS = """async (before) => {
  const drawn = () => {
    const heading = document.querySelector('main h1')?.textContent;
    return heading && heading !== before
      && document.querySelector('[data-test-script-state=notRunning]');
  };
  while (!drawn()) await new Promise((done) => requestAnimationFrame(done));
  return performance.now();
}"""
GOES = f"""async (name) => {{
  const before = document.querySelector('main h1').textContent;
  const begun = performance.now();
  const links = [...document.querySelectorAll('nav a')];
  links.find((link) => new RegExp(`${{name}}( \\\\(|$)`).test(link.textContent)).click();
  return await ({STANDS})(before) - begun;
}}"""
"""Click a link of the menu; milliseconds until the other finding stands and nothing runs."""


def main() -> None:
    """Print milliseconds to the first finding, and from place to place."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=ARGUMENTS
        )
        here = Path(folder)
        with _bare(here) as address:
            rival_first, rival = _measured(browser.new_page(), address)
        (here / "own").mkdir()
        with systemmap(here / "own") as address:
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.goto(address)
            page.get_by_role("button", name="Open the Sampleshire example").click()
            page.get_by_role("button", name="See the gaps").wait_for(timeout=60_000)
            page.close()
            first, ours = _measured(
                browser.new_page(viewport={"width": 1366, "height": 768}),
                f"{address}/?programme=sampleshire",
            )
        browser.close()
    bare = statistics.median(t for times in rival.values() for t in times[1:])
    print("Sampleshire, in a browser that has not seen it")
    print(f"first finding   {first:6.0f} ms   bare Streamlit {rival_first:6.0f} ms")
    print(f"\nplace to place  first    again   target {TARGET} ms; bare {bare:.0f} ms")
    for name, (once, *again) in ours.items():
        later = statistics.median(again)
        print(f"{name:12} {once:7.0f} {later:8.0f} ms   {later / bare:4.1f} x bare")


@contextmanager
def _bare(folder: Path) -> Iterator[str]:
    """Serve the rival."""
    script = Path(__file__).with_name("_ten_pages.py")
    (folder / "bare").mkdir()
    words = ["-m", "streamlit", "run", str(script), "--server.port", "PORT"]
    options = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    with running(folder / "bare", *words, *options) as address:
        yield address


def _measured(page: Page, address: str) -> tuple[float, dict[str, list[float]]]:
    """Return milliseconds to the first finding, and to each place in turn."""
    begun = time.perf_counter()
    page.goto(address)
    page.evaluate(STANDS, "")
    first = (time.perf_counter() - begun) * 1000
    page.wait_for_timeout(500)
    times: dict[str, list[float]] = {name: [] for name in NAMES}
    for _ in range(ROUNDS):
        for name in (*NAMES[1:], NAMES[0]):
            times[name].append(page.evaluate(GOES, name))
            page.wait_for_timeout(300)  # what is drawn late does not count for the next
    return first, times


if __name__ == "__main__":
    main()
