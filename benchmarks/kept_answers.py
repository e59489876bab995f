"""What a process holds while somebody looks and others change the map all afternoon.

A tab opens the same screens after each of several hundred changes. What is kept
of them, in the tab and for everybody, must not grow with their number. Run with
``python -m benchmarks kept_answers``.
"""

from __future__ import annotations

import gc
import logging
import os
from pathlib import Path

from app import analyses, caching
from app.canvas import packed_graphs
from app.last_answers import MOST
from app.workspace import FACILITATOR
from benchmarks.screens import opened, sized
from systemmap.model.changes import put
from systemmap.model.elements import Factor
from systemmap.store import MemoryStore

CAUSES, LINKS = 300, 900
TURNS, TOLD = 150, 25  # changes, and after how many a line is printed
SCREENS = ("home", "gaps", "health", "history", "map")


def main() -> None:
    logging.disable(logging.CRITICAL)
    programme = sized(CAUSES, LINKS)
    tabs = {key: opened(key, programme) for key in SCREENS}
    store = MemoryStore()
    store.create(programme, actor=FACILITATOR, label="Begin")
    for tab in tabs.values():
        tab.session_state["workspace.store"] = store
    print(f"{CAUSES} causes, {LINKS} links; {len(SCREENS)} screens after each change")
    for turn in range(1, TURNS + 1):
        edited = Factor(id=f"factor-{turn}", label=f"Factor {turn}", note=f"{turn}")
        store.apply(programme.id, [put(edited)], actor=FACILITATOR, label="Edit")
        for tab in tabs.values():
            tab.run()
        packed_graphs.graph(
            store, programme.id, "main", turn + 1, packed_graphs.today(), register=True
        )
        if not turn % TOLD:
            print(f"after {turn:3} changes: {_held(tabs)}", flush=True)


def _held(tabs: dict[str, object]) -> str:
    gc.collect()
    answers = max(
        len(tab.session_state["workspace.answers"])  # type: ignore[attr-defined]
        for tab in tabs.values()
    )
    kept = sum(
        map(len, (caching._ANSWERS, analyses._GAPS, analyses._ANALYSES))  # noqa: SLF001 - counted
    )
    return (
        f"{_resident():.0f} MB, {kept} answers for everybody, "
        f"at most {answers} (of {MOST}) in a tab"
    )


def _resident() -> float:
    """Return the megabytes this process holds; nan where the system does not tell."""
    told = Path("/proc/self/statm")
    if not told.exists():
        return float("nan")
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
