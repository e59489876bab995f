"""Two apps on one file: the second says who has it, and serves nothing."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.command import app
from tests.app.forks import Fork
from tests.app.live_server import answer, free_port, systemmap
from tests.sizes import PATIENCE


@pytest.fixture
def command(tmp_path, monkeypatch):
    """Run a command in this process, on the data of the app in the other."""
    monkeypatch.setenv("SYSTEMMAP_DATA", str(tmp_path / "kept" / "systemmap.db"))
    return lambda *words: CliRunner().invoke(app, words)


def test_a_second_app_is_refused_in_words_and_commands_go_on(tmp_path, command):
    with systemmap(tmp_path) as address:
        port = str(free_port())
        words = ("-m", "systemmap", "--no-browser", "--port", port)
        out, err = tmp_path / "out", tmp_path / "err"
        second = Fork(words, cwd=Path.cwd(), env=os.environ, log=out, errors=err)
        assert (second.wait(PATIENCE), out.read_text()) == (2, "")
        said = err.read_text()
        assert f"in use by systemmap at {address}, since" in said
        assert "Traceback" not in said
        assert command("new", "Rutland", "--template", "empty").exit_code == 0
        assert "Rutland" in command("programmes").stdout
        saved = str(tmp_path / "saved.db")
        assert command("backup", saved).exit_code == 0
        refused = command("restore", saved)
        assert refused.exit_code == 2
        assert f"in use by systemmap at {address}" in refused.stderr
        assert answer(f"{address}/_stcore/health")[0] == 200
    assert command("restore", saved).exit_code == 0
