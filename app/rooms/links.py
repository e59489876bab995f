"""Links by sentence: more … leads to more, less, or "we are not sure" of …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rooms._replies import as_json, clock_time
from app.rooms._room import Room, Visit
from app.rooms._sending import shown_or_saved
from systemmap.errors import InvalidValue
from systemmap.model.changes import append
from systemmap.model.values import Polarity
from systemmap.workshops.hidden_words import sentences_said
from systemmap.workshops.said_links import sentence, statement_from

if TYPE_CHECKING:
    from starlette.responses import Response

    from systemmap.model.workshop import LinkStatement

SHOWN = 30
OFFERED = 150
"""How many causes the field offers while typing; the rest can be typed in full."""
_SIGNS = {"more": Polarity.SAME, "less": Polarity.OPPOSITE, "unsure": Polarity.UNKNOWN}


def answer(visit: Visit) -> Response:
    """Show the sentence with its two gaps, or keep what was sent."""
    return shown_or_saved(visit, _page, _save)


def _save(visit: Visit) -> Response:
    receipt = visit.write([append(_statement(visit))], label="A link in words")
    at = clock_time(receipt.at)
    if visit.wants_json:
        return as_json({"saved": at})
    return visit.go("/room/links", saved=at)


def _statement(visit: Visit) -> LinkStatement:
    room_pass, hall, workshop = visit.here
    sign = visit.sent("sign")
    if sign not in _SIGNS:
        raise InvalidValue(
            "Choose more, less, or we are not sure. Not being sure is a fair answer."
        )
    return statement_from(
        workshop,
        visit.sent("source"),
        visit.sent("target"),
        polarity=_SIGNS[sign],
        factors=hall.factors(),
        key=visit.sending,
        reason=visit.sent("reason"),
        table_id=room_pass.table_id or None,
        participant=room_pass.participant,
    )


def _page(visit: Visit, *, status: int = 200, problem: str = "") -> Response:
    room_pass, hall, workshop = visit.here
    said = [
        s
        for s in sentences_said(hall.programme, workshop.id)
        if (s.table_id or "") == room_pass.table_id
    ]
    field = "source"
    if visit.posted and visit.sent("source") and visit.sent("target"):
        field = "source" if visit.sent("sign") in _SIGNS else "sign-more"
    return visit.page(
        "links.html",
        status=status,
        problems=[(field, problem)] if problem else [],
        typed={n: visit.sent(n) for n in ("source", "target", "reason", "sign", "key")},
        offered=_offered(visit),
        said=[
            (sentence(s.source_raw, s.polarity, s.target_raw), s) for s in said[::-1]
        ][:SHOWN],
        count=len(said),
        saved=visit.asked("saved")[:5],
    )


def _offered(visit: Visit) -> list[str]:
    """Return the names to choose from: what this table said first, then the map's."""
    _, hall, _ = visit.here
    table = visit.table
    own = hall.factors(table.map_id) if table and table.map_id else []
    names = (factor.label for factor in (*own, *hall.factors()))
    return list(dict.fromkeys(names))[:OFFERED]


ROOM = Room(
    key="links",
    title="Links",
    path="/room/links",
    answer=answer,
    opened_as="links",
    words=("source", "target", "reason"),
)
