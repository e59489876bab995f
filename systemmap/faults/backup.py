"""Backups taken while a room writes: each opens, is whole, and can be put back."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Thread
from typing import TYPE_CHECKING

from systemmap.errors import SystemMapError
from systemmap.faults._fault_test import FaultTest, Result
from systemmap.faults._work import LEAD, TOWN, Tally, begin, say
from systemmap.store.database import DatabaseStore

if TYPE_CHECKING:
    from systemmap.store import ProgrammeStore

PROMISE = "Backups open and are whole"
WRITERS = 8
_BETWEEN = 25  # changes saved between two backups
_PER_STORE = 10  # backups before a fresh store is begun, so that each proof stays quick


def backup(runs: int) -> Result:
    """Take `runs` backups while eight writers go on, then open, prove and restore each.

    A backup must hold every change that was called saved before it was begun
    (else `lost`), and be just what the programme was at one moment (else
    `wrong`), also once it is put back in the place of other data.
    """
    start, tally = time.monotonic(), Tally()
    for first in range(0, runs, _PER_STORE):
        with tempfile.TemporaryDirectory() as folder:
            _back_up_often(Path(folder), min(_PER_STORE, runs - first), tally)
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=tally.acknowledged,
        lost=tally.lost,
        wrong=tally.wrong,
        seconds=round(time.monotonic() - start, 1),
    )


def _back_up_often(folder: Path, backups: int, tally: Tally) -> None:
    store = DatabaseStore(folder / "busy.db")
    begin(store)
    room = _Room(store)
    try:
        copies = room.copies(folder, backups)
        for path, saved in copies:
            _look(store, path, saved, tally)
    finally:
        store.close()


@dataclass
class _Room:
    """The writers, and what they were told was saved."""

    store: ProgrammeStore
    saved: list[str] = field(default_factory=list)
    _more: Condition = field(default_factory=Condition)
    _going: bool = True

    def copies(self, folder: Path, backups: int) -> list[tuple[Path, list[str]]]:
        """Return each backup with what had been called saved before it was begun."""
        threads = [Thread(target=self._write, args=(f"w{n}",)) for n in range(WRITERS)]
        for thread in threads:
            thread.start()
        try:
            return [self._copy(folder / f"copy-{n}.db") for n in range(backups)]
        finally:
            self._going = False
            for thread in threads:
                thread.join()

    def _copy(self, path: Path) -> tuple[Path, list[str]]:
        with self._more:
            wanted = len(self.saved) + _BETWEEN
            self._more.wait_for(lambda: len(self.saved) >= wanted or not self._going)
            known = list(self.saved)
        self.store.backup(str(path))
        return path, known

    def _write(self, name: str) -> None:
        number = 0
        try:
            while self._going:
                number += 1
                note_id = f"n{name}-{number}"
                say(self.store, note_id)
                with self._more:
                    self.saved.append(note_id)
                    self._more.notify()
        finally:
            with self._more:
                self._going = False  # one that fails ends it for all: nobody waits on
                self._more.notify()


def _look(store: ProgrammeStore, path: Path, saved: list[str], tally: Tally) -> None:
    """Open a backup and put it back elsewhere; both must be the programme of one moment."""
    try:
        copy = DatabaseStore(path)
        try:
            tally.check(copy, saved)
            then = copy.load(TOWN)
        finally:
            copy.close()
        restored = DatabaseStore(path.with_suffix(".restored"))
        try:
            restored.restore(str(path), actor=LEAD)
            put_back = restored.load(TOWN)
            tally.wrong += len(restored.verify().problems)
        finally:
            restored.close()
    except SystemMapError:
        tally.wrong += 1
        return
    truth = list(store.load(TOWN, as_of=then.revision).records())
    tally.wrong += any(list(p.records()) != truth for p in (then, put_back))


FAULT_TEST = FaultTest(key="backup", promise=PROMISE, run=backup)
