"""A device in the room undoes and takes back what it did itself, and nothing else."""

from __future__ import annotations

import pytest

from systemmap.model.workshop import Contribution, Vote
from tests.rooms.hall import LEAD, TOWN, Hall

ADD = {"op": "add_factor", "label": "Shift work", "x": 1, "y": 2}
ASK = "Only the tablet that drew it may undo this"


@pytest.fixture
def hall():
    made = Hall()
    yield made
    made.close()


def undone(device, revision):
    return device.act({"op": "undo", "revision": revision})


def test_a_tablet_undoes_and_redoes_what_it_drew(hall):
    tablet = hall.device()
    drawn = tablet.act(ADD)["revision"]
    back = undone(tablet, drawn)
    assert (back["refused"], hall.labels("m1")) == ([], [])
    again = undone(tablet, back["revision"])
    assert (again["refused"], hall.labels("m1")) == ([], ["Shift work"])


def test_an_undo_whose_answer_got_lost_counts_once(hall):
    tablet = hall.device()
    drawn = tablet.act(ADD)["revision"]
    first = undone(tablet, drawn)
    tablet.seq -= 1  # the same sending again
    assert undone(tablet, drawn)["revisions"] == first["revisions"]
    assert hall.labels("m1") == []


@pytest.mark.parametrize("table", ["t1", "t2"])
def test_no_tablet_undoes_what_another_drew(hall, table):
    drawn = hall.device("t1", peer="192.168.1.51").act(ADD)["revision"]
    told = undone(hall.device(table), drawn)
    assert ASK in told["refused"][0]["message"]
    assert hall.labels("m1") == ["Shift work"]


def test_no_tablet_undoes_a_dot_a_note_or_what_the_facilitator_did(hall):
    other, tablet = hall.device("t2", peer="192.168.1.51"), hall.device("t1")
    other.post("/room/vote", round="r1", add="stress", key="1")
    other.post("/room/capture", text="Dark parks", key="2")
    tablet.post("/room/vote", round="r1", add="snacking", key="3")
    hall.workshop(screen="wall")
    before = hall.store.revision(TOWN)
    for revision in range(1, before + 1):
        assert undone(tablet, revision)["refused"], revision
    assert hall.store.revision(TOWN) == before
    assert (len(hall.all(Vote)), len(hall.all(Contribution))) == (2, 1)


def test_nobodys_dot_is_taken_back_by_another_phone(hall):
    one, other = hall.device("t1"), hall.device("t1", peer="192.168.1.51")
    one.post("/room/vote", round="r1", add="stress", key="1")
    other.post("/room/vote", round="r1", back="stress", key="2")
    assert len(hall.all(Vote)) == 1
    one.post("/room/vote", round="r1", back="stress", key="3")
    assert hall.all(Vote) == []


def test_what_a_tablet_drew_is_still_the_facilitators_to_undo(hall):
    drawn = hall.device().act(ADD)["revision"]
    hall.store.undo(TOWN, drawn, actor=LEAD)
    assert hall.labels("m1") == []


def test_a_key_of_another_device_says_nothing_of_what_it_did(hall):
    one, other = hall.device(), hall.device(peer="192.168.1.51")
    one.act(ADD)
    other.nonce, other.seq = one.nonce, 0
    told = other.act(
        {
            "op": "add_link",
            "source": "x",
            "target": "y",
            "made_by": {"x": f"{one.nonce}:1"},
        }
    )
    assert told["revisions"] == {}
    assert "No factor with id 'x'" in told["refused"][0]["message"]
