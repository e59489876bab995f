"""Importance, health check and the rest on local and large maps; rivals in the same run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from benchmarks._graph_rivals import betweennesses
from systemmap.analysis.checks import run_checks
from systemmap.analysis.effects import outcome_effects
from systemmap.analysis.graph import to_digraph
from systemmap.analysis.importance import find_importance
from systemmap.analysis.measures import MEASURES
from systemmap.analysis.pathways import between
from systemmap.analysis.pushes import what_if
from systemmap.analysis.reach_plan import plan_reach
from systemmap.analysis.settings import SETTINGS
from systemmap.analysis.strength_draws import drawn
from systemmap.bundled.bundled_files import foresight_map
from tests.analysis.drawn_maps import generated_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.model.system_map import SystemMap


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def dense(system_map: SystemMap) -> None:
    """Solve every draw as a dense system: the plain way to do it."""
    links = drawn(to_digraph(system_map), SETTINGS)
    count = len(links.names)
    push = np.zeros(count)
    push[links.names.index(system_map.outcome or "")] = 1.0
    for weights in links.weights:
        matrix = np.eye(count)
        np.add.at(matrix, (links.sources, links.targets), -weights)
        np.linalg.solve(matrix, push)


def report(name: str, system_map: SystemMap, *, rival: bool = True) -> None:
    effects = seconds(lambda: outcome_effects(system_map))
    plain = seconds(lambda: dense(system_map)) if rival else None
    ratio = f"dense solves {plain:.2f} s = {plain / effects:.1f} x" if plain else ""
    outcome = system_map.outcome or ""
    start = min(system_map.factors)
    rows = {
        "effect of all factors, 500 draws": effects,
        "importance": seconds(lambda: find_importance(system_map)),
        "health check": seconds(lambda: run_checks(system_map)),
        "what-if": seconds(lambda: what_if(system_map, {start: 1.0})),
        "routes": seconds(lambda: between(system_map, start, outcome)),
        "reach planner": seconds(
            lambda: plan_reach(system_map, candidates=system_map.factors)
        ),
        "networkx betweenness": seconds(
            lambda: nx.betweenness_centrality(to_digraph(system_map))
        ),
        **{
            f"measure {key}": seconds(lambda m=measure: m.values(system_map))  # type: ignore[misc]
            for key, measure in MEASURES.items()
        },
    }
    print(f"{name}: {ratio}")
    ours, graph = rows["measure betweenness"], to_digraph(system_map)
    rivals = {"networkx": rows.pop("networkx betweenness")} | {
        library: seconds(count) for library, count in betweennesses(graph).items()
    }
    for library, taken in rivals.items():
        print(
            f"  betweenness, {library}: {taken * 1_000:,.1f} ms = {taken / ours:.1f} x"
        )
    for what, taken in rows.items():
        print(f"  {what}: {taken * 1_000:,.1f} ms")


def main() -> None:
    report("Foresight, 108/296", foresight_map())
    report("generated, 300/900", generated_map(300, 900))
    report("generated, 1,000/3,000", generated_map(1_000, 3_000), rival=False)


if __name__ == "__main__":
    main()
