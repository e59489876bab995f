"""A room while a backup is put back: it shows what was restored, under new numbers."""

from __future__ import annotations

from app.rooms._venue import Hall
from systemmap.model.elements import Factor
from systemmap.store import Actor
from systemmap.store.database import DatabaseStore
from systemmap.testing import map_from, programme_of

LEAD = Actor("Facilitator", "admin")


def names(hall):
    return {factor.label for factor in hall.factors()}


def test_a_room_forgets_what_a_restored_backup_does_not_hold(tmp_path):
    store = DatabaseStore(tmp_path / "a.db")
    store.create(programme_of(map_from("stress -> snacking +")), actor=LEAD)
    saved = store.backup(str(tmp_path / "saved.db"))
    with store.editing("testtown", actor=LEAD, label="Added") as draft:
        draft.add(Factor(id="lost", label="Lost"))
    hall = Hall("testtown", store)
    assert "Lost" in names(hall)
    store.restore(saved, actor=LEAD)
    hall.check()
    assert "Lost" not in names(hall)
    assert hall.revision == store.revision("testtown")
    store.close()
