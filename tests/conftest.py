"""What tests of several folders share: hypothesis settings and a private PostgreSQL."""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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


LEFT = pytest.StashKey[int]()  # how many tests and cases wait for a whole run


def pytest_collection_modifyitems(config, items):
    """Put files that take long first, and mark what the fast lane runs.

    A worker takes a whole file: one that takes long must not be the last. The fast
    lane runs a folder of the list, and nothing for which something is started.
    """
    _leave_to_a_whole_run(config, items)
    here = Path(__file__).parent
    lengths = {}
    for item in items:
        lengths[item.path] = max(lengths.get(item.path, 0), _length(item))
    items.sort(key=lambda item: -lengths[item.path])
    for item in items:
        if (
            here in item.path.parents
            and item.path.relative_to(here).parts[0] in QUICK
            and not HEAVY & set(getattr(item, "fixturenames", ()))
            and item.get_closest_marker("slow") is None
        ):
            item.add_marker("quick")


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
    """Guess how long a test takes: 3 for a fresh machine, 2 for what starts something, 1 for much."""
    if "machines" in getattr(item, "fixturenames", ()):
        return 3
    if HEAVY & set(getattr(item, "fixturenames", ())):
        return 2
    return int(
        item.get_closest_marker("slow") is not None or item.path.parent.name in LONG
    )


@pytest.fixture(autouse=True)
def _own_main():
    """AppTest leaves its script as `__main__`; processes started later would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


MIGRATIONS_ARE_THE_SUBJECT = ("test_migrations.py", "test_released.py")
MIGRATED = {}  # a new file, as the migrations leave it: bytes, once for each worker


@pytest.fixture(autouse=True)
def _new_files_are_copied(request, monkeypatch):
    """A new SQLite file is a copy of one; where the migrations are the subject all are migrated."""
    if request.path.name in MIGRATIONS_ARE_THE_SUBJECT:
        return
    from systemmap.store.sql.sqlite import SqliteFile, connect_file, private_file

    migrate = SqliteFile.migrate

    def migrate_or_copy(file):
        of_its_own = file._connect is not connect_file  # a disk that keeps a diary
        if of_its_own or (file.path.exists() and file.path.stat().st_size):
            migrate(file)
        elif MIGRATED:
            private_file(file.path)
            file.path.write_bytes(MIGRATED["new"])
        else:
            migrate(file)
            MIGRATED["new"] = file.path.read_bytes()

    monkeypatch.setattr(SqliteFile, "migrate", migrate_or_copy)


PLACES_ARE_THE_SUBJECT = ("analysis", "drawing", "linear")
READ_FROM_AFAR = (
    "browser",
    "workshops",
)  # is what they draw, and how large its letters


@pytest.fixture(autouse=True)
def _the_same_map_is_arranged_once(request, monkeypatch):
    """Many screens and documents show one map: coarsely, but where places are the subject."""
    folder = request.path.relative_to(request.config.rootpath).parts[1]
    if folder in PLACES_ARE_THE_SUBJECT:
        return
    from systemmap.drawing.layout import arrangement
    from tests.drawing.coarse import arranged_coarsely, arranged_once

    in_full = WHOLE or folder in READ_FROM_AFAR
    found = arranged_once if in_full else arranged_coarsely
    monkeypatch.setattr(arrangement, "arranged", found)


@pytest.fixture(autouse=True, scope="module")
def _places_are_forgotten():
    """Laid out coarsely in one file, the same map may be the subject of the next."""
    if placing := sys.modules.get("systemmap.drawing.placing"):
        placing._laid_out.cache_clear()


EFFECTS = {}  # what a push on each cause does to the outcome, by all that decides it
ANALYSIS_IS_THE_SUBJECT = ("analysis", "linear")


@pytest.fixture(autouse=True)
def _the_same_effects_are_drawn_once(request, monkeypatch):
    """Many screens and documents ask it of one map; where it is the subject each does."""
    folder = request.path.relative_to(request.config.rootpath).parts[1]
    if folder in ANALYSIS_IS_THE_SUBJECT:
        return
    from systemmap.analysis import map_analysis

    effects_on = map_analysis.effects_on

    def found(graph, outcome, settings):
        drawn = list(graph.nodes(data=True)), list(graph.edges(data=True))
        key = pickle.dumps((drawn, outcome, settings))
        if key not in EFFECTS:
            EFFECTS[key] = effects_on(graph, outcome, settings)
        return dict(EFFECTS[key])

    monkeypatch.setattr(map_analysis, "effects_on", found)


STORED = {}  # towns as a store in memory holds them, by the very records they are of


@pytest.fixture(autouse=True)
def _a_town_is_put_in_memory_once(request, monkeypatch):
    """A screen's test begins by storing the example; where stores are the subject all do."""
    if "store" in request.path.name or request.path.parent.name == "store":
        return
    from systemmap.store import MemoryStore

    create = MemoryStore.create

    def create_or_copy(store, programme, *, actor, label=""):
        records = [record for _, record in programme.records()]
        key = (actor, label, programme.id, *map(id, records))
        backend, snapshots = store._backend, store._snapshots
        known = {**backend._shelves, **backend._retired}
        if len(records) < 300 or programme.id in known:
            return create(store, programme, actor=actor, label=label)
        if key not in STORED:
            receipt = create(store, programme, actor=actor, label=label)
            store.load(programme.id)  # kept, as a programme that was opened is
            kept = snapshots._kept[programme.id]
            shelf = backend._shelves[programme.id].copy()
            STORED[key] = records, receipt, shelf, kept
            return receipt
        _, receipt, shelf, kept = STORED[key]
        backend._shelves[programme.id] = shelf.copy()
        snapshots._keep(*kept)
        store._listeners.tell(receipt)
        return receipt

    monkeypatch.setattr(MemoryStore, "create", create_or_copy)


