"""The map as it was after each of many changes, against what was recorded at the time."""

from __future__ import annotations

import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.model.changes import Change, put
from systemmap.model.elements import Factor, Link
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.store import Actor, open_store

if TYPE_CHECKING:
    import random

    from systemmap.model.kinds import Record
    from systemmap.store import ProgrammeStore

PROMISE = "See the map as it was, and who changed what"
TOWN, CAUSES, PEOPLE = "testtown", 300, 8
MOMENTS = 40
LIMIT = 1.0
"""Seconds of work (not of waiting for a busy machine) in which any of 10,000 versions opens."""


def versions(runs: int, *, seed: int | None = None) -> Result:
    """Make `runs` changes by eight people, and open the map as it was at 40 moments.

    A version unlike the state recorded at the time is `lost`. It is `wrong` when a
    version takes more than a second of work, when `diff` between two moments does not
    tell exactly the records that differ, and when a change is not in the history
    under the name of who made it.
    """
    start, chance = time.monotonic(), chance_from(seed)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder, "versions.db")))
        try:
            states = _changed(store, runs, chance)
            took, worked, differing = [], [], 0
            for revision, state in states.items():
                begun, own = time.perf_counter(), time.thread_time()
                then = store.load(TOWN, as_of=revision)
                took.append(time.perf_counter() - begun)
                worked.append(time.thread_time() - own)
                differing += _records(then) != state
            told = sum(
                change.actor == f"Person {change.label.rpartition(' ')[2]}"
                for change in store.history(TOWN)
            )
            wrong = sum(seconds > LIMIT for seconds in worked)
            wrong += _undiffed(store, states) + abs(runs - told)
            wrong += len(store.verify().problems)
        finally:
            store.close()
    return Result(
        promise=PROMISE,
        runs=len(states),
        acknowledged=runs,
        lost=differing,
        wrong=wrong,
        seconds=round(time.monotonic() - start, 1),
        figures={
            "changes with their maker in the history": told,
            "a version opened, median ms": round(1_000 * statistics.median(took), 1),
            "a version opened, most ms": round(1_000 * max(took), 1),
            "of which work, most ms": round(1_000 * max(worked), 1),
        },
    )


def _changed(
    store: ProgrammeStore, runs: int, chance: random.Random
) -> dict[int, dict[object, Record]]:
    """Make the changes; return what was there at moments in between."""
    programme = Programme(ProgrammeInfo(id=TOWN, name="Testtown"))
    programme.put_map(programme.system_map())
    programme.add(*(Factor(id=f"f{n}", label=f"Cause {n}") for n in range(CAUSES)))
    store.create(programme, actor=Actor("The beginning", "admin"))
    each = max(1, runs // MOMENTS)

    def change(number: int) -> None:
        one, other = chance.sample(range(CAUSES), 2)
        edits: list[Change] = [put(Factor(id=f"f{one}", label=f"Renamed {number}"))]
        if number % 3 == 0:
            edits.append(put(Link(source=f"f{one}", target=f"f{other}")))
        if number % 5 == 0:
            edits = [put(Factor(id=f"new-{number}", label=f"New {number}"))]
        person = number % PEOPLE
        store.apply(
            TOWN,
            edits,
            actor=Actor(f"Person {person}", "admin"),
            label=f"Change {number} by {person}",
        )

    states = {}
    with ThreadPoolExecutor(PEOPLE) as people:
        for first in range(0, runs, each):
            list(people.map(change, range(first, min(first + each, runs))))
            present = store.load(TOWN)
            states[present.revision] = _records(present)
    return states


def _records(programme: Programme) -> dict[object, Record]:
    return dict(enumerate(record for _, record in programme.records()))


def _undiffed(store: ProgrammeStore, states: dict[int, dict[object, Record]]) -> int:
    """Count the pairs of moments, one after the other, whose diff is not what differs."""
    wrong = 0
    for one, other in pairwise(states):
        before, after = states[one].values(), states[other].values()
        differ = len({*map(repr, before)} ^ {*map(repr, after)})
        rows = store.diff(TOWN, one, other)
        told = sum(2 if row.before and row.after else 1 for row in rows)
        wrong += differ != told
    return wrong


FAULT_TEST = FaultTest(key="versions", promise=PROMISE, run=versions)
