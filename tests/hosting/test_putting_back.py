"""Backups are put back as the handbook says, and not under an open room unasked."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.command import app
from systemmap.model.workshop import Workshop
from systemmap.store import Actor, open_store
from tests.hosting.examples import HOSTING
from tests.rooms import hall
from tests.store import release
from tests.store.cluster import server_programs
from tests.store.everything import TOWN
from tests.store.places import migrated

ADMIN = Actor("x", "admin")
HANDBOOK = HOSTING.with_name("hosting.md").read_text()


def recipe():
    below = HANDBOOK.partition("## Backups, and putting one back")[2]
    found = re.findall(r"```sh\n(.*?)```", below, re.DOTALL)
    assert len(found) == 2
    return found


def test_a_server_is_dumped_and_put_back_by_the_handbooks_own_lines(postgres, tmp_path):
    address = migrated(postgres)
    store = open_store(address, backups=tmp_path)
    release.fill(store)
    programme, changes = store.load(TOWN), store.history(TOWN)
    name = address.split("/")[3].split("?")[0]  # the socket's folder may hold it too
    restored = address.replace(f"/{name}?", "/systemmap_restored?", 1)
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{server_programs()}:{tmp_path}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "DATABASE": address,
        "SERVER": postgres.url("postgres"),
        "RESTORED": restored,
    }
    (tmp_path / "systemctl").write_text("#!/bin/sh\n")
    (tmp_path / "systemctl").chmod(0o755)

    def run(lines):
        done = subprocess.run(
            ["/bin/sh", "-euc", lines],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    dump, restore = recipe()
    run(dump)
    store.delete(TOWN, actor=ADMIN)  # what it is put back for
    store.close()
    assert "1 programme" in run(restore)
    again = open_store(restored, backups=tmp_path)
    assert again.load(TOWN) == programme
    assert again.history(TOWN) == changes
    again.close()


@pytest.fixture
def kept(tmp_path):
    """A file, a copy of it, and a change since."""
    place, copy = tmp_path / "kept.db", tmp_path / "copy.db"
    store = open_store(place)
    store.create(hall.town(), actor=ADMIN)
    store.backup(str(copy))
    store.name_version(hall.TOWN, "Since", actor=ADMIN)
    store.close()

    def restored(*words, answer=None):
        done = CliRunner().invoke(
            app, ["restore", str(copy), "--data", str(place), *words], input=answer
        )
        store = open_store(place)
        since = [version.name for version in store.versions(hall.TOWN)]
        store.close()
        return done, since

    return place, restored


def test_nothing_is_put_back_under_an_open_room_unasked(kept):
    _, restored = kept
    done, since = restored()
    assert done.exit_code == 2
    assert "1 room open: “Mapping (Testtown)”" in done.output
    assert "say --yes" in done.output
    assert since == ["Since"]


def test_somebody_at_the_keyboard_is_asked(kept, monkeypatch):
    _, restored = kept
    monkeypatch.setattr("app.commands.stored_programmes.is_asked", lambda: True)
    done, since = restored(answer="n\n")
    assert (done.exit_code, since) == (2, ["Since"])
    assert "Restore all the same?" in done.output
    done, since = restored(answer="y\n")
    assert (done.exit_code, since) == (0, [])


def test_yes_is_taken_for_an_answer_and_a_closed_room_asks_nothing(kept):
    place, restored = kept
    done, since = restored("--yes")
    assert (done.exit_code, since) == (0, [])
    store = open_store(place)
    with store.editing(hall.TOWN, actor=ADMIN, label="Close") as draft:
        draft.replace(replace(draft.find(Workshop, "w1"), open=False))
    store.close()
    done, since = restored()
    assert done.exit_code == 0
