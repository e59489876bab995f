"""Draw: the table's own map on a tablet, live for everybody at the table and the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.canvas import tickets
from app.canvas.packed_graphs import engine_address, web_address
from app.rooms._drawing_ahead import load_drawing
from app.rooms._replies import as_json
from app.rooms._room import Room, Shut, Visit
from app.settings import address_of
from systemmap.model.seat import why_shut
from systemmap.store import Actor

if TYPE_CHECKING:
    from starlette.responses import Response


def answer(visit: Visit) -> Response:
    """Show the table's map to draw on, or hand our script a fresh ticket."""
    load_drawing()
    _, hall, workshop = visit.here
    table = visit.table
    if table is None or table.map_id is None:  # it went this very moment
        raise Shut(why_shut(visit.seat, workshop, table))
    actor = Actor(table.name, "room", visit.seat)
    secret = visit.venue.secret
    ticket = tickets.mint(secret, hall.programme_id, table.map_id, actor)
    if visit.wants_json:
        return as_json({"ticket": ticket})
    return visit.page(
        "draw.html",
        ticket=ticket,
        place=f"{hall.programme_id}/{table.map_id}",
        engine=engine_address(),
        base=address_of(""),
        canvas_script=web_address("draw_room.js"),
        canvas_style=web_address("map.css"),
    )


ROOM = Room(
    key="draw",
    title="Draw",
    path="/room/draw",
    answer=answer,
    opened_as="draw",
)
