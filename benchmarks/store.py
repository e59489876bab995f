"""Group commit against a connection each; opening one of many programmes, and any version."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, insert, literal, select

from systemmap.errors import StoreError
from systemmap.faults._work import LEAD, begin, say
from systemmap.model.changes import put
from systemmap.model.elements import Factor, Link
from systemmap.store.database import DatabaseStore
from systemmap.store.sql.tables import HEAD, METADATA
from systemmap.testing import programme_of
from tests.store.cluster import cluster

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.model.programme import Programme

SECONDS = 4
WRITERS = (1, 8, 32)
PROGRAMMES, FACTORS = 300, 300
CHANGES, MOMENTS = 10_000, 250


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def writing(stores: list[DatabaseStore], prefix: str) -> tuple[float, list[float], int]:
    """Let each store's thread write for a while: changes a second, their times, refusals."""
    until, times, refused = time.perf_counter() + SECONDS, [], []

    def write(store: DatabaseStore, name: str) -> None:
        number = 0
        while (start := time.perf_counter()) < until:
            number += 1
            try:
                say(store, f"{prefix}{name}-{number}")
            except StoreError:
                refused.append(1)
            else:
                times.append((time.perf_counter() - start) * 1000)

    threads = [Thread(target=write, args=(s, f"t{n}")) for n, s in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / SECONDS, times, len(refused)


def group_commit(folder: Path) -> None:
    for writers in WRITERS:
        path = folder / f"{writers}.db"
        ours = DatabaseStore(path)
        begin(ours)
        rate, times, _ = writing([ours] * writers, "g")
        rivals = [DatabaseStore(path) for _ in range(writers)]
        rival_rate, rival_times, refused = writing(rivals, "r")
        assert not ours.verify().problems
        for store in (ours, *rivals):
            store.close()
        print(
            f"{writers:2} writers: one writer thread {rate:,.0f}/s "
            f"(p99 {percentile(times, 0.99):,.0f}, max {max(times):,.0f} ms); "
            f"a connection each {rival_rate:,.0f}/s (p99 {percentile(rival_times, 0.99):,.0f}, "
            f"max {max(rival_times):,.0f} ms, {refused} refused as locked) = {rate / rival_rate:,.1f} x"
        )


def programme() -> Programme:
    found = programme_of()
    found.add(*[Factor(id=f"f{n}", label=f"Factor {n}") for n in range(FACTORS)])
    pairs = {(n, (n * 7 + k) % FACTORS) for n in range(FACTORS) for k in (1, 2, 3)}
    links = [Link(source=f"f{a}", target=f"f{b}") for a, b in sorted(pairs) if a != b]
    found.add(*links)
    return found


def copies(url: str) -> list[str]:
    """Copy the one stored programme under many ids, inside the database."""
    names = [f"town-{n}" for n in range(1, PROGRAMMES)]
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
    tables = [t for t in METADATA.sorted_tables if "programme_id" in t.c]
    with engine.begin() as connection:
        for name in names:
            for table in [HEAD, *[t for t in tables if t is not HEAD]]:
                own = {"programme_id"} | (
                    {"id"} if table.name == "programme" else set()
                )
                columns = [literal(name) if c.name in own else c for c in table.c]
                query = select(*columns).where(table.c.programme_id == "testtown")
                connection.execute(insert(table).from_select(list(table.c), query))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    engine.dispose()
    return ["testtown", *names]


def any_version(folder: Path) -> None:
    """Open the map as it was at many moments of 10,000 changes, and compare each."""
    store, chance = DatabaseStore(folder / "long.db"), random.Random(9)  # noqa: S311 - not a secret
    store.create(programme(), actor=LEAD)

    def change(number: int) -> None:
        edited = Factor(id=f"f{chance.randrange(FACTORS)}", label=f"Label {number}")
        store.apply("testtown", [put(edited)], actor=LEAD, label=f"Change {number}")

    states: dict[int, list[object]] = {}
    with ThreadPoolExecutor(WRITERS[-1]) as pool:
        for first in range(0, CHANGES, MOMENTS):
            for done in [pool.submit(change, first + n) for n in range(MOMENTS)]:
                done.result()
            present = store.load("testtown")
            states[present.revision] = list(present.records())
    past, differences = [], 0
    for revision, state in states.items():
        start = time.perf_counter()
        then = store.load("testtown", as_of=revision)
        past.append((time.perf_counter() - start) * 1000)
        differences += list(then.records()) != state
    told = len(store.history("testtown"))
    store.close()
    anew = DatabaseStore(folder / "long.db")
    cold = timed(lambda: anew.load("testtown"))
    anew.close()
    print(
        f"{told:,} changes in the log of {CHANGES + 1:,} made; opened at {len(states)} versions: "
        f"median {statistics.median(past):,.0f} ms, max {max(past):,.0f} (wanted 1,000), "
        f"{differences} unlike the recorded state; the present of {FACTORS} factors read "
        f"from the file anew {cold:,.0f} ms = {statistics.median(past) / cold:,.1f} x"
    )


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def opening() -> None:
    with cluster(fsync=True) as server:
        url = server.new_database()
        store = DatabaseStore(url)
        store.create(programme(), actor=LEAD)
        names = copies(url)
        cold = [timed(partial(store.load, name)) for name in names]
        warm = [timed(lambda: store.load(names[-1])) for _ in range(50)]
        listed = timed(store.programmes)
        store.close()
    print(
        f"PostgreSQL, {PROGRAMMES} programmes of {FACTORS} factors: opening any "
        f"{statistics.median(cold):,.0f} ms (max {max(cold):,.0f}; wanted 1,000), again "
        f"{statistics.median(warm):,.2f} ms = {statistics.median(cold) / statistics.median(warm):,.0f} x; "
        f"the list of all {listed:,.0f} ms"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt):
        group_commit(Path(folder))
        any_version(Path(folder))
    opening()
