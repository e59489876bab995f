"""Whichever page a canvas stands in, an operation counts once and hears one answer."""

from app.canvas.operations import MOST_OPS, answer_to, first_ops
from systemmap.model.elements import Factor
from systemmap.store import Actor, MemoryStore, Seat
from systemmap.testing import map_from, programme_of

EDITOR = Actor("this computer", "admin")


def made():
    store = MemoryStore()
    store.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=EDITOR)
    return store


def rename(seq, factor_id, label):
    return {
        "nonce": "n1",
        "seq": seq,
        "op": "rename_factor",
        "id": factor_id,
        "label": label,
    }


def told(store, *ops, **more):
    return answer_to(ops, store, "testtown", "main", **{"actor": EDITOR, **more})


def test_a_refusal_that_got_lost_is_the_same_when_another_page_sends_it_again():
    store = made()
    first = told(store, rename(1, "nothing", "Rest"))
    again = told(store, rename(1, "nothing", "Rest"), earlier=5)
    assert len(first["refused"]) == 1
    assert again["refused"] == first["refused"]
    assert again["ack"] == {"n1": 1}
    assert store.revision("testtown") == 1


def test_an_act_sent_by_two_pages_is_done_once():
    store = made()
    first = told(store, rename(1, "sleep", "Rest"))
    again = told(store, rename(1, "sleep", "Rest"), earlier=5)
    assert again["revisions"] == first["revisions"] == {"n1:1": 2}
    assert store.revision("testtown") == 2


def test_an_answer_that_was_not_read_is_told_again_with_the_next():
    store = made()
    told(store, rename(1, "sleep", "Rest"), rename(2, "nothing", "x"))
    assert told(store, rename(3, "sleep", "Nap"))["revisions"] == {"n1:3": 3}
    whole = told(store, rename(4, "sleep", "Sleep"), earlier=3)
    assert whole["revisions"] == {"n1:1": 2, "n1:3": 3, "n1:4": 4}
    assert [said["seq"] for said in whole["refused"]] == [2]


def test_what_a_server_forgot_is_asked_of_the_store():
    store = made()
    add = {"nonce": "n1", "seq": 1, "op": "add_factor", "label": "Rest"}
    made_first = told(store, {**add, "x": 1.0, "y": 2.0})["made"]
    from app.canvas import operations

    operations._answers.clear()  # as after a start of the app
    again = told(store, {**add, "x": 1.0, "y": 2.0})
    assert again["made"] == made_first
    assert store.revision("testtown") == 2
    assert len(store.load("testtown").all(Factor)) == 4


def test_one_device_hears_nothing_of_another_s_answers():
    store = made()
    told(store, rename(1, "nothing", "x"))
    seat = Seat(workshop_id="w", part="draw", device="d2", table_id="t")
    other = told(store, rename(1, "nothing", "x"), actor=Actor("T", "room", seat))
    assert "n1:1" not in other["revisions"]
    assert store.revision("testtown") == 1


def test_nonsense_is_left_out_and_no_more_than_a_message_holds_is_taken():
    assert first_ops(None) == first_ops({"op": 1}) == []
    ops = [rename(n, "sleep", "x") for n in range(MOST_OPS + 5)]
    assert first_ops(["x", *ops]) == ops[: MOST_OPS - 1]
