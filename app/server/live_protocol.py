"""Live channels, within bounds: uvicorn's WebSocket protocol with every wait noted.

uvicorn allows one message size for all sockets. Here Streamlit's own screens,
which only this computer reaches, may send more than the channels of phones and
canvases; pieces and frames are counted.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.server.allowances import Allowance
from app.server.portions import Portions

if TYPE_CHECKING:
    from collections.abc import Callable

    from websockets.frames import Frame

    from app.server.connections import Connections, Line

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


class LiveProtocol(Portions, WebSocketsSansIOProtocol, asyncio.BufferedProtocol):
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

    def data_received(self, data: bytes) -> None:
        """Read on, and note whether a message is unfinished."""
        super().data_received(data)
        self._note()

    def start_keepalive(self) -> None:
        """Note that the channel is open."""
        super().start_keepalive()
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
