"""What every release wrote opens today, whole, and can be gone back from."""

from __future__ import annotations

import gzip
import re
import sqlite3
import subprocess
from pathlib import Path

import pytest

from systemmap.errors import NewerStore
from systemmap.formats import programme_from, read_within
from systemmap.formats.project_handover import take_over
from systemmap.model.elements import Factor
from systemmap.store import Actor, open_store
from systemmap.store.sql import sqlite as sqlite_module
from systemmap.store.sql.tables import SCHEMA
from systemmap.version import __version__
from tests.store import everything, release
from tests.store.cluster import server_programs

ROOT = Path(__file__).resolve().parents[2]
TOWN, LEAD = everything.TOWN, Actor("Public health", "admin")
VERSIONS = sorted(
    {p.name.removesuffix(".project") for p in release.FOLDER.glob("*.project")}
)


def kept(version, ending):
    content = release.FOLDER.joinpath(f"{version}.{ending}").read_bytes()
    return gzip.decompress(content) if ending.endswith("gz") else content


def of_json(version):
    """Return the programme as the release's own JSON tells it, by today's reader."""
    data = kept(version, "json.gz")
    return programme_from(read_within(data, "x.systemmap.json", "native_json"))


def check(store, version):
    """Hold an opened store against the JSON and the history of its release."""
    programme = store.load(TOWN)
    records = sorted(map(repr, programme.records()))
    assert records == sorted(map(repr, of_json(version).records()))
    assert not store.verify().problems
    labels = [change.label for change in store.history(TOWN)]
    assert "Call it Sleeping well" in labels
    assert [named.name for named in store.versions(TOWN)] == ["Before the workshop"]
    three = f"{TOWN}/three"
    first = store.history(TOWN)[-1].revision
    assert three not in store.load(TOWN, as_of=first).all(Factor)
    assert programme.find(Factor, three).label == "Sleeping well"
    with store.editing(TOWN, actor=LEAD, label="Go on") as draft:
        draft.add(Factor(id="four", label="Later", map_id=TOWN))
    assert not store.verify().problems


def test_every_release_in_the_changelog_is_kept():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## (\d+\.\d+\.\d+)", changes, re.MULTILINE)
    assert sorted(released) == VERSIONS


def test_the_present_version_is_kept_with_the_present_schema(tmp_path):
    """Once it is tagged, a new schema needs a new version and never a new fixture."""
    file = tmp_path / "x.db"
    file.write_bytes(kept(__version__, "db.gz"))
    data = sqlite3.connect(file)
    assert data.execute("PRAGMA user_version").fetchone() == (SCHEMA,), (
        "Released already? Raise the version. Not yet tagged? Run: uv run python tests/store/release.py"
    )
    data.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_of_a_release_opens(tmp_path, version):
    file = tmp_path / "x.db"
    file.write_bytes(kept(version, "db.gz"))
    store = open_store(file)
    check(store, version)
    store.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_server_of_a_release_opens(postgres, tmp_path, version):
    address = postgres.new_database()
    (tmp_path / "x.sql").write_bytes(kept(version, "sql.gz"))
    done = subprocess.run(
        [
            *(f"{server_programs()}/psql", "-q", "-v", "ON_ERROR_STOP=1"),
            *("-f", tmp_path / "x.sql", address),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    store = open_store(address, backups=tmp_path)
    check(store, version)
    store.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_project_file_of_a_release_comes_in_with_its_history(tmp_path, version):
    store = open_store(tmp_path / "new.db")
    take_over(store, kept(version, "project"), "x.project", actor=LEAD)
    check(store, version)
    store.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_the_drill_up_and_back_again(tmp_path, version, monkeypatch):
    """Up to a schema after this one and back, as docs/hosting.md says it."""
    file = tmp_path / "kept.db"
    file.write_bytes(kept(version, "db.gz"))
    open_store(file).close()  # to the present schema, if it was not there yet
    before = file.read_bytes()
    later = sqlite3.connect(file)
    later.executescript(f"PRAGMA user_version = {SCHEMA - 1}")  # an upgrade is due
    later.close()
    due = file.read_bytes()
    ran = []

    def to_the_next(self):
        ran.append(self.path.name)
        data = sqlite3.connect(self.path)
        data.executescript(
            f"ALTER TABLE factor ADD COLUMN later TEXT; PRAGMA user_version = {SCHEMA + 1}"
        )
        data.close()

    with monkeypatch.context() as newer:
        newer.setattr(sqlite_module.SqliteFile, "migrate", to_the_next)
        open_store(file).close()
    assert ran == ["kept.db"]
    upgraded = file.read_bytes()
    with pytest.raises(NewerStore, match="Install the newer systemmap"):
        open_store(file)  # the program of before does not touch it
    assert file.read_bytes() == upgraded
    (copy,) = (tmp_path / "backups").glob("*-migration.db")
    assert_same_rows(copy, due, tmp_path)
    file.write_bytes(copy.read_bytes())  # back, as the handbook says
    data = sqlite3.connect(file)
    data.executescript(f"PRAGMA user_version = {SCHEMA}")
    data.close()
    assert_same_rows(file, before, tmp_path)
    store = open_store(file)
    check(store, version)
    store.close()


def assert_same_rows(file, content, folder):
    """Hold every row against that of another file; a copy has no signing secret."""
    other = folder / "other.db"
    other.write_bytes(content)
    told = []
    for path in (file, other):
        data = sqlite3.connect(path)
        told.append(
            sorted(line for line in data.iterdump() if "installation" not in line)
        )
        data.close()
    assert told[0] == told[1]
