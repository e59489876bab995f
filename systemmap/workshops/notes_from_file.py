"""Notes from a file into a workshop: the words as typed, each with its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.text import folded, slug
from systemmap.model.workshop import Contribution, WorkshopTable
from systemmap.workshops.notes import notes_from
from systemmap.workshops.running import tables_of
from systemmap.workshops.table_cards import cards_follow

if TYPE_CHECKING:
    from systemmap.formats import Reading
    from systemmap.model.programme import Programme
    from systemmap.model.workshop import Workshop


def bring_notes(
    draft: Programme, workshop: Workshop, reading: Reading, *, table_id: str | None
) -> int:
    """Add the notes of a list or a spreadsheet; return how many.

    Parameters
    ----------
    draft : Programme
        Changed in place.
    reading : Reading
        What was read from the file.
    table_id : str | None
        For notes that name no table. Tables the file names are matched by
        name; one the workshop does not have yet is added.

    Raises
    ------
    InvalidValue
        The file holds no notes.

    Notes
    -----
    The same file brought in again adds nothing: the ids come from the words
    and their place in the file.
    """
    notes = [r for r in reading.records if isinstance(r, Contribution)]
    if not notes:
        raise InvalidValue(
            "The file holds no list of notes. Put one note on each row, with 'Cause' above the column."
        )
    named = {t.id: t.name for t in reading.records if isinstance(t, WorkshopTable)}
    tables = {key: _table(draft, workshop, name) for key, name in named.items()}
    added = 0
    for place, note in enumerate(notes):
        (made,) = notes_from(
            workshop,
            [note.text],
            key=f"file {place}",
            table_id=tables.get(note.table_id or "", table_id),
            source="import",
        )
        if made.id not in draft.all(Contribution):
            draft.add(made)
            added += 1
    cards_follow(draft, workshop.id)
    return added


def _table(draft: Programme, workshop: Workshop, name: str) -> str:
    tables = tables_of(draft, workshop.id)
    for table in tables:
        if folded(table.name) == folded(name):
            return table.id
    taken = draft.all(WorkshopTable)
    made = WorkshopTable(
        id=slug(f"{workshop.id} {name}", taken, fallback="table"),
        workshop_id=workshop.id,
        name=name,
        position=len(tables),
    )
    draft.add(made)
    return made.id
