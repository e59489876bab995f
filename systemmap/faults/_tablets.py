"""A tablet without a screen: the same outbox and the same live channel as the canvas.

It keeps every operation until it is acknowledged, sends all of them again
after a lost connection, and follows the map by the rows it hears, fetching it
whole where it missed some.
"""

from __future__ import annotations

import json
import secrets
import socket
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Origin

from systemmap.errors import StoreError

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

    from systemmap.faults._phone_server import RoomPhone

AGAIN_AFTER = 1.0
"""Seconds until what is not acknowledged is sent again; the canvas waits 2.5."""
_PAUSE = 0.15  # seconds between two tries to reach a server that is away


@dataclass
class Outbox:
    """Operations on their way, in order, each with this tablet's word and a number."""

    nonce: str = field(default_factory=lambda: secrets.token_hex(12))
    seq: int = 0
    waiting: list[dict[str, Any]] = field(default_factory=list)
    sent_at: dict[int, float] = field(default_factory=dict)

    def add(self, op: dict[str, Any]) -> int:
        """Keep an operation until it is acknowledged; return its number."""
        self.seq += 1
        self.waiting.append({"nonce": self.nonce, "seq": self.seq, **op})
        self.sent_at[self.seq] = time.monotonic()
        return self.seq

    def acknowledged(self, ack: dict[str, int]) -> list[int]:
        """Forget what has been dealt with; return its numbers."""
        upto = ack.get(self.nonce, 0)
        done = [op["seq"] for op in self.waiting if op["seq"] <= upto]
        self.waiting = [op for op in self.waiting if op["seq"] > upto]
        return done


@dataclass
class Picture:
    """The map as a tablet shows it."""

    rev: int = -1
    boxes: dict[str, tuple[str, float, float]] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)

    def begin(self, graph: dict[str, Any]) -> None:
        """Show a map that was fetched whole, unless it is older than what is shown."""
        if graph["rev"] < self.rev:
            return
        self.rev, self.boxes, self.lines = graph["rev"], {}, {}
        self._put(graph)

    def heard(self, message: dict[str, Any]) -> bool:
        """Take the rows of one commit; False when the map must be fetched whole."""
        if "hello" in message:
            return bool(message["hello"] == self.rev)
        if "rev" not in message or message["rev"] <= self.rev:
            return not message.get("reload")
        if message.get("reload") or message["rev"] > self.rev + 1:
            return False
        self.rev = message["rev"]
        for box in message.get("gone_boxes", ()):
            self.boxes.pop(box, None)
        for line in message.get("gone_lines", ()):
            self.lines.pop(line, None)
        self._put(message)
        return True

    def _put(self, rows: dict[str, Any]) -> None:
        for box in rows.get("boxes", ()):
            self.boxes[box["id"]] = (box["label"], box["x"], box["y"])
        for line in rows.get("lines", ()):
            self.lines[f"{line['source']}/{line['target']}"] = line["style"]


@dataclass
class Tablet:
    """One tablet at a table: joins, draws, loses its connection, comes back."""

    phone: RoomPhone
    outbox: Outbox = field(default_factory=Outbox)
    picture: Picture = field(default_factory=Picture)
    refused: set[int] = field(default_factory=set)
    revisions: dict[int, int] = field(default_factory=dict)
    waits: dict[int, float] = field(default_factory=dict)
    disturbed: set[int] = field(default_factory=set)
    drop_next: bool = False
    _lines: ExitStack = field(default_factory=ExitStack)
    _line: ClientConnection | None = None
    _sent: float = 0.0

    def act(self, op: dict[str, Any]) -> int:
        """Do something to the map; it is sent as soon as there is a connection."""
        seq = self.outbox.add(op)
        if self._line is None:
            self.disturbed.add(seq)
        self._flush()
        return seq

    def follow(self, seconds: float) -> None:
        """Listen for a while; connect first, where there is no connection."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self._line is None and not self._connect():
                time.sleep(min(_PAUSE, left))
                continue
            late = time.monotonic() - self._sent > AGAIN_AFTER
            if self.outbox.waiting and late:
                self._flush()
            self._hear(min(left, AGAIN_AFTER / 2))

    def hang_up(self) -> None:
        """Go away for good."""
        self._lines.close()
        self.phone.hang_up()

    def _connect(self) -> bool:
        ticket = self.phone.ask("/room/draw").get("ticket")
        if not ticket:
            return False
        place = f"127.0.0.1:{self.phone.port}"
        try:
            line = connect(
                f"ws://{place}/room/live?ticket={ticket}",
                origin=Origin(f"http://{place}"),
                source_address=(self.phone.address, 0) if self.phone.address else None,
                proxy=None,
                max_size=None,
                close_timeout=0.2,
            )
            self._line = self._lines.enter_context(line)
        except (OSError, WebSocketException):
            return False  # it is just starting, or just ending
        self._flush()
        return True

    def _flush(self) -> None:
        if self._line is None or not self.outbox.waiting:
            return
        try:
            self._line.send(json.dumps({"ops": self.outbox.waiting}))
        except (OSError, WebSocketException):
            self._lost()
            return
        self._sent = time.monotonic()
        if self.drop_next:  # the Wi-Fi goes after the words and before the answer
            self.drop_next = False
            with suppress(OSError):  # it went by itself
                self._line.socket.shutdown(socket.SHUT_RDWR)

    def _hear(self, seconds: float) -> None:
        if self._line is None:
            return
        try:
            text = self._line.recv(timeout=seconds)
        except TimeoutError:
            return
        except (OSError, WebSocketException):
            self._lost()
            return
        message = json.loads(text)
        if "ack" in message:
            self._answered(message)
        if not self.picture.heard(message):
            self._fetch()

    def _lost(self) -> None:
        self.disturbed.update(op["seq"] for op in self.outbox.waiting)
        self._lines.close()
        self._line = None

    def _answered(self, told: dict[str, Any]) -> None:
        now = time.monotonic()
        for seq in self.outbox.acknowledged(told["ack"]):
            self.waits[seq] = now - self.outbox.sent_at[seq]
        mine = f"{self.outbox.nonce}:"
        for name, revision in told["revisions"].items():
            if name.startswith(mine):
                self.revisions[int(name.removeprefix(mine))] = revision
        for refusal in told["refused"]:
            if refusal["nonce"] == self.outbox.nonce:
                self.refused.add(refusal["seq"])

    def _fetch(self) -> None:
        ticket = self.phone.ask("/room/draw").get("ticket")
        graph = self.phone.ask(f"/room/graph?ticket={ticket}") if ticket else {}
        if "rev" in graph:
            self.picture.begin(graph)
        else:
            self._lost()  # the server is away: the next connection asks again


def joined(phone: RoomPhone) -> bool:
    """Let a phone join, and say whether it could."""
    try:
        phone.join()
    except (OSError, HTTPException, StoreError):  # it may be killed mid-answer
        phone.hang_up()
        return False
    return True
