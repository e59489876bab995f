"""The wall's picture of the whole map: drawn anew when the map changed, and not too often."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.workshops.room_map import RoomMap, room_map

if TYPE_CHECKING:
    from app.rooms._venue import Hall, Venue
    from systemmap.model.programme import Programme

EVERY = 2.0
"""Seconds between two drawings, so that 25 people drawing do not slow each other down."""


@dataclass(slots=True)
class _Drawn:
    records: list[object]
    at: float
    picture: RoomMap


_drawn: WeakKeyDictionary[Venue, dict[tuple[str, str], _Drawn]] = WeakKeyDictionary()
_drawing = Lock()


def room_picture(venue: Venue, hall: Hall, workshop_id: str) -> RoomMap:
    """Return the picture; the one before where nothing changed, or only just now."""
    key = (hall.programme_id, workshop_id)
    with _drawing:
        held = _drawn.setdefault(venue, {}).get(key)
        records = _records(hall.programme)
        if held and (
            time.monotonic() - held.at < EVERY or _unchanged(held.records, records)
        ):
            return held.picture
        before = held.picture if held and held.picture.places else None
        picture = room_map(hall.programme, workshop_id, before=before)
        _drawn[venue][key] = _Drawn(records, time.monotonic(), picture)
        return picture


def _records(programme: Programme) -> list[object]:
    kinds = (Factor, Link, MapVersion)
    return [record for kind in kinds for record in programme.all(kind).values()]


def _unchanged(one: list[object], other: list[object]) -> bool:
    same = len(one) == len(other)
    return same and all(a is b for a, b in zip(one, other, strict=True))
