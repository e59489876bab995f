"""Tablets, broken connections and a killed server: a small run, and proof that it can fail."""

from random import Random

from systemmap.editing.canvas_operations import apply_ops
from systemmap.faults import FAULT_TESTS
from systemmap.faults import canvases as canvases_module
from systemmap.faults._drawing_people import Person
from systemmap.faults._phone_server import TOWN, RoomPhone
from systemmap.faults._tablets import Picture, Tablet
from systemmap.faults.canvases import judged
from systemmap.store import Actor, open_store
from systemmap.testing import programme_of
from tests.sizes import WHOLE

LEAD = Actor("Facilitator", "admin")
ADD = {"op": "add_factor", "nonce": "n", "label": "Stress", "x": 1.0, "y": 2.0}


def test_what_was_drawn_counts_once_though_lines_break_and_the_server_is_killed(
    monkeypatch,
):
    if not WHOLE:
        monkeypatch.setattr(canvases_module, "TABLETS", 10)
    result = FAULT_TESTS["canvas"].run(3)
    assert (result.lost, result.wrong) == (0, 0)
    assert result.acknowledged >= 2 * canvases_module.TABLETS


def test_a_lost_and_a_doubled_act_and_a_picture_that_differs_are_all_seen(tmp_path):
    store = open_store(tmp_path / "town.db")
    store.create(programme_of(), actor=LEAD)
    apply_ops(store, TOWN, "main", [{**ADD, "seq": 1, "id": "stress"}], actor=LEAD)
    person = Person(1, Tablet(RoomPhone(0, "", "")), Random(1))  # noqa: S311 - not a secret
    person.tablet.picture = _picture(store)
    assert judged(store, "main", [person]) == (0, 1)  # done, though nobody asked
    person.asked = {1: "add stress"}
    assert judged(store, "main", [person]) == (0, 0)
    person.asked[2] = "add sleep/stress"
    assert judged(store, "main", [person]) == (1, 0)  # acknowledged, and not there
    person.tablet.refused = {2}
    person.tablet.picture.boxes["stress"] = ("Stress", 0.0, 2.0)
    assert judged(store, "main", [person]) == (0, 1)  # shown elsewhere than stored
    store.close()


def _picture(store):
    factors = store.load(TOWN).system_map().factors.values()
    return Picture(rev=2, boxes={f.id: (f.label, f.x, f.y) for f in factors})
