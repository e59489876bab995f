"""Eight hours of a long day, sped up: what the program holds must not grow.

A run is a minute of that day. Phones wake up and join anew, say something new
or say again what was saved, tablets move causes and come back after a while,
and people's screens are drawn again and again, in tabs that are shut and opened.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from systemmap.errors import StoreError
from systemmap.faults._fault_test import FaultTest, Result
from systemmap.faults._phone_server import TOWN, RoomPhone, RoomServer
from systemmap.faults._screen_tabs import ScreenTab
from systemmap.faults._tablets import Tablet, joined
from systemmap.model.workshop import Contribution
from systemmap.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PROMISE = "A long day makes the program no larger and loses nothing"
DAY = 480
"""Minutes; shorter runs are not judged by what the program holds."""
PHONES, TABLETS, TABS = 40, 3, 2
GROWTH = 1.06
"""So much of what it held in the second quarter it may hold in the last."""
_ASLEEP, _AWAY = 10, 30  # minutes until a phone joins anew; a tablet, a tab comes back
_AGAIN, _MOVES = 3, 3  # answers sent again, and moves, each minute
_PAGES = ("home", "map", "gaps")
_PATIENCE, _PAUSE = 60.0, 0.1  # seconds


class Day:
    """The room and the screens of one day."""

    def __init__(self, server: RoomServer) -> None:
        self.server = server
        self.saved: list[str] = []
        self.moved = self.drawn = self.failed = 0
        self.held: list[float] = []
        self.phones = [self._phone(n) for n in range(PHONES)]
        self.tablets = [Tablet(self._phone(PHONES + n)) for n in range(TABLETS)]
        self.tabs = [ScreenTab(server.port, TOWN) for _ in range(TABS)]

    def begin(self) -> None:
        """Let the tablets join, and each put a cause of its own on its map."""
        for number, tablet in enumerate(self.tablets):
            patiently(partial(joined, tablet.phone))
            own = {"id": f"own-{number}", "label": f"Own {number}", "x": 0, "y": 0}
            tablet.act({"op": "add_factor", **own})
            self._settle(tablet)

    def minute(self, minute: int) -> None:
        """Do what is done in one minute of the day."""
        awake = self.phones if not minute else self.phones[minute % _ASLEEP :: _ASLEEP]
        for phone in awake:
            self.failed += not patiently(partial(joined, phone))
        for turn in range(1 + _AGAIN):
            phone = self.phones[(minute * (1 + _AGAIN) + turn) % PHONES]
            number = max(0, minute - turn * _AWAY)  # the first is new
            text = f"Note {number}"
            if not patiently(partial(phone.send, text, f"key-{number}")):
                self.failed += 1
            elif text not in self.saved[-1:] and not turn:
                self.saved.append(text)
        for number, tablet in enumerate(self.tablets):
            if not minute % _AWAY:
                tablet.hang_up()
                patiently(partial(joined, tablet.phone))
            for step in range(_MOVES):
                move = {"id": f"own-{number}", "x": float(minute), "y": float(step)}
                tablet.act({"op": "move", "moves": [move]})
            self._settle(tablet)
            self.moved += _MOVES
        for tab in self.tabs:
            if not minute % _AWAY:
                tab.shut()
            tab.draw(_PAGES[minute % len(_PAGES)])
            self.drawn += 1
        held = self.server.memory()
        if held is not None:
            self.held.append(held)

    def end(self) -> None:
        """Everybody leaves."""
        for tab in self.tabs:
            tab.shut()
        for phone in self.phones:
            phone.hang_up()
        for tablet in self.tablets:
            tablet.hang_up()

    def _phone(self, number: int) -> RoomPhone:
        server = self.server
        table = server.tables[number % len(server.tables)]
        address = f"127.0.3.{number + 1}"
        return RoomPhone(server.port, server.words, table, address=address)

    def _settle(self, tablet: Tablet) -> None:
        end = time.monotonic() + _PATIENCE
        while tablet.outbox.waiting and time.monotonic() < end:
            with suppress(
                StoreError
            ):  # told to wait: this day runs sixty times too fast
                tablet.follow(0.01)
        self.failed += len(tablet.outbox.waiting)


def patiently(tried: Callable[[], bool]) -> bool:
    """Try again for a while, as a phone does that is told to wait."""
    end = time.monotonic() + _PATIENCE
    while not (done := tried()) and time.monotonic() < end:
        time.sleep(_PAUSE)
    return done


def soak(runs: int) -> Result:
    """Live through `runs` minutes of a day; what the program holds is judged from 480 on.

    A note that was called saved and is not there is lost. It is wrong when something
    was refused, when a note counts twice, when the log is not true, or when the
    program holds more in the last quarter than the second allows.
    """
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        server = RoomServer(folder, rooms=("capture", "draw"))
        server.start()
        day = Day(server)
        try:
            day.begin()
            for minute in range(runs):
                day.minute(minute)
        finally:
            day.end()
            server.stop()
        store = open_store(server.data)
        try:
            notes = [n.text for n in store.load(TOWN).all(Contribution).values()]
            problems = len(store.verify().problems)
        finally:
            store.close()
    twice = len(notes) - len(set(notes))
    early, late = quarters(day.held)
    grown = runs >= DAY and late > early * GROWTH
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=len(day.saved) + day.moved,
        lost=len(set(day.saved) - set(notes)),
        wrong=problems + twice + day.failed + grown,
        seconds=round(time.monotonic() - start, 1),
        figures={
            "screens drawn": day.drawn,
            "MB in the second quarter": round(early, 1),
            "MB in the last": round(late, 1),
        },
    )


def quarters(held: Sequence[float]) -> tuple[float, float]:
    """Return the median of the second quarter and of the last; 0 where nothing was told.

    Examples
    --------
    >>> quarters([90, 100, 101, 104])
    (100, 104)
    """
    if len(held) < 4:
        return 0.0, 0.0
    part = len(held) // 4
    return statistics.median(held[part : 2 * part]), statistics.median(held[-part:])


FAULT_TEST = FaultTest(key="soak", promise=PROMISE, run=soak)
