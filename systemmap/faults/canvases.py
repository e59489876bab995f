"""Twenty-five people draw on one map; connections break and the server is killed."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TYPE_CHECKING

from systemmap.faults._drawing_people import Person, acted, at_share, shows
from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.faults._phone_server import TOWN, RoomPhone, RoomServer
from systemmap.faults._tablets import Tablet, joined
from systemmap.store import open_store

if TYPE_CHECKING:
    from systemmap.store import ProgrammeStore

PROMISE = "What is drawn together counts once and is the same on every screen"
TABLETS = 25
ACTS = 24  # of each tablet, when all the usual faults are made
_USUAL = 100  # faults that go with all the acts; fewer faults, fewer acts
_KILL_EVERY = 20  # of the faults one is a kill, the others are broken connections
_PATIENCE = 90.0  # seconds until a tablet gives up


def canvas(runs: int, seed: int | None = None) -> Result:
    """Let 25 tablets draw on one map while `runs` faults are made.

    Every twentieth fault, and the first, is a kill -9 of the server, which is
    started again on the same port and file; at the others a connection breaks
    after an operation was sent and before its answer. Tablets send again what
    was not acknowledged. Afterwards every acknowledged operation must be in
    the history once, and every tablet must show what is stored.

    Parameters
    ----------
    runs : int
        How many faults; with a hundred or more, 600 operations are made.
    """
    start = time.monotonic()
    acts = max(4, round(ACTS * min(runs, _USUAL) / _USUAL))
    with tempfile.TemporaryDirectory() as folder:
        server = RoomServer(folder, rooms=("capture", "draw"))
        server.start()
        try:
            table = _Table(server, acts, chance_from(seed))
            table.run(runs)
        finally:
            server.stop()
        store = open_store(server.data)
        try:
            lost, wrong = judged(store, server.map_id, table.people)
        finally:
            store.close()
    people = table.people
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=sum(person.acknowledged.total() for person in people),
        lost=lost,
        wrong=wrong + sum(person.gave_up for person in people),
        seconds=round(time.monotonic() - start, 1),
        figures=figures(people),
    )


def judged(store: ProgrammeStore, map_id: str, people: list[Person]) -> tuple[int, int]:
    """Return how much that was acknowledged is missing, and how much else is wrong.

    Wrong is what happened twice, and every tablet that does not show what is
    stored.
    """
    expected: Counter[str] = Counter()
    for person in people:
        expected.update(person.acknowledged)
    history = store.history(TOWN, rows=True)
    found = Counter(acted(change) for change in history if change.revision > 1)
    kept = store.load(TOWN).system_map(map_id)
    differing = sum(not shows(person, kept) for person in people)
    doubled = (found - expected).total()
    lost = (expected - found).total()
    return lost, doubled + differing + len(store.verify().problems)


def figures(people: list[Person]) -> dict[str, float]:
    """Return how long people waited for their answer: all of them, and the undisturbed."""
    waits = [wait for person in people for wait in person.tablet.waits.values()]
    calm = [wait for person in people for wait in person.calm()]
    return {
        "all, p50 ms": at_share(waits, 0.5),
        "all, p95 ms": at_share(waits, 0.95),
        "undisturbed, p50 ms": at_share(calm, 0.5),
        "undisturbed, p95 ms": at_share(calm, 0.95),
    }


@dataclass
class _Table:
    """The people, and the hand on the plug."""

    server: RoomServer
    acts: int
    chance: random.Random
    people: list[Person] = field(default_factory=list)
    _quiet: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        for number in range(TABLETS):
            phone = RoomPhone(
                self.server.port, self.server.words, self.server.tables[0]
            )
            own = random.Random(self.chance.random())  # noqa: S311 - not a secret
            self.people.append(Person(number, Tablet(phone), own))

    def run(self, faults: int) -> None:
        self._begin()
        threads = [Thread(target=self._draw, args=(person,)) for person in self.people]
        for thread in threads:
            thread.start()
        for number in range(faults):
            self._wait_until(number / faults, threads)
            if number % _KILL_EVERY == 0:
                self.server.kill()
                self.server.start()
            else:
                self.chance.choice(self.people).tablet.drop_next = True
        for thread in threads:
            thread.join()
        self._look_at_the_end()

    def _begin(self) -> None:
        first = self.people[0]
        joined(first.tablet.phone)
        shared = {"op": "add_factor", "id": "shared", "label": "Shared", "x": 0, "y": 0}
        first.asked[first.tablet.act(shared)] = "add shared"
        self._patiently(first)

    def _draw(self, person: Person) -> None:
        end = time.monotonic() + _PATIENCE
        while not person.tablet.phone.cookie and time.monotonic() < end:
            if not joined(person.tablet.phone):
                self._quiet.wait(0.2)
        for _ in range(self.acts):
            person.tablet.follow(person.chance.uniform(0.1, 0.7))
            person.act()
        self._patiently(person)

    def _patiently(self, person: Person) -> None:
        """Wait until everything is acknowledged."""
        end = time.monotonic() + _PATIENCE
        while person.tablet.outbox.waiting and time.monotonic() < end:
            person.tablet.follow(0.1)
        person.gave_up = bool(person.tablet.outbox.waiting)

    def _wait_until(self, share: float, threads: list[Thread]) -> None:
        wanted = 1 + share * TABLETS * self.acts
        while any(thread.is_alive() for thread in threads):
            if sum(len(person.tablet.waits) for person in self.people) >= wanted:
                return
            self._quiet.wait(0.01)

    def _look_at_the_end(self) -> None:
        """Let everybody hear of the last change, then leave."""
        store = open_store(self.server.data)
        try:
            last = store.revision(TOWN)
        finally:
            store.close()
        threads = [Thread(target=_catch_up, args=(p.tablet, last)) for p in self.people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _catch_up(tablet: Tablet, revision: int) -> None:
    end = time.monotonic() + _PATIENCE
    while tablet.picture.rev < revision and time.monotonic() < end:
        tablet.follow(0.2)
    tablet.hang_up()


FAULT_TEST = FaultTest(key="canvas", promise=PROMISE, run=canvas)
