"""Who may come in with a ticket, asked at the door and again at each act.

Two doors lead to a map. One is for this computer's screens only (the shield
sees to that); the other, under ``/room/``, is for tablets, whose tickets are
good only while their workshop and the part "draw" are open and their table
has this map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.canvas import tickets
from app.listed_people import people
from app.settings import address_of, current
from app.signing import NotSigned, RunOut
from systemmap.errors import NotAllowed, ProgrammeNotFound
from systemmap.model.seat import why_shut
from systemmap.model.workshop import Workshop, WorkshopTable

if TYPE_CHECKING:
    from app.canvas.tickets import Ticket
    from app.programmes import Programmes

_SCREENS = ("admin", "facilitator", "editor", "viewer")
SPENT = "This page was open for long without a word. Reload it to go on."
NO_TICKET = "This is no ticket for this door. Open the page from systemmap again."
NOT_LISTED = (
    "You have no part in this programme any more. Ask whoever looks after systemmap."
)
NOT_YOURS = "Your table draws on another map now. Reload the page."


def admitted(text: str, path: str, programmes: Programmes) -> Ticket:
    """Return the ticket of somebody who may come in here now.

    Raises
    ------
    NotAllowed
        It is no ticket for this door, or not any more; says why in words.
    """
    try:
        ticket = tickets.read(programmes.store.secret(), text)
    except RunOut:
        raise NotAllowed(SPENT) from None
    except NotSigned:
        raise NotAllowed(NO_TICKET) from None
    tablets = path.startswith(address_of("/room/"))
    if ticket.role not in (("room",) if tablets else _SCREENS):
        raise NotAllowed(NO_TICKET)
    if why := why_out(ticket, programmes):
        raise NotAllowed(why)
    return ticket


def _not_listed(ticket: Ticket) -> str:
    """Return why somebody who signed in has no business here any more; "" = they have."""
    person = ticket.person
    if person is None:
        return NO_TICKET if current().server else ""
    listed = people().actor_in(person, ticket.programme_id)
    return "" if listed else NOT_LISTED


def why_out(ticket: Ticket, programmes: Programmes) -> str:
    """Return why somebody who came in may not stay; "" = they may.

    Raises
    ------
    StoreError
        The store is away, so nobody can say.
    """
    if ticket.spent:
        return SPENT
    if ticket.role != "room":
        return _not_listed(ticket)
    seat = ticket.seat
    if seat is None:
        return SPENT
    try:
        programme = programmes.now(ticket.programme_id)
    except ProgrammeNotFound as error:
        return str(error)
    workshop = programme.all(Workshop).get(seat.workshop_id)
    table = programme.all(WorkshopTable).get(seat.table_id)
    moved = table is not None and table.map_id != ticket.map_id
    return why_shut(seat, workshop, table) or (NOT_YOURS if moved else "")
