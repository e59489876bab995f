"""/map/<programme> and /see/<link>: the one-file interactive map, in its own sandbox.

The page is the very file that is exported. Its own header takes it out of the
app's origin, so that nothing written on a map can reach the app.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from app.analyses import analysis_of
from app.canvas.look_links import OVER, looked_at
from app.canvas.refusals import refusal
from app.listed_people import store_of
from app.programmes import programmes_of
from app.server.sign_in import person_in
from app.settings import current, store
from systemmap.bundled.attribution import notices_of
from systemmap.drawing.engine import engine_script
from systemmap.drawing.interactive import page
from systemmap.drawing.story import saved_views
from systemmap.drawing.view import LAYERS, Choice, view_of
from systemmap.drawing.web_files import PAGE_SCRIPTS, bundled, policy
from systemmap.errors import NotAllowed, SystemMapError
from systemmap.model.values import now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from starlette.datastructures import QueryParams
    from starlette.requests import Request
    from starlette.responses import Response

_MOST_STEPS = 4


async def show_map(request: Request) -> Response:
    """Answer with a map as a page; the query says which part (see `choice_from`)."""
    programme_id = request.path_params["programme_id"]
    choice, cookies = choice_from(request.query_params), request.cookies
    try:
        html = await run_in_threadpool(_for_person, cookies, programme_id, choice)
    except SystemMapError as error:
        return refusal(error)
    return _sandboxed(html)


async def show_look(request: Request) -> Response:
    """Answer with the one view that a signed link shows, as it is now."""
    try:
        html = await run_in_threadpool(_looked_at, request.path_params["link"])
    except NotAllowed as error:
        return PlainTextResponse(str(error), 403, headers=_UNSEEN)
    except SystemMapError as error:
        return refusal(error)
    return _sandboxed(html)


def _sandboxed(html: str) -> HTMLResponse:
    return HTMLResponse(html, headers={"content-security-policy": _policy(), **_UNSEEN})


_UNSEEN = {"cache-control": "no-store", "x-robots-tag": "noindex"}


def _for_person(cookies: Mapping[str, str], programme_id: str, choice: Choice) -> str:
    """Return a map as a page, if whoever asks may read it."""
    person = person_in(cookies) if current().server else None
    store_of(person).revision(programme_id)
    return _html(programme_id, choice)


def _looked_at(link: str) -> str:
    look = looked_at(store().secret(), link)
    choice = Choice(map_id=look.map_id)
    if look.view_id:
        programme = programmes_of(store()).now(look.programme_id)
        views = {v.id: v.choice for v in saved_views(programme, look.map_id)}
        if look.view_id not in views:
            raise NotAllowed(OVER)
        choice = views[look.view_id]
    return _html(look.programme_id, choice)


def choice_from(query: QueryParams) -> Choice:
    """Read ``map``, ``focus``, ``steps``, ``themes`` and ``layers``; nonsense is left out."""
    steps = query.get("steps", "")
    layers = query.get("layers", "gaps").split(",")
    return Choice(
        map_id=query.get("map", "main"),
        focus=query.get("focus", ""),
        steps=min(int(steps), _MOST_STEPS) if steps.isdecimal() and int(steps) else 2,
        themes=tuple(filter(None, query.get("themes", "").split(","))),
        layers=tuple(layer for layer in LAYERS if layer in layers),
    )


def _html(programme_id: str, choice: Choice) -> str:
    today = now().astimezone().date()
    return _page(programme_id, store().revision(programme_id), choice, today)


@lru_cache(maxsize=32)
def _page(programme_id: str, revision: int, choice: Choice, today: date) -> str:
    programme = programmes_of(store()).at(programme_id, revision)
    analysis = analysis_of(store(), programme, choice.map_id)
    notices = notices_of(analysis.system_map)
    view = view_of(programme, choice, at=today, notices=notices, analysis=analysis)
    return page(view.scene, view.caption, analysis=view.analysis, embed=True)


def _policy() -> str:
    scripts = policy(engine_script(), bundled(*PAGE_SCRIPTS))
    return f"sandbox allow-scripts allow-downloads; {scripts}; frame-ancestors 'self'"


def routes() -> list[Route]:
    """Return the routes of the map page and of links to look at it."""
    return [
        Route("/map/{programme_id}", show_map),
        Route("/see/{link}", show_look),
    ]
