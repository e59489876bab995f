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
    said = visit.parameters.get("words")
    if not said:
        words = join_words_from(visit.sent("words"))
        return visit.go(f"/j/{words}") if words else _ask(visit, missing=visit.posted)
    words = join_words_from(said)
    if visit.wait:
        return _again(visit, words)
    found = visit.venue.meeting(words)
    if found is None:
        visit.venue.guesses.wrong(visit.place)
        text = "These words do not open a room. Look at the big screen or your table card, or ask the facilitator."
        return visit.page(
            "join.html", status=404, problems=[("words", text)], typed=words
        )
    return visit.go(f"/j/{words}") if words != said else _table(visit, *found)


def _again(visit: Visit, words: str) -> Response:
    """Let the phone ask again by itself: too many tries wait already."""
    text = (
        "Many wrong words came from your phone or its network, so yours have to wait. "
        f"This page tries again by itself in {visit.wait} seconds. Leave it open."
    )
    return visit.page("join.html", status=429, problems=[("words", text)], typed=words)


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


ROOM = Room(
    key="join",
    title="Join",
    path="/j",
    more_paths=("/j/{words}",),
    answer=answer,
    needs_pass=False,
    words=("words",),
    takes_words=True,
)
