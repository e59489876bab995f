"""The map fingerprint: size, density and feedback in one line; no decision follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from systemmap.graph import to_digraph
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from systemmap.model.system_map import SystemMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Figures that describe a map as a whole.

    Attributes
    ----------
    factors, links : int
        Directed links only.
    same, opposite, not_agreed : int
        Links by direction.
    density : float
        Share of the links that could be drawn.
    core_factors, core_links : int
        Factors that are in some loop together, and the links among them.
    feedback : int
        How much feedback there is: the number of independent loops.
    sources, sinks : int
        Factors that only affect others, and that are only affected.
    islands : int
        Parts of the map without any link between them.
    mean_path : float | None
        Mean number of links between two connected factors, direction ignored;
        None when nothing is connected.
    clustering, reciprocity : float
        Share of closed triangles, and of links answered by one back.
    """

    factors: int
    links: int
    same: int
    opposite: int
    not_agreed: int
    density: float
    core_factors: int
    core_links: int
    feedback: int
    sources: int
    sinks: int
    islands: int
    mean_path: float | None
    clustering: float
    reciprocity: float

    @property
    def sentence(self) -> str:
        """The fingerprint as one line."""
        return (
            f"{counted(self.factors, 'factor')}, {counted(self.links, 'link')} "
            f"({self.same:,} same direction, {self.opposite:,} opposite, "
            f"{self.not_agreed:,} not agreed); "
            f"{counted(self.core_factors, 'factor')} in feedback with others."
        )


def fingerprint(system_map: SystemMap) -> Fingerprint:
    """Describe a map as a whole.

    References
    ----------
    McGlashan and others (2016), doi:10.1371/journal.pone.0165459.
    """
    graph = to_digraph(system_map)
    signs = [sign for *_, sign in graph.edges(data="sign")]
    parts = [c for c in nx.strongly_connected_components(graph) if len(c) > 1]
    core_links = [graph.subgraph(part).size() for part in parts]
    plain = graph.to_undirected()
    return Fingerprint(
        factors=len(graph),
        links=len(signs),
        same=signs.count(1),
        opposite=signs.count(-1),
        not_agreed=signs.count(0),
        density=nx.density(graph),
        core_factors=sum(map(len, parts)),
        core_links=sum(core_links),
        feedback=sum(core_links) - sum(map(len, parts)) + len(parts),
        sources=sum(n == 0 < graph.out_degree(key) for key, n in graph.in_degree()),
        sinks=sum(n == 0 < graph.in_degree(key) for key, n in graph.out_degree()),
        islands=nx.number_connected_components(plain),
        mean_path=_mean_path(plain),
        clustering=nx.average_clustering(plain) if graph else 0.0,
        reciprocity=(nx.reciprocity(graph) or 0.0) if signs else 0.0,
    )


def _mean_path(plain: nx.Graph[str]) -> float | None:
    lengths = [
        step
        for _, steps in nx.all_pairs_shortest_path_length(plain)
        for step in steps.values()
        if step
    ]
    return sum(lengths) / len(lengths) if lengths else None
