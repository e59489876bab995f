"""A programme with 50,000 changes and 2,000 causes, opened by the first person who asks.

Home and map are opened in a browser, against a server just started, which has
read nothing of the programme yet. Beside them stands a page of the same server
with no programme on it: what is more is ours. Run with ``python -m benchmarks
big_programme``.
"""

from __future__ import annotations

import random
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.opening import WIDE
from systemmap.editing.positions import give_places
from systemmap.faults._work import LEAD
from systemmap.model.changes import put
from systemmap.model.elements import Factor
from systemmap.store.database import DatabaseStore
from systemmap.testing import programme_of
from tests.analysis.drawn_maps import generated_map
from tests.app.live_server import systemmap
from tests.browser.hand import HOST, READY
from tests.conftest import ARGUMENTS, CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from systemmap.model.programme import Programme

CAUSES, LINKS, CHANGES, WRITERS = 2_000, 6_000, 50_000, 32
_AT_REST = "[data-testid=stApp][data-test-script-state=notRunning]"
HOME, MAP = 2.0, 3.0
"""Seconds promised."""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kept").mkdir()
        start = time.perf_counter()
        programme = make(folder / "kept" / "systemmap.db")
        size = (folder / "kept" / "systemmap.db").stat().st_size / 1e6
        print(
            f"{CAUSES:,} causes, {LINKS:,} links, {CHANGES:,} changes made in "
            f"{time.perf_counter() - start:,.0f} s: {size:,.0f} MB",
            flush=True,
        )
        with sync_playwright() as player:
            browser = player.chromium.launch(
                executable_path=str(CHROMIUM), args=ARGUMENTS
            )
            for order in (("home", "map"), ("map", "home")):
                opened(browser, folder, programme.id, order)
            browser.close()


def make(path: Path) -> Programme:
    """Store the programme and change its causes' notes, a change each."""
    programme = programme_of(generated_map(CAUSES, LINKS))
    give_places(programme)
    store, chance = DatabaseStore(path), random.Random(9)  # noqa: S311 - not a secret
    store.create(programme, actor=LEAD)
    held = list(programme.system_map().factors.values())

    def change(number: int) -> None:
        one = chance.choice(held)
        edited = Factor(
            id=one.id, label=one.label, x=one.x, y=one.y, note=f"Note {number}"
        )
        store.apply(programme.id, [put(edited)], actor=LEAD, label=f"Change {number}")

    with ThreadPoolExecutor(WRITERS) as pool:
        for _ in pool.map(change, range(CHANGES)):
            pass
    store.close()
    return programme


def opened(
    browser: Browser, folder: Path, programme_id: str, order: tuple[str, ...]
) -> None:
    """Start a server and open the pages in this order, then once more in a new window."""
    with systemmap(folder) as address:
        for which in ("nobody was here yet", "somebody was"):
            with closing(browser.new_context(viewport=WIDE)) as window:
                page = window.new_page()
                # Streamlit's own files are on the machine, nothing of the programme
                bare = [_until_seen(page, f"{address}/settings", "") for _ in range(2)]
                told = []
                for place in order:
                    at = f"{address}/{place}?programme={programme_id}"
                    seconds = _until_seen(page, at, place)
                    promised = MAP if place == "map" else HOME
                    told.append(f"{place} {seconds:.1f} s (promised {promised:.0f})")
            print(
                f"{which}: {', '.join(told)}; Settings {bare[1]:.1f} s, "
                f"{bare[0]:.1f} s with Streamlit's own files",
                flush=True,
            )


def _until_seen(page: Page, address: str, place: str) -> float:
    start = time.perf_counter()
    page.goto(address)
    page.locator(_AT_REST).wait_for(timeout=60_000)
    if place == "map":
        while not page.evaluate(f"{READY} && !!{HOST}.dataset.drawn"):
            page.wait_for_timeout(20)
    else:
        page.get_by_role("heading").first.wait_for(timeout=60_000)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
