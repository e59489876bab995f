"""PostgreSQL: several app processes on one database."""

from __future__ import annotations

import os
import queue
import signal
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace

import psycopg
import pytest

from systemmap.errors import StoreError
from systemmap.model.changes import put
from systemmap.model.elements import Factor
from systemmap.store import Actor, open_store
from systemmap.store.database import DatabaseStore
from systemmap.store.sql import postgres as postgres_module
from systemmap.testing import map_from, programme_of
from tests.app.forks import Forks
from tests.store import everything
from tests.store.places import LEAD, emptied

TOWN = "testtown"


def from_afar(url):
    """Change a label: what another process does."""
    store = open_store(url)
    said = [put(Factor(id="sleep", label="From afar"))]
    store.apply(TOWN, said, actor=Actor("Other"), label="Said")
    store.close()


@pytest.fixture
def url(postgres):
    return emptied(postgres)


@pytest.fixture
def town(url, tmp_path):
    store = DatabaseStore(url, backups=tmp_path / "backups")
    store.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=LEAD)
    yield store
    store.close()


def label(store):
    return store.load(TOWN).find(Factor, "main/sleep").label


def test_another_process_is_heard_with_its_rows(town, url):
    heard = queue.Queue()
    town.subscribe(heard.put)
    other = Forks.Process(target=from_afar, args=(url,))
    other.start()
    receipt = heard.get(timeout=60)
    assert (receipt.programme_id, receipt.revision, receipt.rows[0].after["label"]) == (
        TOWN,
        2,
        "From afar",
    )
    other.join()
    assert label(town) == "From afar"


def test_our_own_changes_are_heard_once(town):
    heard = queue.Queue()
    town.subscribe(heard.put)
    for text in ("One", "Two"):
        town.apply(TOWN, [put(Factor(id="sleep", label=text))], actor=LEAD, label="")
    other = open_store(town._backend._server._url)
    other.apply(TOWN, [put(Factor(id="sleep", label="Three"))], actor=LEAD, label="")
    other.close()
    assert [heard.get(timeout=60).revision for _ in range(3)] == [2, 3, 4]
    assert heard.empty()


def test_what_was_missed_while_the_connection_was_lost_is_told(town, url):
    heard = queue.Queue()
    town.subscribe(heard.put)
    other = open_store(url)
    with psycopg.connect(url, autocommit=True) as admin:
        listening = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query LIKE 'SELECT programme_id, revision%'"
        assert admin.execute(listening).fetchall()
        other.apply(
            TOWN, [put(Factor(id="sleep", label="Missed"))], actor=LEAD, label=""
        )
    assert heard.get(timeout=60).rows[0].after["label"] == "Missed"
    other.close()


def listen(url, says):
    """Be an app that says what it hears, until it is killed."""
    store = open_store(url)
    store.subscribe(lambda heard: says.send((heard.programme_id, heard.revision)))
    says.send("listening")
    threading.Event().wait()


def test_an_app_that_was_paused_while_a_programme_was_deleted_hears_the_next_commit(
    town, url
):
    here, there = Forks.Pipe(duplex=False)
    app = Forks.Process(target=listen, args=(url, there))
    app.start()
    there.close()
    try:
        assert here.recv() == "listening"
        os.kill(app.pid, signal.SIGSTOP)
        town.apply(
            TOWN, [put(Factor(id="sleep", label="Gone soon"))], actor=LEAD, label=""
        )
        town.delete(TOWN, actor=LEAD)
        os.kill(app.pid, signal.SIGCONT)
        town.create(everything.programme(), actor=LEAD)
        assert here.poll(30)
        assert here.recv() == ("everytown", 1)
    finally:
        app.kill()
        app.join()
        here.close()


NEWS_OF_NO_USE = [
    "nonsense",
    "",
    "[]",
    "{}",
    "null",
    '["x", "testtown"]',
    '["x", ["testtown"], 1]',
    '["x", "testtown", "1"]',
    '["x", "testtown", null]',
    '["x", "nowhere", 1]',
    '["x", "testtown", 99999999999999999999999]',
    '["x", "test\\u0000town", 1]',
    "[" * 7000,
]


