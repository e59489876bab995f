"""Tickets: short-lived signed words that open the live channel and the graph of one map.

A screen's script or a room's page, which know who is there, mint them; the
live channel only checks them. A ticket names a role and a seat, never a
person. The secret is the installation's, so a ticket made by one process
opens the door of every other. What a ticket is still good for is asked again
at each act (`admission.py`).
"""

from __future__ import annotations

import base64
import hmac
import json
import time
from dataclasses import asdict, dataclass

from systemmap.store import Actor, Seat

MINUTES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Which map may be read and drawn on, by whom, until when."""

    programme_id: str
    map_id: str
    name: str
    role: str
    until: int
    workshop_id: str | None = None
    seat: Seat | None = None

    @property
    def actor(self) -> Actor:
        """Who acts with this ticket."""
        return Actor(self.name, self.role, self.seat)

    @property
    def spent(self) -> bool:
        """Whether its time is over."""
        return self.until <= time.time()


def mint(
    secret: bytes,
    programme_id: str,
    map_id: str,
    actor: Actor,
    *,
    workshop_id: str | None = None,
    minutes: float = MINUTES,
) -> str:
    """Return a ticket signed with the installation's secret."""
    ticket = Ticket(
        programme_id=programme_id,
        map_id=map_id,
        name=actor.name,
        role=actor.role,
        until=int(time.time() + 60 * minutes),
        workshop_id=actor.seat.workshop_id if actor.seat else workshop_id,
        seat=actor.seat,
    )
    body = _packed(json.dumps(asdict(ticket), separators=(",", ":")).encode())
    return f"{body}.{_signed(secret, body)}"


def read(secret: bytes, text: str) -> Ticket | None:
    """Return what a ticket says; None when it is forged, spoilt or too old."""
    body, _, signature = text.partition(".")
    if not hmac.compare_digest(_signed(secret, body).encode(), signature.encode()):
        return None
    try:
        said = json.loads(base64.urlsafe_b64decode(body + "=="))
        seat = Seat(**said["seat"]) if said["seat"] else None
        ticket = Ticket(**{**said, "seat": seat})
    except (ValueError, TypeError, KeyError):
        return None  # signed by another version of this program
    return None if ticket.spent else ticket


def half_spent(secret: bytes, text: str) -> bool:
    """Say whether a ticket should be renewed."""
    ticket = read(secret, text)
    return ticket is None or ticket.until - time.time() < 30 * MINUTES


def _signed(secret: bytes, body: str) -> str:
    told = f"ticket.{body}"  # so that no other word we sign can pass for a ticket
    return _packed(hmac.digest(secret, told.encode(), "sha256")[:24])


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
