"""Phones, lost replies and a killed server: a small run, and proof that it can fail."""

from systemmap.faults import FAULT_TESTS
from systemmap.faults import phones as phones_module
from systemmap.faults.phones import judged
from systemmap.model.workshop import Contribution
from systemmap.store import Actor
from tests.sizes import WHOLE

EDITOR = Actor("Facilitator", "facilitator")
FEW = {"PHONES": 30, "ANSWERS": 900, "_ASKS_EVERY": 0.4, "FOLLOWED": 1.0}


def test_each_answer_counts_once_though_the_server_is_killed(monkeypatch):
    for name, value in ({} if WHOLE else FEW).items():
        monkeypatch.setattr(phones_module, name, value)
    result = FAULT_TESTS["phones"].run(1)
    # a phone that never saw the next step counts as wrong; one may see it at once
    assert (result.lost, result.wrong) == (0, 0)
    assert result.acknowledged >= 3 * phones_module.PHONES


def test_a_lost_and_a_doubled_answer_are_both_seen(hall):
    phone = hall.phone()
    phone.join()
    for key in ("a", "b"):
        phone.send("/room/capture", text="Stress", key=key)
    assert judged(hall.store, ["Stress", "Sleep"]) == (1, 1)
    hall.change(lambda draft: draft.remove(Contribution, hall.notes()[0].id))
    assert judged(hall.store, ["Stress"]) == (0, 0)
