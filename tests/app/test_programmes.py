"""The one copy of each programme equals the store, and commits come out in their order."""

import gc
import threading
import weakref
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from app import programmes as module
from app.programmes import KEPT, MOST_EARLY, Programmes, programmes_of
from systemmap.editing.canvas_operations import apply_ops
from systemmap.errors import ProgrammeNotFound, StoreError
from systemmap.model.elements import Factor
from systemmap.model.workshop import Workshop
from systemmap.store import Actor, MemoryStore, Receipt, RowChange
from systemmap.store.database import DatabaseStore
from systemmap.testing import map_from, programme_of

EDITOR = Actor("this computer", "admin")
TOWN = "testtown"


def made(store=None):
    store = store or MemoryStore()
    store.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=EDITOR)
    return store


def edit(store, number):
    with store.editing(TOWN, actor=EDITOR, label=f"Edit {number}") as draft:
        sleep = draft.find(Factor, "main/sleep")
        draft.replace(replace(sleep, label=f"Sleep {number}"))


@pytest.fixture
def silent(monkeypatch):
    """The store is asked for untold changes only when somebody says so."""
    monkeypatch.setattr(module, "ASK_EVERY", 1e9)


def untold(store):
    """Follow a store that tells nothing by itself; what it would have told, in order."""
    programmes = Programmes(store)
    programmes.close()
    told = []
    store.subscribe(told.append)
    return programmes, told


@pytest.mark.parametrize("order", list(permutations([0, 1, 2])))
def test_commits_come_out_in_order_whatever_thread_spoke_first(order):
    store = made()
    programmes, told = untold(store)
    passed = []
    programmes.listen(lambda receipt: passed.append(receipt.revision))
    programmes.now(TOWN)
    for number in range(3):
        edit(store, number)
    for at in order:
        programmes.committed(told[at])
    assert passed == [2, 3, 4]
    assert programmes.now(TOWN) == store.load(TOWN)


def test_what_was_told_before_is_not_told_again_nor_what_nobody_follows(silent):
    store = made()
    programmes, told = untold(store)
    passed = []
    programmes.listen(passed.append)
    edit(store, 1)
    programmes.committed(told[0])
    programmes.now(TOWN)
    programmes.committed(told[0])
    assert passed == []
    edit(store, 2)
    programmes.committed(told[1])
    assert passed == [told[1]]


def test_a_commit_made_while_the_first_copy_is_read_is_passed_on(silent):
    store = made()
    programmes = Programmes(store)
    passed = []
    programmes.listen(lambda receipt: passed.append(receipt.revision))
    load = store.load

    def slow(programme_id, **which):
        found = load(programme_id, **which)
        store.load = load
        edit(store, 1)
        return found

    store.load = slow
    programmes.now(TOWN)
    assert passed == [2]
    assert programmes.now(TOWN).revision == 2


def test_one_that_never_comes_does_not_stop_the_rest_for_ever(silent):
    programmes = Programmes(made())
    passed = []
    programmes.listen(lambda receipt: passed.append(receipt.revision))
    programmes.now(TOWN)
    row = RowChange(kind="factor", key="main/x", before=None, after=None)
    at = datetime(2026, 11, 21, tzinfo=UTC)
    later = range(3, 3 + MOST_EARLY + 1)  # revision 2 is lost
    for revision in later:
        programmes.committed(
            Receipt(programme_id=TOWN, revision=revision, at=at, rows=(row,))
        )
    assert passed == list(later)


