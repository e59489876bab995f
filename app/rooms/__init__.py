"""Rooms: small own pages for phones and the big screen, on the same port as the app."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

from app import settings
from app.rooms._assets import asset_route
from app.rooms._room import Room, route_of
from app.rooms._secret import secret_for
from app.rooms._venue import Venue
from systemmap.registry import discover

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.routing import BaseRoute

ROOMS = discover(sys.modules[__name__], "ROOM", Room)


@cache
def _venue_at(data: str) -> Venue:
    return Venue(settings.store(), secret_for(data))


def own_venue() -> Venue:
    """Return the venue of this process: the store of its settings."""
    return _venue_at(settings.current().data)


def routes(venue: Callable[[], Venue] = own_venue) -> list[BaseRoute]:
    """Return the routes of all rooms, for `st.App(routes=…)` or a test's Starlette."""
    found: list[BaseRoute] = [asset_route()]
    for room in ROOMS.values():
        found.extend(route_of(room, venue))
    return found
