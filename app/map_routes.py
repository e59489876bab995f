"""/map/<id>: the one-file interactive map of a programme, in a sandbox of its own.

The page is the very file that is exported. Its own header takes it out of the
app's origin, so that nothing on a map can reach the app.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from systemmap.errors import SystemMapError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def show_map(request: Request) -> Response:
    """Answer with a map as a page: ``/map/<programme>?map=<map id>&focus=…``."""
    programme_id = request.path_params["programme_id"]
    map_id = request.query_params.get("map", "main")
    try:
        page, policy = await run_in_threadpool(_page, programme_id, map_id)
    except SystemMapError as error:
        return PlainTextResponse(str(error), 404)
    return HTMLResponse(
        page, headers={"content-security-policy": policy, "cache-control": "no-store"}
    )


def _page(programme_id: str, map_id: str) -> tuple[str, str]:
    from systemmap.drawing.interactive import interactive_map

    programme = store().load(programme_id)
    page = interactive_map(programme, map_id)
    return page.html, page.policy


def routes() -> list[Route]:
    """Return the route of the map page."""
    return [Route("/map/{programme_id}", show_map)]
