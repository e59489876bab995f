"""A networkx graph, as its readers of text make it, as rows of nodes and edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from systemmap.formats.maps._attributes import take

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.formats.maps._attributes import Rows
    from systemmap.formats.maps._map_builder import MapBuilder


def take_graph(builder: MapBuilder, graph: Any) -> None:  # noqa: ANN401 - networkx has no types
    """Hand the nodes and edges of a graph to the builder, with their plain fields."""
    nodes: Rows = []
    edges: Rows = []
    direction = "directed" if graph.is_directed() else "undirected"
    for n, (key, found) in enumerate(graph.nodes(data=True), 1):
        nodes.append((f"Node {n}", _plain(found) | {"ID": str(key)}))
    for n, (source, target, found) in enumerate(graph.edges(data=True), 1):
        fields = {"direction": direction} | _plain(found)
        edges.append((f"Edge {n}", fields | {"From": str(source), "To": str(target)}))
    take(builder, nodes, edges)


def _plain(found: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields that are text or numbers; places and colours lie one level down."""
    fields: dict[str, str] = {}
    for name, value in found.items():
        inner = value if isinstance(value, dict) else {name: value}
        for key, one in inner.items():
            if isinstance(one, (str, int, float)) and key not in ("id", "ID"):
                fields.setdefault(str(key), str(one))
    return fields
