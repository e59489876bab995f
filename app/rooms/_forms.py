"""What a phone sends: one form, within bounds, read before anything is done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

BODY_LIMIT = 256_000
"""Bytes in one form: a pasted list of 200 notes fits."""
SHORT_BODY_LIMIT = 8_000
"""Bytes in one form of a phone that has not joined: three words, or a table."""
DESK_BODY_LIMIT = 1_000_000
"""Bytes in one form of the facilitator's page: each note of a workshop may be named."""
FIELDS, DESK_FIELDS = 300, 20_000
FILE_TYPE = "application/octet-stream"
"""Of a sending that is a form, a line feed, and a file."""


async def body_of(request: Request, *, most: int) -> bytes | None:
    """Return a form's bytes; None when there are more than `most`, or the phone is gone."""
    held = bytearray()
    try:
        async for chunk in request.stream():
            held += chunk
            if len(held) > most:
                return None
    except ClientDisconnect:
        return None
    return bytes(held)


def form_from(body: bytes, most: int = FIELDS) -> Mapping[str, list[str]]:
    """Return the fields of a form; none when it is no form."""
    try:
        return parse_qs(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=most
        )
    except ValueError:
        return {}


def query_from(text: str) -> Mapping[str, list[str]]:
    """Return the values of an address's query; none when there are far too many."""
    try:
        return parse_qs(text, max_num_fields=50, errors="replace")
    except ValueError:
        return {}
