"""How a request enters a room: who comes, whether they may, and what is said if not."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from app.canvas import tickets
from app.rooms._forms import (
    BODY_LIMIT,
    DESK_BODY_LIMIT,
    DESK_FIELDS,
    FIELDS,
    FILE_TYPE,
    SHORT_BODY_LIMIT,
    body_of,
    form_from,
    query_from,
)
from app.rooms._passes import COOKIE, form_token, pass_in, same, unseal
from app.rooms._replies import as_json
from app.rooms._room import Shut, Visit
from app.rooms._room_phrases import phrases
from app.server.shield import is_own_page
from app.settings import address_of
from app.signing import RunOut
from systemmap.errors import StoreError, SystemMapError
from systemmap.formats.reading.limits import LIMITS
from systemmap.model.seat import why_shut
from systemmap.model.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from app.rooms._room import Room
    from app.rooms._venue import Hall, Venue


def route_of(room: Room, venue: Callable[[], Venue]) -> list[Route]:
    """Return the routes that lead to a room."""

    async def endpoint(request: Request) -> Response:
        body: bytes | None = b""
        room_pass = pass_in(request.cookies, venue().secret)
        if request.method == "POST":
            most = _most(room, venue(), request, joined=room_pass is not None)
            body = await body_of(request, most=most)
        if not (room.takes_words and request.path_params.get("words")):
            return await run_in_threadpool(_enter, room, venue(), request, body)
        address = request.client.host if request.client else ""
        place = room_pass.token if room_pass else address
        async with venue().guesses.turn(place) as wait:
            return await run_in_threadpool(
                _enter, room, venue(), request, body, ceil(wait)
            )

    return [
        Route(path, endpoint, methods=["GET", "POST"], name=f"room.{room.key}")
        for path in (room.path, *room.more_paths)
    ]


def _most(room: Room, venue: Venue, request: Request, *, joined: bool) -> int:
    """Return how many bytes may be sent."""
    if _leads(room, venue, request):
        return LIMITS.photo_bytes if _has_file(request) else DESK_BODY_LIMIT
    return BODY_LIMIT if joined else SHORT_BODY_LIMIT


def _leads(room: Room, venue: Venue, request: Request) -> bool:
    """Say whether it is a room for whoever leads the workshop, and they come."""
    if not room.for_leader:
        return False
    sent = query_from(request.url.query).get("ticket", [""])[0]
    of = request.path_params
    led = tickets.leading(venue.secret, sent, of["programme"], of["workshop"])
    return led is not None


def _has_file(request: Request) -> bool:
    return request.headers.get("content-type", "") == FILE_TYPE


def _enter(
    room: Room, venue: Venue, request: Request, body: bytes | None, wait: int = 0
) -> Response:
    visit = replace(_visit(room, venue, request, body or b""), wait=wait)
    if body is None and visit.room_pass is None and room.needs_pass:
        return _not_joined(visit)
    if body is None:
        text = "That is more than one page can take. Send it in smaller parts."
        return visit.message("Too long", text, status=413)
    if visit.away and room.needs_pass:
        return not_saved(visit)
    refused = _refused(visit)
    if refused:
        return refused
    if visit.room_pass and visit.workshop and visit.workshop.open:
        seen = visit.room_pass
        venue.presence.saw(seen.workshop_id, seen.participant, seen.table_id)
    try:
        return room.answer(visit)
    except Shut as error:
        return _shut(visit, str(error))
    except StoreError:
        return not_saved(visit)
    except SystemMapError as error:
        return visit.message("This was not saved", str(error), status=422)


def not_saved(visit: Visit) -> Response:
    """Say that the words are not on disk, and give them back to be sent again."""
    if visit.wants_json:
        return as_json({"problem": visit.not_saved_words}, 503)
    words = phrases()[visit.language]
    title = words["not_saved_title"] if visit.posted else words["away_title"]
    lead = words["not_saved"] if visit.posted else words["away"]
    return visit.page(
        "again.html", status=503, kept=_sent(visit), title=title, lead=lead
    )


def _shut(visit: Visit, why: str) -> Response:
    """Say that this part is not open; words that came too late are given back."""
    words = phrases()[visit.language]
    written = any(visit.sent(name).strip() for name in visit.room.words)
    if visit.posted and written and not visit.wants_json:
        return visit.page(
            "again.html",
            status=403,
            kept=_sent(visit),
            title=words["not_open"],
            lead=words["not_sent"],
        )
    return visit.message(words["not_open"], why, status=403, waits=True)


def _sent(visit: Visit) -> list[tuple[str, str]]:
    fields = visit.form if visit.posted else visit.query
    return [
        (name, value)
        for name, values in fields.items()
        for value in values
        if name != "token"
    ]


def _visit(room: Room, venue: Venue, request: Request, body: bytes) -> Visit:
    try:
        room_pass, ran_out = (
            unseal(request.cookies.get(COOKIE, ""), venue.secret),
            False,
        )
    except RunOut:
        room_pass, ran_out = None, True
    hall, away = None, None
    try:
        hall = venue.hall(room_pass.programme_id) if room_pass else None
    except StoreError as error:
        away = error
    workshops = _workshops(hall)
    led = _leads(room, venue, request)
    head, _, file = body.partition(b"\n") if _has_file(request) else (body, b"", b"")
    return Visit(
        room=room,
        venue=venue,
        method=request.method,
        path=request.url.path.removeprefix(address_of("")),
        host=request.headers.get("host", ""),
        peer=request.client.host if request.client else "",
        secure=request.url.scheme == "https",
        headers=request.headers,
        parameters=request.path_params,
        query=query_from(request.url.query),
        form=form_from(head, DESK_FIELDS if led else FIELDS),
        file=file if led else b"",
        room_pass=room_pass,
        hall=hall,
        workshop=workshops.get(room_pass.workshop_id) if room_pass else None,
        away=away,
        ran_out=ran_out,
    )


def _workshops(hall: Hall | None) -> Mapping[str, Workshop]:
    return hall.all(Workshop) if hall else {}


def _refused(visit: Visit) -> Response | None:
    """Return the answer to a visit that may not enter, or None."""
    origin = visit.headers.get("origin")
    if visit.posted and origin and not is_own_page(origin, visit.host):
        text = "This form came from another page, not from this room. Open the address on your table card and send it from there."
        return visit.message("Not sent from this room", text, status=403)
    if not visit.room.needs_pass:
        return None
    if visit.room_pass is None or visit.workshop is None:
        return _not_joined(visit)
    if not visit.workshop.open:
        closed = phrases()[visit.language]["closed"]
        if visit.posted:
            return _shut(visit, closed)
        title = visit.workshop.title
        return visit.message(closed, title, status=403, waits=True)
    if visit.room.opened_as and (
        why := why_shut(visit.seat, visit.workshop, visit.table)
    ):
        return _shut(visit, why)
    token = form_token(visit.room_pass, visit.venue.secret)
    if visit.posted and not same(visit.sent("token"), token):
        text = "The form was out of date. Go back, reload the page and send it again."
        return visit.message("Please send it again", text, status=403)
    return None


def _not_joined(visit: Visit) -> Response:
    if visit.posted or visit.wants_json:
        why = "joined more than 12 hours ago" if visit.ran_out else "has not joined"
        text = f"This phone {why}. Join with the three words; what you wrote stays on this page."
        return visit.message("Please join again", text, status=401)
    return visit.go("/j")
