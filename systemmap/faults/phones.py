"""A hundred phones on bad Wi-Fi, and a server that is killed: each answer counts once."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from systemmap.faults._fault_test import FaultTest, Result
from systemmap.faults._phone_server import LEAD, TOWN, RoomPhone, RoomServer
from systemmap.faults._tablets import joined
from systemmap.model.workshop import Contribution, Workshop
from systemmap.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.store import ProgrammeStore

PROMISE = "A phone's answer counts once, whatever the Wi-Fi does"
PHONES = 100
ANSWERS = 3_000
_USUAL = 9  # kills that go with all the answers; fewer kills, fewer answers
_DROPPED, _DOUBLED = 0.15, 0.15  # of the answers: reply lost; button tapped twice
_PATIENCE = 120.0  # seconds a phone tries to send one answer
FOLLOWED = 2.0
"""Seconds after its return in which phones are where the room is."""
_LOOKING, _ASKS_EVERY = (
    10,
    1.3,
)  # phones that only look, and how often, as their script does


def phones(runs: int) -> Result:
    """Let 100 phones answer while the server is killed `runs` times.

    One answer in seven loses its reply after it was sent, one in seven is sent
    twice at once; the phone sends again, with the same key, until the server
    says "saved". Afterwards every acknowledged answer must be there, and no
    answer twice. While the server is away the room moves on: phones that only look
    must be at the new step within `FOLLOWED` of its return.

    Parameters
    ----------
    runs : int
        How many kills; with nine or more, 3,000 answers are sent, and each
        phone that followed too late counts as wrong.
    """
    start = time.monotonic()
    each = max(1, round(ANSWERS * min(runs, _USUAL) / _USUAL / PHONES))
    with tempfile.TemporaryDirectory() as folder:
        server = RoomServer(folder)
        server.start()
        try:
            room = _Room(server, each)
            room.run(runs)
        finally:
            server.stop()
        store = open_store(server.data)
        try:
            lost, wrong = judged(store, room.saved)
        finally:
            store.close()
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=len(room.saved),
        lost=lost,
        wrong=wrong + room.gave_up + room.late(runs),
        seconds=round(time.monotonic() - start, 1),
        figures={"slowest to follow (s)": round(max(room.delays, default=0.0), 2)},
    )


def judged(store: ProgrammeStore, saved: list[str]) -> tuple[int, int]:
    """Return how many acknowledged answers are not there, and how many are there twice."""
    there = Counter(n.text for n in store.load(TOWN).all(Contribution).values())
    lost = sum(text not in there for text in saved)
    doubled = sum(times - 1 for times in there.values())
    return lost, doubled + len(store.verify().problems)


@dataclass
class _Room:
    """The phones, how far they are, and the hand on the plug."""

    server: RoomServer
    each: int
    saved: list[str] = field(default_factory=list)
    gave_up: int = 0
    delays: list[float] = field(default_factory=list)
    _back: dict[int, float] = field(default_factory=dict)  # step: when it could be seen
    _lock: Lock = field(default_factory=Lock)
    _over: Event = field(default_factory=Event)
    _done: Event = field(default_factory=Event)

    def run(self, kills: int) -> None:
        threads = [Thread(target=self._phone, args=(n,)) for n in range(PHONES)]
        looking = [Thread(target=self._look, args=(n,)) for n in range(_LOOKING)]
        for thread in (*threads, *looking):
            thread.start()
        total = PHONES * self.each
        for number in range(kills):
            wanted = total * (number + 1) // (kills + 1)
            self._wait_until(wanted, threads)
            self.server.kill()
            step = self._moved_on()
            self.server.start()
            self._back[step] = time.monotonic()
        for thread in threads:
            thread.join()
        self._done.wait(2 * FOLLOWED)
        self._over.set()
        for thread in looking:
            thread.join()

    def late(self, kills: int) -> int:
        """Count phones that never followed; with many kills also those too late."""
        missed = _LOOKING * kills - len(self.delays)
        slow = sum(delay > FOLLOWED for delay in self.delays)
        return missed + (slow if kills >= _USUAL else 0)

    def _moved_on(self) -> int:
        """Let the room begin its next step while the server is away; return it."""
        store = open_store(self.server.data)
        try:
            with store.editing(TOWN, actor=LEAD, label="Next step") as draft:
                (workshop,) = draft.all(Workshop).values()
                draft.replace(replace(workshop, step=workshop.step + 1))
                return workshop.step + 1
        finally:
            store.close()

    def _look(self, number: int) -> None:
        """Ask where the room is as a phone's script does, and note when it moved."""
        tables = self.server.tables
        table = tables[number % len(tables)]
        phone = RoomPhone(self.server.port, self.server.words, table)
        self._patiently(lambda: joined(phone))
        seen = -1
        while not self._over.wait(_ASKS_EVERY):
            step = int(phone.ask("/room/now?part=capture").get("step", seen))
            now = time.monotonic()
            while seen < step:
                seen += 1
                with self._lock:
                    self.delays.append(max(0.0, now - self._back.get(seen, now)))
        phone.hang_up()

    def _wait_until(self, wanted: int, threads: list[Thread]) -> None:
        while len(self.saved) < wanted and any(thread.is_alive() for thread in threads):
            self._done.wait(0.01)

    def _phone(self, number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - not a secret
        tables = self.server.tables
        phone = RoomPhone(
            self.server.port, self.server.words, tables[number % len(tables)]
        )
        self._patiently(lambda: joined(phone))
        for turn in range(self.each):
            text, key = f"Answer {turn} of phone {number}", f"{number}-{turn}"
            self._answer(phone, text, key, chance)
        phone.hang_up()

    def _answer(
        self, phone: RoomPhone, text: str, key: str, chance: random.Random
    ) -> None:
        fate = chance.random()
        if fate < _DROPPED:
            phone.send_and_miss_the_reply(text, key)
        elif fate < _DROPPED + _DOUBLED:
            twin = RoomPhone(
                phone.port, phone.words, phone.table, phone.cookie, phone.token
            )
            tap = Thread(target=twin.send, args=(text, key))
            tap.start()
            self._patiently(lambda: phone.send(text, key))
            tap.join()
            twin.hang_up()
        said = self._patiently(lambda: phone.send(text, key))
        with self._lock:
            self.gave_up += not said
            if said:
                self.saved.append(text)

    def _patiently(self, tried: Callable[[], bool]) -> bool:
        end, pause = time.monotonic() + _PATIENCE, 0.05
        while time.monotonic() < end:
            if tried():
                return True
            self._done.wait(pause)
            pause = min(pause * 1.5, 0.5)
        return False


FAULT_TEST = FaultTest(key="phones", promise=PROMISE, run=phones)
