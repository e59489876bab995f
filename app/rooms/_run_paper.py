"""Paper typed up in the room: lines for each table, a list from a file, and photos."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.formats import read_within
from systemmap.formats.photos.bounded_photos import cuts_within, picture_bytes
from systemmap.formats.photos.cuts import Cut, joined, split
from systemmap.language.phrases import counted
from systemmap.model.workshop import Contribution, NotePicture, Workshop
from systemmap.workshops.note_pictures import keep_photo, keep_typed, waiting_pictures
from systemmap.workshops.notes_from_file import bring_notes
from systemmap.workshops.running import tables_of
from systemmap.workshops.typed_blocks import (
    NOTE_KINDS,
    NOTE_SOURCES,
    add_blocks,
    blocks_from,
    said_by_table,
    typed_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from app.rooms._run_asked import Asked
    from app.rooms._venue import Hall
    from systemmap.formats import Reading
    from systemmap.formats.photos.cuts import PhotoCuts
    from systemmap.model.programme import Programme

AT_ONCE = 12
"""Pictures that stand on the page to be typed; the others follow."""


def paper_of(hall: Hall, workshop: Workshop) -> Mapping[str, Any]:
    """Return what typing up needs: tables, kinds, sources, and pictures that wait."""
    waiting = waiting_pictures(hall.programme, workshop.id)
    names = {table.id: table.name for table in hall.tables(workshop.id)}
    every = hall.all(Contribution).values()
    return {
        "tables": names,
        "kinds": NOTE_KINDS,
        "sources": NOTE_SOURCES,
        "waiting": len(waiting),
        "typed": sum(
            n.workshop_id == workshop.id and n.source != "phone" for n in every
        ),
        "pictures": [
            (picture, names.get(picture.table_id or "", "No table"))
            for picture in waiting[:AT_ONCE]
        ],
        "colours": list(dict.fromkeys(p.colour for p in waiting if p.colour)),
    }


def picture_of(hall: Hall, workshop: Workshop, picture_id: str) -> bytes:
    """Return one picture of this workshop; none when there is no such picture."""
    picture = hall.find(NotePicture, picture_id)
    if picture is None or picture.workshop_id != workshop.id:
        return b""
    return picture_bytes(picture.picture)


def parted(asked: Asked) -> Mapping[str, Any]:
    """Part the photo that was sent, as a person corrected it; nothing is kept."""
    found = _parted(asked)
    boxes = counted(found.blank, "box", "boxes")
    blank = f", {boxes} blank" if found.blank else ""
    return {
        "said": f"{counted(len(found.cuts), 'note')} found{blank}.",
        "cuts": [asdict(cut) for cut in found.cuts],
    }


def _parted(asked: Asked) -> PhotoCuts:
    if not asked.file:
        raise InvalidValue("There is no photo. Choose it, then send it.")
    cuts = _cuts(asked.one("cuts"))
    if cuts is None:
        return cuts_within(asked.file)
    number = asked.number("at") if asked.one("at") else -1
    other = asked.number("with") if asked.one("with") else -1
    way = asked.one("way")
    if way and not 0 <= number < len(cuts):
        raise InvalidValue(
            "There is no such note on the photo. Choose the photo again."
        )
    if way == "out":
        cuts = [cut for place, cut in enumerate(cuts) if place != number]
    elif way in ("across", "down"):
        cuts = split(cuts, number, across=way == "across")
    elif way == "join" and 0 <= other < len(cuts) and other != number:
        cuts = joined(cuts, number, other)
    return cuts_within(asked.file, cuts)


def _cuts(sent: str) -> list[Cut] | None:
    """Return the cuts that stood on the page; None = none did."""
    if not sent:
        return None
    try:
        return [Cut(**said) for said in json.loads(sent)]
    except (ValueError, TypeError):
        raise InvalidValue(
            "This photo's notes are not whole. Choose it again."
        ) from None


def _type(draft: Programme, asked: Asked) -> str:
    tables = _tables(draft, asked)
    blocks = blocks_from(asked.one("text"), tables, first=_table(tables, asked))
    made = add_blocks(
        draft,
        draft.find(Workshop, asked.workshop_id),
        blocks,
        key=asked.one("key") or secrets.token_urlsafe(12),
        special=asked.one("special") == "1",
        kind=_one_of(NOTE_KINDS, asked.one("kind")),
        source=_one_of(NOTE_SOURCES, asked.one("source")),
    )
    return f"{said_by_table(made, tables)}."


def _bring(draft: Programme, asked: Asked) -> str:
    """Bring in a list or a spreadsheet of notes."""
    before = set(draft.all(Contribution))
    table_id = _table(_tables(draft, asked), asked)
    workshop = draft.find(Workshop, asked.workshop_id)
    bring_notes(draft, workshop, reading_of(asked), table_id=table_id)
    notes = draft.all(Contribution).values()
    made = [note for note in notes if note.id not in before]
    return f"{said_by_table(made, _tables(draft, asked))}."


def reading_of(asked: Asked) -> Reading:
    """Return what is in the file that was sent."""
    if not asked.file:
        raise InvalidValue("There is no file. Choose it, then send it.")
    return read_within(asked.file, asked.one("name"))


def _photo(draft: Programme, asked: Asked) -> str:
    found = _parted(asked)
    kept = keep_photo(
        draft,
        draft.find(Workshop, asked.workshop_id),
        found.cuts,
        photo=asked.digest,
        table_id=_table(_tables(draft, asked), asked),
    )
    return f"{counted(len(kept), 'picture')} kept to type."


def _typed(draft: Programme, asked: Asked) -> str:
    texts = {i: asked.one(f"text {i}") for i in asked.several("picture")}
    if not any(text.strip() for text in texts.values()):
        raise InvalidValue("Nothing is typed yet. Type what stands on a note first.")
    kinds = {
        name.partition(" ")[2]: _one_of(NOTE_KINDS, values[0])
        for name, values in asked.form.items()
        if name.startswith("kind ")
    }
    made = keep_typed(
        draft, draft.find(Workshop, asked.workshop_id), texts, kinds=kinds
    )
    return f"{typed_of(made).sentence('')}."


def _no_note(draft: Programme, asked: Asked) -> str:
    picture = draft.find(NotePicture, asked.one("drop"))
    if picture.note_id is not None:
        raise InvalidValue("This picture has its note by now. Nothing was changed.")
    draft.remove(NotePicture, picture.id)
    return "The picture is removed. Undo brings it back."


def _tables(draft: Programme, asked: Asked) -> dict[str, str]:
    return {t.id: t.name for t in tables_of(draft, asked.workshop_id)}


def _table(tables: Mapping[str, str], asked: Asked) -> str | None:
    chosen = asked.one("table")
    if chosen and chosen not in tables:
        raise InvalidValue("There is no such table any more. Choose another one.")
    return chosen or None


def _one_of(known: Mapping[str, str], said: str) -> str:
    return said if said in known else next(iter(known))


PAPER_ACTS: Mapping[str, tuple[str, Callable[[Programme, Asked], str]]] = {
    "type": ("Type up notes", _type),
    "bring-notes": ("Bring in notes", _bring),
    "photo": ("Keep notes from a photo", _photo),
    "pictures": ("Type notes from a photo", _typed),
    "drop": ("Remove a picture", _no_note),
}
"""Each act by the name its form sends: what the history says, and what it does."""
