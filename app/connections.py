"""The connections of the server: how long one may dawdle, and how many there may be.

uvicorn waits for ever for a request that was half sent, takes as many
connections as come, and allows one message size for all sockets. Its two
protocols are extended here: every connection stands in a list with what it is
waiting for, and whoever lets the server wait too long is cut off. Reads are
small, so that one visitor's flood is taken in portions and never all at once.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.allowances import Allowance, Allowances

if TYPE_CHECKING:
    from collections.abc import Callable

    from websockets.frames import Frame

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
    "body": 30.0,
    "handshake": 10.0,
    "message": 30.0,
    "unread": 30.0,
    "closing": 5.0,
}
"""Seconds the server waits for each part; a new byte does not start them anew."""
READ_AT_ONCE = 16_384
HEADERS = 16_384
"""Bytes of the headers of one request."""
PIECES = 4_000
"""Pieces a request's body may come in."""
MESSAGE = 65_536
"""Bytes of one message on a live channel."""
SCREEN_MESSAGE = 5_000_000
"""Bytes of one message of Streamlit's own screens, which only this computer reaches."""
FRAGMENTS = 64
"""Frames one message may be cut into."""
FRAMES_EACH_SECOND, FRAMES_AT_ONCE = 50.0, 400.0
"""Frames of any kind on one live channel."""
UNREAD = 262_144
"""Bytes of answers to pings that may wait for somebody who does not read."""
_SCREENS = "/_stcore/"
_THIS_COMPUTER = ("127.0.0.1", "::1")
_into = bytearray(READ_AT_ONCE)  # filled and emptied in one step of the loop


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
        open_ = [one for one in self._lines.values() if one.stage in _FOLLOWING]
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


_UNFINISHED = ("headers", "closing", "idle")
_FOLLOWING = ("handshake", "live", "message")


class _Requests(h11.Connection):
    """One connection's requests; a body in very many small pieces is refused."""

    _pieces = 0

    def next_event(self) -> Any:  # noqa: ANN401 - h11's own type
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._pieces = 0
        elif isinstance(event, h11.Data):
            self._pieces += 1
            if self._pieces > PIECES:
                raise h11.RemoteProtocolError("too many pieces")
        return event


