"""Notes as the facilitator works with them: cards in theme columns, those that wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.menu_words import words_of
from systemmap.language.note_hints import hints_in
from systemmap.model.text import folded
from systemmap.model.workshop import Contribution
from systemmap.workshops.moderation import watched_words
from systemmap.workshops.notes import is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.rooms._venue import Hall
    from systemmap.model.workshop import Workshop

NOT_SORTED = "Not sorted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One wording, with every note that says it. What is done to a card is done to `ids`."""

    text: str
    ids: tuple[str, ...]
    tables: tuple[str, ...]
    at: datetime
    special: bool
    hints: tuple[str, ...]
    why: str = ""

    @property
    def value(self) -> str:
        """The notes of the card, as a form sends them."""
        return ",".join(self.ids)


@dataclass(frozen=True, slots=True)
class Column:
    """One theme and its cards, newest first."""

    key: str
    name: str
    cards: tuple[Card, ...]


def notes_of(hall: Hall, workshop: Workshop) -> list[Contribution]:
    """Return a workshop's notes, oldest first."""
    every = hall.all(Contribution).values()
    return [note for note in every if note.workshop_id == workshop.id]


def columns_of(
    hall: Hall, workshop: Workshop, notes: Iterable[Contribution]
) -> list[Column]:
    """Return the shown notes by theme: those not sorted first, empty themes last."""
    names = {"": NOT_SORTED, **words_of(hall.programme, "themes")}
    cards: dict[str, list[Contribution]] = {key: [] for key in names}
    for note in notes:
        if not note.held:
            cards[note.theme if note.theme in names else ""].append(note)
    columns = [
        Column(key, name, tuple(_cards(hall, workshop, cards[key])))
        for key, name in names.items()
    ]
    return sorted(columns, key=lambda c: (c.key != "", not c.cards))


def waiting_of(
    hall: Hall, workshop: Workshop, notes: Iterable[Contribution]
) -> list[Card]:
    """Return the notes nobody but the facilitator has seen, oldest first."""
    held = [note for note in notes if note.held and not is_hidden(note)]
    return [_card(hall, workshop, [note]) for note in held]


def hidden_of(
    hall: Hall, workshop: Workshop, notes: Iterable[Contribution]
) -> list[Card]:
    """Return the notes that were taken off the wall, the newest first."""
    hidden = [note for note in notes if is_hidden(note)]
    return [_card(hall, workshop, [note]) for note in reversed(hidden)]


def card_of(
    hall: Hall, workshop: Workshop, notes: Iterable[Contribution], note_id: str
) -> Card | None:
    """Return the card of one note; None = there is no such note."""
    found = [note for note in notes if note.id == note_id]
    return _card(hall, workshop, found) if found else None


def _cards(hall: Hall, workshop: Workshop, notes: list[Contribution]) -> list[Card]:
    same: dict[str, list[Contribution]] = {}
    for note in notes:
        same.setdefault(folded(note.text), []).append(note)
    cards = [_card(hall, workshop, said) for said in same.values()]
    return sorted(cards, key=lambda card: card.at, reverse=True)


def _card(hall: Hall, workshop: Workshop, said: list[Contribution]) -> Card:
    names = {table.id: table.name for table in hall.tables(workshop.id)}
    tables = dict.fromkeys(names.get(n.table_id or "", "No table") for n in said)
    return Card(
        text=said[0].text,
        ids=tuple(note.id for note in said),
        tables=tuple(tables),
        at=max(note.at for note in said),
        special=any(note.special for note in said),
        hints=hints_in(said[0].text, watched_words(hall.programme)),
        why=said[0].held_reason,
    )
