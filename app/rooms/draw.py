"""Draw: the table's own map on a tablet, live for everybody at the table and the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.canvas import tickets
from app.canvas.packed_graphs import engine_address, web_address
from app.rooms._replies import as_json
from app.rooms._room import Room, Visit
from systemmap.store import Actor

if TYPE_CHECKING:
    from starlette.responses import Response

    from systemmap.model.workshop import WorkshopTable

NO_TABLE = "Say first which table you sit at: choose it on the joining page."
NO_MAP = (
    "Your table has no map of its own yet. Ask the facilitator to make one; "
    "until then you can say links in words."
)


def answer(visit: Visit) -> Response:
    """Show the table's map to draw on, or hand our script a fresh ticket."""
    _, hall, workshop = visit.here
    table = visit.table
    if table is None:
        return visit.message("Which table?", NO_TABLE, status=409)
    if table.map_id is None:
        return visit.message("No map yet", NO_MAP, status=409)
    ticket = _ticket(hall.programme_id, workshop.id, table, table.map_id)
    if visit.wants_json:
        return as_json({"ticket": ticket})
    return visit.page(
        "draw.html",
        ticket=ticket,
        place=f"{hall.programme_id}/{table.map_id}",
        engine=engine_address(),
        canvas_script=web_address("room.js"),
        canvas_style=web_address("map.css"),
    )


def _ticket(
    programme_id: str, workshop_id: str, table: WorkshopTable, map_id: str
) -> str:
    actor = Actor(table.name, "room", map_id)
    return tickets.mint(programme_id, map_id, actor, workshop_id=workshop_id)


ROOM = Room(
    key="draw",
    title="Draw",
    path="/room/draw",
    answer=answer,
    opened_as="draw",
)
