"""What tests of several folders share: settings, a browser and a private PostgreSQL.

Which tests run, and when: order.py. What is worked out once for many of them: once.py.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.once import (  # noqa: F401 - fixtures of every test
    _a_town_is_put_in_memory_once,
    _commands_are_made_once,
    _files_are_read_by_forks,
    _new_files_are_copied,
    _places_are_forgotten,
    _room_servers_are_forks,
    _statements_are_put_in_words_once,
    _the_same_effects_are_drawn_once,
    _the_same_map_is_arranged_once,
    tried_from_nothing,
)
from tests.order import (  # noqa: F401 - hooks of every run
    pytest_collection_finish,
    pytest_collection_modifyitems,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)
from tests.sizes import PATIENCE, WHOLE

# A busy machine must not fail a promise: timings belong into benchmarks/.
settings.register_profile(
    "promises",
    max_examples=100 if WHOLE else 50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("promises")

# Tests start Python over and over: what is compiled is kept, whatever the machine says.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A store syncs every change, each a wait for the disk: the tests' disk is in memory.
MEMORY, ROOM = Path("/dev/shm"), 6e9  # noqa: S108 - bytes that the tests may want


def _has_room(folder):
    if "TMPDIR" in os.environ or not folder.is_dir():
        return False
    told = os.statvfs(folder)
    programs_run = not told.f_flag & os.ST_NOEXEC
    return programs_run and told.f_bavail * told.f_frsize > ROOM


if _has_room(MEMORY):
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

# Nothing here may touch, or wait for, the database of whoever runs the tests.
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="systemmap-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_DATA_HOME"], ignore_errors=True)


# A script that browser tests run inside Streamlit; it is no module to look into.
collect_ignore = ["browser/canvas_screen.py"]


@pytest.fixture(autouse=True)
def _own_main():
    """AppTest leaves its script as `__main__`; processes started later would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


# The shell draws the same pages without a window's own menus: a fifth of the work.
SHELL, WINDOWS = (
    Path("/usr/bin/chromium-headless-shell"),
    Path("/usr/bin/chromium"),
)
CHROMIUM = SHELL if SHELL.exists() else WINDOWS
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--process-per-site",  # of one window: tests/contexts.py keeps it alive
    "--js-flags=--no-opt",  # a page lives for seconds: to make it fast takes longer
]


@pytest.fixture(scope="session")
def browser():
    """Chromium. It fails, and says what to install, when there is none."""
    from playwright.sync_api import sync_playwright

    from tests.contexts import Contexts

    if not CHROMIUM.exists():
        pytest.fail(
            "Chromium is missing. Install it: apt-get install chromium-headless-shell"
        )
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=ARGUMENTS
        )
        contexts = Contexts(running, PATIENCE * 1000)
        running.new_context, running.new_page = contexts.lend, contexts.page
        running.lent = contexts.lent
        yield running
        running.close()


@pytest.fixture(autouse=True)
def _pages_are_closed(request):
    """A page left open goes on asking its server, and the tests to come pay for it."""
    if "browser" not in request.fixturenames:
        yield
        return
    browser = request.getfixturevalue("browser")
    shared = set(browser.lent())  # those of a whole file
    yield
    for context in browser.lent():
        if context not in shared:
            context.close()


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL of our own. It fails, and says what to install, when none can start."""
    from tests.store.cluster import cluster

    with cluster() as running:
        yield running
