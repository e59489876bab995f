"""The command line run in this process, on a real database of its own."""

import json

import pytest
from typer.testing import CliRunner

from app.command import app
from systemmap.bundled.first_start import start_example
from systemmap.private_files import write_private
from systemmap.store import Actor, open_store
from tests.app.worker_forks import workers_are_forks
from tests.drawing.coarse import _maps_are_coarse_and_painted_once  # noqa: F401

EXAMPLE = {}  # a file that holds the example with its past: bytes, made once


class Answered:
    """What a command said, and how it ended."""

    def __init__(self, result):
        self.code = result.exit_code
        self.out = result.stdout
        self.err = result.stderr

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture(autouse=True, scope="module")
def _workers_are_forks():
    with workers_are_forks():
        yield


@pytest.fixture
def data(tmp_path, monkeypatch):
    place = tmp_path / "kept" / "systemmap.db"
    monkeypatch.setenv("SYSTEMMAP_DATA", str(place))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return place


@pytest.fixture
def town(data):
    """The example with its past, in a file of the test's own."""
    data.parent.mkdir(parents=True, exist_ok=True)
    if EXAMPLE:
        write_private(data, EXAMPLE["file"])
        return data
    store = open_store(str(data))
    start_example(store, Actor("Public health", "admin"))
    store.close()
    assert [path.name for path in data.parent.glob("*-wal")] == []
    EXAMPLE["file"] = data.read_bytes()
    return data


@pytest.fixture
def run(data):
    def command(*words):
        result = CliRunner().invoke(app, [str(word) for word in words])
        unexpected = result.exception and not isinstance(result.exception, SystemExit)
        if unexpected:
            raise result.exception
        return Answered(result)

    return command
