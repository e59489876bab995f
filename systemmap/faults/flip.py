"""One bit of the file is flipped: damage is noticed, not shown as truth."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from systemmap.errors import SystemMapError
from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.faults._work import LEAD, TOWN, begin, say
from systemmap.store.database import DatabaseStore

if TYPE_CHECKING:
    from systemmap.store import ProgrammeStore

PROMISE = "Damage is noticed, not shown as truth"
_NOTES = 25


def flip(runs: int, *, seed: int | None = None) -> Result:
    """Flip one bit `runs` times; each flip that changes what is shown must be noticed.

    Only bytes that are not empty are hit: most of a small file is empty pages.
    `acknowledged` counts the harmful flips, `lost` those that went unnoticed,
    `wrong` those that ended in an error without words.
    """
    start, chance = time.monotonic(), chance_from(seed)
    harmful = unnoticed = wordless = 0
    with tempfile.TemporaryDirectory() as folder:
        whole, truth = _whole(Path(folder))
        used = [place for place, byte in enumerate(whole) if byte]
        for run in range(runs):
            path = Path(folder, f"flipped-{run}.db")
            damaged = bytearray(whole)
            damaged[chance.choice(used)] ^= 1 << chance.randrange(8)
            path.write_bytes(damaged)
            try:
                harm, noticed = _look(path, truth)
            except (ValueError, TypeError, KeyError, AttributeError, RuntimeError):
                wordless += 1
                continue
            finally:
                path.unlink()
            harmful += harm
            unnoticed += harm and not noticed
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=harmful,
        lost=unnoticed,
        wrong=wordless,
        seconds=round(time.monotonic() - start, 1),
    )


def _whole(folder: Path) -> tuple[bytes, str]:
    """Return an undamaged file, and all that is shown of it."""
    store = DatabaseStore(folder / "whole.db")
    begin(store)
    for number in range(_NOTES):
        say(store, f"n{number}")
    store.name_version(TOWN, "After", actor=LEAD, note="as agreed")
    truth = _shown(store)
    store.close()
    return (folder / "whole.db").read_bytes(), truth


def _look(path: Path, truth: str) -> tuple[bool, bool]:
    """Say whether a flip did harm, and whether it was noticed."""
    try:
        store = DatabaseStore(path)
    except SystemMapError:
        return True, True
    try:
        shown = _shown(store)
    except SystemMapError:
        store.close()
        return True, True
    try:
        return shown != truth, bool(store.verify().problems)
    finally:
        store.close()


def _shown(store: ProgrammeStore) -> str:
    """Return all that people are shown: now, then, and who changed what."""
    last = store.revision(TOWN)
    parts = [
        list(store.load(TOWN).records()),
        store.programmes(),
        store.history(TOWN, rows=True),
        store.versions(TOWN),
        *[list(store.load(TOWN, as_of=n).records()) for n in range(1, last + 1, 6)],
    ]
    return repr(parts)


FAULT_TEST = FaultTest(key="flip", promise=PROMISE, run=flip)
