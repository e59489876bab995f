"""A map as a networkx graph with everything people said of it, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from systemmap.analysis.graph import to_digraph
from systemmap.analyst.pandas_frames import map_of
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._map_tables import table_from, take_factors, take_links

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    import networkx as nx

    from systemmap.model.system_map import SystemMap

_FACTOR = ("label", "theme", "layer", "note", "mentions", "x", "y", "pinned")
_LINK = ("confidence", "reason", "note", "mentions")
_WITHOUT_ARROW = "links_without_direction"


def to_networkx(system_map: SystemMap) -> nx.DiGraph[str]:
    """Return a map as a directed graph that carries what people said of it.

    Parameters
    ----------
    system_map : SystemMap
        The map. It is not changed.

    Returns
    -------
    networkx.DiGraph
        Nodes are factor ids in alphabetical order, with ``label``, ``theme``,
        ``layer``, ``note``, ``mentions``, ``x``, ``y`` and ``pinned``. Edges
        are sorted by (source, target), with ``sign`` (1 same direction, -1
        opposite, 0 unknown or disputed), ``polarity`` (+, - or ?), ``delay``
        (True, False, or None = not stated), ``strength``, ``confidence``,
        ``reason``, ``note`` and ``mentions``. The graph's ``outcome`` is the
        outcome's id or None, and its ``links_without_direction`` lists the
        pairs whose direction nobody has decided: they are no edges.

    See Also
    --------
    from_networkx : the way back.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> graph = to_networkx(map_from("stress -> snacking + (delay)"))
    >>> graph.edges["stress", "snacking"]["delay"]
    True
    """
    graph = to_digraph(system_map)
    for factor_id, node in graph.nodes(data=True):
        factor = system_map.factors[factor_id]
        node.update({name: getattr(factor, name) for name in _FACTOR})
    for source, target, edge in graph.edges(data=True):
        link = system_map.links[source, target]
        edge["polarity"] = link.polarity.value
        edge.update({name: getattr(link, name) for name in _LINK})
        edge["strength"], edge["confidence"] = (
            link.strength.value,
            link.confidence.value,
        )
    graph.graph["outcome"] = system_map.outcome
    graph.graph[_WITHOUT_ARROW] = [
        pair for pair, link in sorted(system_map.links.items()) if not link.directed
    ]
    return graph


def from_networkx(
    graph: nx.Graph[Any], sign: str = "sign", *, strict: bool = True
) -> SystemMap:
    """Make a map of a networkx graph.

    Parameters
    ----------
    graph : networkx.Graph, DiGraph, MultiGraph or MultiDiGraph
        Nodes become factors: their ``label`` or ``name``, else the node
        itself, is the name. An edge of an undirected graph waits for somebody
        to decide its direction. It is not changed.
    sign : str
        The edge attribute that holds the sign: a number below or above zero,
        or a word such as ``+`` or ``opposite``. Missing or 0 = unknown.
    strict : bool
        Whether an edge that cannot be read is refused, or left out.

    Returns
    -------
    SystemMap
        Edges between the same two factors become one link; opposite signs
        make it disputed.

    Raises
    ------
    ReadError
        When strict, and an edge cannot be read: a link from a factor to
        itself, or a sign no list knows.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.DiGraph([("Stress", "Sleep", {"weight": -0.5})])
    >>> [link.polarity.value for link in from_networkx(graph, "weight").links.values()]
    ['-']
    """
    builder = MapBuilder("links_csv", "networkx graph", own_ids=True)
    take_factors(
        builder,
        table_from(
            (f"Node {node!r}", _node(node, data, graph.graph))
            for node, data in graph.nodes(data=True)
        ),
    )
    take_links(builder, table_from(_edges(graph, sign)), by_key=True)
    return map_of(builder, strict=strict)


def _node(
    node: Hashable, data: Mapping[str, Any], of: Mapping[str, Any]
) -> dict[str, str]:
    label = data.get("label") or data.get("name") or node
    row = {"id": str(node), "label": str(label)}
    row |= {
        name: _text(data[name])
        for name in _FACTOR[1:]
        if data.get(name) not in (None, "")
    }
    if of.get("outcome") == node:
        row["outcome"] = "yes"
    return row


def _edges(graph: nx.Graph[Any], sign: str) -> Iterator[tuple[str, dict[str, str]]]:
    direction = "" if graph.is_directed() else "undirected"
    for source, target, data in graph.edges(data=True):
        value = data.get(sign, "")
        row = {
            "from": str(source),
            "to": str(target),
            "sign": "" if value in (0, None) else str(value),
            "direction": direction,
            "delay": _text(data.get("delay")),
            "strength": _text(data.get("strength")),
        }
        row |= {name: _text(data.get(name)) for name in _LINK}
        yield f"Edge {source!r} to {target!r}", row
    for source, target in graph.graph.get(_WITHOUT_ARROW, ()):
        row = {"from": str(source), "to": str(target), "direction": "undirected"}
        yield f"Pair {source!r} and {target!r}", row


def _text(value: object) -> str:
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
