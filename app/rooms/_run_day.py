"""The day as the facilitator drives it: agenda by the clock, one next step, who is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app import settings
from app.rooms._presence import Phones
from app.rooms._replies import local_time
from systemmap.errors import UnknownItem
from systemmap.model.values import now
from systemmap.workshops.agenda import running, timetable
from systemmap.workshops.kits import kit

if TYPE_CHECKING:
    from app.rooms._room import Visit
    from app.rooms._venue import Hall
    from systemmap.model.workshop import Workshop

PART_WORDS = {
    "capture": "Say causes",
    "links": "Say what leads to what",
    "draw": "Draw on the table's map",
    "vote": "Vote",
    "proposals": "Say what we could do",
}
WALL_WORDS = {
    "welcome": "Welcome and QR code",
    "agenda": "Agenda",
    "wall": "Notes",
    "links": "Links that were said",
    "map": "The whole map",
    "vote": "Vote",
    "focus": "One part of the map",
    "proposals": "Ideas",
    "thanks": "Thank you",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the agenda by the clock; `state` is gone, now, next or ""."""

    number: int
    title: str
    minutes: int
    at: str
    state: str
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seats:
    """One table: its phones, and how many notes it wrote."""

    id: str
    name: str
    phones: Phones
    notes: int


def steps_of(workshop: Workshop) -> list[Step]:
    """Return the agenda with the time at which each step began or is to begin."""
    times = timetable(workshop, local_time(now()))
    return [
        Step(
            number=number,
            title=item.title,
            minutes=item.minutes,
            at=f"{at:%H:%M}" if at else "",
            state=_state(number, workshop.step),
            opens=tuple(PART_WORDS[part] for part in item.parts if part in PART_WORDS),
        )
        for number, (item, at) in enumerate(zip(workshop.agenda, times, strict=True))
    ]


def _state(number: int, step: int) -> str:
    if number == step:
        return "now"
    if number == step + 1:
        return "next"
    return "gone" if number < step else ""


def left_of(workshop: Workshop) -> tuple[int | None, bool]:
    """Return the seconds left of the running step (None = no clock), and if it is paused."""
    current = running(workshop, now())
    return (current.seconds_left, current.paused) if current else (None, False)


def seats_of(visit: Visit, hall: Hall, workshop: Workshop) -> list[Seats]:
    """Return the tables with their phones and notes; those at no table last, if any."""
    phones = visit.venue.presence.by_table(workshop.id)
    found = [
        Seats(
            table.id,
            table.name,
            phones.get(table.id, Phones()),
            len(hall.notes_at(workshop.id, table.id)),
        )
        for table in hall.tables(workshop.id)
    ]
    alone = Seats(
        "", "No table", phones.get("", Phones()), len(hall.notes_at(workshop.id, ""))
    )
    return [*found, alone] if alone.notes or alone.phones.joined else found


def address_of(visit: Visit, workshop: Workshop) -> tuple[str, str]:
    """Return the address for phones as it holds now, and the one on the cards if it is gone.

    A laptop that changes its network gets another address: then the codes
    printed before lead nowhere.
    """
    said = str(workshop.extra.get("address") or visit.home)
    host = urlsplit(said).hostname or ""
    if not settings.current().workshop or not _is_number(host):
        return said, ""
    own = settings.addresses_now()
    if host in own:
        return said, ""
    fresh = sorted(h for h in own if _is_number(h) and not h.startswith("127."))
    if not fresh:
        return said, said
    port = urlsplit(f"http://{visit.host}").port
    return f"http://{fresh[0]}{f':{port}' if port else ''}", said


def _is_number(host: str) -> bool:
    return host[:1].isdigit() and host.replace(".", "").isdigit()


def guide_of(workshop: Workshop) -> list[tuple[str, str]]:
    """Return the facilitator guide of the workshop's kit as (kind of line, words)."""
    try:
        guide = kit(str(workshop.extra.get("kit", ""))).guide_below_title
    except UnknownItem:
        return []
    return [_line(row) for row in guide.splitlines() if row.strip()]


def _line(row: str) -> tuple[str, str]:
    text = row.strip().replace("**", "").replace("`", "")
    if text.startswith("#"):
        return "heading", text.lstrip("# ")
    if text.startswith(("- ", "* ")):
        return "item", text[2:]
    return "text", text
