"""The page that the app's addresses answer with: Streamlit's own, made ready for ours.

Streamlit's page is in American English, runs two inline scripts that our policy
forbids, asks for its health page under the present address first, and shows what it
draws before our styles arrive with it, so that everything jumps. Ours says its
language, leaves those scripts out, says where the server is, carries the styles, and
asks for the map's scripts while Streamlit still begins.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

WHERE = "/front/where.js"
_WHERE = "window.__streamlit = {{ BACKEND_BASE_URL: location.origin{base} }};\n"
"""Asked for as a file: our policy lets no script run that stands in a page."""
_INLINE = ("<script>", "</script>")
_MAP = "/map"
_HEADERS = {"cache-control": "no-cache"}


def routes(
    places: Iterable[str],
    style: str,
    scripts: Iterable[str] = (),
    base: str = "",
    *,
    beside: str = "",
) -> list[Route]:
    """Return the routes of the app's places.

    Parameters
    ----------
    places : iterable of str
        Their addresses, without the slash; the first page has none.
    style : str
        Style elements that every place begins with.
    scripts : iterable of str
        Where the map's scripts lie: its place asks for them at once, the others
        once they have nothing else to do.
    base : str
        What every address of this server begins with.
    beside : str
        Style elements of all places but the map's, where the menu stands open.
    """
    said = _WHERE.format(base=f" + {json.dumps(base)}" if base else "")
    asked = tuple(scripts)
    soon, later = (
        "".join(f'<link rel="{when}" href="{address}">' for address in asked)
        for when in ("modulepreload", "prefetch")
    )

    async def front(request: Request) -> HTMLResponse:
        on_map = request.url.path == base + _MAP
        head = soon + style if on_map else later + style + beside
        return HTMLResponse(_page(head, base), headers=_HEADERS)

    async def where(_request: Request) -> Response:
        return Response(said, media_type="text/javascript", headers=_HEADERS)

    paths = ["/", *(f"/{place}" for place in places)]
    return [Route(WHERE, where), *(Route(path, front) for path in paths)]


@cache
def _page(head: str, base: str) -> str:
    """Return Streamlit's page with our head."""
    text = (files("streamlit") / "static" / "index.html").read_text("utf-8")
    notice, _, page = without_inline_scripts(text).partition("<!DOCTYPE html>")
    rest = page.partition("<head>")[2]
    ours = f'<script src="{base}{WHERE}"></script>{head}'
    return f'<!DOCTYPE html>\n{notice}<html lang="en-GB">\n<head>{ours}{rest}'


def without_inline_scripts(text: str) -> str:
    """Return a page without the scripts that stand in it; those it asks for stay.

    Examples
    --------
    >>> without_inline_scripts('<script>a()</script><script src="b.js"></script>')
    '<script src="b.js"></script>'
    """
    begin, end = _INLINE
    first, *rest = text.split(begin)
    return first + "".join(part.partition(end)[2] for part in rest)
