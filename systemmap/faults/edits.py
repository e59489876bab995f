"""Eight people change one cause at once, each from what they last saw."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from systemmap.errors import StaleRevision
from systemmap.faults._fault_test import FaultTest, Result
from systemmap.faults._work import LEAD, TOWN, begin
from systemmap.model.changes import put
from systemmap.model.elements import Factor
from systemmap.store import open_store

if TYPE_CHECKING:
    from systemmap.store import ProgrammeStore

PROMISE = "Two people never overwrite each other silently"
PEOPLE = 8
SLEEP = "main/sleep"


def edits(runs: int) -> Result:
    """Let eight people make `runs` edits each of one cause, and look for every one of them.

    Each adds a mark of their own to the words they saw and saves; who is told that
    somebody was first looks again and repeats it. A mark that was called saved and
    is not in the end is lost. The same without looking is the control: it must
    lose marks, or the race was none.
    """
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        careful = _Race(str(Path(folder, "careful.db")), runs).run()
        blind = _Race(str(Path(folder, "blind.db")), runs, blind=True).run()
    return Result(
        promise=PROMISE,
        runs=runs * PEOPLE,
        acknowledged=careful.saved,
        lost=len(careful.gone),
        wrong=careful.problems + int(not blind.gone),
        seconds=round(time.monotonic() - start, 1),
        figures={
            "told that somebody was first": careful.told,
            "lost without looking (the control)": len(blind.gone),
        },
    )


@dataclass
class _Race:
    """One store, and eight people at one cause of it."""

    place: str
    each: int
    blind: bool = False
    marks: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    told: int = 0
    problems: int = 0
    _lock: Lock = field(default_factory=Lock)

    @property
    def saved(self) -> int:
        return len(self.marks)

    def run(self) -> _Race:
        store = open_store(self.place)
        try:
            begin(store)
            people = [Thread(target=self._edit, args=(store, n)) for n in range(PEOPLE)]
            for one in people:
                one.start()
            for one in people:
                one.join()
            there = set(store.load(TOWN).find(Factor, SLEEP).note.split())
            self.gone = [mark for mark in self.marks if mark not in there]
            self.problems = len(store.verify().problems)
        finally:
            store.close()
        return self

    def _edit(self, store: ProgrammeStore, person: int) -> None:
        for number in range(self.each):
            mark = f"{person}.{number}"
            while not self._saved(store, mark):
                with self._lock:
                    self.told += 1

    def _saved(self, store: ProgrammeStore, mark: str) -> bool:
        """Add a mark to the words as they were seen; False = somebody was first."""
        if self.blind:
            seen = store.load(TOWN).find(Factor, SLEEP)
            changed = put(replace(seen, note=f"{seen.note} {mark}"))
            store.apply(TOWN, [changed], actor=LEAD, label="Edit")
        else:
            try:
                with store.editing(TOWN, actor=LEAD, label="Edit") as draft:
                    seen = draft.find(Factor, SLEEP)
                    draft.replace(replace(seen, note=f"{seen.note} {mark}"))
            except StaleRevision:
                return False
        with self._lock:
            self.marks.append(mark)
        return True


FAULT_TEST = FaultTest(key="edits", promise=PROMISE, run=edits)
