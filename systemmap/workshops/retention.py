"""The retention date: raw words of a workshop are removed, here and in the log, and counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.language.phrases import counted
from systemmap.model.changes import put
from systemmap.model.elements import Factor, Link
from systemmap.model.workshop import Contribution, LinkStatement, NotePicture, Workshop

if TYPE_CHECKING:
    from datetime import date

    from systemmap.model.changes import Change
    from systemmap.model.kinds import Record
    from systemmap.model.programme import Programme
    from systemmap.store.protocol import Actor, ProgrammeStore

REMOVED = "[removed on request]"


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """What a purge removed, in counts."""

    notes: int
    sentences: int
    wordings: int
    pictures: int = 0

    @property
    def sentence(self) -> str:
        """What was done, in words."""
        photographed = (
            f"{counted(self.pictures, 'picture')} of notes, " if self.pictures else ""
        )
        return (
            f"Removed {photographed}the words of {counted(self.notes, 'note')}, of "
            f"{counted(self.sentences, 'sentence')} about links, and of "
            f"{counted(self.wordings, 'wording')} kept with causes and links. Names people "
            "chose for causes stay, and so does how often things were said. Backups "
            "made earlier hold the words until newer ones replace them."
        )


def is_due(workshop: Workshop, today: date) -> bool:
    """Say whether a workshop's raw notes have reached their retention date."""
    return workshop.purge_on is not None and workshop.purge_on <= today


def purge(
    store: ProgrammeStore, programme_id: str, workshop_id: str, *, actor: Actor
) -> PurgeReport:
    """Remove the raw words of a workshop from its records and from the whole log.

    Names people agreed on stay, and so do counts, tables and times; other
    workshops' words are not touched. The hash chain still verifies. It cannot
    be undone.

    Parameters
    ----------
    store : ProgrammeStore
        Where the programme is kept.
    actor : Actor
        Must be an admin (the store asks).
    """
    programme = store.load(programme_id)

    def remove(kind: str, key: str, *fields: str) -> None:
        store.redact(
            programme_id,
            kind,
            key,
            fields,
            actor=actor,
            reason="retention date",
            repeated=False,
        )

    notes = [
        n
        for n in programme.all(Contribution).values()
        if n.workshop_id == workshop_id and n.text != REMOVED
    ]
    pictures = [
        p
        for p in programme.all(NotePicture).values()
        if p.workshop_id == workshop_id and p.picture != REMOVED
    ]
    said = [
        s
        for s in programme.all(LinkStatement).values()
        if s.workshop_id == workshop_id and s.source_raw != REMOVED
    ]
    for note in notes:
        remove("contribution", note.id, *_filled(note, "text", "participant"))
    for picture in pictures:
        remove("note_picture", picture.id, "picture")
    for s in said:
        names = ("source_raw", "target_raw", "reason", "participant")
        remove("statement", s.id, *_filled(s, *names))
    changes, wordings = _map_changes(programme, workshop_id)
    for change, field in changes:
        remove(change.kind, change.key, field)
    if changes:
        store.apply(
            programme_id,
            [change for change, _ in changes],
            actor=actor,
            label="Keep what other workshops said",
        )
    return PurgeReport(
        notes=len(notes),
        sentences=len(said),
        wordings=wordings,
        pictures=len(pictures),
    )


def _filled(record: Record, *names: str) -> list[str]:
    return [name for name in names if getattr(record, name)]


def _map_changes(
    programme: Programme, workshop_id: str
) -> tuple[list[tuple[Change, str]], int]:
    """Return the factors and links without this workshop's words, and how many those were.

    Other workshops' words are put back; counts and directions stay.
    """
    changes: list[tuple[Change, str]] = []
    removed = 0
    for factor in programme.all(Factor).values():
        stay = tuple(w for w in factor.wordings if w.workshop != workshop_id)
        if len(stay) != len(factor.wordings):
            removed += len(factor.wordings) - len(stay)
            changes.append((put(replace(factor, wordings=stay)), "wordings"))
    for link in programme.all(Link).values():
        bare = tuple(
            replace(c, source_raw="", target_raw="", reason="")
            if c.workshop == workshop_id
            else c
            for c in link.claims
        )
        if bare != link.claims:
            removed += sum(a != b for a, b in zip(bare, link.claims, strict=True))
            changes.append((put(replace(link, claims=bare)), "claims"))
    return changes, removed
