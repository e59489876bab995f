"""Loop search against networkx, igraph and rustworkx, in one run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

import networkx as nx

from benchmarks._graph_rivals import loop_searches
from systemmap.analysis.graph import to_digraph
from systemmap.analysis.loops import find_loops
from systemmap.analysis.loops.loop_search import bounded_cycles
from systemmap.bundled.bundled_files import foresight_map
from tests.analysis.drawn_maps import complete, generated_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.model.system_map import SystemMap

LENGTH = 6
T = TypeVar("T")


SHORT = 0.5  # seconds: what takes a millisecond is not known from a few turns


def timed(work: Callable[[], T], repeats: int) -> tuple[float, T]:
    """Return the best time in milliseconds, and the last answer; short work has many turns."""
    best, turns = float("inf"), 0
    end = time.perf_counter() + SHORT
    while turns < max(1, repeats) or time.perf_counter() < end:
        start = time.perf_counter()
        answer = work()
        best = min(best, time.perf_counter() - start)
        turns += 1
    return best * 1_000, answer


def compare(name: str, system_map: SystemMap, wanted: int, repeats: int) -> None:
    graph = to_digraph(system_map)
    signs = {a: {b: each["sign"] for b, each in graph[a].items()} for a in graph}
    ours, found = timed(lambda: list(bounded_cycles(signs, LENGTH)), repeats + 4)
    theirs, rival = timed(
        lambda: list(nx.simple_cycles(graph, length_bound=LENGTH)), repeats
    )
    whole, loops = timed(lambda: find_loops(system_map, LENGTH, 10**9), repeats + 4)
    assert {frozenset(c) for c, _ in found} == {frozenset(c) for c in rival}
    assert len(found) == len(rival) == len(loops)
    print(
        f"{name}: {len(found):,} loops of up to {LENGTH}; networkx {theirs:,.1f} ms, "
        f"ours {ours:,.2f} ms = {theirs / ours:,.0f} x (wanted {wanted} x); "
        f"find_loops with signs, order and delays {whole:,.1f} ms = {theirs / whole:,.0f} x"
    )
    for name, search in loop_searches(graph, LENGTH).items():
        bare, others = timed(search, repeats + 4)
        print(
            f"  {name}: {len(others):,} loops, bare {bare:,.2f} ms; ours with signs "
            f"{whole:,.2f} ms = {whole / bare:,.1f} x as long (wanted 3 x at most)"
        )


def main() -> None:
    compare("Foresight, 108/296", foresight_map(), 10, 5)
    compare("generated, 300/900", generated_map(300, 900), 10, 2)
    compare("generated, 1,000/3,000", generated_map(1_000, 3_000), 100, 1)
    for length in (8, 10, 12):
        taken, loops = timed(lambda n=length: find_loops(foresight_map(), n), 1)
        print(f"Foresight up to {length}: {taken:,.0f} ms. {loops.sentence}")
    taken, loops = timed(lambda: find_loops(complete(30)), 1)
    print(f"complete map of 30: {taken:,.0f} ms. {loops.sentence}")


if __name__ == "__main__":
    main()
