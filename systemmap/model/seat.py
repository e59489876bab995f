"""Where a device in the room acts: its workshop, its table, its part, and itself.

The facilitator opens and closes parts. What may be written in each is told
here once, for the store, the live channel and the pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from systemmap.model.workshop import Workshop, WorkshopTable

PART_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "capture": ("contribution",),
        "links": ("statement",),
        "draw": ("factor", "link"),
        "vote": ("vote",),
        "proposals": ("proposal",),
    }
)
"""The parts of a room that a facilitator opens and closes, with what each may write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One device's place in a workshop's room.

    `device` is the hash of a random token, made anew for each workshop; it
    names nobody. `table_id` is "" for a device that sits at no table.
    """

    workshop_id: str
    part: str
    device: str
    table_id: str = ""

    def keyed(self, key: str) -> str:
        """Return an idempotency key that no other device can have or ask about."""
        return f"{self._mark}:{key}"

    def made(self, key: str | None) -> bool:
        """Say whether a change with this key is one that this device made here."""
        return (key or "").startswith(f"{self._mark}:")

    @property
    def _mark(self) -> str:
        """A word for this device in this part: it leads from no note or dot to a drawing."""
        parts = "\x1f".join((self.workshop_id, self.part, self.device))
        return hashlib.sha256(parts.encode()).hexdigest()[:24]


def why_shut(seat: Seat, workshop: Workshop | None, table: WorkshopTable | None) -> str:
    """Return why nobody may act at a seat now; "" = they may.

    Parameters
    ----------
    workshop : Workshop | None
        The seat's workshop as it stands; None = it is gone.
    table : WorkshopTable | None
        The seat's table as it stands; None = it is gone, or none was chosen.
    """
    if workshop is None or not workshop.open:
        return "The facilitator has closed this room. What was saved before is safe."
    if seat.part not in workshop.rooms:
        return "The facilitator has not opened this part yet, or has closed it. What was saved before is safe."
    if seat.table_id and (table is None or table.workshop_id != workshop.id):
        return "Your table is not there any more. Join again with the three words, and choose another table."
    if seat.part == "draw" and table is None:
        return "Say first which table you sit at: choose it on the joining page."
    if seat.part == "draw" and table is not None and table.map_id is None:
        return "Your table has no map of its own yet. Ask the facilitator to make one; until then you can say links in words."
    return ""