def test_news_that_says_nothing_leaves_the_listener_listening(town, url):
    heard = queue.Queue()
    town.subscribe(heard.put)
    with psycopg.connect(url, autocommit=True) as stranger:
        for news in NEWS_OF_NO_USE:
            stranger.execute("SELECT pg_notify('systemmap', %s)", [news])
    other = open_store(url)
    other.apply(TOWN, [put(Factor(id="sleep", label="Next"))], actor=LEAD, label="")
    other.close()
    assert heard.get(timeout=30).rows[0].after["label"] == "Next"
    assert heard.empty()


def test_a_commit_that_cannot_be_read_is_told_without_its_rows(town, url):
    heard = queue.Queue()
    town.subscribe(heard.put)
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("UPDATE change_log SET after = '{' WHERE revision = 1")
        admin.execute("SELECT pg_notify('systemmap', '[\"x\", \"testtown\", 1]')")
    told = heard.get(timeout=30)
    assert (told.programme_id, told.revision, told.rows) == (TOWN, 1, ())
    other = open_store(url)
    other.apply(TOWN, [put(Factor(id="sleep", label="Next"))], actor=LEAD, label="")
    other.close()
    assert heard.get(timeout=30).rows[0].after["label"] == "Next"


def test_two_processes_never_overwrite_each_other_silently(town, url):
    stores = [town, open_store(url), open_store(url)]
    saved = []

    def edit(store, name):
        for n in range(10):
            seen = store.load(TOWN)
            factor = seen.find(Factor, "main/sleep")
            try:
                store.apply(
                    TOWN,
                    [
                        put(
                            replace(factor, note=f"{factor.note}{name}{n} "),
                            seen.revision,
                        )
                    ],
                    actor=LEAD,
                    label=name,
                )
                saved.append(f"{name}{n}")
            except StoreError:  # stale, or the lock took too long: told, not saved
                pass

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(edit, stores[n % 3], "abcdef"[n]) for n in range(6)]:
            done.result()
    assert sorted(town.load(TOWN).find(Factor, "main/sleep").note.split()) == sorted(
        saved
    )
    assert not town.verify().problems
    for store in stores[1:]:
        store.close()


def test_a_programme_held_by_another_process_is_told_and_others_are_free(town, url):
    with psycopg.connect(url) as other:
        held = town._backend._server
        other.execute("SELECT pg_advisory_xact_lock(%s, %s)", held.lock_of(TOWN))
        with pytest.raises(StoreError, match="Another program is using the data"):
            town.apply(
                TOWN, [put(Factor(id="sleep", label="Mine"))], actor=LEAD, label=""
            )
        with town._backend._writing.connect() as writing:
            assert writing.exec_driver_sql("SHOW lock_timeout").scalar() == "900ms"
        made = town.create(
            everything.programme(), actor=LEAD
        )  # another programme is free
        assert made.revision == 1
    assert (
        town.apply(
            TOWN, [put(Factor(id="sleep", label="Mine"))], actor=LEAD, label=""
        ).revision
        == 2
    )


@pytest.fixture
def _impatient(monkeypatch):
    """Nobody is to wait for a lock that is held on to."""
    monkeypatch.setattr(postgres_module, "LOCK_MS", 100)


@pytest.mark.usefixtures("_impatient")
def test_nobody_waits_for_a_table_that_somebody_holds(town, url):
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE programme_head IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="Another program is using the data"):
            town.revision(TOWN)
    assert town.revision(TOWN) == 1


