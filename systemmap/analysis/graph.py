"""The one door from a SystemMap to a networkx graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from systemmap.model.values import Confidence, Polarity

if TYPE_CHECKING:
    from systemmap.model.system_map import SystemMap

_SIGNS = {Polarity.SAME: 1, Polarity.OPPOSITE: -1, Polarity.UNKNOWN: 0}


def to_digraph(system_map: SystemMap) -> nx.DiGraph[str]:
    """Return the map as a directed graph with factor ids as nodes.

    Parameters
    ----------
    system_map : SystemMap
        The map to convert. It is not changed.

    Returns
    -------
    networkx.DiGraph
        Nodes in alphabetical order of id; edges sorted by (source, target),
        each with ``sign``: 1 same direction, -1 opposite, 0 unknown or
        disputed. Undirected links wait for a decision and are left out.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> to_digraph(map_from("stress -> snacking +")).edges(data="sign")
    OutEdgeDataView([('stress', 'snacking', 1)])
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted(system_map.factors))
    for pair, sign in sorted(signs_of(system_map).items()):
        link = system_map.links[pair]
        graph.add_edge(*pair, sign=sign, strength=link.strength, delay=link.delay)
    return graph


def signs_of(system_map: SystemMap) -> dict[tuple[str, str], int]:
    """Return the sign of every directed link, 0 where it is unknown or disputed."""
    return {
        pair: 0 if link.confidence is Confidence.DISPUTED else _SIGNS[link.polarity]
        for pair, link in system_map.links.items()
        if link.directed
    }
