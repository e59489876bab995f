"""Undo anything at any time, among edits, merges and conflicts made at random."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from systemmap.errors import SystemMapError
from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.faults._random_edits import Machine, Mismatch
from systemmap.store.database import DatabaseStore

PROMISE = "Anything can be undone, by anyone allowed, at any time"
_STEPS = 60  # in one programme


def undo(runs: int, *, seed: int | None = None) -> Result:
    """Make at least `runs` changes at random and compare every state with a plain model.

    `wrong` counts programmes in which anything differed; `lost` those in which
    the store refused what it should have taken.
    """
    start, chance = time.monotonic(), chance_from(seed)
    changes = lost = wrong = 0
    while changes < runs:
        with tempfile.TemporaryDirectory() as folder:
            store = DatabaseStore(Path(folder, "undone.db"))
            machine = Machine(store, chance.choice)
            try:
                for _ in range(_STEPS):
                    getattr(machine, chance.choice(Machine.STEPS))()
                machine.check()
            except Mismatch:
                wrong += 1
            except SystemMapError:
                lost += 1
            finally:
                store.close()
            changes += max(1, machine.done["change"])
    return Result(
        promise=PROMISE,
        runs=changes,
        acknowledged=changes,
        lost=lost,
        wrong=wrong,
        seconds=round(time.monotonic() - start, 1),
    )


FAULT_TEST = FaultTest(key="undo", promise=PROMISE, run=undo)
