"""Who is in the room just now: phones by table, counted in memory and named nowhere."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = 20.0
"""Seconds after its last word for which a phone counts as being here."""
KEPT = 4_096


@dataclass(frozen=True, slots=True)
class Phones:
    """Phones of one table: how many joined, and how many of them are here now."""

    joined: int = 0
    here: int = 0


class Presence:
    """Remembers which phone was seen last when, and at which table.

    It lives as long as this process: after a restart phones are counted again
    as soon as they say a word, which an open page does every other second.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: OrderedDict[tuple[str, str], tuple[str, float]] = OrderedDict()
        self._lock = Lock()

    def saw(self, workshop_id: str, participant: str, table_id: str) -> None:
        """Note that a phone said a word at its table."""
        with self._lock:
            self._seen[workshop_id, participant] = (table_id, self._clock())
            self._seen.move_to_end((workshop_id, participant))
            if len(self._seen) > KEPT:
                self._seen.popitem(last=False)

    def by_table(self, workshop_id: str) -> dict[str, Phones]:
        """Return the phones of each table; "" = those at no table."""
        since = self._clock() - HERE
        with self._lock:
            seen = [at for (where, _), at in self._seen.items() if where == workshop_id]
        found: dict[str, Phones] = {}
        for table_id, last in seen:
            old = found.get(table_id, Phones())
            found[table_id] = Phones(old.joined + 1, old.here + (last >= since))
        return found
