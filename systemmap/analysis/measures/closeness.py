"""Harmonic closeness: how near a factor is to those it can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from systemmap.analysis.measures._measure import CRIELAARD, CRIELAARD_REFERENCE, Measure

if TYPE_CHECKING:
    from systemmap.analysis.map_analysis import MapAnalysis


def closeness(analysis: MapAnalysis) -> dict[str, float | None]:
    """Return the mean of 1 / links from each factor to every other, 0 to 1.

    The harmonic form, because it also has a meaning on a map whose factors do
    not all reach each other.
    """
    graph = analysis.graph
    others = max(1, len(graph) - 1)
    return {
        key: sum(
            1 / steps
            for steps in nx.single_source_shortest_path_length(graph, key).values()
            if steps
        )
        / others
        for key in graph
    }


MEASURE = Measure(
    key="closeness",
    title="Harmonic closeness",
    question="From which causes are all others only few links away?",
    caution=CRIELAARD,
    reference=f"Marchiori and Latora (2000), doi:10.1016/S0378-4371(00)00311-3; {CRIELAARD_REFERENCE}",
    compute=closeness,
    says=("harmonic closeness {n}", "harmonic closeness {n}"),
    whole=False,
    advanced=True,
)
