"""How soon a map is seen in the browser, and how smoothly it pans, by size.

Beside a bare page of the same server in the same run: the rest is ours. Run
with ``python -m benchmarks opening``.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from systemmap.bundled.examples import example
from systemmap.editing.positions import give_places
from systemmap.store import Actor, open_store
from systemmap.testing import programme_of
from tests.analysis.drawn_maps import generated_map
from tests.app.live_server import systemmap
from tests.browser.hand import API, HOST, READY
from tests.conftest import ARGUMENTS, CHROMIUM
from tests.drawing.foresight import foresight

WIDE = {"width": 1366, "height": 768}
PAN = f"""new Promise((done) => {{
  const map = {API}; const start = performance.now(); let frames = 0;
  const step = (now) => {{
    map.network.moveTo({{ position: {{ x: 40 * Math.sin(frames / 9), y: 0 }} }});
    frames += 1;
    if (now - start < 2000) requestAnimationFrame(step);
    else done(frames / (now - start) * 1000);
  }};
  requestAnimationFrame(step);
}})"""


def main() -> None:
    large = programme_of(generated_map(1_000, 3_000))
    give_places(large)
    sizes = {"47": example(), "108": foresight(), "1,000": large}
    for name, programme in sizes.items():
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder) / "kept"
            kept.mkdir()
            made = open_store(kept / "systemmap.db")
            made.create(programme, actor=Actor("x", "admin"))
            made.close()
            with systemmap(Path(folder)) as address, sync_playwright() as player:
                browser = player.chromium.launch(
                    executable_path=str(CHROMIUM), args=ARGUMENTS
                )
                page = browser.new_page(viewport=WIDE)
                page.goto(f"{address}/settings")
                page.get_by_role("heading").first.wait_for(timeout=60_000)
                rival = _until_heading(page, f"{address}/settings")
                first = _until_drawn(page, f"{address}/map?programme={programme.id}")
                again = _until_drawn(page, f"{address}/map?programme={programme.id}")
                print(
                    f"{name} causes: first picture {first:.1f} s, again {again:.1f} s "
                    f"(Settings {rival:.1f} s); pans at {page.evaluate(PAN):.0f} "
                    "frames a second",
                    flush=True,
                )
                browser.close()


def _until_heading(page: Page, address: str) -> float:
    start = time.perf_counter()
    page.goto(address)
    page.get_by_role("heading").first.wait_for(timeout=60_000)
    return time.perf_counter() - start


def _until_drawn(page: Page, address: str) -> float:
    start = time.perf_counter()
    page.goto(address)
    while not page.evaluate(f"{READY} && !!{HOST}.dataset.drawn"):
        page.wait_for_timeout(20)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
