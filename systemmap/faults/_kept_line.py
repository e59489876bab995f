"""One kept connection that asks one thing at a time: HTTP with nothing round it.

A thousand answers a second are timed with it, so it does no more than it must.
"""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode


class KeptLine:
    """A connection to a port of this computer, opened when it first asks."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._port, self._cookie = port, cookie
        self._pair: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open the connection, where that must not count in the first answer's time."""
        if self._pair is None:
            self._pair = await asyncio.open_connection("127.0.0.1", self._port)
        return self._pair

    async def ask(
        self,
        method: str,
        path: str,
        form: dict[str, str] | None = None,
        *,
        accepts: str = "application/json",
    ) -> str:
        """Send one request and return the body of its answer."""
        reader, writer = await self.open()
        body = urlencode(form) if form else ""
        writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Accept: {accepts}\r\nCookie: {self._cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length: ")[2].split("\r\n", 1)[0])
        return (await reader.readexactly(length)).decode()

    def close(self) -> None:
        """Hang up."""
        if self._pair:
            self._pair[1].close()
        self._pair = None
