"""What a room shows after a backup was put back, and after news it could not take in."""

from __future__ import annotations

from app.programmes import Programmes
from app.rooms._venue import Venue
from systemmap.model.elements import Factor
from systemmap.store import Actor, MemoryStore, Receipt, RowChange
from systemmap.store.database import DatabaseStore
from systemmap.testing import map_from, programme_of

LEAD = Actor("Facilitator", "admin")


def names(programmes):
    hall = Venue(programmes, b"s" * 32).hall("testtown")
    return {factor.label for factor in hall.factors()}


def test_a_room_forgets_what_a_restored_backup_does_not_hold(tmp_path):
    store = DatabaseStore(tmp_path / "a.db")
    store.create(programme_of(map_from("stress -> snacking +")), actor=LEAD)
    saved = store.backup(str(tmp_path / "saved.db"))
    with store.editing("testtown", actor=LEAD, label="Added") as draft:
        draft.add(Factor(id="lost", label="Lost"))
    programmes = Programmes(store)
    assert "Lost" in names(programmes)
    store.restore(saved, actor=LEAD)
    assert "Lost" not in names(programmes)
    assert programmes.now("testtown").revision == store.revision("testtown")
    store.close()


def test_a_commit_a_room_cannot_take_in_is_read_anew_and_the_next_is_heard():
    store = MemoryStore()
    store.create(programme_of(map_from("stress -> snacking +")), actor=LEAD)
    programmes = Programmes(store)
    programmes.close()
    names(programmes)
    with store.editing("testtown", actor=LEAD, label="Added") as draft:
        draft.add(Factor(id="sleep", label="Sleep"))
    row = RowChange(
        kind="factor", key="main/sleep", before=None, after={"of": "no use"}
    )
    told = {"programme_id": "testtown", "at": store.history("testtown")[0].at}
    programmes.committed(Receipt(revision=2, rows=(row,), **told))
    store.subscribe(programmes.committed)
    with store.editing("testtown", actor=LEAD, label="Added") as draft:
        draft.add(Factor(id="joy", label="Joy"))
    assert {"Joy", "Sleep"} <= names(programmes)
    assert programmes.now("testtown").revision == 3
    store.close()
