"""The exported Foresight map beside the page pyvis makes of the same graph, both offline.

Each page is opened from disk in Chromium with all network denied: how large it
is, how soon something is drawn, what it asks for, and how far its boxes still
move after the first second. pyvis is measured as it comes (its files beside
the page or at a CDN) and with its scripts put into the page.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

ROUNDS = 3
PATIENCE = 10_000  # milliseconds until a page counts as never drawn
_FIRST_INK = """
const small = document.createElement('canvas');
[small.width, small.height] = [64, 48];
const pen = small.getContext('2d', { willReadFrequently: true });
function look() {
  const canvas = document.querySelector('canvas');
  if (canvas?.width) {
    pen.clearRect(0, 0, 64, 48);
    pen.drawImage(canvas, 0, 0, 64, 48);
    if (pen.getImageData(0, 0, 64, 48).data.some((value) => value > 0)) {
      window.firstInk = performance.now();
      return;
    }
  }
  requestAnimationFrame(look);
}
requestAnimationFrame(look);
"""
_PLACES = """() => {
  const network = document.getElementById('map')?.systemMap?.network ?? window.network;
  return network?.getPositions ? network.getPositions() : {};
}"""


@dataclass(frozen=True)
class Seen:
    """What one opening of a page showed: milliseconds, requests, drawing units."""

    drawn: float | None
    asked: int
    moved: float


def main() -> None:
    """Print what each page weighs, when it is drawn, what it asks for, how it moves."""
    from playwright.sync_api import sync_playwright

    chromium = "/usr/bin/chromium"
    if not Path(chromium).exists():
        sys.exit("Chromium is missing. Install it: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        found = pages(Path(folder))
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            seen = {name: _opened(browser, path) for name, path in found.items()}
        finally:
            browser.close()
        print(
            f"{'':24}{'bytes':>10}{'drawn ms':>10}{'asked':>7}{'moves after 1 s':>17}"
        )
        for name, path in found.items():
            one = seen[name]
            drawn = "never" if one.drawn is None else f"{one.drawn:.0f}"
            size = path.stat().st_size
            print(f"{name:24}{size:10,}{drawn:>10}{one.asked:7}{one.moved:17.0f}")
    ours, theirs = seen["systemmap"], seen["pyvis, scripts inside"]
    if ours.drawn and theirs.drawn:
        print(f"drawn: {theirs.drawn / ours.drawn:.1f} times as soon as pyvis")
    within = ours.drawn is not None and ours.drawn <= 1000
    still = ours.moved == 0 and ours.asked == 0
    print(
        f"drawn and still within 1 s, no request: {'yes' if within and still else 'NO'}"
    )


def pages(folder: Path) -> dict[str, Path]:
    """Write the same map as our page and as pyvis's two, and return where they lie."""
    from systemmap.formats.drawn_maps import interactive_map

    programme = _foresight()
    found = {"systemmap": interactive_map(programme, at=date(2026, 11, 22))}
    found["pyvis as it comes"] = _stock(programme, "local")
    found["pyvis, scripts inside"] = _stock(programme, "in_line")
    paths: dict[str, Path] = {}
    for name, html in found.items():
        paths[name] = (
            folder / f"{name.partition(',')[0].replace(' ', '-')}-{len(paths)}.html"
        )
        paths[name].write_text(html, encoding="utf-8", newline="\n")
    return paths


def _foresight() -> Programme:
    from dataclasses import replace

    from systemmap.bundled.bundled_files import foresight_map, foresight_terms
    from systemmap.drawing.layout import place
    from systemmap.testing import programme_of

    borrowed = foresight_map()
    system_map = borrowed.copy(replace(borrowed.version, id="main"))
    for factor_id, (x, y) in place(system_map).items():
        system_map.replace_factor(replace(system_map.factor(factor_id), x=x, y=y))
    return programme_of(system_map, *foresight_terms())


def _stock(programme: Programme, scripts: str) -> str:
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources=scripts)
    system_map = programme.system_map()
    for factor in system_map.factors.values():
        network.add_node(factor.id, label=factor.label)
    for source, target in system_map.links:
        network.add_edge(source, target)
    return str(network.generate_html())


def _opened(browser: Any, path: Path) -> Seen:  # noqa: ANN401 - Playwright's browser
    seen = [_once(browser, path)]
    if seen[0].drawn is not None:
        seen += [_once(browser, path) for _ in range(ROUNDS - 1)]
    drawn = [one.drawn for one in seen if one.drawn is not None]
    return Seen(
        drawn=statistics.median(drawn) if drawn else None,
        asked=max(one.asked for one in seen),
        moved=max(one.moved for one in seen),
    )


def _once(browser: Any, path: Path) -> Seen:  # noqa: ANN401 - Playwright's browser
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    context.add_init_script(_FIRST_INK)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri(), wait_until="commit")
    drawn = _until_drawn(page)
    page.wait_for_timeout(1000)
    before = page.evaluate(_PLACES)
    page.wait_for_timeout(1000)
    after = page.evaluate(_PLACES)
    context.close()
    moved = max(
        (
            abs(after[one]["x"] - at["x"]) + abs(after[one]["y"] - at["y"])
            for one, at in before.items()
        ),
        default=0.0,
    )
    outside = [u for u in asked if not u.startswith(("data:", "blob:", path.as_uri()))]
    return Seen(drawn, len(outside), moved)


def _until_drawn(page: Any) -> float | None:  # noqa: ANN401 - Playwright's page
    for _ in range(PATIENCE // 100):
        ink = page.evaluate("window.firstInk ?? null")
        if ink is not None:
            return float(ink)
        page.wait_for_timeout(100)
    return None


if __name__ == "__main__":
    main()
