"""Strangers on the Wi-Fi against a room at work: nothing is lost, and saving stays quick."""

from __future__ import annotations

import multiprocessing
import random
import string
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from websockets.exceptions import WebSocketException

from systemmap.errors import SystemMapError
from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.faults._phone_server import LEAD, TOWN, RoomPhone, RoomServer
from systemmap.faults._strangers import KINDS
from systemmap.faults._tablets import Tablet, joined
from systemmap.faults._tried_room import Scene
from systemmap.faults._wires import other_addresses
from systemmap.faults.canvases import Person, acted, shows
from systemmap.model.workshop import WorkshopTable
from systemmap.store import open_store
from systemmap.workshops.kits import kit
from systemmap.workshops.running import (
    close_room,
    open_room,
    plan_workshop,
    tables_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from multiprocessing.connection import Connection

    from systemmap.store import ProgrammeStore

PROMISE = "Strangers on the same Wi-Fi lose, change and delay nothing"
PHONES = 40
LANES = 3  # kinds of mischief under way at a time
USUAL = 100  # bouts of strangers that stand for ten minutes of a workshop
SECONDS = 60.0  # which are sped up ten times
FEWEST, FEW_PHONES, FEW_TABLETS = 2.0, 6, 2  # in the shortest run
NOTE_EVERY, ACT_EVERY = 2.0, 0.5  # seconds, of one phone and of one tablet
SAVES_P95 = 0.5
"""Seconds in which 19 of 20 saves are done, whatever strangers do."""
MEMORY, LOG = 400.0, 5.0
"""Megabytes the program holds at most, and writes to its log."""
REPEATED = 30
"""How often a line of the log may be repeated."""
_NO_DIGITS = str.maketrans("", "", string.digits)
_PATIENCE = 60.0  # seconds a phone or a tablet tries
_HALF_SAID = 40.0  # seconds until the server must have hung up on what is half said


def crowd(runs: int, seed: int | None = None) -> Result:
    """Let strangers try everything while 40 phones save and 6 tables draw.

    Half requests, floods, guesses, big frames, forged and old tickets and
    other tables' undos come in turn, each from addresses of its own. With
    100 bouts the room works for a minute, as fast as it would in ten; memory,
    the log and how long saving took are judged then too.

    Parameters
    ----------
    runs : int
        How many bouts; with fewer than 100, less time and fewer phones.
    """
    other_addresses()
    start = time.monotonic()
    share = min(runs, USUAL) / USUAL
    with tempfile.TemporaryDirectory() as folder:
        server = RoomServer(folder, rooms=("capture", "draw"))
        scene = Scene(port=server.port, words=server.words, tables=tuple(server.tables))
        if runs >= USUAL:
            scene = replace(scene, old_ticket=_old_ticket(server), patience=_HALF_SAID)
        else:
            scene = replace(scene, bout=1.0, right_within=_PATIENCE)
        room = Hall(
            server,
            max(FEWEST, SECONDS * share),
            chance_from(seed),
            phones=max(FEW_PHONES, round(PHONES * share)),
            tablets=max(FEW_TABLETS, round(len(server.tables) * share)),
        )
        server.start()
        try:
            tried, broken = room.run_beside(scene)
            memory = server.most_memory()
        finally:
            server.stop()
        log = Path(server.log).read_text(encoding="utf-8", errors="replace")
        store = open_store(server.data)
        try:
            judgement = judged(store, room)
        finally:
            store.close()
    broken |= said_too_often(log)
    found = figures(room, memory, log)
    if runs >= USUAL:
        broken |= too_much(found)
    return result_of(room, tried, broken, judgement, found, time.monotonic() - start)


def result_of(
    room: Hall,
    tried: int,
    broken: set[str],
    judgement: tuple[int, int],
    found: dict[str, float],
    seconds: float,
) -> Result:
    """Return what is told of a run: whatever did not hold counts as wrong."""
    lost, wrong = judgement
    return Result(
        promise=PROMISE,
        runs=tried,
        acknowledged=len(room.saved) + sum(p.acknowledged.total() for p in room.people),
        lost=lost,
        wrong=wrong + room.gave_up + len(broken),
        seconds=round(seconds, 1),
        figures={**found, **{f"not as promised: {words}": 1 for words in broken}},
    )


def judged(store: ProgrammeStore, room: Hall) -> tuple[int, int]:
    """Return how much that was acknowledged is missing, and how much else is wrong.

    Wrong is what happened twice, what nobody of the room did, and every
    tablet that does not show what is stored.
    """
    expected: Counter[str] = Counter(f"note {text}" for text in room.saved)
    for person in room.people:
        expected.update(person.acknowledged)
    history = store.history(TOWN, rows=True)
    found: Counter[str] = Counter()
    for change in history:
        if change.revision <= room.begins:
            continue
        notes = [row for row in change.rows if row.kind == "contribution"]
        found.update(f"note {(row.after or {}).get('text')}" for row in notes)
        if not notes:
            found[acted(change)] += 1
    kept = store.load(TOWN)
    differing = sum(
        not shows(person, kept.system_map(map_id))
        for person, map_id in zip(room.people, room.maps, strict=True)
    )
    changed = (found - expected).total()
    lost = (expected - found).total()
    return lost, changed + differing + len(store.verify().problems)


def said_too_often(log: str) -> set[str]:
    """Return what is wrong with a log: a line that is repeated without bound."""
    lines = Counter(line.translate(_NO_DIGITS) for line in log.splitlines())
    often = max(lines.values(), default=0)
    return {"the log repeats a line without bound"} if often > REPEATED else set()


def figures(room: Hall, memory: float | None, log: str) -> dict[str, float]:
    """Return how long saving took, and what the program used."""
    drawn = [wait for person in room.people for wait in person.tablet.waits.values()]
    found = {
        "saves of phones, p50 ms": _at(room.waits, 0.5),
        "saves of phones, p95 ms": _at(room.waits, 0.95),
        "acts of tablets, p50 ms": _at(drawn, 0.5),
        "acts of tablets, p95 ms": _at(drawn, 0.95),
        "log, KB": round(len(log.encode()) / 1_000, 1),
    }
    return found if memory is None else {**found, "memory, MB": round(memory, 1)}


def too_much(found: dict[str, float]) -> set[str]:
    """Return which of the figures are not as promised."""
    limits = {
        "saves of phones, p95 ms": 1_000 * SAVES_P95,
        "acts of tablets, p95 ms": 1_000 * SAVES_P95,
        "log, KB": 1_000 * LOG,
        "memory, MB": MEMORY,
    }
    return {
        f"{name} {found[name]:,.0f}, not {most:,.0f}"
        for name, most in limits.items()
        if found.get(name, 0.0) > most
    }


def _at(waits: Iterable[float], share: float) -> float:
    ordered = sorted(waits) or [0.0]
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


def _old_ticket(server: RoomServer) -> str:
    """Return a tablet's ticket of a workshop that has been closed since."""
    store = open_store(server.data)
    try:
        with store.editing(TOWN, actor=LEAD, label="Plan another") as draft:
            planned = plan_workshop(draft, kit("mapping_workshop"))
            draft.replace(replace(planned, rooms=("capture", "draw")))
            words = open_room(draft, planned.id).join_words
            table = tables_of(draft, planned.id)[0].id
    finally:
        store.close()
    server.start()
    try:
        phone = RoomPhone(server.port, words, table)
        phone.join()
        ticket = str(phone.ask("/room/draw").get("ticket", ""))
        phone.hang_up()
    finally:
        server.stop()
    store = open_store(server.data)
    try:
        with store.editing(TOWN, actor=LEAD, label="Close it") as draft:
            close_room(draft, planned.id)
    finally:
        store.close()
    return ticket


@dataclass
class Hall:
    """The phones and the tables' tablets, at work."""

    server: RoomServer
    seconds: float
    chance: random.Random
    phones: int = PHONES
    tablets: int | None = None
    saved: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    gave_up: int = 0
    people: list[Person] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)
    begins: int = 0
    _pause: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        store = open_store(self.server.data)
        try:
            programme = store.load(TOWN)
        finally:
            store.close()
        self.begins = programme.revision
        for number, table in enumerate(self.server.tables[: self.tablets]):
            self.maps.append(programme.find(WorkshopTable, table).map_id or "")
            own = random.Random(self.chance.random())  # noqa: S311 - not a secret
            tablet = Tablet(self._phone(100 + number, table))
            self.people.append(Person(number, tablet, own))

    def run_beside(self, scene: Scene) -> tuple[int, set[str]]:
        """Work while strangers try; return how much they tried, and what did not hold."""
        here, there = _context().Pipe(duplex=False)
        strangers = _context().Process(
            target=_try_all, args=(scene, self.seconds, there)
        )
        threads = [Thread(target=self._answer, args=(n,)) for n in range(self.phones)]
        threads += [Thread(target=self._draw, args=(one,)) for one in self.people]
        strangers.start()
        there.close()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        try:
            tried, broken = here.recv()
        except EOFError:
            tried, broken = 0, {"the strangers' program ended by itself"}
        strangers.join()
        here.close()
        self._look_at_the_end()
        return tried, broken

    def _phone(self, number: int, table: str) -> RoomPhone:
        address = f"127.0.2.{number + 1}"
        return RoomPhone(self.server.port, self.server.words, table, address=address)

    def _answer(self, number: int) -> None:
        """Send a note now and then, as somebody with a phone does."""
        tables = self.server.tables
        phone = self._phone(number, tables[number % len(tables)])
        end = time.monotonic() + self.seconds
        chance = random.Random(number)  # noqa: S311 - not a secret
        self._pause.wait(chance.uniform(0, NOTE_EVERY / 2))
        if not self._patiently(lambda: joined(phone)):
            self.gave_up += 1
            return
        turn = 0
        while time.monotonic() < end:
            turn += 1
            text, key = f"Note {turn} of phone {number}", f"{number}-{turn}"
            begin = time.monotonic()
            if self._patiently(partial(phone.send, text, key)):
                self.waits.append(time.monotonic() - begin)
                self.saved.append(text)
            else:
                self.gave_up += 1
            self._pause.wait(chance.uniform(0.5, 1.5) * NOTE_EVERY)
        phone.hang_up()

    def _draw(self, person: Person) -> None:
        """Draw on the table's map, as a table with a tablet does."""
        end = time.monotonic() + self.seconds
        self._patiently(lambda: joined(person.tablet.phone))
        shared = {"op": "add_factor", "id": "shared", "label": "Shared", "x": 0, "y": 0}
        person.asked[person.tablet.act(shared)] = "add shared"
        while time.monotonic() < end:
            person.tablet.follow(person.chance.uniform(0.5, 1.5) * ACT_EVERY)
            person.act()
        patience = time.monotonic() + _PATIENCE
        while person.tablet.outbox.waiting and time.monotonic() < patience:
            person.tablet.follow(0.1)
        self.gave_up += bool(person.tablet.outbox.waiting)

    def _patiently(self, tried: Callable[[], bool]) -> bool:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if tried():
                return True
            self._pause.wait(0.1)
        return False

    def _look_at_the_end(self) -> None:
        """Let every tablet hear of the last change, then leave."""
        for person in self.people:
            person.tablet.phone.hang_up()  # the server has, after so long
            ticket = person.tablet.phone.ask("/room/draw").get("ticket")
            graph = person.tablet.phone.ask(f"/room/graph?ticket={ticket}")
            end = time.monotonic() + _PATIENCE
            while person.tablet.picture.rev < graph["rev"] and time.monotonic() < end:
                person.tablet.follow(0.2)
            person.tablet.hang_up()


def _context() -> Any:  # noqa: ANN401 - one of multiprocessing's contexts
    return multiprocessing.get_context("spawn")


def _try_all(scene: Scene, seconds: float, answers: Connection) -> None:
    """Be the strangers, in a program of their own: some kinds at once, each in turn."""
    _allow_connections(scene.connections + 400)
    end, tried, broken = time.monotonic() + seconds, list[str](), set[str]()

    def try_in_turn(kinds: tuple[Callable[[Scene], set[str]], ...]) -> None:
        for turn, kind in enumerate(cycle(kinds)):
            if turn >= len(kinds) and time.monotonic() > end:
                return
            try:
                broken.update(kind(scene))
            except (OSError, WebSocketException, TimeoutError):
                pass  # cut off: that is what guards do
            except (KeyError, ValueError, SystemMapError) as error:
                broken.add(f"{kind.__name__} could not be tried: {error}")
            tried.append(kind.__name__)

    lanes = [
        Thread(target=try_in_turn, args=(KINDS[lane::LANES],)) for lane in range(LANES)
    ]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    answers.send((len(tried), broken))
    answers.close()


def _allow_connections(wanted: int) -> None:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


FAULT_TEST = FaultTest(key="crowd", promise=PROMISE, run=crowd)
