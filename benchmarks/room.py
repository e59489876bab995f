"""Forty phones and a facilitator's live screen: how soon is what was done seen?

The server runs by itself; phones send notes and ask every 1.3 s where the room is,
as their script does. The facilitator's page and the wall ask for themselves anew after
each commit they hear of, as their scripts do. Then 25 tablets draw at their tables, with
screen and wall as live as before. Rival in the same run: a page that
asks every five seconds, which is how a screen without a live channel keeps up.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace

from websockets.asyncio.client import connect
from websockets.typing import Origin

from app.canvas import tickets
from benchmarks._room_tablets import EVERY, Drawing, begin_drawing
from systemmap.faults._kept_line import KeptLine
from systemmap.faults._phone_server import (
    LEAD,
    TOWN,
    RoomPhone,
    RoomServer,
    joined_phones,
)
from systemmap.model.values import AgendaItem
from systemmap.model.workshop import Contribution, Workshop
from systemmap.store import open_store

PHONES, SECONDS, EACH, ASKS, STEPS = 40, 20.0, 2.5, 1.3, 6
TABLETS, LINK = 25, 0.5
GATHERED = {"run": 0.12, "wall": 0.15}  # seconds that a page waits for more commits
POLL = 5.0
WANTED = (("tap to saved", 0.15), ("note to wall", 1.0), ("phase to phones", 2.0))


def main() -> None:
    """Print seconds at p50, p95 and the longest, beside what was promised."""
    with tempfile.TemporaryDirectory() as folder:
        server = RoomServer(folder)
        workshop_id, ticket = _prepared(server.data)
        server.start()
        try:
            phones = joined_phones(server, PHONES)
            room = _Room(server.port, f"{TOWN}/{workshop_id}", ticket, phones)
            asyncio.run(room.run())
            begin_drawing(server.data)
            time.sleep(3)  # the server asks once a second what others committed
            drawing = Drawing(server.port, phones[:TABLETS], SECONDS)
            asyncio.run(_drawn(room, drawing))
        finally:
            server.stop()
        store = open_store(server.data)
        kept = len(store.load(TOWN).all(Contribution))
        store.close()
    print(
        f"{PHONES} phones, a note every {EACH:g} s each, {SECONDS:g} s, facilitator's "
        f"screen and wall live; load {os.getloadavg()[0]:.1f}"
    )
    print(f"{len(room.saved)} notes said to be saved, {kept} kept")
    for name, limit in WANTED:
        times = room.times[name]
        met = "reached" if _at(times, 0.95) <= limit else "NOT reached"
        print(f"{name:18}{_figures(times)}  p95 ≤ {limit:g} s: {met}")
    met = "reached" if _at(drawing.times, 0.95) <= LINK else "NOT reached"
    print(f"{TABLETS} tablets, a link every {EVERY:g} s each, {SECONDS:g} s")
    print(f"{'link saved':18}{_figures(drawing.saved)}  of {len(drawing.acted)} drawn")
    print(f"{'link to tablets':18}{_figures(drawing.times)}  p95 ≤ {LINK:g} s: {met}")
    rival = room.times["note to a page that asks"]
    print(f"{'asking every 5 s':18}{_figures(rival)}")
    ratio = _at(rival, 0.95) / _at(room.times["note to wall"], 0.95)
    print(f"note to wall at p95: {ratio:.0f} times sooner than by asking")


async def _drawn(room: _Room, drawing: Drawing) -> None:
    """Let tablets draw beside a live screen and wall."""
    await asyncio.gather(drawing.run(), room.shown())


def _prepared(data: str) -> tuple[str, str]:
    store = open_store(data)
    with store.editing(TOWN, actor=LEAD, label="Steps") as draft:
        (workshop,) = draft.all(Workshop).values()
        steps = tuple(
            AgendaItem(title=f"Step {n}", minutes=5, room="capture")
            for n in range(STEPS + 1)
        )
        draft.replace(replace(workshop, agenda=steps, step=-1, screen="wall"))
    secret = store.secret()
    store.close()
    found = tickets.mint(secret, TOWN, "main", LEAD, workshop_id=workshop.id)
    return workshop.id, found


@dataclass
class _Room:
    port: int
    place: str
    ticket: str
    phones: list[RoomPhone]
    saved: dict[str, float] = field(default_factory=dict)
    sent: dict[str, float] = field(default_factory=dict)
    begun: dict[int, float] = field(default_factory=dict)
    times: dict[str, list[float]] = field(
        default_factory=lambda: {
            name: [] for name in (*(n for n, _ in WANTED), "note to a page that asks")
        }
    )

    async def run(self) -> None:
        """Play the room until its time is over."""
        self.end = time.monotonic() + SECONDS
        wall = f"/room/present/{self.place}?ticket={self.ticket}"
        desk = f"/run/{self.place}?ticket={self.ticket}&look=notes"
        await asyncio.gather(
            self._live(desk, "run", None),
            self._live(wall, "wall", self.times["note to wall"]),
            self._asking(wall, self.times["note to a page that asks"]),
            self._facilitator(),
            *(self._sends(phone, n) for n, phone in enumerate(self.phones)),
            *(self._looks(phone, n) for n, phone in enumerate(self.phones)),
        )

    async def shown(self) -> None:
        """Keep screen and wall as live as their scripts do."""
        self.end = time.monotonic() + SECONDS
        wall = f"/room/present/{self.place}?ticket={self.ticket}"
        desk = f"/run/{self.place}?ticket={self.ticket}&look=tables"
        await asyncio.gather(
            self._live(desk, "run", None), self._live(wall, "wall", None)
        )

    async def _sends(self, phone: RoomPhone, number: int) -> None:
        line = KeptLine(self.port, phone.cookie)
        await asyncio.sleep(EACH * number / PHONES)
        turn = 0
        while time.monotonic() < self.end:
            text = f"note{turn}x{number}x"
            due = self.sent[text] = time.monotonic()
            form = {"text": text, "key": text, "token": phone.token}
            told = json.loads(await line.ask("POST", "/room/capture", form))
            if told.get("saved"):
                self.saved[text] = time.monotonic()
                self.times["tap to saved"].append(self.saved[text] - due)
            turn += 1
            await asyncio.sleep(max(0.0, due + EACH - time.monotonic()))
        line.close()

    async def _looks(self, phone: RoomPhone, number: int) -> None:
        line, seen = KeptLine(self.port, phone.cookie), -1
        await asyncio.sleep(random.Random(number).random() * ASKS)  # noqa: S311 - not a secret
        while time.monotonic() < self.end + ASKS:
            told = json.loads(await line.ask("GET", "/room/now?part=capture"))
            while seen < told["step"]:
                seen += 1
                if seen in self.begun:
                    late = time.monotonic() - self.begun[seen]
                    self.times["phase to phones"].append(late)
            await asyncio.sleep(ASKS)
        line.close()

    async def _facilitator(self) -> None:
        line = KeptLine(self.port)
        for step in range(STEPS):
            await asyncio.sleep((SECONDS - 3) / STEPS)
            self.begun[step] = time.monotonic()
            form = {"act": "next", "step": str(step), "from": str(step - 1)}
            await line.ask("POST", f"/run/{self.place}?ticket={self.ticket}", form)
            await line.ask(  # a new step shows the agenda or the notes: the notes stay
                "POST",
                f"/run/{self.place}?ticket={self.ticket}",
                {"act": "wall", "screen": "wall"},
            )
        line.close()

    async def _live(self, path: str, page: str, times: list[float] | None) -> None:
        """Ask for a page anew after each commit that is heard, as its script does."""
        line, shown = KeptLine(self.port), set[str]()
        origin = Origin(f"http://127.0.0.1:{self.port}")
        address = f"ws://127.0.0.1:{self.port}/live?ticket={self.ticket}"
        async with connect(address, origin=origin, max_size=None) as socket:
            while time.monotonic() < self.end + 2:
                try:
                    await asyncio.wait_for(socket.recv(), 0.5)
                except TimeoutError:
                    continue
                await asyncio.sleep(GATHERED[page])
                with suppress(TimeoutError):
                    while True:  # what else has come by now
                        await asyncio.wait_for(socket.recv(), 0.001)
                self._seen(
                    await line.ask("GET", path, accepts="text/html"), shown, times
                )
        line.close()

    async def _asking(self, path: str, times: list[float]) -> None:
        shown: set[str] = set()
        while time.monotonic() < self.end:
            await asyncio.sleep(POLL)
            line = KeptLine(self.port)  # the server has hung up meanwhile
            self._seen(await line.ask("GET", path, accepts="text/html"), shown, times)
            line.close()

    def _seen(self, page: str, shown: set[str], times: list[float] | None) -> None:
        now = time.monotonic()
        for text, at in list(self.sent.items()):
            if times is not None and text not in shown and text in page:
                shown.add(text)
                times.append(now - at)


def _at(times: list[float], share: float) -> float:
    ordered = sorted(times) or [float("nan")]
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _figures(times: list[float]) -> str:
    p50, p95, most = (_at(times, share) for share in (0.5, 0.95, 1.0))
    return f"{len(times):6} seen   p50 {p50:.2f} s   p95 {p95:.2f} s   max {most:.2f} s"
