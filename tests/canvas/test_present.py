"""Commits are passed on in their order, and the copy in memory equals the store."""

import threading
from datetime import UTC, datetime
from itertools import permutations

import pytest

from app.programmes import MOST_EARLY, InOrder, Present
from systemmap.editing.canvas_operations import apply_ops
from systemmap.model.workshop import Workshop
from systemmap.store import Actor, MemoryStore, Receipt
from systemmap.testing import map_from, programme_of

EDITOR = Actor("this computer", "admin")


def receipt(revision, programme_id="town"):
    return Receipt(
        programme_id=programme_id,
        revision=revision,
        at=datetime(2026, 11, 21, tzinfo=UTC),
    )


@pytest.mark.parametrize("order", list(permutations([2, 3, 4])))
def test_commits_come_out_in_order_whatever_thread_spoke_first(order):
    line = InOrder()
    line.begin("town", 1)
    passed = [r.revision for n in order for r in line.take(receipt(n))]
    assert passed == [2, 3, 4]


def test_what_was_told_before_is_not_told_again():
    line = InOrder()
    line.begin("town", 5)
    assert line.take(receipt(5)) == []
    assert line.take(receipt(3, "elsewhere")) == []
    assert [r.revision for r in line.take(receipt(6))] == [6]


def test_one_that_never_comes_does_not_stop_the_rest_for_ever():
    line = InOrder()
    line.begin("town", 1)
    passed = []
    for revision in range(3, 3 + MOST_EARLY + 1):  # revision 2 is lost
        passed += line.take(receipt(revision))
    assert [r.revision for r in passed] == list(range(3, 3 + MOST_EARLY + 1))


def test_the_copy_in_memory_equals_the_store_after_many_hands():
    store = MemoryStore()
    store.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=EDITOR)
    present, line = Present(store), InOrder()
    line.begin("testtown", store.revision("testtown"))
    present.load("testtown")
    lock = threading.Lock()

    def heard(told):
        with lock:
            for ready in line.take(told):
                present.committed(ready)

    store.subscribe(heard)

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
        told = apply_ops(
            store, "testtown", "main", sent, actor=EDITOR, load=present.load
        )
        assert told.refused == ()

    people = [threading.Thread(target=person, args=(n,)) for n in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    kept = store.load("testtown")
    assert present.load("testtown") == kept
    assert present.load("testtown").revision == kept.revision
    assert len(kept.system_map().factors) == 3 + 4


def test_the_same_idea_added_in_the_same_moment_becomes_a_second_factor():
    store = MemoryStore()
    store.create(programme_of(map_from("stress -> snacking +")), actor=EDITOR)
    present = Present(store)
    behind = present.load("testtown")  # what a tablet's act is tried on first
    add = {"op": "add_factor", "id": "rest", "label": "Rest", "x": 1.0, "y": 2.0}
    for nonce in ("a", "b"):
        told = apply_ops(
            store,
            "testtown",
            "main",
            [{**add, "nonce": nonce, "seq": 1}],
            actor=EDITOR,
            load=lambda _: behind.copy(),
        )
        assert told.refused == ()
    assert {"rest", "rest-2"} <= set(store.load("testtown").system_map().factors)


def test_what_may_close_something_is_never_read_from_a_copy_that_lags():
    store = MemoryStore()
    store.create(programme_of(map_from("stress -> snacking +")), actor=EDITOR)
    present = Present(store)
    present.load("testtown")
    with store.editing("testtown", actor=EDITOR, label="Open") as draft:
        draft.add(Workshop(id="w1", title="Mapping"))
    (told,) = store.history("testtown", after=1)
    assert present.find("testtown", Workshop, "w1") is None  # nobody told of it yet
    present.heard(receipt(told.revision, "testtown"))
    assert present.find("testtown", Workshop, "w1") is not None