def test_the_copy_equals_the_store_after_many_hands():
    store = made()
    programmes = Programmes(store)
    programmes.now(TOWN)

    def person(number):
        ops = [
            {"op": "add_factor", "label": f"Cause {number}", "x": 1, "y": number},
            {"op": "add_link", "source": f"cause-{number}", "target": "stress"},
            {"op": "remove_link", "source": f"cause-{number}", "target": "stress"},
            {"op": "remove_factor", "id": f"cause-{number}"}
            if number % 2
            else {
                "op": "rename_factor",
                "id": f"cause-{number}",
                "label": f"New {number}",
            },
        ]
        sent = [
            {"nonce": f"n{number}", "seq": at, **op} for at, op in enumerate(ops, 1)
        ]
        told = apply_ops(store, TOWN, "main", sent, actor=EDITOR, load=programmes.now)
        assert told.refused == ()

    people = [threading.Thread(target=person, args=(n,)) for n in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    kept = store.load(TOWN)
    assert programmes.now(TOWN) == kept
    assert programmes.last_read(TOWN).revision == kept.revision
    assert len(kept.system_map().factors) == 3 + 4


def test_the_same_idea_added_in_the_same_moment_becomes_a_second_factor():
    store = made()
    behind = store.load(TOWN)  # what a tablet's act is tried on first
    add = {"op": "add_factor", "id": "rest", "label": "Rest", "x": 1.0, "y": 2.0}
    for nonce in ("a", "b"):
        told = apply_ops(
            store,
            TOWN,
            "main",
            [{**add, "nonce": nonce, "seq": 1}],
            actor=EDITOR,
            load=lambda _: behind.copy(),
        )
        assert told.refused == ()
    assert {"rest", "rest-2"} <= set(store.load(TOWN).system_map().factors)


def test_what_was_told_of_is_never_missing_though_the_one_before_is(silent):
    store = made()
    programmes, told = untold(store)
    programmes.now(TOWN)
    edit(store, 1)
    with store.editing(TOWN, actor=EDITOR, label="Open") as draft:
        draft.add(Workshop(id="w1", title="Mapping"))
    assert "w1" not in programmes.now(TOWN).all(Workshop)  # nobody told of it yet
    programmes.committed(told[1])
    assert "w1" in programmes.now(TOWN).all(Workshop)


def test_a_copy_handed_out_does_not_change_under_whoever_holds_it():
    store = made()
    programmes = Programmes(store)
    held = programmes.now(TOWN)
    edit(store, 1)
    assert held.find(Factor, "main/sleep").label == "Sleep"
    assert programmes.now(TOWN).find(Factor, "main/sleep").label == "Sleep 1"


def test_what_nobody_told_of_is_found_by_asking(silent):
    store = made()
    programmes, _ = untold(store)
    programmes.now(TOWN)
    edit(store, 1)
    assert programmes.now(TOWN).revision == 1
    assert programmes.now(TOWN, ask=True).revision == 2
    store.delete(TOWN, actor=EDITOR)
    with pytest.raises(ProgrammeNotFound):
        programmes.now(TOWN, ask=True)
    assert programmes.held() == []


def test_earlier_states_are_told_apart_and_not_kept_for_ever():
    store = made()
    programmes = Programmes(store)
    for number in range(2, KEPT + 4):
        edit(store, number)
    label = {
        n: programmes.at(TOWN, n).find(Factor, "main/sleep").label
        for n in range(2, KEPT + 4)
    }
    assert label == {n: f"Sleep {n}" for n in range(2, KEPT + 4)}
    assert len(programmes._earlier) == KEPT
    assert programmes.at(TOWN, KEPT + 3) is programmes.now(TOWN)


def test_while_the_store_is_away_the_copy_is_what_was_last_read(silent):
    store = made()
    programmes, told = untold(store)
    programmes.now(TOWN)
    edit(store, 1)

    def away(*_, **__):
        raise StoreError("The data is locked.")

    store.load = store.revision = away
    assert programmes.now(TOWN, ask=True).revision == 1
    programmes.committed(told[0])
    assert programmes.now(TOWN).revision == 2  # the commit came with its rows
    programmes.committed(replace(told[0], rows=()))
    with pytest.raises(StoreError):  # all may differ: nobody can say
        programmes.now(TOWN)
    assert programmes.last_read(TOWN).revision == 2


def test_a_restored_backup_takes_the_place_of_every_copy(tmp_path, silent):
    store = made(DatabaseStore(tmp_path / "a.db"))
    programmes = Programmes(store)
    saved = store.backup(str(tmp_path / "saved.db"))
    edit(store, 1)
    assert programmes.at(TOWN, 2).find(Factor, "main/sleep").label == "Sleep 1"
    store.restore(saved, actor=EDITOR)
    assert programmes.now(TOWN).find(Factor, "main/sleep").label == "Sleep"
    assert programmes.now(TOWN).revision == store.revision(TOWN)
    store.close()


def test_everybody_asks_the_same_copy_and_it_ends_with_its_store():
    store = made()
    assert programmes_of(store) is programmes_of(store)
    assert programmes_of(made()) is not programmes_of(store)
    gone = weakref.ref(programmes_of(store))
    del store
    gc.collect()
    assert gone() is None
