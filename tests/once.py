"""What is worked out once for many tests: fixtures of all tests, taken in by conftest.py.

Where it is the subject, each test works it out itself.
"""

from __future__ import annotations

import pickle
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.sizes import WHOLE


def _folder(request):
    """The folder of tests that a test or a file of them lies in."""
    return request.path.relative_to(request.config.rootpath).parts[1]


READERS_ARE_THE_SUBJECT = ("formats", "linear", "photos")


@pytest.fixture(autouse=True, scope="module")
def _files_are_read_by_forks(request):
    """A reader that starts from nothing brings in all its imports, for one small file."""
    if _folder(request) in READERS_ARE_THE_SUBJECT:
        yield
        return
    from tests.app.worker_forks import workers_are_forks

    with workers_are_forks():
        yield


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
    folder = _folder(request)
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
    if _folder(request) in ANALYSIS_IS_THE_SUBJECT:
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
    if "store" in request.path.name or _folder(request) == "store":
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
