"""Many dots from one address: nobody is refused, the facilitator is told."""

from __future__ import annotations

import pytest

from app.server import dot_addresses
from app.server.dot_addresses import ROUNDS_KEPT, DotAddresses, Shared
from systemmap.model.workshop import Vote
from tests.rooms.hall import TOWN, Hall


@pytest.fixture
def hall(monkeypatch):
    monkeypatch.setattr(dot_addresses, "seen", DotAddresses())
    made = Hall()
    yield made
    made.close()


def place(hall, peer, dots):
    device = hall.device(peer=peer)
    for number in range(dots):
        device.post(
            "/room/vote", round="r1", add="stress", key=f"{device.nonce}{number}"
        )
    return device


def shared(hall):
    return dot_addresses.seen.shared(TOWN, "r1", hall.all(Vote))


def test_a_phone_that_joins_again_is_counted_with_its_address(hall):
    for dots in (3, 3, 2):  # the same phone, with its cookie forgotten
        place(hall, "192.168.1.66", dots)
    for number in range(4):
        place(hall, f"192.168.1.{number}", 3)
    assert len(hall.all(Vote)) == 20
    assert shared(hall) == [Shared(phones=3, dots=8)]


def test_one_phone_with_all_its_dots_is_nothing_to_tell(hall):
    place(hall, "192.168.1.66", 5)  # the last two are refused: each has three
    assert len(hall.all(Vote)) == 3
    assert shared(hall) == []


def test_dots_taken_back_do_not_count(hall):
    place(hall, "192.168.1.66", 3)
    second = place(hall, "192.168.1.66", 1)
    assert shared(hall) == [Shared(phones=2, dots=4)]
    second.post("/room/vote", round="r1", back="stress", key="b")
    assert shared(hall) == []


def test_no_address_is_remembered_and_only_the_latest_votes(hall):
    place(hall, "203.0.113.77", 1)
    assert "203.0.113" not in repr(vars(dot_addresses.seen))
    for number in range(ROUNDS_KEPT):
        dot_addresses.seen.voted(TOWN, f"other{number}", "v", "a")
    assert len(dot_addresses.seen._rounds) == ROUNDS_KEPT
    assert shared(hall) == []
