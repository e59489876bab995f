"""One secret for one installation: in every process, in no backup."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from systemmap.store import open_store
from systemmap.store.database import DatabaseStore
from systemmap.testing import programme_of
from tests.app.forks import Forks
from tests.store.places import LEAD, emptied, empty_file


def tell(place, answer):
    """Tell the secret: what a process of its own is asked to do."""
    store = open_store(place)
    answer.send(store.secret())
    store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path):
    if request.param == "sqlite":
        return str(empty_file(tmp_path / "town.db"))
    return emptied(request.getfixturevalue("postgres"))


def asked(place):
    here, there = Forks.Pipe(duplex=False)
    process = Forks.Process(target=tell, args=(place, there))
    process.start()
    there.close()
    told = here.recv()
    process.join()
    here.close()
    return told


def test_it_outlives_the_process_and_is_the_same_in_the_next(place):
    first = asked(place)
    store = DatabaseStore(place)
    assert store.secret() == first
    store.close()


def test_many_that_ask_first_at_the_same_moment_get_one(postgres):
    place = emptied(postgres)
    stores = [DatabaseStore(place) for _ in range(4)]
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(lambda n: stores[n % 4].secret(), range(32)))
    for store in stores:
        store.close()
    assert len(found) == 1


def test_no_backup_holds_it(place, tmp_path):
    store = DatabaseStore(place, backups=tmp_path / "backups")
    store.create(programme_of(), actor=LEAD)
    secret = store.secret()
    copy = store.backup(str(tmp_path / "copy.db"))
    store.close()
    assert secret.hex().encode() not in (tmp_path / "copy.db").read_bytes()
    other = DatabaseStore(copy)
    assert other.secret() != secret
    other.close()


def test_it_stays_when_a_backup_is_put_back(tmp_path):
    store = DatabaseStore(empty_file(tmp_path / "town.db"))
    store.create(programme_of(), actor=LEAD)
    copy = store.backup(str(tmp_path / "copy.db"))
    secret = store.secret()
    store.restore(copy, actor=LEAD)
    store.close()
    store = DatabaseStore(tmp_path / "town.db")
    assert store.secret() == secret
    store.close()
