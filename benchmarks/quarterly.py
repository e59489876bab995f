"""How long sixty quarterly updates take in the plan's grid, typed at a person's pace.

Every key is pressed by itself, as a hand does, in Chromium on the running app;
what was typed is then read from the file on disk. Run with
``python -m benchmarks quarterly``.
"""

from __future__ import annotations

import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from systemmap.model.response import Action
from systemmap.store import Actor, open_store
from systemmap.testing import programme_of
from tests.app.live_server import systemmap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

UPDATES, KEY, MOST = 60, 0.15, 300.0  # how many, seconds a key, seconds in all
LIFT = 0.12  # seconds until the finger leaves Enter for the next key
GRID = "[data-testid=data-grid-canvas]"
EDITOR = "textarea.gdg-input"
STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
PROGRESS = 5  # columns from the first, which says the kind of a row
_SAID = ("Ongoing - {} came", "Complete - {} met", "Delayed - {} asked")


def main() -> None:
    """Print how long sixty updates took from the first key until they were on disk."""
    from playwright.sync_api import sync_playwright

    from tests.conftest import ARGUMENTS, CHROMIUM

    texts = [_SAID[n % len(_SAID)].format(n + 10) for n in range(UPDATES)]
    with (
        tempfile.TemporaryDirectory() as folder,
        planned(Path(folder), UPDATES) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=ARGUMENTS
        )
        page = opened(browser, address)
        start = time.perf_counter()
        walk(page, right=PROGRESS)
        type_down(page, texts, KEY)
        save(page)
        taken = time.perf_counter() - start
        browser.close()
        kept = notes_in(Path(folder))
    keys = sum(len(text) + 1 for text in texts)
    right = sum(
        kept_as == text or text.endswith(f" - {kept_as}")  # the status stands apart
        for kept_as, text in zip(kept, texts, strict=True)
    )
    print(
        f"{UPDATES} updates, {keys} keys at {KEY * 1000:.0f} ms each: {taken:.0f} s "
        f"(at most {MOST:.0f}), {right} of {UPDATES} on disk as typed"
    )


def planned(folder: Path, actions: int) -> AbstractContextManager[str]:
    """Run systemmap on a plan of so many actions; gives its address."""
    (folder / "kept").mkdir(parents=True, exist_ok=True)
    store = open_store(folder / "kept" / "systemmap.db")
    records = [
        Action(id=f"old-{n}", title=f"Old action {n:02}", position=n)
        for n in range(actions)
    ]
    store.create(programme_of(None, *records), actor=Actor("benchmark", "admin"))
    store.close()
    return systemmap(folder)


def notes_in(folder: Path) -> list[str]:
    """Return what the actions in the file on disk say of their progress."""
    return [note for note, _ in _read(folder, "status_note", "title")]


def _read(folder: Path, *names: str) -> Iterator[tuple[str, ...]]:
    store = open_store(folder / "kept" / "systemmap.db")
    for action in store.load("testtown").actions.values():
        yield tuple(getattr(action, name) for name in names)
    store.close()


def opened(browser: Any, address: str) -> Any:  # noqa: ANN401 - Playwright's
    """Return a page that stands on the plan table."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768},
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"{address}/programme?programme=testtown")
    page.get_by_role("tab", name="Plan table").click()
    cells(page).wait_for()
    page.locator(STILL).wait_for()
    return page


def cells(page: Any) -> Any:  # noqa: ANN401 - Playwright's
    """Return the grid."""
    return page.locator(GRID)


def walk(page: Any, *, right: int = 0, down: int = 0) -> None:  # noqa: ANN401 - Playwright's
    """Walk by keyboard from the first cell of the grid."""
    cells(page).focus()
    page.keyboard.press("Control+Home")
    for key, times in (("ArrowRight", right), ("ArrowDown", down)):
        for _ in range(times):
            page.keyboard.press(key)


def marked(page: Any, row: int, *, column: int) -> None:  # noqa: ANN401 - Playwright's
    """Wait until one cell in view is marked, and no other: a key is heard a moment later."""
    cell = f"{GRID} td[aria-selected=true]"
    page.locator(f"{cell}#glide-cell-{column}-{row}").wait_for(state="attached")
    page.locator(cell).nth(1).wait_for(state="detached")


def type_down(page: Any, texts: Iterable[str], delay: float) -> None:  # noqa: ANN401 - Playwright's
    """Type a text into each cell from where one stands, downwards."""
    for text in texts:
        open_cell(page, text[:1])
        page.keyboard.type(text[1:], delay=delay * 1000)
        # which also goes one cell down
        page.keyboard.press("Enter", delay=max(delay, LIFT) * 1000)


def open_cell(page: Any, key: str) -> None:  # noqa: ANN401 - Playwright's
    """Open the cell where one stands by its first key; once more where it was not heard."""
    from playwright.sync_api import TimeoutError as NotHeard

    for _ in range(5):
        page.keyboard.type(key)
        with suppress(NotHeard):
            page.locator(EDITOR).first.wait_for(timeout=3_000)
            return
    raise AssertionError("the cell did not open")


def save(page: Any) -> None:  # noqa: ANN401 - Playwright's
    """Save what stands in the grid at once, and wait until it is on disk.

    The grid tells the page of an edit after a moment; the last one is saved as well.
    """
    page.get_by_role("button", name="Save the changes").click()
    page.get_by_text("Not saved yet").wait_for(state="hidden")
    page.locator(STILL).wait_for()


if __name__ == "__main__":
    main()
