"""One canvas floods: a small run, and slow saving is seen."""

from functools import partial

from systemmap.faults import FAULT_TESTS, flooding
from systemmap.faults._phone_server import RoomServer
from tests.sizes import WHOLE


def test_a_canvas_that_floods_costs_the_others_nothing_that_was_saved(monkeypatch):
    bout = partial(flooding.Scene, bout=4.0 if WHOLE else 1.5)  # seconds
    monkeypatch.setattr(flooding, "Scene", bout)
    # asked kindly, it would first read all that the flood said
    monkeypatch.setattr(RoomServer, "stop", RoomServer.kill)
    result = FAULT_TESTS["flooding"].run(1)
    assert (result.lost, result.wrong) == (0, 0)
    assert result.runs >= 1
    assert result.acknowledged >= 1


def test_saves_slower_than_promised_are_told():
    held = {"saves of phones, p95 ms": 250.0, "acts of tablets, p50 ms": 900.0}
    assert flooding.too_slow(held) == set()
    assert len(flooding.too_slow({**held, "saves of phones, p95 ms": 251.0})) == 1
