"""Tickets: short-lived signed words that open the live channel and the graph of one map.

A screen's script, which knows who is there, mints them; the live channel only
checks them. A ticket names a role, never a person.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import time
from dataclasses import asdict, dataclass

from systemmap.store import Actor

MINUTES = 30
_SECRET = secrets.token_bytes(32)  # of this process: after a restart, ask anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Which map may be read and drawn on, by whom, until when."""

    programme_id: str
    map_id: str
    name: str
    role: str
    until: int
    workshop_id: str | None = None

    @property
    def actor(self) -> Actor:
        """Who acts with this ticket; a room may draw on its own table's map only."""
        own = self.map_id if self.role == "room" else None
        return Actor(self.name, self.role, own)


def mint(
    programme_id: str,
    map_id: str,
    actor: Actor,
    *,
    workshop_id: str | None = None,
    minutes: float = MINUTES,
) -> str:
    """Return a signed ticket."""
    ticket = Ticket(
        programme_id=programme_id,
        map_id=map_id,
        name=actor.name,
        role=actor.role,
        until=int(time.time() + 60 * minutes),
        workshop_id=workshop_id,
    )
    body = _packed(json.dumps(asdict(ticket), separators=(",", ":")).encode())
    return f"{body}.{_signed(body)}"


def read(text: str) -> Ticket | None:
    """Return what a ticket says; None when it is forged, spoilt or too old."""
    body, _, signature = text.partition(".")
    if not hmac.compare_digest(_signed(body).encode(), signature.encode()):
        return None
    ticket = Ticket(**json.loads(base64.urlsafe_b64decode(body + "==")))
    return ticket if ticket.until > time.time() else None


def half_spent(text: str) -> bool:
    """Say whether a ticket should be renewed."""
    ticket = read(text)
    return ticket is None or ticket.until - time.time() < 30 * MINUTES


def _signed(text: str) -> str:
    return _packed(hmac.digest(_SECRET, text.encode(), "sha256")[:24])


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
