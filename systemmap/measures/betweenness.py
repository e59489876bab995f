"""Betweenness: how often a factor lies on the shortest ways between others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from systemmap.graph import to_digraph
from systemmap.measures._measure import CRIELAARD, CRIELAARD_REFERENCE, Measure

if TYPE_CHECKING:
    from systemmap.model.system_map import SystemMap


def betweenness(system_map: SystemMap) -> dict[str, float | None]:
    """Return the share of shortest ways between other factors that pass each factor."""
    return dict(nx.betweenness_centrality(to_digraph(system_map)))


MEASURE = Measure(
    key="betweenness",
    title="Betweenness",
    question="Which factors lie on many of the shortest ways between others?",
    caution=CRIELAARD,
    reference=f"Freeman (1977), doi:10.2307/3033543; {CRIELAARD_REFERENCE}",
    compute=betweenness,
    says=("betweenness {n}", "betweenness {n}"),
    whole=False,
    advanced=True,
)
