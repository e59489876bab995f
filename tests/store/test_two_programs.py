"""Several programs on one SQLite file: one app at a time, the command line beside it."""

from __future__ import annotations

import json
import os
import queue
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from systemmap.errors import StillNeeded, StoreError, StoreInUse
from systemmap.model.changes import put
from systemmap.model.elements import Factor
from systemmap.store import open_store
from systemmap.store.database import DatabaseStore
from systemmap.store.sql import other_writers
from systemmap.testing import map_from, programme_of
from tests.store.places import LEAD, empty_file

TOWN = "testtown"
OTHER_APP = """
import sys
from systemmap.store import open_store
store = open_store(sys.argv[1], holder="systemmap at http://127.0.0.1:8501")
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    return empty_file(tmp_path / "a.db")


@pytest.fixture
def app(path):
    store = DatabaseStore(path, holder="the first app")
    store.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=LEAD)
    yield store
    store.close()


@pytest.fixture
def beside(path, app):
    """What the command line opens while the app runs."""
    store = open_store(path)
    yield store
    store.close()


def say(store, label):
    return store.apply(
        TOWN, [put(Factor(id="sleep", label=label))], actor=LEAD, label="Renamed"
    )


def test_a_second_app_is_told_who_has_the_file_and_since_when(app, path):
    before = path.read_bytes()
    with pytest.raises(
        StoreInUse, match=r"a\.db is in use by the first app, since"
    ) as told:
        DatabaseStore(path, holder="the second app")
    assert f"(process {os.getpid()} on this computer)" in str(told.value)
    assert path.read_bytes() == before
    assert say(app, "Rest").revision == 2


def test_the_file_is_free_once_the_first_app_has_closed(path):
    DatabaseStore(path, holder="the first app").close()
    DatabaseStore(path, holder="the second app").close()
    assert path.with_name("a.db.in-use").read_bytes() == b""


def test_the_file_is_free_once_the_first_app_was_killed(path):
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_APP, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(
            StoreInUse, match=r"by systemmap at http://127\.0\.0\.1:8501"
        ) as told:
            DatabaseStore(path, holder="the second app")
        assert f"process {other.pid}" in str(told.value)
        other.kill()
    left_behind = json.loads(path.with_name("a.db.in-use").read_text(encoding="utf-8"))
    assert left_behind["process"] == other.pid
    DatabaseStore(path, holder="the second app").close()


def test_an_app_that_could_not_open_the_file_lets_go_of_it(path, tmp_path):
    file = sqlite3.connect(path)
    file.execute("PRAGMA user_version = 999")
    file.close()
    with pytest.raises(StoreError, match="newer systemmap"):
        DatabaseStore(path, holder="the first app")
    with pytest.raises(StoreError, match="newer systemmap"):
        DatabaseStore(path, holder="the second app")


def test_a_lock_whose_words_are_spoilt_still_holds(app, path):
    path.with_name("a.db.in-use").write_text("{", encoding="utf-8")
    with pytest.raises(StoreInUse, match="in use by another systemmap"):
        DatabaseStore(path, holder="the second app")


def test_beside_an_app_others_read_back_up_and_write(app, beside, tmp_path):
    assert beside.load(TOWN).find(Factor, "main/sleep").label == "Sleep"
    copy = open_store(beside.backup(str(tmp_path / "copy.db")))
    assert copy.revision(TOWN) == 1
    copy.close()
    assert say(beside, "Rest").revision == 2
    assert app.load(TOWN).find(Factor, "main/sleep").label == "Rest"


def test_beside_an_app_no_backup_is_put_back(app, beside, path, tmp_path):
    saved = app.backup(str(tmp_path / "saved.db"))
    say(app, "Rest")
    before = path.read_bytes()
    with pytest.raises(StoreInUse, match="the first app"):
        beside.restore(saved, actor=LEAD)
    assert path.read_bytes() == before
    app.restore(saved, actor=LEAD)  # the app itself may
    assert app.load(TOWN).find(Factor, "main/sleep").label == "Sleep"


def test_beside_an_app_a_file_is_not_brought_up_to_date(app, path):
    file = sqlite3.connect(path)
    file.execute("PRAGMA user_version = 0")
    file.commit()
    file.close()
    before = path.read_bytes()
    with pytest.raises(StoreInUse, match="the first app"):
        open_store(path)
    assert path.read_bytes() == before


def heard_by(app):
    heard = queue.Queue()
    app.subscribe(heard.put)
    return heard


def test_what_others_write_is_heard_once_and_in_order_with_our_own(app, beside):
    heard = heard_by(app)
    say(app, "Ours")
    say(beside, "Theirs")
    say(beside, "Theirs again")
    say(app, "Ours again")
    app._backend._others.look()
    app._backend._others.look()
    told = [heard.get_nowait() for _ in range(4)]
    assert heard.empty()
    assert sorted(receipt.revision for receipt in told) == [2, 3, 4, 5]
    labels = {r.revision: r.rows[0].after["label"] for r in told}
    assert labels == {2: "Ours", 3: "Theirs", 4: "Theirs again", 5: "Ours again"}


def test_others_are_heard_without_being_asked(app, beside, monkeypatch):
    monkeypatch.setattr(other_writers, "EVERY", 0.01)
    heard = heard_by(app)
    say(beside, "Theirs")
    assert heard.get(timeout=30).rows[0].after["label"] == "Theirs"


def test_a_change_of_ours_that_failed_at_its_commit_hides_nobody_s(app, beside):
    heard = heard_by(app)

    def refused_at_commit(session):
        session.put_head(TOWN, replace(session.head(TOWN), revision=2))
        session.connection.exec_driver_sql("DELETE FROM factor WHERE id = 'stress'")

    with pytest.raises(StillNeeded):
        app._backend.write(TOWN, refused_at_commit)
    assert say(beside, "Theirs").revision == 2
    app._backend._others.look()
    assert heard.get_nowait().rows[0].after["label"] == "Theirs"


def test_a_backup_put_back_is_told_once_and_not_number_by_number(app, tmp_path):
    saved = app.backup(str(tmp_path / "saved.db"))
    say(app, "Rest")
    heard = heard_by(app)
    app.restore(saved, actor=LEAD)
    app._backend._others.look()
    assert heard.get_nowait().rows == ()
    assert heard.empty()


def test_who_begins_to_listen_while_the_file_is_locked_hears_what_comes(
    app, beside, path
):
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    heard = heard_by(app)
    lock.close()
    app._backend._others.look()
    say(beside, "Theirs")
    app._backend._others.look()
    assert heard.get_nowait().rows[0].after["label"] == "Theirs"
    assert heard.empty()


def test_a_programme_that_came_or_went_elsewhere_disturbs_nothing(app, beside):
    heard = heard_by(app)
    other = programme_of(map_from("joy"))
    beside.create(replace_id(other, "newtown"), actor=LEAD)
    beside.delete(TOWN, actor=LEAD)
    app._backend._others.look()
    beside.apply(
        "newtown", [put(Factor(id="joy", label="Fun"))], actor=LEAD, label="Renamed"
    )
    app._backend._others.look()
    assert heard.get_nowait().rows[0].after["label"] == "Fun"
    assert heard.empty()


def replace_id(programme, name):
    from systemmap.model.programme import Programme

    made = Programme(replace(programme.info, id=name, name=name))
    made.put_map(programme.system_map())
    return made
