"""The SQLite file: its settings, its copies, and what it says when the disk fails."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from systemmap.errors import (
    DamagedStore,
    ProgrammeNotFound,
    StaleRevision,
    StoreError,
    UndoRefused,
    UnknownItem,
)
from systemmap.model.changes import append, put
from systemmap.model.elements import Factor
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.workshop import Contribution, Workshop
from systemmap.store import Actor, database, open_store
from systemmap.store.database import DatabaseStore
from systemmap.store.sql import sqlite as sqlite_module
from systemmap.store.sql.backups import place_warning
from systemmap.store.sql.sql_session import SqlSession
from systemmap.store.sql.sqlite import connect_file
from systemmap.testing import map_from, programme_of
from tests.sizes import WHOLE
from tests.store.places import LEAD, empty_file

TOWN = "testtown"


class Kept:
    """Opens files, and keeps the writing connections so that a test can reach them."""

    def __init__(self):
        self.writing = []

    def __call__(self, path, *, mode):
        connection = connect_file(path, mode=mode)
        if mode == "rw":
            self.writing.append(connection)
        return connection


@pytest.fixture
def kept():
    return Kept()


@pytest.fixture
def town(tmp_path, kept):
    store = DatabaseStore(empty_file(tmp_path / "a.db"), connect=kept)
    store.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=LEAD)
    yield store
    store.close()


def say(store, text, *, factor_id="sleep"):
    return store.apply(
        TOWN, [put(Factor(id=factor_id, label=text))], actor=LEAD, label="Said"
    )


def label(store):
    return store.load(TOWN).find(Factor, "main/sleep").label


def test_programmes_are_counted_anew_once_somebody_has_changed_one(
    town, tmp_path, monkeypatch
):
    counted, count = [], SqlSession.counts
    monkeypatch.setattr(SqlSession, "counts", lambda s: counted.append(s) or count(s))
    for _ in range(3):
        assert [line.revision for line in town.programmes()] == [1]
    assert len(counted) == 1
    beside = open_store(tmp_path / "a.db")
    say(beside, "Rest")
    beside.close()
    assert [line.revision for line in town.programmes()] == [2]
    assert len(counted) == 2


def test_the_writing_connection_is_as_safe_as_promised(town, kept):
    found = {
        name: kept.writing[-1].execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "trusted_schema",
            "secure_delete",
        )
    }
    assert found == {
        "journal_mode": "truncate",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
    }


def test_reading_connections_cannot_write(town):
    with (
        town._backend._reading.connect() as connection,
        pytest.raises(Exception, match="readonly"),
    ):
        connection.exec_driver_sql("DELETE FROM change_log")


def test_a_file_in_another_journal_mode_that_will_not_change_is_refused(tmp_path):
    path = tmp_path / "a.db"
    DatabaseStore(path).close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN")
    other.execute("SELECT * FROM programme_head").fetchall()
    with pytest.raises(StoreError, match=r"Close other programs|Another program"):
        DatabaseStore(path)
    other.close()
    DatabaseStore(path).close()
    assert sqlite3.connect(path).execute("PRAGMA journal_mode").fetchone() != ("wal",)


def test_what_was_saved_is_there_when_opened_again(tmp_path):
    first = DatabaseStore(tmp_path / "a.db")
    first.create(programme_of(map_from("sleep")), actor=LEAD)
    say(first, "Rest")
    first.close()
    again = DatabaseStore(tmp_path / "a.db")
    assert label(again) == "Rest"
    assert again.apply(TOWN, [], actor=LEAD, label="").revision == 2
    again.close()


def test_a_closed_store_says_so(tmp_path):
    store = DatabaseStore(tmp_path / "a.db")
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed already"):
        store.create(programme_of(), actor=LEAD)


# --- the disk fails -----------------------------------------------------------


def refused(work, words):
    with pytest.raises(StoreError, match=words) as told:
        work()
    assert "Not saved yet – try again" in str(told.value)


def test_nobody_waits_longer_than_a_second_for_a_lock(town, kept):
    assert kept.writing[-1].execute("PRAGMA busy_timeout").fetchone()[0] < 1000
    with town._backend._reading.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() < 1000


def test_a_full_disk_costs_nothing_saved_and_work_goes_on_when_there_is_room(
    town, kept
):
    pages = kept.writing[-1].execute("PRAGMA page_count").fetchone()[0]
    kept.writing[-1].execute(f"PRAGMA max_page_count={pages}")
    refused(
        lambda: [say(town, "x" * 5000 + str(n)) for n in range(9)], "The disk is full"
    )
    assert not town.verify().problems
    seen = town.load(TOWN)
    kept.writing[-1].execute("PRAGMA max_page_count=1000000")
    assert town.load(TOWN) == seen
    say(town, "Rest")
    assert label(town) == "Rest"


@pytest.fixture
def _impatient(monkeypatch):
    """Nobody is to wait for a lock that is held on to."""
    monkeypatch.setattr(sqlite_module, "BUSY_MS", 50)


@pytest.mark.usefixtures("_impatient")
def test_a_file_that_is_locked_at_the_start_is_not_called_damaged(town, tmp_path):
    other = sqlite3.connect(tmp_path / "a.db")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match=r"a\.db is in use by another program") as told:
        DatabaseStore(tmp_path / "a.db")
    assert not isinstance(told.value, DamagedStore)
    other.close()


@pytest.mark.usefixtures("_impatient")
def test_a_locked_file_is_told_and_work_goes_on(town, tmp_path):
    other = sqlite3.connect(tmp_path / "a.db")
    other.execute("BEGIN IMMEDIATE")
    refused(lambda: say(town, "Rest"), "Another program is using the data")
    other.close()
    assert say(town, "Rest").revision == 2


def test_readers_that_find_every_connection_busy_are_told_in_words(town):
    pool = town._backend._reading.pool
    pool._timeout = 0.1
    held = [town._backend._reading.connect() for _ in range(32)]
    with pytest.raises(StoreError, match="The database does not answer"):
        town.revision(TOWN)
    for connection in held:
        connection.close()
    assert town.revision(TOWN) == 1


def test_a_file_that_became_read_only_is_told_and_can_still_be_read(town, kept):
    kept.writing[-1].execute("PRAGMA query_only=ON")
    refused(lambda: say(town, "Rest"), "read-only")
    assert label(town) == "Sleep"
    kept.writing[-1].execute("PRAGMA query_only=OFF")
    assert say(town, "Rest").revision == 2


def test_a_folder_that_cannot_be_written_to_is_told_at_once(tmp_path):
    def read_only(path, *, mode):
        return connect_file(path, mode="ro" if mode == "rw" else mode)

    DatabaseStore(tmp_path / "a.db").close()
    store = DatabaseStore(tmp_path / "a.db", connect=read_only)
    with pytest.raises(StoreError, match="read-only"):
        store.create(programme_of(), actor=LEAD)
    assert store.programmes() == []
    store.close()


# --- damage -------------------------------------------------------------------

DAMAGE = {
    "a row": "UPDATE factor SET label = 'Changed by hand' WHERE id = 'sleep'",
    "a row's version": "UPDATE factor SET row_version = 7 WHERE id = 'sleep'",
    "a row too many": "INSERT INTO place SELECT 'testtown', 'p', 'P', '', '', '', NULL, 0, NULL, '', '{}', 1, 99",
    "a row gone": "DELETE FROM link",
    "an image": "UPDATE change_log SET after = replace(after, 'Stress', 'Distress')",
    "a digest": "UPDATE change_log SET after_digest = 'x' WHERE key = 'main/stress'",
    "a salt": "UPDATE change_log SET after_salt = 'x' WHERE key = 'main/stress'",
    "a salt taken away": "UPDATE change_log SET after_salt = NULL WHERE key = 'main/stress'",
    "the actor": "UPDATE log_transaction SET actor = 'Somebody' WHERE revision = 2",
    "the role": "UPDATE log_transaction SET role = 'viewer' WHERE revision = 2",
    "the moment": "UPDATE log_transaction SET at = '2020-01-01T00:00:00+00:00' WHERE revision = 2",
    "the label": "UPDATE log_transaction SET label = 'Nothing' WHERE revision = 2",
    "what it undoes": "UPDATE log_transaction SET undoes = 1 WHERE revision = 2",
    "the key": "UPDATE log_transaction SET idempotency_key = 'k' WHERE revision = 2",
    "the end of the log": "DELETE FROM change_log WHERE revision = 4; DELETE FROM log_transaction WHERE revision = 4; DELETE FROM redaction",
    "a change in between": "DELETE FROM change_log WHERE revision = 2; DELETE FROM log_transaction WHERE revision = 2",
    "the head": "UPDATE programme_head SET hash = 'x'",
    "the revision": "UPDATE programme_head SET revision = 9",
    "a named version": "UPDATE named_version SET note = 'other'",
    "a named version's moment": "UPDATE named_version SET revision = 2",
    "what was put for removed words": "UPDATE change_log SET after = replace(after, '[removed', '[moved') WHERE revision = 3",
    "a removal hidden": "DELETE FROM redaction",
    "no log at all": "UPDATE change_log SET before = '{' WHERE revision = 2",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_noticed(tmp_path, damage):
    store = DatabaseStore(tmp_path / "a.db")
    store.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=LEAD)
    say(store, "Rest")
    say(store, "A name nobody should read")
    store.name_version(TOWN, "Then", actor=LEAD, note="so", revision=1)
    store.redact(TOWN, "factor", "main/sleep", ["label"], actor=LEAD, reason="asked")
    assert not store.verify().problems
    file = sqlite3.connect(tmp_path / "a.db")
    file.executescript(DAMAGE[damage])
    file.close()
    assert store.verify().problems
    store.close()


def test_a_file_cut_short_is_noticed(tmp_path):
    path = tmp_path / "a.db"
    store = DatabaseStore(path)
    store.create(programme_of(map_from("stress -> snacking +")), actor=LEAD)
    store.close()
    path.write_bytes(path.read_bytes()[:-8192])
    with pytest.raises(DamagedStore, match=r"cannot be opened|damaged"):
        again = DatabaseStore(path)
        assert again.verify().problems
        again.close()
        raise DamagedStore("damaged")


def test_removed_words_are_not_even_in_the_files_free_pages(town, tmp_path):
    words = "Councillor Nobody-Real blocks it"
    town.apply(
        TOWN,
        [
            put(Workshop(id="w1", title="W")),
            append(
                Contribution(
                    id="n", workshop_id="w1", text=words, at=town.history(TOWN)[0].at
                )
            ),
        ],
        actor=LEAD,
        label=words,
    )
    assert words.encode() in (tmp_path / "a.db").read_bytes()
    town.redact(TOWN, "contribution", "n", ["text"], actor=LEAD, reason="asked")
    assert words.encode() not in (tmp_path / "a.db").read_bytes()
    assert (tmp_path / "a.db-journal").read_bytes() == b""


# --- copies -------------------------------------------------------------------


def test_a_copy_made_while_others_write_is_whole(town, tmp_path):
    for n in range(12 if WHOLE else 4):
        say(town, f"Label {n}")
        copy = DatabaseStore(Path(town.backup(str(tmp_path / f"copy {n}.db"))))
        assert label(copy) == f"Label {n}"
        assert not copy.verify().problems
        copy.close()


def test_a_backup_is_restored_and_the_state_before_it_is_kept(town, tmp_path):
    saved = town.backup(str(tmp_path / "saved.db"))
    say(town, "Later")
    heard = []
    town.subscribe(heard.append)
    town.restore(saved, actor=LEAD)
    assert label(town) == "Sleep"
    assert [r.revision for r in heard] == [town.revision(TOWN)]
    say(town, "On we go")
    (kept_before,) = (tmp_path / "backups").iterdir()
    before = DatabaseStore(kept_before)
    assert label(before) == "Later"
    before.close()


def draft_across_a_restore(town, tmp_path):
    """Edit while a backup is put back and the lost numbers would have come again."""
    saved = town.backup(str(tmp_path / "saved.db"))
    say(town, "Later")
    with town.editing(TOWN, actor=LEAD, label="Edit") as draft:
        town.restore(saved, actor=LEAD)
        for number in range(5):
            say(town, f"Again {number}")
        draft.put(Factor(id="stress", label="From a lost page"))


def test_a_draft_from_before_a_restore_is_refused(town, tmp_path):
    with pytest.raises(StaleRevision, match="A backup was put back while you were"):
        draft_across_a_restore(town, tmp_path)
    assert town.load(TOWN).find(Factor, "main/stress").label != "From a lost page"


def numbers_come_again(patch):
    patch.setattr(database, "go_on_above", lambda *_: None)


def the_earlier_life_is_forgotten(patch):
    patch.setattr(SqlSession, "retire", lambda *_: None)


@pytest.mark.parametrize("bug", [numbers_come_again, the_earlier_life_is_forgotten])
def test_a_planted_bug_lets_the_draft_through(town, tmp_path, monkeypatch, bug):
    bug(monkeypatch)
    draft_across_a_restore(town, tmp_path)
    assert town.load(TOWN).find(Factor, "main/stress").label == "From a lost page"


def test_a_reader_from_before_a_restore_is_told_to_read_anew(town, tmp_path):
    saved = town.backup(str(tmp_path / "saved.db"))
    say(town, "Later")
    seen = town.revision(TOWN)
    town.restore(saved, actor=LEAD)
    assert town.revision(TOWN) > seen
    for number in range(3):
        say(town, f"Again {number}")
    for number in range(1, seen + 1):
        with pytest.raises(StaleRevision, match="Open it again"):
            town.changes_since(TOWN, number)
    with pytest.raises(UnknownItem):
        town.load(TOWN, as_of=seen)
    assert len(town.changes_since(TOWN, seen + 1)) == 1


def test_a_restore_is_in_the_history_and_is_no_change_to_undo(town, tmp_path):
    saved = town.backup(str(tmp_path / "saved.db"))
    say(town, "Later")
    town.restore(saved, actor=LEAD)
    (mark, *_) = town.history(TOWN, limit=1)
    assert mark.label == "Put back the backup saved.db"
    assert (mark.actor, mark.row_count) == (LEAD.name, 0)
    with pytest.raises(UndoRefused, match="copy that was kept"):
        town.undo(TOWN, mark.revision, actor=LEAD)
    say(town, "On we go")
    assert len(town.history(TOWN, limit=3)) == 3  # also across the gap
    assert not town.verify().problems


def test_a_programme_that_the_backup_lacks_keeps_its_numbers(town, tmp_path):
    saved = town.backup(str(tmp_path / "saved.db"))
    other = Programme(ProgrammeInfo(id="other", name="Other"))
    last = town.create(other, actor=LEAD).revision
    town.restore(saved, actor=LEAD)
    assert town.create(other, actor=LEAD).revision > last


def test_numbers_leap_when_the_damaged_file_cannot_say_how_far_it_had_come(
    town, tmp_path
):
    saved = town.backup(str(tmp_path / "saved.db"))
    seen = town.revision(TOWN)
    file = sqlite3.connect(tmp_path / "a.db")
    file.executescript("DROP TABLE retired_programme")
    file.close()
    town.restore(saved, actor=LEAD)
    assert town.revision(TOWN) > seen + 999_999
    assert not town.verify().problems


def test_a_damaged_backup_is_not_restored(town, tmp_path):
    saved = town.backup(str(tmp_path / "saved.db"))
    file = sqlite3.connect(saved)
    file.executescript("UPDATE factor SET label = 'Changed by hand'")
    file.close()
    say(town, "Later")
    with pytest.raises(DamagedStore, match=r"saved\.db is damaged"):
        town.restore(saved, actor=LEAD)
    with pytest.raises(StoreError, match="no file"):
        town.restore(str(tmp_path / "none.db"), actor=LEAD)
    assert label(town) == "Later"
    assert not (tmp_path / "backups").exists()


def test_a_deleted_programme_is_still_in_its_automatic_backup(town, tmp_path):
    town.delete(TOWN, actor=LEAD)
    (copy,) = (tmp_path / "backups").iterdir()
    found = DatabaseStore(copy)
    assert found.load(TOWN).all(Factor)
    found.close()


def test_the_last_thirty_automatic_copies_stay(town, tmp_path):
    made = [town.safeguard(f"import {n}") for n in range(33)]
    assert sorted(str(p) for p in (tmp_path / "backups").iterdir()) == sorted(made[3:])


def test_a_copy_that_cannot_be_written_is_told_in_words(town, tmp_path):
    with pytest.raises(StoreError, match="could not be copied"):
        town.backup(str(tmp_path / "no such folder" / "x.db"))


# --- where data lies ----------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            PureWindowsPath(r"C:\Users\lead\OneDrive - Council\a.db"),
            "copied to the cloud",
        ),
        (PureWindowsPath(r"C:\Users\lead\Dropbox\a.db"), "copied to the cloud"),
        (PureWindowsPath(r"\\server\share\a.db"), "network drive"),
        (PureWindowsPath(r"C:\Users\lead\AppData\Local\systemmap\a.db"), ""),
        (PurePosixPath("/home/lead/.local/share/systemmap/a.db"), ""),
    ],
)
def test_a_risky_place_is_warned_of(path, words):
    assert words in place_warning(path)
    assert bool(words) == bool(place_warning(path))


def test_the_usual_place_is_local(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    store = open_store()
    store.create(programme_of(), actor=Actor("Lead"))
    store.close()
    (found,) = tmp_path.rglob("systemmap.db")
    again = open_store(str(found))
    assert again.revision(TOWN) == 1
    with pytest.raises(ProgrammeNotFound):
        again.revision("other")
    again.close()


def test_a_large_programme_is_read_whole(tmp_path):
    store = DatabaseStore(tmp_path / "a.db")
    programme = programme_of()
    for n in range(300):
        programme.add(Factor(id=f"f{n}", label=f"Factor {n}"))
    store.create(programme, actor=LEAD)
    with store.editing(TOWN, actor=LEAD, label="Everything") as draft:
        for factor in list(draft.all(Factor).values()):
            draft.replace(replace(factor, note="Seen"))
    fresh = DatabaseStore(tmp_path / "a.db")
    assert fresh.load(TOWN) == store.load(TOWN) == draft
    store.close()
    fresh.close()


LOADED = """
import sys
from pathlib import Path
import systemmap.store as store
assert not {"sqlalchemy", "alembic", "sqlite3"} & set(sys.modules)
opened = store.open_store(Path(sys.argv[1]))
opened.programmes()
opened.close()
print("alembic" in sys.modules, "sqlalchemy" in sys.modules)
"""


def test_heavy_libraries_are_loaded_only_when_needed(tmp_path):
    def loaded():
        command = [sys.executable, "-c", LOADED, str(tmp_path / "a.db")]
        return subprocess.run(
            command, check=True, capture_output=True, text=True
        ).stdout.split()

    if WHOLE:
        assert loaded() == ["True", "True"]  # the first time there is a file to make
    else:
        empty_file(tmp_path / "a.db")
    assert loaded() == ["False", "True"]
