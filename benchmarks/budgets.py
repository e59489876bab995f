"""Every analysis on the shapes that analyses get lost in, against its budget of 2 s.

The rival is `networkx.simple_cycles` without a bound, in a process of its own
that is stopped after 12 s. Run with ``python -m benchmarks budgets``.
"""

from __future__ import annotations

import multiprocessing
import time
from typing import TYPE_CHECKING

import networkx as nx

from systemmap.analysis.graph import to_digraph
from systemmap.drawing.layout import place
from tests.analysis.every_analysis import ANALYSES, DRAWN, acted_on

if TYPE_CHECKING:
    from systemmap.model.system_map import SystemMap

BUDGET, PAPER, PATIENCE = 2.0, 10.0, 12.0


def _all_cycles(drawn: SystemMap) -> None:
    for _ in nx.simple_cycles(to_digraph(drawn)):
        pass


def rival(drawn: SystemMap) -> str:
    work = multiprocessing.get_context("fork").Process(
        target=_all_cycles, args=(drawn,)
    )
    begun = time.perf_counter()
    work.start()
    work.join(PATIENCE)
    if not work.is_alive():
        return f"ends after {time.perf_counter() - begun:.2f} s"
    work.terminate()
    work.join()
    return f"does not end in {PATIENCE:.0f} s"


def main() -> None:
    for name, draw in DRAWN.items():
        programme = acted_on(draw())
        drawn = programme.system_map()
        taken = {}
        for key, ask in ANALYSES.items():
            begun = time.perf_counter()
            ask(programme)
            taken[key] = time.perf_counter() - begun
        begun = time.perf_counter()
        place(drawn)
        paper = time.perf_counter() - begun
        slowest = sorted(taken, key=lambda key: -taken[key])[:3]
        over = [key for key in taken if taken[key] > BUDGET]
        print(f"{name}: {len(taken)} analyses, {sum(taken.values()):.1f} s in all")
        print("  slowest: " + ", ".join(f"{k} {taken[k]:.2f} s" for k in slowest))
        print(f"  beyond {BUDGET:.0f} s: {', '.join(over) or 'none'}")
        print(f"  layout afresh: {paper:.1f} s (budget {PAPER:.0f} s)")
        print(f"  networkx.simple_cycles: {rival(drawn)}")


if __name__ == "__main__":
    main()
