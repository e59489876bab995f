"""Connections as strangers make them: raw, from an address of their own, half said."""

from __future__ import annotations

import base64
import json
import secrets
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

from systemmap.errors import StoreError

ROOM = "127.0.3."
"""Where strangers call from; phones call from 127.0.2.x, and this computer is 127.0.0.1."""
HOST = "127.0.0.1"
_WAIT = 30.0  # seconds for one answer


def other_addresses() -> None:
    """Make sure that this system lets one call from further addresses of its own.

    Raises
    ------
    StoreError
        It does not, as on macOS.
    """
    try:
        with socket.socket() as probe:
            probe.bind((f"{ROOM}1", 0))
    except OSError:
        msg = (
            "This run plays visitors at many addresses, 127.0.2.1 and so on, which this "
            "system does not offer. Run it on Linux or Windows."
        )
        raise StoreError(msg) from None


@dataclass
class Wire:
    """One raw connection."""

    port: int
    source: str
    line: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self.line = socket.create_connection(
            (HOST, self.port), timeout=_WAIT, source_address=(self.source, 0)
        )

    def say(self, words: bytes, *, within: float = _WAIT) -> None:
        """Send bytes; who hung up meanwhile, or does not read in time, misses them."""
        self.line.settimeout(within)
        with suppress(OSError):
            self.line.sendall(words)
        self.line.settimeout(_WAIT)

    def open_still(self) -> bool:
        """Say whether the server still holds this connection."""
        self.line.settimeout(0)
        try:
            while self.line.recv(65_536):
                pass
        except (BlockingIOError, InterruptedError):
            return True
        except OSError:
            return False
        finally:
            self.line.settimeout(_WAIT)
        return False

    def closed_within(self, seconds: float) -> bool:
        """Wait until the server hangs up; False when it does not."""
        end = time.monotonic() + seconds
        try:
            while (left := end - time.monotonic()) > 0:
                self.line.settimeout(left)
                if not self.line.recv(65_536):
                    return True
        except TimeoutError:
            return False
        except OSError:
            return True
        finally:
            self.line.settimeout(_WAIT)
        return False

    def upgrade(self, path: str, *, origin: str | None = None) -> bool:
        """Ask for a live channel; True = it was opened."""
        own = f"http://{HOST}:{self.port}"
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        self.say(
            f"GET {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            f"Sec-WebSocket-Version: 13\r\nOrigin: {origin or own}\r\n\r\n".encode()
        )
        try:
            return self.line.recv(4_096).startswith(b"HTTP/1.1 101")
        except OSError:
            return False

    def close(self) -> None:
        """Hang up."""
        self.line.close()


def frame(
    words: bytes, *, opcode: int = 1, fin: bool = True, length: int | None = None
) -> bytes:
    """Return one masked frame of a live channel; `length` claims another length."""
    size = len(words) if length is None else length
    head = bytes([(0x80 if fin else 0) | opcode])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 65_536:
        head += bytes([0x80 | 126]) + struct.pack("!H", size)
    else:
        head += bytes([0x80 | 127]) + struct.pack("!Q", size)
    return head + b"\0\0\0\0" + words


def message(said: dict[str, Any]) -> bytes:
    """Return one whole message of a canvas as a frame."""
    return frame(json.dumps(said).encode())


def connection(port: int, source: str, *, wait: float = _WAIT) -> HTTPConnection:
    """Return a connection for requests, from an address of one's own."""
    return HTTPConnection(HOST, port, timeout=wait, source_address=(source, 0))


def asked(
    port: int, source: str, path: str, *, line: HTTPConnection | None = None
) -> int:
    """Ask for a page; return the status, 0 = no answer."""
    own = line or connection(port, source)
    try:
        own.request("GET", path)
        reply = own.getresponse()
        reply.read()
    except (OSError, HTTPException):
        own.close()
        return 0
    finally:
        if line is None:
            own.close()
    return reply.status
