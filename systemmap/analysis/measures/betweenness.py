"""Betweenness: how often a factor lies on the shortest ways between others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from systemmap.analysis.measures._measure import CRIELAARD, CRIELAARD_REFERENCE, Measure
from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from systemmap.analysis.map_analysis import MapAnalysis

MOST_STEPS = 5_000_000  # a search from each factor along every link: about 2 seconds


def betweenness(analysis: MapAnalysis) -> dict[str, float | None]:
    """Return the share of shortest ways between other factors that pass each factor.

    Raises
    ------
    InvalidValue
        The map is so large that nobody would wait for the answer.
    """
    graph = analysis.graph
    if len(graph) * (len(graph) + graph.size()) > MOST_STEPS:
        msg = f"Betweenness was not counted: with {counted(len(graph), 'cause')} and {counted(graph.size(), 'link')} it takes longer than two seconds. Use links in, links out or reach, or ask it of a smaller map."
        raise InvalidValue(msg)
    return dict(nx.betweenness_centrality(graph))


MEASURE = Measure(
    key="betweenness",
    title="Betweenness",
    question="Which causes lie on many of the shortest ways between others?",
    caution=CRIELAARD,
    reference=f"Freeman (1977), doi:10.2307/3033543; {CRIELAARD_REFERENCE}",
    compute=betweenness,
    says=("betweenness {n}", "betweenness {n}"),
    whole=False,
    advanced=True,
)
