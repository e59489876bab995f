"""Which tests a run has, and in what order: hooks of pytest, taken in by conftest.py."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from tests.sizes import WHOLE

QUICK = (
    "analysis",
    "analyst",
    "comparing",
    "contract",
    "gaps",
    "local",
    "merging",
    "model",
    "plan",
    "register",
    "style",
)
LONG = ("cli", "reports", "rooms", "canvas", "linear", "docs")
HEAVY = {"postgres", "browser", "page", "running", "tmp_path_factory"}


MACHINES = 3  # the length of a test on fresh machines
LEFT = pytest.StashKey[int]()  # how many tests and cases wait for a whole run


def pytest_collection_modifyitems(config, items):
    """Put files in the order in which workers take them, and mark what the fast lane runs.

    The fast lane runs a folder of the list, and nothing for which something is started.
    """
    _leave_to_a_whole_run(config, items)
    here = Path(__file__).parent
    turns = _turns(items)
    items.sort(key=lambda item: turns[item.path])
    for item in items:
        if (
            here in item.path.parents
            and item.path.relative_to(here).parts[0] in QUICK
            and not HEAVY & set(getattr(item, "fixturenames", ()))
            and item.get_closest_marker("slow") is None
        ):
            item.add_marker("quick")


def _turns(items):
    """When each file has its turn: a worker takes a whole one, so the long ones come first.

    Fresh machines begin. Files that ask a browser are spread among the others: while
    one worker waits for a page, another calculates.
    """
    lengths = {}
    for item in items:
        lengths[item.path] = max(lengths.get(item.path, 0), _length(item))
    longest_first = sorted(lengths, key=lambda path: -lengths[path])
    turns = {}
    for asks_a_browser in (True, False):
        alike = [p for p in longest_first if ("browser" in p.parts) is asks_a_browser]
        for number, path in enumerate(alike):
            begins = lengths[path] == MACHINES
            turns[path] = not begins, number / len(alike), not asks_a_browser
    return turns


def _leave_to_a_whole_run(config, items):
    left = [item for item in items if item.get_closest_marker("whole") and not WHOLE]
    config.stash[LEFT] = len(left)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def pytest_sessionfinish(session):
    """A worker tells how many it left."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left"] = session.config.stash.get(LEFT, 0)


def pytest_testnodedown(node):
    """Every worker collects the same: one of them is heard."""
    node.config.stash[LEFT] = getattr(node, "workeroutput", {}).get("left", 0)


def pytest_terminal_summary(terminalreporter, config):
    """Nothing is left out in silence."""
    if count := config.stash.get(LEFT, 0):
        terminalreporter.write_line(
            f"{count} tests and cases wait for a whole run: tests/run.py --whole"
        )


gc.disable()  # while tests are collected


def pytest_collection_finish():
    """Thousands of collected tests need not be looked through at every collection."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)  # a tenth of the time of tests that calculate


def _length(item):
    """Guess how long a test takes: `MACHINES`, 2 for what starts something, 1 for much."""
    if "machines" in getattr(item, "fixturenames", ()):
        return MACHINES
    if HEAVY & set(getattr(item, "fixturenames", ())):
        return 2
    return int(
        item.get_closest_marker("slow") is not None or item.path.parent.name in LONG
    )
