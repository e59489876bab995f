"""A hall at work: phones that save, tablets that draw, and strangers beside them."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from websockets.exceptions import WebSocketException

from systemmap.editing.merge_maps import CARD_ID
from systemmap.errors import SystemMapError
from systemmap.faults._drawing_people import Person, acted, at_share, shows
from systemmap.faults._phone_server import TOWN, RoomPhone, RoomServer
from systemmap.faults._tablets import Tablet, joined
from systemmap.model.workshop import Contribution, WorkshopTable
from systemmap.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from systemmap.faults._tried_room import Scene
    from systemmap.store import ProgrammeStore, Transaction

    Kind = Callable[[Scene], set[str]]

PHONES = 40
LANES = 3  # kinds of mischief under way at a time
NOTE_EVERY, ACT_EVERY = 2.0, 0.5  # seconds, of one phone and of one tablet
_PATIENCE = 60.0  # seconds a phone or a tablet tries


@dataclass
class Hall:
    """The phones and the tables' tablets, at work."""

    server: RoomServer
    seconds: float
    chance: random.Random
    phones: int = PHONES
    tables: list[str] = field(default_factory=list)  # of each tablet
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
        for number, table in enumerate(self.tables):
            self.maps.append(programme.find(WorkshopTable, table).map_id or "")
            own = random.Random(self.chance.random())  # noqa: S311 - not a secret
            tablet = Tablet(self._phone(100 + number, table))
            self.people.append(Person(number, tablet, own))

    def run_beside(self, scene: Scene, kinds: tuple[Kind, ...]) -> tuple[int, set[str]]:
        """Work while strangers try; return how much they tried, and what did not hold."""
        here, there = _context().Pipe(duplex=False)
        strangers = _context().Process(
            target=_try_all, args=(scene, kinds, self.seconds, there)
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
        if self.maps.index(self.maps[person.number]) == person.number:  # once a map
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


def _try_all(
    scene: Scene, kinds: tuple[Kind, ...], seconds: float, answers: Connection
) -> None:
    """Be the strangers, in a program of their own: some kinds at once, each in turn."""
    _allow_connections(scene.connections + 400)
    end, tried, broken = time.monotonic() + seconds, list[str](), set[str]()

    def try_in_turn(own: tuple[Kind, ...]) -> None:
        for turn, kind in enumerate(cycle(own)):
            if turn >= len(own) and time.monotonic() > end:
                return
            try:
                broken.update(kind(scene))
            except (OSError, WebSocketException, TimeoutError):
                pass  # cut off: that is what guards do
            except (KeyError, ValueError, SystemMapError) as error:
                broken.add(f"{kind.__name__} could not be tried: {error}")
            tried.append(kind.__name__)

    lanes = [
        Thread(target=try_in_turn, args=(kinds[lane::LANES],))
        for lane in range(min(LANES, len(kinds)))
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


def judged(store: ProgrammeStore, room: Hall) -> tuple[int, int]:
    """Return how much that was acknowledged is missing, and how much else is wrong.

    Wrong is what happened twice, what nobody of the room did, and every
    tablet that does not show what is stored.
    """
    expected: Counter[str] = Counter(f"note {text}" for text in room.saved)
    for person in room.people:
        expected.update(person.acknowledged)
    history = store.history(TOWN, rows=True)
    kept = store.load(TOWN)
    there = {note.id for note in kept.all(Contribution).values()}
    found: Counter[str] = Counter()
    for change in history:
        if change.revision <= room.begins or _stands_cards(change, there):
            continue
        notes = [row for row in change.rows if row.kind == "contribution"]
        found.update(f"note {(row.after or {}).get('text')}" for row in notes)
        if not notes:
            found[acted(change)] += 1
    differing = sum(
        not shows(person, kept.system_map(map_id))
        for person, map_id in zip(room.people, room.maps, strict=True)
    )
    changed = (found - expected).total()
    lost = (expected - found).total()
    return lost, changed + differing + len(store.verify().problems)


def _stands_cards(change: Transaction, there: set[str]) -> bool:
    """Tell whether a change only lays notes of the room on their tables' maps."""
    laid = any(row.kind == "map" for row in change.rows)
    added = [row.key.rpartition("/")[2] for row in change.rows if row.before is None]
    notes = [f"n-{key.removeprefix(CARD_ID)}" for key in added]
    return laid and all(key.startswith(CARD_ID) for key in added) and there >= {*notes}


def figures(room: Hall, memory: float | None, log: str) -> dict[str, float]:
    """Return how long saving took, and what the program used."""
    drawn = [wait for person in room.people for wait in person.tablet.waits.values()]
    found = {
        "saves of phones, p50 ms": at_share(room.waits, 0.5),
        "saves of phones, p95 ms": at_share(room.waits, 0.95),
        "acts of tablets, p50 ms": at_share(drawn, 0.5),
        "acts of tablets, p95 ms": at_share(drawn, 0.95),
        "log, KB": round(len(log.encode()) / 1_000, 1),
    }
    return found if memory is None else {**found, "memory, MB": round(memory, 1)}
