"""How long one edit takes in the grid of a plan of 500 rows, beside one of 20.

The screen is run again as Streamlit does after each edited cell, and once more
for the change that is saved. Run with ``python -m benchmarks plan_rows``.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from benchmarks.screens import opened
from systemmap.model.plan import Workstream
from systemmap.model.response import Action
from systemmap.testing import map_from, programme_of

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from systemmap.model.programme import Programme

ROWS, FEW, MOST = 500, 20, 0.5  # seconds an edit may take


def main() -> None:
    """Print the times of an edit and of the change saved, with few rows and with many."""
    logging.disable(logging.CRITICAL)
    for rows in (FEW, ROWS):
        edit, saved = times(rows)
        print(
            f"{rows} rows: an edit {edit * 1000:.0f} ms (at most {MOST * 1000:.0f}), saved in {saved * 1000:.0f} ms"
        )


def times(rows: int) -> tuple[float, float]:
    """Return the seconds of one edit, the slowest of five, and of the change saved."""
    at = opened("programme", plan_of(rows))
    at.session_state["programme.tab"] = "Plan table"
    at.run()
    edits = [_timed(at, {n: {"note": f"{n} came"}}) for n in range(5)]
    start = time.perf_counter()
    at.button(key="grid.plan.save").click().run()
    return max(edits), time.perf_counter() - start


def plan_of(rows: int) -> Programme:
    """Return a programme with a plan of so many actions in five workstreams."""
    streams = [Workstream(id=f"w{n}", name=f"Workstream {n}") for n in range(5)]
    actions = [
        Action(
            id=f"a{n}",
            title=f"Action number {n}",
            workstream_id=f"w{n % 5}",
            position=n,
            owners=(f"Team {n % 9}",),
            owners_raw=f"Team {n % 9}",
            aims=("Reach more people", "Say what was learned"),
        )
        for n in range(rows)
    ]
    return programme_of(map_from("stress -> snacking +"), *streams, *actions)


def _timed(at: AppTest, cells: dict[int, dict[str, str]]) -> float:
    at.session_state["grid.plan.cells.0"] = {
        "edited_rows": cells,
        "added_rows": [],
        "deleted_rows": [],
    }
    start = time.perf_counter()
    at.run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
