"""Join: three words or a QR code, then a table. No name, no account."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.rooms._passes import Pass
from app.rooms._room import OPEN_ROOMS, Room, Visit
from app.rooms._room_phrases import phrases
from systemmap.vocab import terms
from systemmap.workshops.join_words import join_words_from

if TYPE_CHECKING:
    from starlette.responses import Response

    from app.rooms._venue import Hall
    from systemmap.model.workshop import Workshop


def answer(visit: Visit) -> Response:
    """Ask for the words, then for the table, then let the phone in."""
    typed = visit.parameters.get("words") or visit.sent("words")
    if not typed:
        return _ask(visit, missing=visit.posted)
    wait = 0 if _has_joined(visit) else visit.venue.limiter.wait(visit.peer)
    if wait:
        text = f"Too many wrong words in the last minute. Wait {wait} seconds, then try again, or ask the facilitator to let you in."
        return visit.page("join.html", status=429, problems=[("words", text)], typed="")
    found = visit.venue.meeting(join_words_from(typed))
    if found is None:
        visit.venue.limiter.count_wrong(visit.peer)
        text = "These words do not open a room. Look at the big screen or your table card, or ask the facilitator."
        return visit.page(
            "join.html", status=404, problems=[("words", text)], typed=typed
        )
    if not visit.parameters.get("words"):
        return visit.go(f"/j/{join_words_from(typed)}")
    return _table(visit, *found)


def _ask(visit: Visit, *, missing: bool) -> Response:
    text = "Type the three words on your table card."
    problems = [("words", text)] if missing else []
    return visit.page(
        "join.html", status=422 if missing else 200, problems=problems, typed=""
    )


def _table(visit: Visit, hall: Hall, workshop: Workshop) -> Response:
    tables = hall.tables(workshop.id)
    chosen = visit.sent("table")
    if visit.posted and (not tables or any(t.id == chosen for t in tables)):
        return _let_in(visit, hall, workshop, chosen)
    problems = [("tables", "Choose the table you sit at.")] if visit.posted else []
    return visit.page(
        "tables.html",
        status=422 if problems else 200,
        problems=problems,
        meeting=workshop,
        tables=tables,
        preset=visit.asked("table"),
        sectors=[(term.key, term.label) for term in terms("sectors").values()],
    )


def _let_in(visit: Visit, hall: Hall, workshop: Workshop, table_id: str) -> Response:
    sector, language = visit.sent("sector"), visit.sent("language")
    room_pass = Pass(
        programme_id=hall.programme_id,
        workshop_id=workshop.id,
        table_id=table_id,
        sector=sector if sector in terms("sectors") else "",
        language=language if language in phrases() else "",
    )
    before = visit.room_pass
    if before and before.workshop_id == workshop.id:
        room_pass = replace(room_pass, token=before.token)  # the same phone moves on
    first = next((key for key in OPEN_ROOMS if key in workshop.rooms), "others")
    return visit.give_pass(visit.go(OPEN_ROOMS[first]), room_pass)


def _has_joined(visit: Visit) -> bool:
    return visit.workshop is not None and visit.workshop.open


ROOM = Room(
    key="join",
    title="Join",
    path="/j",
    more_paths=("/j/{words}",),
    answer=answer,
    needs_pass=False,
    words=("words",),
)