class RequestProtocol(H11Protocol, asyncio.BufferedProtocol):
    """uvicorn's HTTP protocol, within bounds."""

    def __init__(self, *, connections: Connections, **uvicorns: Any) -> None:  # noqa: ANN401 - passed on
        super().__init__(**uvicorns)
        self.conn = _Requests(h11.SERVER, max_incomplete_event_size=HEADERS)
        self._list = connections
        self._line: Line | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn
        """Take the connection, or drop it where there is no room."""
        self._line = self._list.opened(transport)
        if self._line is None:
            transport.abort()
            return
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._line is not None:
            self._list.closed(self.transport)
            super().connection_lost(exc)

    def get_buffer(self, sizehint: int) -> bytearray:
        """Say where the next bytes go: never more than a portion."""
        return _into

    def buffer_updated(self, nbytes: int) -> None:
        """Take the portion."""
        self.data_received(bytes(_into[:nbytes]))

    def data_received(self, data: bytes) -> None:
        """Read on, and note what is waited for."""
        if self._line is None:
            return
        super().data_received(data)
        self._note()

    def on_response_complete(self) -> None:
        """Note that the answer is out."""
        super().on_response_complete()
        self._note()

    def pause_writing(self) -> None:
        """Note that the visitor does not read."""
        super().pause_writing()
        self._note()

    def resume_writing(self) -> None:
        """Note that the visitor reads again."""
        super().resume_writing()
        self._note()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand over to the live channel, if one more may be opened."""
        if self._line is None or not self._list.may_follow(self._line):
            self._refuse_upgrade()
            return
        screens = str(self.scope["path"]).startswith(_SCREENS)
        self.ws_protocol_class = cast(
            "Any",
            partial(
                LiveProtocol,
                connections=self._list,
                longest=SCREEN_MESSAGE if screens else MESSAGE,
            ),
        )
        super().handle_websocket_upgrade(event)

    def _refuse_upgrade(self) -> None:
        heads = [("connection", "close"), ("content-length", "0")]
        for told in (
            h11.Response(status_code=503, headers=heads, reason="Service Unavailable"),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(told))
        self.transport.close()
        self._note()

    def _note(self) -> None:
        line = self._line
        if line is None or line.stage in _FOLLOWING:
            return
        if self.transport.is_closing():
            line.now("closing")
        elif self.flow.write_paused:
            line.now("unread")
        elif self.conn.their_state is h11.IDLE:
            line.now("idle" if self.timeout_keep_alive_task else "headers")
        elif self.conn.their_state is h11.SEND_BODY:
            line.now("body")
        else:
            line.now("answer")


class LiveProtocol(WebSocketsSansIOProtocol, asyncio.BufferedProtocol):
    """uvicorn's WebSocket protocol, within bounds."""

    def __init__(
        self,
        *,
        connections: Connections,
        longest: int,
        clock: Callable[[], float] = time.monotonic,
        **uvicorns: Any,  # noqa: ANN401 - passed on
    ) -> None:
        super().__init__(**uvicorns)
        self.conn.max_message_size = longest
        self._list = connections
        self._line: Line | None = None
        self._clock = clock
        full = FRAMES_AT_ONCE
        self._frames_left = Allowance(FRAMES_EACH_SECOND, full, full, clock())
        self._fragments = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over the connection from the request that asked for it."""
        super().connection_made(transport)
        self._line = self._list.line(transport)
        if self._line:
            self._line.now("handshake")

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._list.closed(self.transport)
        super().connection_lost(exc)

    def get_buffer(self, sizehint: int) -> bytearray:
        """Say where the next bytes go: never more than a portion."""
        return _into

    def buffer_updated(self, nbytes: int) -> None:
        """Take the portion."""
        self.data_received(bytes(_into[:nbytes]))

    def data_received(self, data: bytes) -> None:
        """Read on, and note whether a message is unfinished."""
        super().data_received(data)
        self._note()

    def start_keepalive(self) -> None:
        """Note that the channel is open."""
        super().start_keepalive()
        self._note()

    def pause_writing(self) -> None:
        """Note that the visitor does not read."""
        super().pause_writing()
        self._note()

    def resume_writing(self) -> None:
        """Note that the visitor reads again."""
        super().resume_writing()
        self._note()

    def handle_text(self, event: Frame) -> None:
        """Take a frame, if it is not one too many."""
        if self._within():
            super().handle_text(event)

    def handle_bytes(self, event: Frame) -> None:
        """Take a frame, if it is not one too many."""
        if self._within():
            super().handle_bytes(event)

    def handle_cont(self, event: Frame) -> None:
        """Take a further piece of a message, if it is not one too many."""
        self._fragments = 0 if event.fin else self._fragments + 1
        if self._fragments > FRAGMENTS:
            self._hang_up(1009, "too many pieces")
        elif self._within():
            super().handle_cont(event)

    def handle_ping(self) -> None:
        """Answer a ping, unless the answers are not read."""
        if self.transport.get_write_buffer_size() > UNREAD:
            self.transport.abort()
        elif self._within():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        """Take an answer to a ping."""
        if self._within():
            super().handle_pong(event)

    def _within(self) -> bool:
        """Count a frame; hang up where they come too fast."""
        if self.close_sent or self.transport.is_closing():
            return False
        if self._frames_left.use(self._clock()) > 0:
            self._hang_up(1008, "too many messages")
            return False
        return True

    def _hang_up(self, code: int, reason: str) -> None:
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.fail(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()

    def _note(self) -> None:
        if self._line is None:
            return
        unfinished = self.frames or self.conn.reader.buffer
        if self.transport.is_closing():
            self._line.now("closing")
        elif not self.writable.is_set():
            self._line.now("unread")
        elif not self.handshake_complete:
            self._line.now("handshake")
        elif unfinished and not self.read_paused:
            self._line.now("message")
        else:
            self._line.now("live")
