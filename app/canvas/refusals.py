"""What is answered when a map cannot be sent: it is not there, or not just now."""

from __future__ import annotations

from starlette.responses import PlainTextResponse

from systemmap.errors import ProgrammeNotFound, StoreError, SystemMapError

AWAY = "The data cannot be reached just now. What was saved is safe; asking again."


def refusal(error: SystemMapError) -> PlainTextResponse:
    """Answer that there is no such thing, or that the store does not answer just now."""
    if isinstance(error, StoreError) and not isinstance(error, ProgrammeNotFound):
        return PlainTextResponse(AWAY, 503, headers={"retry-after": "2"})
    return PlainTextResponse(str(error), 404)
