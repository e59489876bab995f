"""The engine and the graph, for canvases: compressed once, asked for by revision.

Two doors lead to the graph, ``/graph`` and ``/room/graph``: see `admission.py`.
"""

from __future__ import annotations

import gzip
from functools import cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.canvas.admission import admitted
from app.canvas.live import hub
from app.canvas.packed_graphs import (
    SCREEN_SCRIPT,
    card,
    engine_address,
    graph,
    loops,
    today,
    web_address,
)
from app.canvas.refusals import refusal
from app.listed_people import store_of
from app.settings import store
from systemmap.drawing.engine import engine_script
from systemmap.drawing.framed import SCREENS
from systemmap.drawing.script_bundle import script_bundle
from systemmap.drawing.web_files import web_names, web_text
from systemmap.errors import NotAllowed, SystemMapError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from starlette.requests import Request

    from app.canvas.tickets import Ticket
    from systemmap.store import ProgrammeStore

_BEGUN_WITH = (SCREEN_SCRIPT, "draw_room.js")
_FOR_EVER = "public, max-age=31536000, immutable"


@cache
def _engine() -> bytes:
    return gzip.compress(engine_script().encode(), compresslevel=9)


async def send_engine(request: Request) -> Response:
    """Answer with the engine, compressed."""
    if request.url.path != engine_address():
        return PlainTextResponse("Not found", 404)
    return Response(
        await run_in_threadpool(_engine),
        media_type="text/javascript",
        headers={"content-encoding": "gzip", "cache-control": _FOR_EVER},
    )


async def send_web(request: Request) -> Response:
    """Answer with one of the canvas's own scripts or styles."""
    name = request.path_params["name"]
    if name not in web_names() or request.url.path != web_address(name):
        return PlainTextResponse("Not found", 404)
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    return Response(
        await run_in_threadpool(_web, name),
        media_type=kind,
        headers={"content-encoding": "gzip", "cache-control": _FOR_EVER},
    )


@cache
def _web(name: str) -> bytes:
    """Return a file of the canvas, compressed; what a page begins with, with all it needs."""
    text = script_bundle(name) if name in _BEGUN_WITH else web_text(name)
    return gzip.compress(text.encode(), compresslevel=9)


async def send_graph(request: Request) -> Response:
    """Answer with a map at its present revision, or say that it has not changed."""
    shape = request.query_params.get("shape", "")
    shape = shape if shape in SCREENS else ""
    return await _answer(
        request, f"{today()}{shape}", partial(_graph_at, today(), shape)
    )


async def send_loops(request: Request) -> Response:
    """Answer with the loops of a map, in words, at its present revision."""
    return await _answer(request, "loops", _loops_at)


async def send_card(request: Request) -> Response:
    """Answer with what one card says, and how what it is about came to be."""
    about = request.query_params.get("about", "")
    name = sha256(about.encode()).hexdigest()[:20]  # the tag must be plain
    day = today()
    return await _answer(request, f"card-{day}-{name}", partial(_card_at, about, day))


async def _answer(
    request: Request, kind: str, make: Callable[[Ticket, int], bytes]
) -> Response:
    text = request.query_params.get("ticket", "")
    try:
        programmes = await run_in_threadpool(hub.programmes)
        ticket = await run_in_threadpool(admitted, text, request.url.path, programmes)
        revision = await run_in_threadpool(_of(ticket).revision, ticket.programme_id)
        tag = f'"{ticket.programme_id}-{ticket.map_id}-{revision}-{kind}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag})
        body = await run_in_threadpool(make, ticket, revision)
    except NotAllowed as error:
        return PlainTextResponse(str(error), 403)
    except SystemMapError as error:
        return refusal(error)
    return Response(
        body,
        media_type="application/json",
        headers={
            "content-encoding": "gzip",
            "etag": tag,
            "cache-control": "private, no-cache",
        },
    )


def _of(ticket: Ticket) -> ProgrammeStore:
    return store() if ticket.seat else store_of(ticket.person)


def _graph_at(day: date, shape: str, ticket: Ticket, revision: int) -> bytes:
    return graph(
        store(),
        ticket.programme_id,
        ticket.map_id,
        revision,
        day,
        register=ticket.role != "room",
        shape=shape,
    )


def _loops_at(ticket: Ticket, revision: int) -> bytes:
    return loops(store(), ticket.programme_id, ticket.map_id, revision)


def _card_at(about: str, day: date, ticket: Ticket, revision: int) -> bytes:
    return card(store(), ticket.programme_id, ticket.map_id, about, revision, day)


def routes() -> list[Route]:
    """Return the routes of the engine and of the graph."""
    return [
        Route("/room/engine/{name}", send_engine),
        Route("/room/web/{version}/{name:path}", send_web),
        Route("/graph", send_graph),
        Route("/room/graph", send_graph),
        Route("/graph/loops", send_loops),
        Route("/graph/card", send_card),
        Route("/room/graph/loops", send_loops),
    ]
