"""Proposals (workshop 2): an idea for an action, with who could lead it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rooms._replies import as_json, clock_time
from app.rooms._room import Room, Visit
from app.rooms._sending import shown_or_saved
from app.rooms._subject_names import focus_words
from systemmap.model.changes import append
from systemmap.vocab import terms
from systemmap.workshops.hidden_words import ideas_shown
from systemmap.workshops.proposals import proposal_from

if TYPE_CHECKING:
    from starlette.responses import Response

FIELDS = (
    "title",
    "subject",
    "owner",
    "due",
    "partners",
    "action_scale",
    "benefits",
    "reason",
)


def answer(visit: Visit) -> Response:
    """Show the form, or keep the idea."""
    return shown_or_saved(visit, _page, _save)


def _save(visit: Visit) -> Response:
    room_pass, _, workshop = visit.here
    proposal = proposal_from(
        workshop,
        {name: visit.sent(name) for name in FIELDS},
        key=visit.sending,
        table_id=room_pass.table_id or None,
        participant=room_pass.participant,
    )
    receipt = visit.write([append(proposal)], label="An idea")
    at = clock_time(receipt.at)
    if visit.wants_json:
        return as_json({"saved": at})
    return visit.go("/room/proposals", saved=at)


def _page(visit: Visit, *, status: int = 200, problem: str = "") -> Response:
    room_pass, hall, workshop = visit.here
    mine = [
        p
        for p in ideas_shown(hall.programme, workshop.id)
        if (p.table_id or "") == room_pass.table_id
    ]
    return visit.page(
        "proposals.html",
        status=status,
        problems=[("title", problem)] if problem else [],
        typed={name: visit.sent(name) for name in (*FIELDS, "key")},
        focus=focus_words(hall, workshop.focus) if workshop.focus else "",
        scales=[
            (t.key, t.label, t.description) for t in terms("action_scales").values()
        ],
        mine=mine[::-1][:20],
        saved=visit.asked("saved")[:5],
    )


ROOM = Room(
    key="proposals",
    title="Ideas",
    path="/room/proposals",
    answer=answer,
    opened_as="proposals",
    words=("title", "owner", "due", "partners", "benefits", "reason"),
)
