"""Factors with no route to the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.language.phrases import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme


def no_route_to_outcome(
    analysis: MapAnalysis, _: Programme | None = None
) -> Iterator[Finding]:
    """Ask how a linked factor matters for the outcome when no route leads there."""
    system_map = analysis.system_map
    outcome = system_map.outcome
    if outcome is None:
        return
    graph = analysis.graph
    there = nx.ancestors(graph, outcome) | {outcome}
    goal = quoted(system_map.factors[outcome].label)
    for key in graph:
        if key not in there and graph.degree(key):
            name = quoted(system_map.factors[key].label)
            yield Finding(
                question=f"How does {name} matter for {goal}? No route leads there yet.",
                factors=(key,),
            )


CHECK = Check(
    key="no_route_to_outcome",
    title="Causes with no route to the outcome",
    why="Either a link is missing, or the cause belongs to another question.",
    find=no_route_to_outcome,
)
