"""How soon the map answers a hand: from a click to the card, from a filter to the map.

Measured in Chromium on the running app, from the browser's own event to the frame
in which the answer stands, the middle of several; a filter asks Python, so it is
said beside a bare Streamlit page that answers one choice with one sentence. Run
with ``python -m benchmarks choosing``.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from systemmap.bundled.bundled_files import foresight_map
from systemmap.bundled.examples import example
from systemmap.model.elements import MapVersion
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.store import Actor, open_store
from tests.app.live_server import running, systemmap
from tests.browser.hand import API, HOST, READY

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 7
CARD, FILTER = 0.15, 0.3  # seconds
_WATCH = """([begins, holds]) => new Promise((told) => {
  const parts = function* (root) {
    for (const item of root.querySelectorAll('*')) {
      yield item;
      if (item.shadowRoot) yield* parts(item.shadowRoot);
    }
  };
  const find = (wanted) => {
    for (const item of parts(document)) if (item.matches(wanted)) return item;
    return null;
  };
  let from = 0;
  const begun = () => { from ||= performance.now(); };
  for (const kind of begins) window.addEventListener(kind, begun, { capture: true, once: true });
  const holding = { card: (words) => find('.sm-card h2')?.textContent === words,
    part: (words) => (find('.sm-host')?.dataset.part ?? '').includes(words),
    title: (words) => document.querySelector('h1')?.textContent === words };
  const look = () => from && holding[holds[0]](holds[1]) ? told(performance.now() - from) : requestAnimationFrame(look);
  requestAnimationFrame(look);
})"""


def main() -> None:
    """Print the two times for Sampleshire and Foresight, and the bare page's."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        bare = _bare(browser, Path(folder) / "bare")
        print(f"bare Streamlit page, one choice: {bare * 1000:.0f} ms")
        for name, card, filtered in _maps(browser, Path(folder) / "ours"):
            print(
                f"{name}: click to card {card * 1000:.0f} ms (at most {CARD * 1000:.0f}), "
                f"filter {filtered * 1000:.0f} ms (at most {FILTER * 1000:.0f}; "
                f"{filtered / bare:.1f} × the bare page)"
            )
        browser.close()


def _maps(browser: Any, folder: Path) -> Iterator[tuple[str, float, float]]:  # noqa: ANN401 - Playwright's
    """Yield each map's name, and the middle of its times in seconds."""
    (folder / "kept").mkdir(parents=True)
    store = open_store(folder / "kept" / "systemmap.db")
    foresight = Programme(ProgrammeInfo(id="foresight", name="Foresight"))
    foresight.put_map(foresight_map().copy(MapVersion(id="main", name="Foresight")))
    for programme in (example(), foresight):
        store.create(programme, actor=Actor("benchmark", "admin"))
    store.close()
    with systemmap(folder) as address:
        for name in ("sampleshire", "foresight"):
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            page.set_default_timeout(120_000)
            page.goto(f"{address}/map?programme={name}")
            _until(page, f"{READY} && !!{HOST}.dataset.drawn")
            _rest(page)
            yield name, _clicks(page), _filters(page)
            page.close()


def _clicks(page: Any) -> float:  # noqa: ANN401 - Playwright's
    ids = page.evaluate(
        f"{API}.state.ranked.slice(0, {ROUNDS + 1}).map(({{ id }}) => id)"
    )
    times = []
    for factor in ids:
        page.evaluate(f"{API}.fit(['{factor}'])")
        at = page.evaluate(f"{API}.spot('{factor}')")
        label = page.evaluate(f"{API}.name('{factor}')")
        times.append(
            _timed(
                page,
                ["pointerup"],
                ["card", label],
                lambda at=at: page.mouse.click(at["x"], at["y"]),
            )
        )
        _rest(page)
    return statistics.median(times[1:])


def _filters(page: Any) -> float:  # noqa: ANN401 - Playwright's
    page.get_by_text("Filter", exact=True).click()
    times = []
    box = page.get_by_text("Hide the rest instead of fading it")
    for number in range(ROUNDS + 1):
        hidden = f'"hide":{"true" if number % 2 == 0 else "false"}'
        times.append(
            _timed(
                page,
                ["click"],
                ["part", hidden],
                box.click,
            )
        )
        _rest(page)
    return statistics.median(times[1:])


def _bare(browser: Any, folder: Path) -> float:  # noqa: ANN401 - Playwright's
    folder.mkdir()
    script = Path(__file__).parent / "_bare_screen.py"
    options = ("--server.headless", "true", "--browser.gatherUsageStats", "false")
    with running(
        folder, "-m", "streamlit", "run", str(script), "--server.port", "PORT", *options
    ) as address:
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.goto(address)
        page.locator("h1", has_text="Chosen: one").wait_for()
        times = []
        for number in range(ROUNDS + 1):
            wanted = ("two", "three")[number % 2]
            page.get_by_role("combobox").click()
            option = page.get_by_role("option", name=wanted)
            times.append(
                _timed(page, ["click"], ["title", f"Chosen: {wanted}"], option.click)
            )
            _rest(page)
        page.close()
    return statistics.median(times[1:])


def _timed(page: Any, begins: list[str], holds: list[str], act: Any) -> float:  # noqa: ANN401 - Playwright's
    """Return the seconds from the browser's event to the frame that shows the answer."""
    page.evaluate(f"window.answered = ({_WATCH})({[begins, holds]!r}); null")
    act()
    return float(page.evaluate("window.answered")) / 1_000


def _rest(page: Any) -> None:  # noqa: ANN401 - Playwright's
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(300)


def _until(page: Any, holds: str) -> None:  # noqa: ANN401 - Playwright's
    while not page.evaluate(holds):
        page.wait_for_timeout(50)


if __name__ == "__main__":
    main()
