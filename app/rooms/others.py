"""Others: what every table said, to read only. Held notes are not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rooms._room import Room, Visit
from systemmap.workshops.hidden_words import sentences_said
from systemmap.workshops.said_links import sentence

if TYPE_CHECKING:
    from starlette.responses import Response

NOTES_EACH = 12
"""The latest notes of each table, so that the page stays under 30 KB."""
TABLES = 12


def answer(visit: Visit) -> Response:
    """Show the latest notes and sentences, table by table."""
    _, hall, workshop = visit.here
    tables = []
    said = sentences_said(hall.programme, workshop.id)
    for table in hall.tables(workshop.id)[:TABLES]:
        notes = [n for n in hall.notes_at(workshop.id, table.id) if not n.held]
        links = [
            sentence(s.source_raw, s.polarity, s.target_raw)
            for s in said
            if s.table_id == table.id
        ]
        latest = [_short(n.text) for n in notes[::-1][:NOTES_EACH]]
        tables.append((table.name, len(notes), latest, links[::-1][:6]))
    return visit.page("others.html", tables=tables)


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"


ROOM = Room(key="others", title="What others said", path="/room/others", answer=answer)
