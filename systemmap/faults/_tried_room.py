"""The room that strangers try: what it promises, and how they come near it."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from http.client import HTTPException
from threading import Thread
from typing import TYPE_CHECKING, Any

from websockets.sync.client import connect
from websockets.typing import Origin

from systemmap.errors import StoreError
from systemmap.faults._phone_server import RoomPhone
from systemmap.faults._wires import HOST, ROOM, Wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from websockets.sync.client import ClientConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A server with an open workshop, and what it promises.

    Attributes
    ----------
    port, words, tables : the server, the join words, the tables' ids.
    old_ticket : str
        A ticket of a workshop that was closed since.
    place : str
        What the addresses of the strangers begin with.
    patience : float
        Seconds after which nothing half said may be left; 0 = do not wait for it.
    hangs_up : float
        Seconds in which the server hangs up on whoever says too much.
    bout : float
        Seconds a flood or a guesser goes on; 0 = a number of tries.
    right_within : float
        Seconds in which right words open the room while others guess.
    halves : int
        Connections of one address that may be half said.
    at_once, each_second : float
        Requests of one address that has not joined.
    wrong, wrong_each_second : float
        Wrong words of one address that are heard at once, and later.
    longest : int
        Bytes of one message.
    channels : int
        Live channels of one address.
    connections : int
        Connections of all.
    batch : int
        Acts of one message that are dealt with before it is answered.
    told_each_second : float
        How often a canvas is told who is where.
    """

    port: int
    words: str
    tables: tuple[str, ...]
    old_ticket: str = ""
    place: str = ROOM
    patience: float = 0.0
    hangs_up: float = 15.0
    bout: float = 4.0
    right_within: float = 5.0
    halves: int = 40
    at_once: float = 300.0
    each_second: float = 20.0
    wrong: float = 12.0
    wrong_each_second: float = 0.7
    longest: int = 65_536
    channels: int = 64
    connections: int = 2_000
    batch: int = 50
    told_each_second: float = 4.0

    def over(self, begin: float, made: int, most: float) -> bool:
        """Say whether a bout is over that began then, with so many tries made."""
        if not self.bout:
            return made >= most
        return time.monotonic() > begin + self.bout or made >= 20 * most


def wires(stack: ExitStack, scene: Scene, sources: list[str]) -> list[Wire]:
    """Open a raw connection from each address; those cut off at once are left out."""
    found = []
    for source in sources:
        with suppress(OSError):
            line = Wire(scene.port, source)
            stack.callback(line.close)
            found.append(line)
    return found


def ticket_of(scene: Scene, source: str, table: int) -> str:
    """Join as somebody in the room would, and get a tablet's ticket."""
    phone = RoomPhone(scene.port, scene.words, scene.tables[table], address=source)
    try:
        phone.join()
        return str(phone.ask("/room/draw").get("ticket", ""))
    except (OSError, HTTPException, StoreError):
        return ""
    finally:
        phone.hang_up()


def channel(scene: Scene, ticket: str, source: str) -> ClientConnection:
    """Open a live channel, as a tablet does."""
    place = f"{HOST}:{scene.port}"
    return connect(
        f"ws://{place}/room/live?ticket={ticket}",
        origin=Origin(f"http://{place}"),
        source_address=(source, 0),
        proxy=None,
        close_timeout=0.2,
    )


def next_said(line: ClientConnection, word: str) -> dict[str, Any]:
    """Return the next message with that word in it."""
    while True:
        said = json.loads(line.recv(timeout=30))
        if word in said:
            return dict(said)


def together(act: Callable[[], None], times: int) -> None:
    """Do something in several threads at once."""
    threads = [Thread(target=act) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
