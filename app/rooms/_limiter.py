"""A brake on guessing codes: for the whole server, and for each network.

Networks are known only by a salted hash that lives in memory and dies with
the process. No address is stored, written or logged.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import deque
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SERVER_LIMIT = 20
"""Wrong codes a minute for everybody together."""
NETWORK_LIMIT = 12
"""Wrong codes a minute from one network, so that one prankster cannot use up all."""
WINDOW = 60.0


class Limiter:
    """Counts wrong codes in the last minute.

    While a limit is reached every code is refused, right ones too: otherwise
    the answer to a right one would still give it away.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._salt = secrets.token_bytes(16)
        self._wrong: deque[tuple[float, str]] = deque()
        self._lock = Lock()

    def wait(self, address: str) -> int:
        """Return how many seconds to wait before another try; 0 = try now."""
        with self._lock:
            network = self._network(address)
            self._forget()
            times = [moment for moment, _ in self._wrong]
            here = [moment for moment, other in self._wrong if other == network]
            return max(
                self._until(times, SERVER_LIMIT), self._until(here, NETWORK_LIMIT)
            )

    def count_wrong(self, address: str) -> None:
        """Remember one wrong code."""
        with self._lock:
            self._wrong.append((self._clock(), self._network(address)))

    def _until(self, moments: list[float], limit: int) -> int:
        if len(moments) < limit:
            return 0
        return max(1, int(moments[-limit] + WINDOW - self._clock() + 0.999))

    def _forget(self) -> None:
        while self._wrong and self._wrong[0][0] <= self._clock() - WINDOW:
            self._wrong.popleft()

    def _network(self, address: str) -> str:
        network = address.rpartition(".")[0] or ":".join(address.split(":")[:4])
        return hashlib.sha256(self._salt + network.encode()).hexdigest()[:16]
