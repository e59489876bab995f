"""/map/<programme>: the one-file interactive map, in a sandbox of its own.

The page is the very file that is exported. Its own header takes it out of the
app's origin, so that nothing written on a map can reach the app.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse
from starlette.routing import Route

from app.analyses import analysis_of
from app.canvas.refusals import refusal
from app.programmes import programmes_of
from app.settings import store
from systemmap.drawing.engine import engine_script
from systemmap.drawing.interactive import page
from systemmap.drawing.view import LAYERS, Choice, view_of
from systemmap.drawing.web_files import PAGE_SCRIPTS, bundled, policy
from systemmap.errors import SystemMapError
from systemmap.model.values import now

if TYPE_CHECKING:
    from datetime import date

    from starlette.datastructures import QueryParams
    from starlette.requests import Request
    from starlette.responses import Response

_MOST_STEPS = 4


async def show_map(request: Request) -> Response:
    """Answer with a map as a page; the query says which part (see `choice_from`)."""
    programme_id = request.path_params["programme_id"]
    try:
        html = await run_in_threadpool(
            _html, programme_id, choice_from(request.query_params)
        )
    except SystemMapError as error:
        return refusal(error)
    headers = {"content-security-policy": _policy(), "cache-control": "no-store"}
    return HTMLResponse(html, headers=headers)


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
    view = view_of(programme, choice, at=today, analysis=analysis)
    return page(view.scene, view.caption, analysis=view.analysis, embed=True)


def _policy() -> str:
    scripts = policy(engine_script(), bundled(*PAGE_SCRIPTS))
    return f"sandbox allow-scripts allow-downloads; {scripts}; frame-ancestors 'self'"


def routes() -> list[Route]:
    """Return the route of the map page."""
    return [Route("/map/{programme_id}", show_map)]
