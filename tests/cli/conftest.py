"""The command line run in this process, on a real database of its own."""

import json

import pytest
from typer.testing import CliRunner

from app.command import app
from systemmap.bundled.first_start import start_example
from systemmap.private_files import write_private
from systemmap.store import Actor, open_store
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401

FILLED = {}  # what data files hold that many tests begin with: bytes, made once


class Answered:
    """What a command said, and how it ended."""

    def __init__(self, result):
        self.code = result.exit_code
        self.out = result.stdout
        self.err = result.stderr

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def data(tmp_path, monkeypatch):
    place = tmp_path / "kept" / "systemmap.db"
    monkeypatch.setenv("SYSTEMMAP_DATA", str(place))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return place


@pytest.fixture
def town(data):
    """The example with its past, in a file of the test's own."""

    def begin():
        store = open_store(str(data))
        start_example(store, Actor("Public health", "admin"))
        store.close()

    filled_once("town", data, begin)
    return data


@pytest.fixture
def sampleshire(run, data):
    """The command line, with Sampleshire begun by it."""

    def begin():
        assert run("new", "Sampleshire", "--template", "sampleshire").code == 0

    filled_once("sampleshire", data, begin)
    return run


def filled_once(what, data, begin):
    """Fill a data file by these acts, or by what they came to when first done."""
    data.parent.mkdir(parents=True, exist_ok=True)
    if what not in FILLED:
        begin()
        assert [path.name for path in data.parent.glob("*-wal")] == []
        FILLED[what] = data.read_bytes()
    write_private(data, FILLED[what])


@pytest.fixture
def run(data):
    def command(*words):
        result = CliRunner().invoke(app, [str(word) for word in words])
        unexpected = result.exception and not isinstance(result.exception, SystemExit)
        if unexpected:
            raise result.exception
        return Answered(result)

    return command
