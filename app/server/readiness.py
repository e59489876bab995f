"""/healthz and /readyz: for whoever watches over the server; they hold no secret.

``/healthz`` says that the program answers, ``/readyz`` that it can also reach
its data. Neither says what is kept, where, or for whom.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from app import settings
from systemmap.errors import ProgrammeNotFound, SystemMapError

if TYPE_CHECKING:
    from starlette.requests import Request

HEALTH, READY, METRICS = "/healthz", "/readyz", "/metrics"
PATHS = (HEALTH, READY, METRICS)
"""What whoever watches over the server asks for, at the server itself."""
PATIENCE = 3.0
"""Seconds the data may take to answer before this server is called not ready."""
_FRESH = {"cache-control": "no-store"}


async def health(_request: Request) -> JSONResponse:
    """Say that the program answers."""
    return JSONResponse({"status": "ok"}, headers=_FRESH)


async def ready(_request: Request) -> JSONResponse:
    """Say whether the data can be reached now."""
    try:
        async with asyncio.timeout(PATIENCE):
            await run_in_threadpool(_asked)
    except (SystemMapError, TimeoutError):
        said = {"status": "not ready", "data": "cannot be reached"}
        return JSONResponse(said, 503, headers={**_FRESH, "retry-after": "5"})
    return JSONResponse({"status": "ok", "data": "reached"}, headers=_FRESH)


def _asked() -> None:
    """Ask the data for a programme that never is: it has to look to say so."""
    with suppress(ProgrammeNotFound):
        settings.store().revision("")


def routes() -> list[Route]:
    """Return the two routes; they lie outside any base path."""
    return [Route(HEALTH, health), Route(READY, ready)]
