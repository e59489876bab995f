"""How much somebody may do in a while: so much at once, then so much a second.

Whoever is counted is known by a salted hash that lives in memory and dies with
the process. No address is stored, written or logged.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from math import inf
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT = 4_096
"""Those whose use is remembered; whoever was quiet longest is forgotten first."""
_SALT = secrets.token_bytes(16)


def hashed(name: str) -> str:
    """Return an address or a device as it may be remembered in memory."""
    return hashlib.sha256(_SALT + name.encode()).hexdigest()[:16]


@dataclass(slots=True)
class Allowance:
    """So much at once, refilled evenly; what is used beyond it has to be waited for.

    Attributes
    ----------
    each_second : float
        How much comes back in a second.
    at_once : float
        How much there may be.
    left : float
        What is left; below 0 it is owed.
    counted : float
        The moment `left` was true.
    """

    each_second: float
    at_once: float
    left: float
    counted: float

    def use(self, moment: float, amount: float = 1.0, *, longest: float = inf) -> float:
        """Use some; return how many seconds to wait until it is paid for, 0 = none.

        Where that would be more than `longest`, nothing is used: whoever is
        sent away owes nothing for it.
        """
        grown = max(0.0, moment - self.counted) * self.each_second
        self.left = min(self.at_once, self.left + grown)
        self.counted = moment
        wait = max(0.0, (amount - self.left) / self.each_second)
        if wait <= longest:
            self.left -= amount
        return wait


class Allowances:
    """The same allowance for each of many devices or addresses.

    Parameters
    ----------
    each_second, at_once : float
        What each of them may use.
    """

    def __init__(
        self,
        each_second: float,
        at_once: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._each_second, self._at_once = each_second, at_once
        self._clock = clock
        self._kept: OrderedDict[str, Allowance] = OrderedDict()
        self._lock = Lock()

    def use(self, name: str, amount: float = 1.0, *, longest: float = inf) -> float:
        """Use some of one's own; return how many seconds to wait for it."""
        moment, key = self._clock(), hashed(name)
        with self._lock:
            held = self._kept.get(key)
            if held is None:
                full = self._at_once
                held = Allowance(self._each_second, full, full, moment)
                self._kept[key] = held
            self._kept.move_to_end(key)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return held.use(moment, amount, longest=longest)

    def wait(self, name: str) -> float:
        """Return how many seconds one would wait, and use nothing."""
        with self._lock:
            held = self._kept.get(hashed(name))
            return held.use(self._clock(), longest=-1.0) if held else 0.0

    def touched(self, name: str) -> bool:
        """Say whether somebody has used any of it, and not got it back."""
        with self._lock:
            held = self._kept.get(hashed(name))
            if held is None:
                return False
            held.use(self._clock(), 0.0)  # what came back meanwhile
            return held.left < self._at_once
