"""The command line run in this process, on a real database of its own."""

import json

import pytest
from typer.testing import CliRunner

from app.command import app


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
def run(data):
    def command(*words):
        result = CliRunner().invoke(app, [str(word) for word in words])
        unexpected = result.exception and not isinstance(result.exception, SystemExit)
        if unexpected:
            raise result.exception
        return Answered(result)

    return command
