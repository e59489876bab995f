"""Wrong join words: whoever guesses waits ever longer, and the facilitator is told.

A right code is never refused because others were wrong: only the phone, or the
address, that wrong words came from has to wait before it is looked at again,
and how long is the same for a right and a wrong one. When many places guess
together, each of them waits for all. What is remembered of a place is a salted
hash in memory (see `allowances`).
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from contextlib import asynccontextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from app.server.allowances import Allowances, hashed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

FREE, EACH_SECOND = 12.0, 1 / 60
"""Wrong words of one phone or address before it waits; one more after each quiet minute."""
SHARED_FREE, SHARED_EACH_SECOND = 60.0, 1.0
"""The same for all places together."""
LONGEST = 15.0
"""Seconds a try waits at most; then it is looked at, whatever was wrong before."""
WAITING, WAITING_ALL = 10, 60
"""Tries that may wait at a time: from one place, and from all."""
SHOWN = 10
"""Minutes of which the facilitator is told."""
NOTICED = 10
"""Wrong words in that time that are more than slips."""
_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Guessing:
    """What the facilitator is told: wrong words in the last minutes, and from how many places."""

    tries: int
    places: int
    minutes: int = SHOWN


class Guesses:
    """The wrong words of the last minutes, and who has to wait because of them."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._own = Allowances(EACH_SECOND, FREE, clock)
        self._shared = Allowances(SHARED_EACH_SECOND, SHARED_FREE, clock)
        self._wrong: deque[tuple[float, str]] = deque(maxlen=_REMEMBERED)
        self._waiting: Counter[str] = Counter()
        self._lock = Lock()

    def wait(self, place: str) -> float:
        """Return how many seconds a try from a place waits until it is looked at."""
        own = self._own.wait(place)
        if self._own.touched(place):
            own = max(own, self._shared.wait(""))
        return min(LONGEST, own)

    @asynccontextmanager
    async def turn(self, place: str) -> AsyncIterator[float]:
        """Wait for one's turn; gives 0, or the seconds after which to come again.

        Parameters
        ----------
        place : str
            The phone, if it has joined before, or else the address.
        """
        wait, key = self.wait(place), hashed(place)
        if not wait:
            yield 0.0
            return
        full = self._waiting[key] >= WAITING or self._waiting.total() >= WAITING_ALL
        if full:
            yield wait
            return
        self._waiting[key] += 1
        try:
            await self._sleep(wait)
            yield 0.0
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]

    def wrong(self, place: str) -> None:
        """Remember wrong words."""
        self._own.use(place, longest=LONGEST)
        self._shared.use("", longest=LONGEST)
        with self._lock:
            self._wrong.append((self._clock(), hashed(place)))

    def lately(self) -> Guessing:
        """Return what the facilitator is told."""
        begin = self._clock() - 60 * SHOWN
        with self._lock:
            late = [place for moment, place in self._wrong if moment > begin]
        return Guessing(len(late), len(set(late)))


heard = Guesses()
"""Those of this process."""
