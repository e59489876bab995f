"""Rooms: small own pages for phones and the big screen, on the same port as the app."""

from __future__ import annotations

import sys
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from starlette.routing import WebSocketRoute

from app import settings
from app.programmes import programmes_of
from app.rooms._entrance import route_of
from app.rooms._page_files import asset_route
from app.rooms._passes import pass_in
from app.rooms._room import Room
from app.rooms._venue import Venue
from app.rooms.check import LIVE_PATH, echo
from app.server import dot_addresses, guesses
from systemmap.registry import discover

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.routing import BaseRoute

ROOMS = discover(sys.modules[__name__], "ROOM", Room)


_own: list[Venue] = []
_making = Lock()


def own_venue() -> Venue:
    """Return the venue of this process: the store of its settings."""
    store = settings.store()
    with _making:
        if not _own or _own[0].store is not store:
            laptop = not settings.current().server
            _own[:] = [
                Venue(
                    programmes_of(store),
                    store.secret(),
                    laptop=laptop,
                    guesses=guesses.heard,
                    dots=dot_addresses.seen,
                )
            ]
        return _own[0]


def routes(venue: Callable[[], Venue] = own_venue) -> list[BaseRoute]:
    """Return the routes of all rooms, for `st.App(routes=…)` or a test's Starlette."""
    found: list[BaseRoute] = [
        asset_route(),
        WebSocketRoute(LIVE_PATH, partial(echo, venue)),
    ]
    for room in ROOMS.values():
        found.extend(route_of(room, venue))
    return found


def device(cookies: Mapping[str, str]) -> str:
    """Return the phone that has joined, by its signed pass; "" = it has not."""
    room_pass = pass_in(cookies, own_venue().secret)
    return room_pass.token if room_pass else ""
