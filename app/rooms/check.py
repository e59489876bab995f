"""Check this room: does a phone reach the address, plain requests and the live channel?

The live channel is opened to those who were let in only: a phone that has
joined, one that scanned the facilitator's code for checking, or this computer.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.websockets import WebSocketDisconnect

from app.canvas.room_check import PATH, is_code, new_code
from app.rooms._replies import clock_time
from app.rooms._room import Room, Visit
from app.server.allowances import hashed
from app.settings import address_of
from systemmap.model.values import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.websockets import WebSocket

    from app.rooms._venue import Venue

LIVE_PATH = f"{PATH}/live"
"""Answers one WebSocket message with the same words, then closes."""
AT_ONCE, EACH = 20, 3
"""Checks under way at a time: of all, and from one address."""
SECONDS = 10.0
"""How long one check may take."""
WORDS = 100
"""Characters that are answered."""

_under_way: Counter[str] = Counter()


def answer(visit: Visit) -> Response:
    """Show what works from here; the plain request works if the page can be read."""
    known = _code_of(visit)
    return visit.page(
        "check.html",
        at=clock_time(now()),
        address=visit.host,
        tried=visit.posted,
        code=known,
        live=f"{address_of(LIVE_PATH)}?code={known}" if known else "",
    )


def _code_of(visit: Visit) -> str:
    secret = visit.venue.secret
    if is_code(secret, given := visit.asked("code")):
        return given
    if visit.room_pass and visit.workshop and visit.workshop.open:
        return new_code(secret, visit.room_pass.programme_id, visit.workshop.id)
    return new_code(secret) if visit.at_this_computer else ""


async def echo(venue: Callable[[], Venue], socket: WebSocket) -> None:
    """Answer one message of somebody who was let in, then hang up."""
    here = hashed(socket.client.host if socket.client else "")
    full = _under_way.total() >= AT_ONCE or _under_way[here] >= EACH
    if full or not is_code(venue().secret, socket.query_params.get("code", "")):
        await socket.close(4403)
        return
    _under_way[here] += 1
    try:
        await socket.accept()
        with suppress(TimeoutError, WebSocketDisconnect, KeyError):  # bytes: no text
            async with asyncio.timeout(SECONDS):
                words = await socket.receive_text()
                await socket.send_text(words[:WORDS])
        with suppress(RuntimeError):  # gone already
            await socket.close()
    finally:
        _under_way[here] -= 1
        if not _under_way[here]:
            del _under_way[here]


ROOM = Room(
    key="check",
    title="Check this room",
    path=PATH,
    answer=answer,
    needs_pass=False,
)
