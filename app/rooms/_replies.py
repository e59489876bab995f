"""What every answer of a room has: its headers, its JSON for our script, the time of day."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
POLICY = f"{_OWN}'none'"
_FRAMED = f"{_OWN}'self'; frame-src 'self'"
_RETRY_AFTER = "5"  # seconds, when the store does not answer
HEADERS = {
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


def local_time(moment: datetime) -> datetime:
    """Return a moment by the clock of the United Kingdom."""
    try:
        return moment.astimezone(ZoneInfo("Europe/London"))
    except ZoneInfoNotFoundError:
        return moment.astimezone()


def clock_time(moment: datetime) -> str:
    """Return the time of day in the United Kingdom, for instance ``10:42``."""
    return local_time(moment).strftime("%H:%M")


def as_json(values: Mapping[str, object], status: int = 200) -> Response:
    """Answer our own script."""
    return Response(
        json.dumps(values),
        status,
        headers=headers_for(status),
        media_type="application/json",
    )


def headers_for(status: int, *, framable: bool = False) -> dict[str, str]:
    """Return the headers of an answer; who cannot be served now is told when to ask again.

    Only a page of this very address may frame one that is `framable`.
    """
    found = dict(HEADERS)
    if framable:
        found["content-security-policy"] = _FRAMED
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        found["retry-after"] = _RETRY_AFTER
    return found
