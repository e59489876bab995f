"""Check this room: does a phone reach the address, plain requests and the live channel?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.rooms._room import Room, Visit, clock_time
from systemmap.model.values import now

if TYPE_CHECKING:
    from starlette.responses import Response

LIVE_PATH = "/room/check/live"
"""Answers one WebSocket message with the same words, then closes."""


def answer(visit: Visit) -> Response:
    """Show what works from here; the plain request works if the page can be read."""
    return visit.page(
        "check.html",
        at=clock_time(now()),
        address=visit.host,
        tried=visit.posted,
        live=LIVE_PATH,
    )


ROOM = Room(
    key="check",
    title="Check this room",
    path="/room/check",
    answer=answer,
    needs_pass=False,
)
