"""Look-alikes as the facilitator works with them in the room, and what is done to them.

A form names the wordings and the notes it showed. Where the wordings of a group
are others by now nothing is merged; notes that came in since stay where they are.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from systemmap.errors import InvalidValue, UnknownItem
from systemmap.language.phrases import counted
from systemmap.model.elements import Factor
from systemmap.model.text import folded
from systemmap.model.workshop import Contribution, Workshop, WorkshopTable
from systemmap.workshops.lookalike_groups import (
    accept_certain,
    accept_group,
    keep_apart,
    lookalike_groups,
)
from systemmap.workshops.note_places import place_singles, unplaced

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from app.rooms._run_asked import Asked
    from app.rooms._venue import Hall, Venue
    from systemmap.model.programme import Programme
    from systemmap.workshops.lookalike_groups import Group

_REST = 3.0  # times as long as finding them took, before they are looked for again
_CHANGED = "These words have changed since they were shown. Nothing was done; look at them again."


@dataclass(frozen=True, slots=True)
class Single:
    """One wording that is like no other, and the notes that say it."""

    text: str
    ids: tuple[str, ...]

    @property
    def value(self) -> str:
        """The notes, as a form sends them."""
        return ",".join(self.ids)


@dataclass(frozen=True, slots=True)
class Alike:
    """What is alike, and what is like nothing."""

    groups: tuple[Group, ...]
    singles: tuple[Single, ...]

    @property
    def certain(self) -> list[Group]:
        """The groups of the same words, written another way."""
        return [group for group in self.groups if group.certain]

    @property
    def notes(self) -> int:
        """How many notes wait for a decision."""
        return sum(len(ids_of(g)) for g in self.groups) + sum(
            len(single.ids) for single in self.singles
        )


@dataclass(slots=True)
class _Found:
    records: list[object]
    at: float
    took: float
    alike: Alike


_found: WeakKeyDictionary[Venue, dict[tuple[str, str], _Found]] = WeakKeyDictionary()
_finding = Lock()


def alike_of(venue: Venue, hall: Hall, workshop: Workshop) -> Alike:
    """Return what is alike; what was found before where little time has gone since.

    It is costly where hundreds of notes wait, and forty phones would have it worked
    out anew with every note.
    """
    key = (hall.programme_id, workshop.id)
    with _finding:
        held = _found.setdefault(venue, {}).get(key)
        records = _records(hall)
        if held and (
            time.monotonic() - held.at < _REST * held.took or _same(held, records)
        ):
            return held.alike
        begun = time.monotonic()
        groups = lookalike_groups(hall.programme, workshop.id)
        alike = Alike(tuple(groups), _singles(hall, workshop, groups))
        done = time.monotonic()
        _found[venue][key] = _Found(records, done, done - begun, alike)
        return alike


def look_anew(venue: Venue, programme_id: str, workshop_id: str) -> None:
    """Forget what was found: the facilitator has just changed it."""
    with _finding:
        _found.setdefault(venue, {}).pop((programme_id, workshop_id), None)


def ids_of(group: Group) -> tuple[str, ...]:
    """Return the notes of a group."""
    return tuple(note.id for wish in group.wishes for note in wish.notes)


def _records(hall: Hall) -> list[object]:
    kinds = (Contribution, Factor, Workshop, WorkshopTable)
    return [record for kind in kinds for record in hall.all(kind).values()]


def _same(held: _Found, records: Sequence[object]) -> bool:
    return len(held.records) == len(records) and all(
        one is other for one, other in zip(held.records, records, strict=True)
    )


def _singles(
    hall: Hall, workshop: Workshop, groups: Sequence[Group]
) -> tuple[Single, ...]:
    grouped = {folded(wish.text) for group in groups for wish in group.wishes}
    said: dict[str, list[Contribution]] = {}
    for note in unplaced(hall.programme, workshop.id):
        if folded(note.text) not in grouped:
            said.setdefault(folded(note.text), []).append(note)
    return tuple(
        Single(notes[0].text, tuple(note.id for note in notes))
        for notes in said.values()
    )


def _merge(draft: Programme, asked: Asked) -> str:
    (group,), late = _shown(draft, asked, [asked.one("group")])
    kept = {folded(text) for text in asked.form.get("wish", [])}
    out = [wish.text for wish in group.wishes if folded(wish.text) not in kept]
    made = accept_group(draft, group, asked.one("label"), leave_out=out)
    wishes = len(group.wishes) - len(out)
    merged = f"{wishes} wordings are one cause" if wishes > 1 else "This is a cause"
    return f"{merged} now: “{made.label}”.{late}"


def _apart(draft: Programme, asked: Asked) -> str:
    (group,), _ = _shown(draft, asked, [asked.one("group")])
    keep_apart(draft, asked.workshop_id, group)
    return "Kept apart; they are not proposed again."


def _certain(draft: Programme, asked: Asked) -> str:
    """Accept the groups that were named as certain, each with the notes it showed."""
    groups, late = _shown(draft, asked, asked.form.get("group", []))
    done = accept_certain(draft, groups)
    return f"{counted(done, 'group')} of the same words made one cause each.{late}"


def _singly(draft: Programme, asked: Asked) -> str:
    ids = asked.several("note")
    if not ids:
        raise InvalidValue("No note is chosen. Tick the notes first.")
    waiting = unplaced(draft, asked.workshop_id)
    texts = {folded(note.text) for note in waiting if note.id in set(ids)}
    late = sum(folded(n.text) in texts and n.id not in set(ids) for n in waiting)
    made = place_singles(draft, asked.workshop_id, ids)
    if not made:
        raise UnknownItem("These notes are on the map or gone. Nothing was changed.")
    return f"{counted(made, 'cause')} put on the map.{_late(late)}"


def _shown(
    draft: Programme, asked: Asked, keys: Sequence[str]
) -> tuple[list[Group], str]:
    """Return groups with the notes that were shown, and what is said of those left out.

    A group whose key is known no more has other wordings now than were shown.
    """
    now = {group.key: group for group in lookalike_groups(draft, asked.workshop_id)}
    shown = set(asked.several("note"))
    found, late = [], 0
    for key in keys:
        group = now.get(key)
        if group is None:
            continue
        late += sum(note_id not in shown for note_id in ids_of(group))
        wishes = [
            replace(wish, notes=tuple(n for n in wish.notes if n.id in shown))
            for wish in group.wishes
        ]
        kept = tuple(wish for wish in wishes if wish.notes or wish.factor_id)
        if kept:
            found.append(replace(group, wishes=kept))
    if not found:
        raise UnknownItem(_CHANGED)
    return found, _late(late)


def _late(late: int) -> str:
    were = "was left as it was" if late == 1 else "were left as they were"
    return f" {late} more came in and {were}." if late else ""


ALIKE_ACTS: Mapping[str, tuple[str, Callable[[Programme, Asked], str]]] = {
    "merge": ("Merge look-alikes", _merge),
    "apart": ("Keep look-alikes apart", _apart),
    "certain": ("Accept the certain look-alikes", _certain),
    "singly": ("Put notes on the map", _singly),
}
"""Each act by the name its form sends: what the history says, and what it does."""
