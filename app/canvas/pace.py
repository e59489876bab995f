"""How fast one canvas may speak, and how often all are told who is where.

A canvas that says too much at once is read more slowly; nothing it said is
lost, and nobody else waits for it.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from app.canvas.operations import first_ops
from app.server.allowances import Allowance

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

EACH_SECOND, AT_ONCE = 20.0, 200.0
"""Operations, or choices of a factor, of one canvas."""
UNDO = 4.0
"""What an undo counts: it looks through the history."""
WHO_EVERY = 0.25
"""Seconds between two messages that say who has what open."""
_MOST_PLACES = 1_000


class Pace:
    """What one canvas may still say before it is read more slowly."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left = Allowance(EACH_SECOND, AT_ONCE, AT_ONCE, clock())

    def wait(self, said: Mapping[str, Any]) -> float:
        """Count one message; return how many seconds to wait before the next is read."""
        return self._left.use(self._clock(), _cost(first_ops(said.get("ops"))))


def _cost(ops: Sequence[Mapping[str, Any]]) -> float:
    return max(1.0, sum(UNDO if op.get("op") == "undo" else 1.0 for op in ops))


class Spaced:
    """Does something for a place at once, and again for all that came meanwhile, but seldom.

    Parameters
    ----------
    act : callable
        What is done for a place, in the loop that asked.
    seconds : float
        Between two times for the same place.
    """

    def __init__(self, act: Callable[[Any], None], seconds: float = WHO_EVERY) -> None:
        self._act, self._seconds = act, seconds
        self._next: dict[Hashable, float] = {}
        self._due: dict[Hashable, asyncio.AbstractEventLoop] = {}

    def ask(self, place: Hashable) -> None:
        """Do it now, or soon."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        free = self._next.get(place, now)
        if now >= free:
            self._do(place, now)
        elif self._due.get(place) is not loop:  # not yet planned
            self._due[place] = loop
            loop.call_at(free, self._late, place)

    def _late(self, place: Hashable) -> None:
        self._do(place, asyncio.get_running_loop().time())

    def _do(self, place: Hashable, now: float) -> None:
        self._due.pop(place, None)
        if len(self._next) > _MOST_PLACES:
            self._next.clear()
        self._next[place] = now + self._seconds
        self._act(place)
