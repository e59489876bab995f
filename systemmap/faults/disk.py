"""Disks that fill up at every possible size: nothing saved is lost, and people are told."""

from __future__ import annotations

import tempfile
import time
from itertools import count
from pathlib import Path

from systemmap.errors import StoreError
from systemmap.faults._apsw import Disk
from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.faults._work import Tally, begin, say
from systemmap.store.database import DatabaseStore

PROMISE = "A full disk costs nothing saved, and says so within a second"
_STEP = 7_919  # bytes between two sizes: no multiple of a page
_TRIES = 60  # changes tried on each disk
_NUMBERS = count(1)


def disk(runs: int, *, seed: int | None = None, patience: float = 1.0) -> Result:
    """Fill `runs` disks, each a little larger than the last, then make room again.

    `wrong` counts refusals without the right words, or that took longer than
    `patience` seconds to be told.
    """
    start, tally = time.monotonic(), Tally()
    smallest = chance_from(seed).randrange(_STEP)
    for run in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            _fill(Path(folder, "full.db"), smallest + run * _STEP, tally, patience)
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=tally.acknowledged,
        lost=tally.lost,
        wrong=tally.wrong,
        seconds=round(time.monotonic() - start, 1),
    )


def _fill(path: Path, spare: int, tally: Tally, patience: float) -> None:
    volume = Disk(f"systemmap-disk-{next(_NUMBERS)}")
    store = DatabaseStore(path, connect=volume.connect)
    begin(store)
    volume.room = sum(volume.sizes.values()) + spare
    saved, refused = [], 0
    for number in range(_TRIES):
        asked = time.monotonic()
        try:
            say(store, f"n{number}")
        except StoreError as error:
            refused += 1
            tally.wrong += (
                "disk is full" not in str(error) or time.monotonic() - asked > patience
            )
        else:
            saved.append(f"n{number}")
    volume.room = None
    say(store, "after")  # the connection goes on when there is room again
    tally.check(store, [*saved, "after"])
    store.close()
    volume.remove()


FAULT_TEST = FaultTest(key="disk", promise=PROMISE, run=disk)
