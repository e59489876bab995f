"""The work that is under way when a fault strikes: a room full of people adding notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.model.changes import append, put
from systemmap.model.elements import Factor, Link
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.values import now
from systemmap.model.workshop import Contribution, Workshop
from systemmap.store import Actor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.changes import Change
    from systemmap.store import ProgrammeStore

TOWN = "faultford"
LEAD = Actor("Facilitator", "admin")


def begin(store: ProgrammeStore) -> None:
    """Store the programme that the notes are added to."""
    programme = Programme(ProgrammeInfo(id=TOWN, name="Faultford"))
    programme.put_map(programme.system_map())
    programme.add(
        Factor(id="stress", label="Stress"), Factor(id="sleep", label="Sleep")
    )
    programme.add(
        Link(source="stress", target="sleep"), Workshop(id="w", title="Workshop")
    )
    store.create(programme, actor=LEAD)


def note(note_id: str) -> list[Change]:
    """Return one note, which also moves a factor: a new row and a changed one."""
    words = Contribution(id=note_id, workshop_id="w", text=f"Note {note_id}", at=now())
    return [append(words), put(Factor(id="sleep", label="Sleep", note=note_id))]


def say(store: ProgrammeStore, note_id: str) -> None:
    """Save one note; returns only once the store has called it saved."""
    store.apply(TOWN, note(note_id), actor=LEAD, label="Note", key=note_id)


@dataclass(slots=True)
class Tally:
    """What was acknowledged, and what became of it."""

    acknowledged: int = 0
    lost: int = 0
    wrong: int = 0

    def check(self, store: ProgrammeStore, acknowledged: Iterable[str]) -> None:
        """Compare what was called saved with what is there, and prove the log."""
        expected = set(acknowledged)
        verdict = store.verify()
        self.wrong += len(verdict.problems)
        found = set(store.load(TOWN).all(Contribution)) if verdict.programmes else set()
        self.acknowledged += len(expected)
        self.lost += len(expected - found)
