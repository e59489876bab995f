"""The code that lets a phone check the live channel before people come.

The facilitator's screen shows it as a QR code. It opens that one channel, for
an hour, and nothing else.
"""

from __future__ import annotations

from app.canvas import tickets
from app.signing import NotSigned
from systemmap.store import Actor

PATH = "/room/check"
MINUTES = 60
_ROLE = "check"


def new_code(
    secret: bytes, programme_id: str = "", workshop_id: str | None = None
) -> str:
    """Return a code, good for an hour."""
    actor = Actor("Room check", _ROLE)
    return tickets.mint(
        secret, programme_id, "", actor, workshop_id=workshop_id, minutes=MINUTES
    )


def is_code(secret: bytes, given: str) -> bool:
    """Say whether this is such a code, made here and not too old."""
    try:
        return tickets.read(secret, given).role == _ROLE
    except NotSigned:
        return False


def check_address(base: str, code: str) -> str:
    """Return the address a phone opens to check the room.

    Examples
    --------
    >>> check_address("http://10.0.0.7:8501/", "abc")
    'http://10.0.0.7:8501/room/check?code=abc'
    """
    return f"{base.rstrip('/')}{PATH}?code={code}"
