"""Reach within two steps: how many factors lie close downstream."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from systemmap.analysis.measures._measure import Measure
from systemmap.analysis.settings import SETTINGS

if TYPE_CHECKING:
    from systemmap.analysis.map_analysis import MapAnalysis


def reach_two_steps(analysis: MapAnalysis) -> dict[str, float | None]:
    """Return how many other factors each factor reaches within two links."""
    graph = analysis.graph
    return {
        key: float(
            len(
                nx.single_source_shortest_path_length(graph, key, cutoff=SETTINGS.steps)
            )
            - 1
        )
        for key in graph
    }


MEASURE = Measure(
    key="reach_two_steps",
    title="Reach within two steps",
    question="From which causes are many others only two links away?",
    caution="To be reached is not to be affected: strengths and directions are not looked at.",
    reference="Barbrook-Johnson and Penn (2021), doi:10.1177/1356389020976153",
    compute=reach_two_steps,
    says=("{n} cause lies within two steps", "{n} causes lie within two steps"),
)
