"""Requests, within bounds: uvicorn's HTTP protocol with every wait noted.

uvicorn waits for ever for a request that was half sent. Here each connection
says what it is waiting for, headers and bodies are bounded, and reads are
small, so that one visitor's flood is taken in portions and never all at once.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.server.connections import FOLLOWING
from app.server.live_protocol import MESSAGE, SCREEN_MESSAGE, LiveProtocol
from app.server.portions import Portions

if TYPE_CHECKING:
    from app.server.connections import Connections, Line

HEADERS = 16_384
"""Bytes of the headers of one request."""
PIECES = 4_000
"""Pieces a request's body may come in."""
_SCREENS = "/_stcore/"


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


class RequestProtocol(Portions, H11Protocol, asyncio.BufferedProtocol):
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

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Hand over to the live channel, if one more may be opened."""
        if self._line is None or not self._list.may_follow(self._line):
            self._refuse_upgrade()
            return
        screens = _SCREENS in str(self.scope["path"])
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
        if line is None or line.stage in FOLLOWING:
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
