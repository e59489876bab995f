"""Whatever the computer's habit, what is written is for its owner alone."""

from __future__ import annotations

import os
import stat

import pytest
from typer.testing import CliRunner

from app.command import app
from app.settings import Settings, backup_path, use
from systemmap.model.values import now
from systemmap.private_files import private_folder
from systemmap.store.database import DatabaseStore
from systemmap.testing import map_from, programme_of
from tests.store.places import LEAD, migrated


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277])
def _habit(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


def rights(folder):
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in folder.rglob("*")
    }


@pytest.mark.usefixtures("_habit")
def test_data_backups_exports_and_side_files_are_for_their_owner_alone(
    tmp_path, monkeypatch
):
    place = tmp_path / "new" / "deeper" / "a.db"
    monkeypatch.setenv("SYSTEMMAP_DATA", str(place))
    store = DatabaseStore(place, holder="the app")
    store.create(programme_of(map_from("stress -> snacking +")), actor=LEAD)
    store.backup(str(tmp_path / "new" / "by-hand.db"))
    store.safeguard("import")
    store.secret()
    use(Settings(data=str(place)))
    store.backup(backup_path(now()))
    for name in ("map.graphml", "whole.systemmap", "map.svg"):
        done = CliRunner().invoke(
            app, ["export", "Testtown", str(tmp_path / "new" / name)]
        )
        assert done.exit_code == 0, done.output
    found = rights(tmp_path)
    assert {
        "new/deeper/a.db",
        "new/deeper/a.db-journal",
        "new/deeper/a.db.in-use",
    } <= set(found)
    assert len([name for name in found if "/backups/" in name]) == 2
    for name, mode in found.items():
        assert oct(mode) == oct(0o700 if (tmp_path / name).is_dir() else 0o600), name
    store.close()


def test_the_copy_of_a_server_is_for_its_owner_alone(postgres, tmp_path):
    before = os.umask(0)
    try:
        store = DatabaseStore(migrated(postgres), backups=tmp_path / "backups")
        store.safeguard("import")
        store.close()
    finally:
        os.umask(before)
    found = rights(tmp_path)
    assert sorted(found.values()) == [0o600, 0o700]


def test_what_exists_already_keeps_its_rights(tmp_path):
    shared = tmp_path / "common"
    shared.mkdir()
    shared.chmod(0o775)
    out = shared / "map.graphml"
    out.write_text("old", encoding="utf-8")
    out.chmod(0o664)
    private_folder(shared)
    store = DatabaseStore(tmp_path / "a.db")
    store.create(programme_of(map_from("stress -> snacking +")), actor=LEAD)
    store.close()
    command = ["--data", str(tmp_path / "a.db"), "export", "Testtown", str(out)]
    assert CliRunner().invoke(app, command).exit_code == 0
    assert rights(tmp_path)["common"] == 0o775
    assert rights(tmp_path)["common/map.graphml"] == 0o664
    assert out.read_bytes() != b"old"
