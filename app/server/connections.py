"""The connections of the server: how long one may dawdle, and how many there may be.

uvicorn waits for ever for a request that was half sent and takes as many
connections as come. Its two protocols are extended (`request_protocol`,
`live_protocol`): every connection stands in a list with what it is waiting
for, and whoever lets the server wait too long is cut off.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.server.allowances import Allowances

if TYPE_CHECKING:
    import asyncio

MOST = 2_000
"""Connections at a time, where the computer allows that many descriptors."""
EACH_ADDRESS = 400
"""Of one address: a whole hall may sit behind one."""
UNFINISHED = 40
"""Of one address, that have not sent a whole request yet."""
SOCKETS, SOCKETS_EACH = 300, 64
"""Live channels at a time: of all, and of one address."""
NEW_EACH_SECOND, NEW_AT_ONCE = 50.0, 400.0
"""New connections from one address."""
PATIENCE = {
    "headers": 10.0,
    "body": 20.0,
    "handshake": 10.0,
    "message": 30.0,
    "unread": 30.0,
    "closing": 5.0,
}
"""Seconds the server waits for each part; a new byte does not start them anew."""
READ_AT_ONCE = 16_384
PORTION = bytearray(READ_AT_ONCE)
"""Where both protocols read to: filled and emptied in one step of the loop."""
_THIS_COMPUTER = ("127.0.0.1", "::1")


@dataclass(eq=False, slots=True)
class Line:
    """One connection: where it comes from, what it is waiting for, since when."""

    transport: asyncio.Transport
    address: str
    stage: str = "headers"
    since: float = field(default_factory=time.monotonic)

    def now(self, stage: str) -> None:
        """Note what it waits for now."""
        if stage != self.stage:
            self.stage, self.since = stage, time.monotonic()

    @property
    def near(self) -> bool:
        """Whether it comes from this computer."""
        return self.address in _THIS_COMPUTER


class Connections:
    """Every open connection, within a bound; those nobody waits for go first.

    Parameters
    ----------
    most : int
        How many there may be.
    patience : dict
        Seconds for each thing that is waited for; see `PATIENCE`.
    """

    def __init__(
        self, most: int = MOST, patience: dict[str, float] | None = None
    ) -> None:
        self.most = most
        self.patience = PATIENCE if patience is None else patience
        self._lines: dict[asyncio.BaseTransport, Line] = {}
        self._each: Counter[str] = Counter()
        self._new = Allowances(NEW_EACH_SECOND, NEW_AT_ONCE)

    def __len__(self) -> int:
        return len(self._lines)

    def opened(self, transport: asyncio.Transport) -> Line | None:
        """Take a connection into the list; None when there is no room for it."""
        peer = transport.get_extra_info("peername")
        line = Line(transport, str(peer[0]) if peer else "")
        if not line.near and self._new.use(line.address, longest=0.0) > 0:
            return None
        if not self._room_for(line):
            return None
        self._lines[transport] = line
        self._each[line.address] += 1
        return line

    def line(self, transport: asyncio.BaseTransport) -> Line | None:
        """Return a connection's place in the list."""
        return self._lines.get(transport)

    def closed(self, transport: asyncio.BaseTransport | None) -> None:
        """Forget a connection."""
        line = self._lines.pop(transport, None) if transport else None
        if line:
            self._each[line.address] -= 1
            if not self._each[line.address]:
                del self._each[line.address]

    def may_follow(self, line: Line) -> bool:
        """Say whether one more live channel may be opened from there."""
        open_ = [one for one in self._lines.values() if one.stage in FOLLOWING]
        here = sum(one.address == line.address for one in open_)
        return len(open_) < SOCKETS and (line.near or here < SOCKETS_EACH)

    def sweep(self) -> None:
        """Cut off whoever let the server wait too long; called every second."""
        now = time.monotonic()
        for line in list(self._lines.values()):
            if now - line.since <= self.patience.get(line.stage, now):
                continue
            if line.stage in ("unread", "closing"):
                line.transport.abort()
            else:
                line.transport.close()
                line.now("closing")

    def _room_for(self, line: Line) -> bool:
        if not line.near and not self._room_at(line.address):
            return False
        return len(self._lines) < self.most or self._dropped(list(self._lines.values()))

    def _room_at(self, address: str) -> bool:
        if self._each[address] < UNFINISHED:
            return True
        here = [one for one in self._lines.values() if one.address == address]
        unfinished = [one for one in here if one.stage in _UNFINISHED]
        if len(unfinished) >= UNFINISHED or len(here) >= EACH_ADDRESS:
            return self._dropped(unfinished)
        return True

    def _dropped(self, lines: list[Line]) -> bool:
        """Drop the one that has let the server wait longest; False when all are at work."""
        waiting = [one for one in lines if one.stage in _UNFINISHED]
        if not waiting:
            return False
        oldest = min(waiting, key=lambda one: one.since)
        oldest.transport.abort()
        self.closed(oldest.transport)
        return True


_UNFINISHED = ("headers", "body", "closing", "idle")
FOLLOWING = ("handshake", "live", "message")
