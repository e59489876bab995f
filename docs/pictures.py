"""Take pictures of every place of the app: ``uv run python docs/pictures.py``.

They are made to be looked at by whoever changed a screen: each place with
Sampleshire, with the Foresight map, with an empty programme and before the first
start, at every width that people have, dark, and at 400 % zoom. They land in
``pictures/`` (not kept in git), or in the folder after ``--into``. Words given
beside it choose among them: ``uv run python docs/pictures.py gaps 320 foresight``.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from app.places import PLACES  # noqa: E402 - found beside this folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
SIZES = {
    "1920": {"viewport": {"width": 1920, "height": 1080}},
    "1366": {"viewport": {"width": 1366, "height": 768}},
    "820": {"viewport": {"width": 820, "height": 1180}},
    "360": {"viewport": {"width": 360, "height": 740}},
    "320": {"viewport": {"width": 320, "height": 640}},
    "dark": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
    # a window of 1,280 by 1,024 points, each of them four times as large
    "zoom": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}
PROGRAMMES = ("sampleshire", "foresight", "empty", "none")
DRAWN = """(() => {
  const open = [document];
  for (const part of open) for (const item of part.querySelectorAll('*')) {
    if (item.classList.contains('sm-host')) return item.dataset.drawn;
    if (item.shadowRoot) open.push(item.shadowRoot);
  }
  return false;
})()"""
"""Whether the canvas of the map, deep in its component, has drawn."""


def stored(data: Path) -> None:
    """Put the programmes to look at into a new store, by the command."""
    reference = "data/reference/foresight_{}.csv"
    for words in (
        ["new", "Sampleshire", "--template", "sampleshire"],
        ["new", "Foresight", "--template", "empty"],
        ["import", reference.format("factors"), "--into", "Foresight"],
        ["import", reference.format("links"), "--into", "Foresight"],
        ["new", "Empty", "--template", "empty"],
    ):
        command = [sys.executable, "-m", "systemmap", *words, "--data", str(data)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Run systemmap on a store until the block ends; give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["-m", "systemmap", "--no-browser", "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "SYSTEMMAP_DATA": str(data)},
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/_stcore/health")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    sys.exit("systemmap did not start.")


def take(browser: Browser, url: str, size: str, path: Path, *, whole: bool) -> str:
    """Take one picture, whole or of what the window shows; return what is wrong at once."""
    context = browser.new_context(**SIZES[size], reduced_motion="reduce")
    page = context.new_page()
    page.goto(url)
    still = "[data-testid=stApp][data-test-script-state=notRunning]"
    page.locator(still).wait_for(timeout=90_000)
    page.locator("h1").first.wait_for(state="attached", timeout=90_000)
    page.locator("html[data-whole]").wait_for(state="attached", timeout=90_000)
    page.locator(still).wait_for(timeout=90_000)
    if "/map" in url:
        for _ in range(200):
            if page.evaluate(DRAWN) or page.locator(".st-key-map-place").count() == 0:
                break
            page.wait_for_timeout(100)
    page.wait_for_timeout(400)
    wide, within = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if whole:  # Streamlit scrolls within its own frame: the window grows with it
        inner = "document.querySelector('[data-testid=stMain]').scrollHeight"
        height = min(int(page.evaluate(inner)), 6000)
        page.set_viewport_size({"width": within, "height": height})
        page.wait_for_timeout(300)
    page.screenshot(path=path)
    context.close()
    return f"{wide - within} px too wide" if wide > within else ""


def main(words: list[str]) -> None:
    """Take the pictures that the words choose; without words, all of them."""
    into = ROOT / "pictures"
    if "--into" in words:
        at = words.index("--into")
        into = Path(words[at + 1]).resolve()
        del words[at : at + 2]
    into.mkdir(parents=True, exist_ok=True)
    places = [p for p in PLACES if p in words] or list(PLACES)
    sizes = [s for s in SIZES if s in words] or list(SIZES)
    programmes = [p for p in PROGRAMMES if p in words] or list(PROGRAMMES)
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
    ):
        arguments = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        kept, bare = Path(folder) / "kept.db", Path(folder) / "bare.db"
        stored(kept)
        for data, shown in (
            (kept, [p for p in programmes if p != "none"]),
            (bare, [p for p in programmes if p == "none"]),
        ):
            if not shown:
                continue
            with served(data) as address:
                for programme, place, size in product(shown, places, sizes):
                    if programme == "none" and place != "home":
                        continue
                    asked = "" if programme == "none" else f"?programme={programme}"
                    path = into / f"{programme}-{place}-{size}.png"
                    wrong = take(
                        browser,
                        f"{address}/{place}{asked}"
                        if place != "home"
                        else f"{address}/{asked}",
                        size,
                        path,
                        whole="whole" in words,
                    )
                    print(f"{path.name} {wrong}".rstrip(), flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
