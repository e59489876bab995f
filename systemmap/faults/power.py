"""The power is cut at any moment: unsynced writes are lost, reordered or torn.

The store works on a disk that writes a diary. For each cut, what was synced is
kept; of the rest each write is kept, lost or torn at 512 bytes, each shortening
kept or lost. Names of files count as durable in order, and a sync is believed:
drives that lie are out of scope. The result is opened with plain SQLite. A
control with weaker settings must lose something, or the simulator is blind.
"""

from __future__ import annotations

import tempfile
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from systemmap.errors import SystemMapError
from systemmap.faults._apsw import Connection, Cursor, Disk
from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.faults._work import Tally, begin, say
from systemmap.store.database import DatabaseStore

if TYPE_CHECKING:
    import random

PROMISE = "What the screen called saved is there after a power cut"
_SECTOR = 512
_NOTES = 40  # changes in one diary
_PER_DIARY = 100  # cuts made in one diary
_FEW, _PATIENCE = (
    15,
    30,
)  # the control: cuts in one diary, diaries at most (1 cut in 8 loses)
_NUMBERS = count(1)


def power(runs: int, *, seed: int | None = None) -> Result:
    """Cut the power `runs` times, and with weaker settings until something is lost."""
    start, tally, chance = time.monotonic(), Tally(), chance_from(seed)
    for first in range(0, runs, _PER_DIARY):
        _cut_often(min(_PER_DIARY, runs - first), tally, chance)
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=tally.acknowledged,
        lost=tally.lost,
        wrong=tally.wrong + (not weaker_settings_lose(chance)),
        seconds=round(time.monotonic() - start, 1),
    )


def weaker_settings_lose(chance: random.Random) -> bool:
    """Say whether the control loses something, as it must, or the simulator is blind."""
    control = Tally()
    for _ in range(_PATIENCE):
        _cut_often(_FEW, control, chance, synchronous="NORMAL")
        if control.lost:
            return True
    return False


def _cut_often(
    cuts: int, tally: Tally, chance: random.Random, *, synchronous: str = "EXTRA"
) -> None:
    events, begun = _diary(synchronous)
    for _ in range(cuts):
        cut = chance.randrange(begun, len(events) + 1)
        acknowledged = [event[1] for event in events[:cut] if event[0] == "saved"]
        with tempfile.TemporaryDirectory() as folder:
            for name, content in _after(events[:cut], chance).items():
                Path(folder, name).write_bytes(content)
            _look(Path(folder, "cut.db"), acknowledged, tally)


def _diary(synchronous: str) -> tuple[list[tuple[Any, ...]], int]:
    """Return what a working store did to its disk, and where the work began."""
    disk = Disk(f"systemmap-power-{next(_NUMBERS)}")

    def connect(path: Path, *, mode: str) -> Connection:
        found = disk.connect(path, mode=mode)
        return _Weaker(found, synchronous) if synchronous != "EXTRA" else found

    with tempfile.TemporaryDirectory() as folder:
        store = DatabaseStore(Path(folder, "cut.db"), connect=connect)
        begin(store)
        begun = len(disk.events)
        for number in range(_NOTES):
            say(store, f"n{number}")
            disk.events.append(("saved", f"n{number}"))
        store.close()
    disk.remove()
    return disk.events, begun


class _Weaker(Connection):
    """The control: the same work with weaker settings than ours."""

    def __init__(self, found: Connection, synchronous: str) -> None:
        super().__init__(found._opened, found._apsw)  # noqa: SLF001 - its own kind
        self._synchronous = synchronous

    def cursor(self, *_: object) -> Cursor:
        cursor, weaker = super().cursor(), self._synchronous
        as_told = cursor.execute

        def execute(sql: str, values: Any = ()) -> Cursor:  # noqa: ANN401 - bound values
            return as_told(
                sql.replace("synchronous=EXTRA", f"synchronous={weaker}"), values
            )

        cursor.execute = execute  # type: ignore[method-assign]
        return cursor


def _after(events: list[tuple[Any, ...]], chance: random.Random) -> dict[str, bytes]:
    """Return what a disk may hold after a cut: all that was synced, some of the rest."""
    synced = {event[1]: n for n, event in enumerate(events) if event[0] == "sync"}
    files: dict[str, bytearray] = {}
    for n, (what, name, *rest) in enumerate(events):
        if what in ("saved", "sync"):
            continue
        content = files.setdefault(name, bytearray())
        if what == "delete":
            del files[name]
        elif n < synced.get(name, -1) or chance.random() < 0.5:
            _done(content, what, rest)
        elif what == "write" and chance.random() < 0.5:
            _done(content, what, _torn(rest, chance))
    return {name: bytes(content) for name, content in files.items()}


def _done(content: bytearray, what: str, rest: list[Any]) -> None:
    if what == "truncate":
        del content[rest[0] :]
        return
    offset, data = rest
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


def _torn(rest: list[Any], chance: random.Random) -> list[Any]:
    """Return a write of which only the first sectors reached the disk."""
    offset, data = rest
    sectors = max(1, len(data) // _SECTOR)
    return [offset, data[: chance.randrange(sectors + 1) * _SECTOR]]


def _look(path: Path, acknowledged: list[str], tally: Tally) -> None:
    try:
        store = DatabaseStore(path)
    except SystemMapError:
        tally.wrong += 1
        return
    try:
        tally.check(store, acknowledged)
    except SystemMapError:
        tally.wrong += 1
    finally:
        store.close()


FAULT_TEST = FaultTest(key="power", promise=PROMISE, run=power)
