"""kill -9 in the middle of the work, again and again: what was called saved is there."""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.faults._work import LEAD, Tally, begin, say
from systemmap.store import open_store

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from systemmap.store import ProgrammeStore

PROMISE = "What the screen called saved is there after a crash"
WRITERS = 8
_PER_STORE = 10  # kills before a fresh store is begun, so that each proof stays quick
_EACH = (120, 260)  # acknowledged changes before each kill


def kill(runs: int, *, place: str | None = None, seed: int | None = None) -> Result:
    """Kill a writing process `runs` times and look for every acknowledged change.

    Parameters
    ----------
    runs : int
        How many kills.
    place : str | None
        The address of an empty PostgreSQL database; None = SQLite files in a
        temporary folder.
    seed : int | None
        Chooses the moments; None = others each time.
    """
    start, tally, chance = time.monotonic(), Tally(), chance_from(seed)
    for first in range(0, runs, _PER_STORE):
        with tempfile.TemporaryDirectory() as folder:
            where = place or str(Path(folder, "killed.db"))
            _fresh(where)
            known: list[str] = []
            for run in range(first, min(first + _PER_STORE, runs)):
                known += _killed(where, run, chance.randint(*_EACH))
            store = open_store(where)
            try:
                tally.check(store, known)
            finally:
                store.close()
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=tally.acknowledged,
        lost=tally.lost,
        wrong=tally.wrong,
        seconds=round(time.monotonic() - start, 1),
    )


def _fresh(where: str) -> None:
    store = open_store(where)
    try:
        for summary in store.programmes():
            store.delete(summary.id, actor=LEAD)
        begin(store)
    finally:
        store.close()


def _killed(where: str, run: int, wanted: int) -> list[str]:
    """Let a process write until it acknowledged enough, kill it, return what it had said."""
    context = _context()
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_write_until_killed, args=(where, run, there))
    process.start()
    there.close()
    known: list[str] = []
    with suppress(EOFError):
        while len(known) < wanted:
            known.append(here.recv_bytes().decode())
        process.kill()
        while True:
            known.append(here.recv_bytes().decode())
    process.join()
    here.close()
    return known


def _context() -> Any:  # noqa: ANN401 - one of multiprocessing's contexts
    """Return how processes are started: from one that has loaded everything, if it can be."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "systemmap.store.database"])
    return context


def _write_until_killed(where: str, run: int, answers: Connection) -> None:
    """Be the process that is killed: several threads, each tells of what was saved."""
    store, lock = open_store(where), Lock()
    threads = [
        Thread(target=_write, args=(store, f"{run}-{n}", answers, lock), daemon=True)
        for n in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _write(store: ProgrammeStore, prefix: str, answers: Connection, lock: Lock) -> None:
    number = 0
    while True:
        number += 1
        note_id = f"n{prefix}-{number}"
        say(store, note_id)
        with lock:
            answers.send_bytes(note_id.encode())


FAULT_TEST = FaultTest(key="kill", promise=PROMISE, run=kill)
