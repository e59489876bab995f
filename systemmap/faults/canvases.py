"""Twenty-five people draw on one map; connections break and the server is killed."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.faults._phone_server import TOWN, RoomPhone, RoomServer
from systemmap.faults._tablets import Picture, Tablet, joined
from systemmap.store import open_store

if TYPE_CHECKING:
    from systemmap.model.system_map import SystemMap
    from systemmap.store import ProgrammeStore, Transaction

PROMISE = "What is drawn together counts once and is the same on every screen"
TABLETS = 25
ACTS = 24  # of each tablet, when all the usual faults are made
_USUAL = 100  # faults that go with all the acts; fewer faults, fewer acts
_KILL_EVERY = 20  # of the faults one is a kill, the others are broken connections
_PATIENCE = 90.0  # seconds until a tablet gives up
_STYLES = {"+": "more", "-": "less", "?": "unknown"}


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


def shows(person: Person, kept: SystemMap) -> bool:
    """Say whether a person's tablet shows the map as it is stored."""
    boxes = {f.id: (f.label, f.x, f.y) for f in kept.factors.values()}
    lines = {f"{s}/{t}": _STYLES[link.polarity] for (s, t), link in kept.links.items()}
    return (person.picture.boxes, person.picture.lines) == (boxes, lines)


def acted(change: Transaction) -> str:
    """Say what a change did, from its rows: names in its label may be a moment old."""
    if change.undoes:
        return f"undo {change.undoes}"
    if len(change.rows) != 1:
        return change.label
    (row,) = change.rows
    before, after = row.before, row.after or {}
    if before is None:
        return f"add {row.key.partition('/')[2]}"
    if before.get("label") != after.get("label"):
        return f"rename {before.get('label')} to {after.get('label')}"
    return f"move {row.key.partition('/')[2]} to {after.get('x')}"


def figures(people: list[Person]) -> dict[str, float]:
    """Return how long people waited for their answer: all of them, and the undisturbed."""
    waits = [wait for person in people for wait in person.tablet.waits.values()]
    calm = [wait for person in people for wait in person.calm()]
    return {
        "all, p50 ms": _at(waits, 0.5),
        "all, p95 ms": _at(waits, 0.95),
        "undisturbed, p50 ms": _at(calm, 0.5),
        "undisturbed, p95 ms": _at(calm, 0.95),
    }


def _at(waits: list[float], share: float) -> float:
    ordered = sorted(waits) or [0.0]
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


@dataclass
class Person:
    """Somebody with a tablet, who knows what they asked for."""

    number: int
    tablet: Tablet
    chance: random.Random
    asked: dict[int, str] = field(default_factory=dict)
    gave_up: bool = True  # until everything is acknowledged
    _names: dict[str, str] = field(default_factory=dict)
    _links: list[tuple[str, str, int]] = field(default_factory=list)
    _turn: int = 0

    @property
    def picture(self) -> Picture:
        """The map as this person sees it."""
        return self.tablet.picture

    @property
    def acknowledged(self) -> Counter[str]:
        """What this person was told is saved, in the words of `acted`."""
        open_ = {op["seq"] for op in self.tablet.outbox.waiting}
        told = self.asked.keys() - open_ - self.tablet.refused
        return Counter(self.asked[seq] for seq in told)

    def calm(self) -> list[float]:
        """Return the waits during which the connection held."""
        tablet = self.tablet
        return [w for seq, w in tablet.waits.items() if seq not in tablet.disturbed]

    def act(self) -> None:
        """Do one thing to the map, whatever is possible just now."""
        self._turn += 1
        can = [self._add]
        if self._names:
            can += [self._move, self._rename, self._argue, self._argue]
        if len(self._names) > 1:
            can += [self._link, self._link]
        if any(seq in self.tablet.revisions for *_, seq in self._links):
            can += [self._undo]
        self.chance.choice(can)()

    def _add(self) -> None:
        label = f"Idea {self._turn} of {self.number}"
        factor = f"idea-{self._turn}-of-{self.number}"
        place = {"x": 10.0 * self._turn, "y": 10.0 * self.number}
        self._ask(
            {"op": "add_factor", "id": factor, "label": label, **place},
            f"add {factor}",
        )
        self._names[factor] = label

    def _move(self) -> None:
        factor = self._one()
        move = {"id": factor, "x": 1000.0 + self._turn, "y": 10.0 * self.number}
        self._ask({"op": "move", "moves": [move]}, f"move {factor} to {move['x']}")

    def _rename(self) -> None:
        factor = self._one()
        was, label = self._names[factor], f"Thought {self._turn} of {self.number}"
        self._ask(
            {"op": "rename_factor", "id": factor, "label": label, "was": was},
            f"rename {was} to {label}",
        )
        self._names[factor] = label

    def _argue(self) -> None:
        """Rename what everybody renames: done, or refused and told so."""
        was = self.picture.boxes.get("shared", ("Shared", 0, 0))[0]
        label = f"Name {self._turn} by {self.number}"
        self._ask(
            {"op": "rename_factor", "id": "shared", "label": label, "was": was},
            f"rename {was} to {label}",
        )

    def _link(self) -> None:
        source, target = self.chance.sample(sorted(self._names), 2)
        if any((a, b) == (source, target) for a, b, _ in self._links):
            return
        sign = self.chance.choice("+-?")
        op = {"op": "add_link", "source": source, "target": target, "polarity": sign}
        seq = self._ask(op, f"add {source}/{target}")
        self._links.append((source, target, seq))

    def _undo(self) -> None:
        """Take a link back that was saved; nobody else has touched it."""
        known = [link for link in self._links if link[2] in self.tablet.revisions]
        chosen = self.chance.choice(known)
        self._links.remove(chosen)
        revision = self.tablet.revisions[chosen[2]]
        self._ask({"op": "undo", "revision": revision}, f"undo {revision}")

    def _one(self) -> str:
        return self.chance.choice(sorted(self._names))

    def _ask(self, op: dict[str, Any], words: str) -> int:
        seq = self.tablet.act(op)
        self.asked[seq] = words
        return seq


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
