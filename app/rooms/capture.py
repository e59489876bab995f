"""Capture: say a cause in your own words, or paste a list; my table's notes below."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.rooms._replies import as_json, clock_time
from app.rooms._room import Room, Visit
from app.rooms._sending import shown_or_saved
from systemmap.errors import SystemMapError
from systemmap.model.changes import append
from systemmap.model.workshop import Contribution
from systemmap.store import Actor
from systemmap.workshops.notes import is_hidden, lines_from, notes_from
from systemmap.workshops.table_cards import drawing_is_open, stand_cards

if TYPE_CHECKING:
    from starlette.responses import Response

_ROOM = Actor("The room", "facilitator")
SHOWN = 40
"""How many of the table's latest notes the page carries, so that it stays small."""


def answer(visit: Visit) -> Response:
    """Show the question, or keep what was sent and say so."""
    return shown_or_saved(visit, _page, _save)


def _save(visit: Visit) -> Response:
    notes = _notes(visit)
    receipt = visit.write(
        [append(note) for note in notes],
        label=f"{len(notes)} notes" if len(notes) > 1 else "A note",
    )
    _stand(visit)
    at = clock_time(receipt.at)
    held = sum(note.held for note in notes)
    if visit.wants_json:
        return as_json({"saved": at, "notes": len(notes), "held": held})
    return visit.go(
        "/room/capture",
        saved=at,
        held=str(held),
        **({"list": "1"} if visit.sent("list") else {}),
    )


def _stand(visit: Visit) -> None:
    """Stand the note on the table's drawing, if tables draw already.

    The note is saved by now; where somebody else writes at this moment its
    card comes with the next one.
    """
    _, hall, workshop = visit.here
    if not drawing_is_open(workshop) or visit.table is None:
        return
    with (
        suppress(SystemMapError),
        visit.venue.store.editing(
            hall.programme_id,
            actor=_ROOM,
            label="Notes become cards",
            workshop_id=workshop.id,
        ) as draft,
    ):
        stand_cards(draft, workshop.id)


def _notes(visit: Visit) -> list[Contribution]:
    room_pass, _, workshop = visit.here
    text = visit.sent("text")
    return notes_from(
        workshop,
        lines_from(text) if visit.sent("list") else [text],
        key=visit.sending,
        table_id=room_pass.table_id or None,
        special=bool(visit.sent("special")),
        sector=room_pass.sector,
        participant=room_pass.participant,
    )


def _page(visit: Visit, *, status: int = 200, problem: str = "") -> Response:
    room_pass, hall, workshop = visit.here
    me = room_pass.participant
    every = hall.all(Contribution).values()
    mine = [
        n
        for n in every
        if n.workshop_id == workshop.id
        and (
            n.participant == me  # also what this phone said at another table
            or ((n.table_id or "") == room_pass.table_id and not n.held)
        )
    ]
    return visit.page(
        "capture.html",
        status=status,
        problems=[("text", problem)] if problem else [],
        as_list=bool(visit.asked("list") or visit.sent("list")),
        typed=visit.sent("text"),
        special=bool(visit.sent("special")),
        key=visit.sent("key"),
        prompt=workshop.prompts[0] if workshop.prompts else "",
        notes=mine[::-1][:SHOWN],
        count=len(mine),
        saved=visit.asked("saved")[:5],
        held=visit.asked("held") not in ("", "0"),
        me=me,
        hidden=is_hidden,
    )


ROOM = Room(
    key="capture",
    title="Causes",
    path="/room/capture",
    answer=answer,
    opened_as="capture",
    words=("text",),
)
