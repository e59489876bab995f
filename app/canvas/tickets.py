"""Tickets: short-lived signed words that open the live channel and the graph of one map.

A screen's script or a room's page, which know who is there, mint them; the
live channel only checks them. A ticket names a role and a seat; on a server
also who signed in, whose rights are looked up at each act. The secret is the installation's, so a ticket made by one process
opens the door of every other. What a ticket is still good for is asked again
at each act (`admission.py`).
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import Any

from app.signing import NotSigned, opened, sealed
from systemmap.store import Actor, Person, Seat

_TICKET = "ticket"
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
    person: Person | None = None

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
    person: Person | None = None,
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
        person=person,
    )
    return sealed(secret, _TICKET, asdict(ticket))


def read(secret: bytes, text: str) -> Ticket:
    """Return what a ticket says.

    Raises
    ------
    NotSigned
        It is forged or spoilt, or another version of this program signed it.
    RunOut
        It was a ticket of ours, and its time is over.
    """
    said = opened(secret, _TICKET, text)
    try:
        seat = Seat(**said["seat"]) if said["seat"] else None
        person = _person(said["person"]) if said["person"] else None
        return Ticket(**{**said, "seat": seat, "person": person})
    except (TypeError, KeyError):
        raise NotSigned from None


def leading(
    secret: bytes, text: str, programme_id: str, workshop_id: str
) -> Ticket | None:
    """Return the ticket of whoever leads this very workshop; None = it is none."""
    try:
        ticket = read(secret, text)
    except NotSigned:
        return None
    if ticket.role not in ("admin", "facilitator") or ticket.seat is not None:
        return None
    here = (ticket.programme_id, ticket.workshop_id)
    return ticket if here == (programme_id, workshop_id) else None


def _person(said: dict[str, Any]) -> Person:
    return Person(who=said["who"], groups=tuple(said["groups"]))


def half_spent(secret: bytes, text: str) -> bool:
    """Say whether a ticket should be renewed."""
    try:
        return read(secret, text).until - time.time() < 30 * MINUTES
    except NotSigned:
        return True
