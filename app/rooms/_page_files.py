"""The rooms' style sheet and script: own files, addressed by their content, cached for good."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.settings import address_of

if TYPE_CHECKING:
    from starlette.requests import Request

_TYPES = {"css": "text/css", "js": "text/javascript"}
_NAMES = (
    "clock.js",
    "room.css",
    "room.js",
    "follow.js",
    "map_glide.js",
    "present.css",
    "present.js",
    "room_news.js",
    "run.css",
    "run.js",
    "run_cards.js",
    "run_paper.js",
    "run_words.js",
)


def asset_address(name: str) -> str:
    """Return an asset's address; it changes when the asset does."""
    return address_of(f"/room/assets/{_mark(name)}/{name}")


def asset_route() -> Route:
    """Return the route that serves the assets."""

    async def serve(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _NAMES:
            return PlainTextResponse("Not found", 404)
        return Response(
            _read(name),
            media_type=_TYPES[name.rpartition(".")[2]],
            headers={"cache-control": "public, max-age=31536000, immutable"},
        )

    return Route("/room/assets/{mark}/{name}", serve, methods=["GET"])


@cache
def _mark(name: str) -> str:
    return hashlib.sha256(_read(name)).hexdigest()[:12]


@cache
def _read(name: str) -> bytes:
    return files(__package__).joinpath("static", name).read_bytes()
