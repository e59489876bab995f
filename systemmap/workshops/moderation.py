"""What the facilitator does with notes that stand on the wall: hide, correct, move, hold.

A note's words stay as they were typed. Only personal details are taken out of
them, and then out of the history as well.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.language.menu_words import words_of
from systemmap.model.changes import put
from systemmap.model.plan import LocalTerm
from systemmap.model.text import clean, clean_label, folded, slug
from systemmap.model.workshop import Contribution, Workshop, WorkshopTable
from systemmap.store.protocol import REMOVED_ON_REQUEST
from systemmap.workshops.notes import HIDDEN, NOTE_LENGTH
from systemmap.workshops.table_cards import cards_follow, held_by, reworded, take_cards

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.programme import Programme
    from systemmap.store.protocol import Actor, ProgrammeStore

WATCHED = "words_to_watch"
"""The vocabulary of words that are pointed out to the facilitator."""


def hide(programme: Programme, note_ids: Iterable[str], reason: str = "") -> int:
    """Take notes off the wall and all phones, in a draft; return how many.

    Their words are kept. A note that waits or is hidden already stays as it is.
    Cards that nobody else said go from the drawings, with their links.
    """
    said = clean_label(reason)
    why = f"{HIDDEN}: {said}" if said else f"{HIDDEN}."
    shown = [note for note in _notes(programme, note_ids) if not note.held]
    take_cards(programme, shown)
    for note in _notes(programme, [note.id for note in shown]):
        programme.replace(replace(note, held=True, held_reason=why))
    return len(shown)


def let_through(programme: Programme, note_ids: Iterable[str]) -> int:
    """Show notes that waited or were hidden, in a draft; return how many."""
    shown = 0
    for note in _notes(programme, note_ids):
        if note.held:
            programme.replace(replace(note, held=False, held_reason=""))
            shown += 1
            cards_follow(programme, note.workshop_id)
    return shown


def take_away(programme: Programme, note_ids: Iterable[str]) -> int:
    """Remove notes and their cards, in a draft; return how many."""
    notes = _notes(programme, note_ids)
    take_cards(programme, notes)
    for note in notes:
        programme.remove(Contribution, note.id)
    return len(notes)


def move_to_table(
    programme: Programme, note_ids: Iterable[str], table_id: str
) -> WorkshopTable:
    """Say that notes are another table's, in a draft.

    Raises
    ------
    UnknownItem
        There is no such table.
    InvalidValue
        It is a table of another workshop.
    """
    table = programme.find(WorkshopTable, table_id)
    for note in _notes(programme, note_ids):
        if note.workshop_id != table.workshop_id:
            raise InvalidValue("That table is at another workshop. Choose one of this.")
    notes = [n for n in _notes(programme, note_ids) if n.table_id != table_id]
    take_cards(programme, [n for n in notes if n.factor_id is None])
    for note in notes:
        programme.replace(replace(note, table_id=table_id))
    cards_follow(programme, table.workshop_id)
    return table


def put_in_theme(programme: Programme, note_ids: Iterable[str], theme: str) -> str:
    """Sort notes into a theme, in a draft; return its name. "" = take them out.

    Raises
    ------
    InvalidValue
        There is no such theme.
    """
    names = {"": "Not sorted", **words_of(programme, "themes")}
    if theme not in names:
        raise InvalidValue("There is no such theme any more. Choose another one.")
    for note in _notes(programme, note_ids):
        programme.replace(replace(note, theme=theme))
    return names[theme]


def hold_every(programme: Programme, workshop_id: str, *, every: bool) -> None:
    """Hold back every new note until it was read, or only those with personal details."""
    workshop = programme.find(Workshop, workshop_id)
    extra = {name: value for name, value in workshop.extra.items() if name != "hold"}
    if every:
        extra["hold"] = "all"
    programme.replace(replace(workshop, moderated=True, extra=extra))


def correct(
    store: ProgrammeStore, programme_id: str, note_id: str, text: str, *, actor: Actor
) -> Contribution:
    """Take personal details out of a note: what stood there is gone from the history too.

    This cannot be undone, or the details would be back.

    Parameters
    ----------
    text : str
        The note without the details.
    actor : Actor
        Must be an admin (the store asks).

    Raises
    ------
    InvalidValue
        Nothing would be left of it, or it is too long.
    """
    programme = store.load(programme_id)
    note = programme.find(Contribution, note_id)
    kept = clean(text).strip()
    if not kept:
        raise InvalidValue("Leave something of the note, or hide it instead.")
    if len(kept) > NOTE_LENGTH:
        msg = f"That has {len(kept):,} characters. Shorten it to {NOTE_LENGTH:,}."
        raise InvalidValue(msg)
    if kept == note.text:
        raise InvalidValue("Nothing was taken out: the note reads as before.")
    corrected = replace(note, text=kept)
    rows = [("contribution", note_id, ["text"])]
    changes = [put(corrected)]
    for key, factor in held_by(programme, note):
        now = reworded(factor, note, kept)
        same = now.label == factor.label
        rows.append(("factor", key, ["wordings"] if same else ["wordings", "label"]))
        changes.append(put(now))
    for kind, key, fields in rows:
        store.redact(
            programme_id, kind, key, fields, actor=actor, reason="personal details"
        )
    store.apply(
        programme_id,
        changes,
        actor=actor,
        label=f"{REMOVED_ON_REQUEST}: a note corrected",
        workshop_id=note.workshop_id,
    )
    return corrected


def watched_words(programme: Programme) -> tuple[str, ...]:
    """Return the programme's own words that are pointed out beside those of the program."""
    own = programme.all(LocalTerm).values()
    return tuple(term.label for term in own if term.vocabulary == WATCHED)


def watch_words(programme: Programme, words: Iterable[str]) -> None:
    """Replace the programme's own words that are pointed out, in a draft."""
    for key, term in list(programme.all(LocalTerm).items()):
        if term.vocabulary == WATCHED:
            programme.remove(LocalTerm, key)
    wanted = {folded(word): clean_label(word) for word in words if clean_label(word)}
    taken: set[str] = set()
    for word in wanted.values():
        key = slug(word, taken, fallback="word")
        taken.add(key)
        programme.add(
            LocalTerm(vocabulary=WATCHED, key=key.replace("-", "_"), label=word)
        )


def _notes(programme: Programme, note_ids: Iterable[str]) -> list[Contribution]:
    known = programme.all(Contribution)
    return [known[note_id] for note_id in note_ids if note_id in known]
