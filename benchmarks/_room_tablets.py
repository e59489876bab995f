"""Twenty-five tablets that draw at their tables' maps while screen and wall are live."""

from __future__ import annotations

import asyncio
import json
import random
import time
from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import TYPE_CHECKING

from websockets.asyncio.client import connect
from websockets.typing import Origin

from systemmap.faults._kept_line import KeptLine
from systemmap.faults._phone_server import LEAD, TOWN
from systemmap.model.elements import Factor
from systemmap.model.workshop import Workshop, WorkshopTable
from systemmap.store import open_store

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

    from systemmap.faults._phone_server import RoomPhone

CAUSES, EVERY = 20, 2.0
"""Cards on each table's map, and seconds between two links of one tablet."""


def begin_drawing(data: str) -> None:
    """Open the drawing, with cards on each table's map; the wall shows the map."""
    store = open_store(data)
    with store.editing(TOWN, actor=LEAD, label="Draw") as draft:
        (workshop,) = draft.all(Workshop).values()
        draft.replace(replace(workshop, rooms=("draw", "links"), screen="map"))
        for table in list(draft.all(WorkshopTable).values()):
            draft.add(
                *(
                    Factor(
                        map_id=table.map_id or "",
                        id=f"cause-{n}",
                        label=f"Cause number {n}",
                        x=220.0 * (n % 5),
                        y=150.0 * (n // 5),
                    )
                    for n in range(CAUSES)
                )
            )
    store.close()


@dataclass
class Drawing:
    """Tablets that draw until their time is over; `times` is from act to other tablets."""

    port: int
    phones: list[RoomPhone]
    seconds: float
    times: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    acted: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)

    async def run(self) -> None:
        """Let every tablet draw and hear."""
        self.end = time.monotonic() + self.seconds
        every = list(permutations(range(CAUSES), 2))
        random.Random(3).shuffle(every)  # noqa: S311 - the same order each time
        self._pairs = {p.table: list(every) for p in self.phones}
        await asyncio.gather(*(self._tablet(n) for n in range(len(self.phones))))

    async def _tablet(self, number: int) -> None:
        phone = self.phones[number]
        line = KeptLine(self.port, phone.cookie)
        ticket = json.loads(await line.ask("GET", "/room/draw"))["ticket"]
        line.close()
        origin = Origin(f"http://127.0.0.1:{self.port}")
        address = f"ws://127.0.0.1:{self.port}/room/live?ticket={ticket}"
        async with connect(address, origin=origin, max_size=None) as socket:
            await asyncio.gather(
                self._draws(socket, number), self._hears(socket, number)
            )

    async def _draws(self, socket: ClientConnection, number: int) -> None:
        await asyncio.sleep(EVERY * number / len(self.phones))
        table, seq = self.phones[number].table, 0
        while time.monotonic() < self.end:
            seq += 1
            source, target = (f"cause-{n}" for n in self._pairs[table].pop())
            due = time.monotonic()
            self.acted[table, f"{source}/{target}"] = (due, number)
            op = {"op": "add_link", "source": source, "target": target}
            named = {"nonce": f"tablet{number}", "seq": seq, "polarity": "+"}
            await socket.send(json.dumps({"ops": [{**named, **op}]}))
            await asyncio.sleep(max(0.0, due + EVERY - time.monotonic()))

    async def _hears(self, socket: ClientConnection, number: int) -> None:
        table = self.phones[number].table
        while time.monotonic() < self.end + 3:
            try:
                said = json.loads(await asyncio.wait_for(socket.recv(), 0.5))
            except TimeoutError:
                continue
            now = time.monotonic()
            for row in said.get("lines", ()):
                pair = f"{row['source']}/{row['target']}"
                at, by = self.acted.get((table, pair), (now, -1))
                if by == number:
                    self.saved.append(now - at)
                elif by >= 0:
                    self.times.append(now - at)
