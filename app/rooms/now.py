"""Now: where the room is, for a phone that asks every other second; a few bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rooms._replies import as_json
from app.rooms._room import OPEN_ROOMS, Room, Visit
from app.rooms._room_phrases import phrases
from app.settings import address_of
from systemmap.model.workshop import VoteRound
from systemmap.workshops.hidden_words import ideas_shown, sentences_said

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from app.rooms._venue import Hall


def answer(visit: Visit) -> Response:
    """Say which parts are open, where to go, and a mark that changes with the page."""
    room_pass, hall, workshop = visit.here
    part = visit.asked("part")
    going = next((key for key in OPEN_ROOMS if key in workshop.rooms), "others")
    count = _COUNTS.get(part)
    counted = count(hall, workshop.id, room_pass.table_id) if count else ""
    words = phrases()[visit.language]
    open_now = [key for key in OPEN_ROOMS if key in workshop.rooms]
    return as_json(
        {
            "open": [*open_now, "others"],
            "go": address_of(OPEN_ROOMS[going]),
            "draw": address_of(OPEN_ROOMS["draw"]) if _can_draw(visit) else "",
            "title": words[f"room_{going}"],
            "draw_title": words["room_draw"],
            "step": workshop.step,
            "mark": f"{workshop.step}|{','.join(open_now)}|{workshop.focus}|{counted}",
        }
    )


def _can_draw(visit: Visit) -> bool:
    """Say whether this table draws now: a wide screen goes there."""
    _, _, workshop = visit.here
    table = visit.table
    return "draw" in workshop.rooms and table is not None and table.map_id is not None


def _notes(hall: Hall, workshop_id: str, table_id: str) -> str:
    notes = hall.notes_at(workshop_id, table_id)
    return f"{len(notes)}.{sum(note.held for note in notes)}"


def _links(hall: Hall, workshop_id: str, table_id: str) -> str:
    said = sentences_said(hall.programme, workshop_id)
    return str(sum((s.table_id or "") == table_id for s in said))


def _votes(hall: Hall, workshop_id: str, _: str) -> str:
    rounds = hall.all(VoteRound).values()
    return ",".join(f"{r.id}.{r.state}" for r in rounds if r.workshop_id == workshop_id)


def _ideas(hall: Hall, workshop_id: str, table_id: str) -> str:
    ideas = ideas_shown(hall.programme, workshop_id)
    return str(sum((p.table_id or "") == table_id for p in ideas))


_COUNTS: dict[str, Callable[[Hall, str, str], str]] = {
    "capture": _notes,
    "links": _links,
    "vote": _votes,
    "proposals": _ideas,
}

ROOM = Room(key="now", title="Now", path="/room/now", answer=answer)