def test_however_many_ask_at_once_the_connections_stay_few(town, url):
    """Sixteen reading, one writing, one listening; whoever waits too long is told."""

    def asked():
        try:
            return town.revision(TOWN)
        except StoreError as error:
            return str(error)

    with (
        psycopg.connect(url) as other,
        psycopg.connect(url, autocommit=True) as watching,
        ThreadPoolExecutor(30) as people,
    ):
        other.execute("LOCK TABLE programme_head IN ACCESS EXCLUSIVE MODE")
        asking = [people.submit(asked) for _ in range(30)]
        most = 0
        while wait(asking, timeout=0.2).not_done:
            (now,) = watching.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            ).fetchone()
            most = max(most, now - 2)  # without the two of this test
    assert 16 <= most <= 18
    assert all("Another program" in str(one.result()) for one in asking)
    assert town.revision(TOWN) == 1


def test_a_lost_connection_is_told_and_the_next_change_works(town, url):
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    assert (
        town.apply(
            TOWN, [put(Factor(id="sleep", label="Mine"))], actor=LEAD, label=""
        ).revision
        == 2
    )
    assert label(town) == "Mine"


def test_a_read_only_server_is_told_and_can_still_be_read(town, url):
    with psycopg.connect(url, autocommit=True) as admin:
        (name,) = admin.execute("SELECT current_database()").fetchone()
        admin.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    reader = open_store(url)
    with pytest.raises(StoreError, match=r"read-only.*Not saved yet – try again"):
        reader.apply(
            TOWN, [put(Factor(id="sleep", label="Mine"))], actor=LEAD, label=""
        )
    assert label(reader) == "Sleep"
    reader.close()
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("SET default_transaction_read_only = off")
        admin.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")


def test_a_server_that_is_not_there_is_told_in_words(tmp_path):
    with pytest.raises(StoreError, match="The database does not answer"):
        open_store(f"postgresql://nobody@/nothing?host={tmp_path}")


def test_another_process_forgets_a_programme_that_was_made_anew(town, url):
    other = open_store(url)
    assert label(other) == "Sleep"
    town.delete(TOWN, actor=LEAD)
    town.create(programme_of(map_from("joy")), actor=LEAD)
    assert list(other.load(TOWN).all(Factor)) == ["main/joy"]
    other.close()


def test_a_backup_of_the_server_opens_as_a_file(town, tmp_path):
    town.create(everything.programme(), actor=LEAD)
    town.apply(
        TOWN, [put(Factor(id="sleep", label="Rest"))], actor=LEAD, label="Renamed"
    )
    town.name_version(TOWN, "Then", actor=LEAD)
    town.redact(TOWN, "factor", "main/sleep", ["label"], actor=LEAD, reason="asked")
    copy = open_store(town.backup(str(tmp_path / "copy.db")))
    assert copy.load(TOWN) == town.load(TOWN)
    assert copy.load("everytown") == town.load("everytown")
    assert copy.verify() == town.verify()
    assert copy.history(TOWN, rows=True) == town.history(TOWN, rows=True)
    copy.close()


def test_a_restore_on_the_server_is_refused_in_words(town):
    with pytest.raises(StoreError, match="pg_restore"):
        town.restore("copy.db", actor=LEAD)


def test_removed_words_are_not_left_behind_by_the_server(town, url):
    town.apply(
        TOWN,
        [put(Factor(id="sleep", label="Councillor Nobody-Real"))],
        actor=LEAD,
        label="Renamed",
    )
    town.redact(TOWN, "factor", "main/sleep", ["label"], actor=LEAD, reason="asked")
    with psycopg.connect(url) as admin:
        found = admin.execute(
            "SELECT count(*) FROM change_log WHERE coalesce(before, '') || coalesce(after, '') LIKE '%Nobody-Real%'"
        ).fetchone()
    assert found == (0,)


def test_two_processes_may_start_on_an_empty_server_at_once(postgres):
    url, opened = postgres.new_database(), []
    start = threading.Barrier(3)

    def begin():
        start.wait(60)
        store = open_store(url)
        opened.append(store.programmes())
        store.close()

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(begin) for _ in range(3)]:
            done.result()
    assert opened == [[], [], []]