class Worded(dict):
    """SQL statements in words, for every engine of a kind, not for one engine alone."""

    def get(self, statement, otherwise=None):
        return super().get(self._kind(statement), otherwise)

    def __setitem__(self, statement, words):
        super().__setitem__(self._kind(statement), words)

    @staticmethod
    def _kind(statement):
        dialect, *asked = statement
        return (dialect.name, *asked)


@pytest.fixture(autouse=True, scope="session")
def _statements_are_put_in_words_once():
    """A program opens one store; tests open thousands, which ask the same of them."""
    from systemmap.store.sql import postgres, sqlite

    kept = Worded()
    with pytest.MonkeyPatch.context() as patched:
        for module in (postgres, sqlite):
            patched.setattr(module, "create_engine", _keeping(kept, module))
        patched.setattr(postgres, "LOOKS_EVERY", 0.05)  # tests end hundreds
        yield


def _keeping(kept, module):
    make = module.create_engine

    def made(*where, **how):
        engine = make(*where, **how)
        engine.update_execution_options(compiled_cache=kept)
        return engine

    return made


@pytest.fixture(autouse=True, scope="session")
def _commands_are_made_once():
    """A program reads the commands' signatures once; tests run thousands of commands."""
    import typer.testing

    with pytest.MonkeyPatch.context() as patched:
        make = cache(typer.testing._get_command)
        patched.setattr(typer.testing, "_get_command", make)
        yield


@pytest.fixture(autouse=True, scope="session")
def _room_servers_are_forks():
    """A room's server is started a hundred times, and twice for each time it is killed."""
    from systemmap.faults import _hall, _phone_server, kill
    from tests.app.forks import Fork, Forks, own_port

    def started(environment, log):
        port = int(environment["SYSTEMMAP_PORT"])
        words = ("-m", "systemmap")
        return Fork(words, cwd=Path.cwd(), env=environment, log=log, port=port)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_phone_server, "started", started)
        patched.setattr(_phone_server, "free_port", own_port)
        patched.setattr(_hall, "_context", Forks)
        patched.setattr(kill, "_context", Forks)
        yield


@pytest.fixture(autouse=True, scope="session")
def tried_from_nothing():
    """Each start of Python brings in all documents: three seconds for a small file.

    Templates are tried in forks; this gives the way in which the product tries them.
    """
    from tests.app.worker_forks import templates_are_tried_in_forks

    with templates_are_tried_in_forks() as from_nothing:
        yield from_nothing


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
