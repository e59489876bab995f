"""Notes from a photo: each typed by somebody, its picture kept as the raw note."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted
from systemmap.model.values import now
from systemmap.model.workshop import Contribution, NotePicture
from systemmap.workshops.notes import notes_from
from systemmap.workshops.running import tables_of
from systemmap.workshops.table_cards import cards_follow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from systemmap.formats.photos.cuts import Cut
    from systemmap.model.programme import Programme
    from systemmap.model.workshop import Workshop


def keep_photo(
    draft: Programme,
    workshop: Workshop,
    cuts: Sequence[Cut],
    *,
    photo: str,
    table_id: str | None,
) -> list[NotePicture]:
    """Add the notes of a photo as pictures that wait to be typed.

    Parameters
    ----------
    draft : Programme
        Changed in place.
    cuts : sequence of Cut
        With their pictures, in reading order.
    photo : str
        What tells this photo from others; the same photo again adds nothing.
    table_id : str | None
        For notes that stand on no printed sheet; a sheet names its own table by
        its place in the list of tables.

    Raises
    ------
    InvalidValue
        A sheet belongs to a table that the workshop does not have.
    """
    tables = tables_of(draft, workshop.id)
    beyond = {cut.table for cut in cuts if cut.table >= len(tables)}
    if beyond:
        msg = f"The sheet belongs to table {min(beyond) + 1}, and this workshop has {counted(len(tables), 'table')}. Choose the workshop it was printed for."
        raise InvalidValue(msg)
    moment = now()
    found = []
    for position, cut in enumerate(cuts):
        picture = NotePicture(
            id=f"p-{_digest(workshop.id, photo, *map(str, cut.box))}",
            workshop_id=workshop.id,
            table_id=tables[cut.table].id if cut.table >= 0 else table_id,
            photo=photo,
            position=position,
            colour=cut.colour,
            picture=cut.picture,
            left=cut.left,
            top=cut.top,
            right=cut.right,
            bottom=cut.bottom,
            at=moment,
        )
        if picture.id not in draft.all(NotePicture):
            draft.add(picture)
        found.append(draft.find(NotePicture, picture.id))
    return found


def keep_typed(
    draft: Programme,
    workshop: Workshop,
    texts: Mapping[str, str],
    *,
    kinds: Mapping[str, str] | None = None,
) -> list[Contribution]:
    """Make a note of each picture that somebody typed; empty ones wait on.

    Parameters
    ----------
    draft : Programme
        Changed in place.
    texts : Mapping[str, str]
        What was typed, by picture id. A picture that has its note already is
        passed over.
    kinds : Mapping[str, str] | None
        What the notes of a colour are ("cause", "asset", "action" …), by colour.
    """
    made = []
    for picture_id, text in texts.items():
        picture = draft.find(NotePicture, picture_id)
        if not text.strip() or picture.note_id is not None:
            continue
        (note,) = notes_from(
            workshop,
            [text],
            key=picture.id,
            table_id=picture.table_id,
            kind=(kinds or {}).get(picture.colour, "cause"),
            source="photo",
        )
        draft.add(note)
        draft.replace(replace(picture, note_id=note.id))
        made.append(note)
    cards_follow(draft, workshop.id)
    return made


def waiting_pictures(programme: Programme, workshop_id: str) -> list[NotePicture]:
    """Return the pictures nobody has typed yet, photo by photo in reading order."""
    return sorted(
        (
            picture
            for picture in programme.all(NotePicture).values()
            if picture.workshop_id == workshop_id and picture.note_id is None
        ),
        key=lambda p: (p.at, p.photo, p.position),
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
