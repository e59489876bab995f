"""Maps as JSON lists of nodes and links: networkx, D3 and Cytoscape.

Signs are read from a field that says so; everything else is kept as a field of
its own. Not written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading
from systemmap.formats.maps._attributes import take
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.reading.limits import LIMITS
from systemmap.formats.sighting import NO, certain, likely

if TYPE_CHECKING:
    from systemmap.formats.sighting import Recognition, Sighting

_EDGES = ("links", "edges")
_OTHERS = frozenset({"styles", "samples", "groups", "groupEdges", "version"})  # PRSM's


def recognise(sighting: Sighting) -> Recognition:
    """Look for a list of nodes beside a list of links that name two ends each."""
    if sighting.kind != "json":
        return NO
    try:
        found = sighting.json(limit=LIMITS.data_bytes)
        nodes, edges = _lists(found)
    except ReadError:
        return NO
    if not nodes or (set(found) & _OTHERS and "directed" not in found):
        return NO
    ends = [edge for edge in edges if {"source", "target"} <= set(edge)]
    if edges and len(ends) == len(edges):
        return certain(
            f"it lists {len(nodes):,} nodes, and {len(edges):,} links with a source and a target"
        )
    return likely(f"it lists {len(nodes):,} nodes")


def read(sighting: Sighting) -> Reading:
    """Read every node and every link whose two ends are in the file."""
    found = sighting.json()
    listed, linked = _lists(found)
    if not listed:
        raise ReadError(
            "No list of nodes was found. Export the map again, as a list of nodes and a list of links."
        )
    builder = MapBuilder(
        "node_link_json", "Cytoscape" if "elements" in found else "nodes and links"
    )
    builder.name = str(found.get("name") or sighting.stem)
    undirected = found.get("directed") is False
    nodes: list[tuple[str, dict[str, str]]] = []
    edges: list[tuple[str, dict[str, str]]] = []
    for n, node in enumerate(listed):
        fields = _plain(node)
        key = fields.get("id") or fields.get("key") or fields.get("name") or str(n)
        label = fields.get("label") or fields.get("name") or key
        nodes.append((f"nodes[{n}]", fields | {"ID": key, "label": label}))
    for n, edge in enumerate(linked):
        fields = _plain(edge)
        ends = [_end(edge.get(end), listed) for end in ("source", "target")]
        fields.setdefault("direction", "undirected" if undirected else "directed")
        edges.append((f"links[{n}]", fields | {"From ID": ends[0], "To ID": ends[1]}))
    take(builder, nodes, edges)
    return builder.reading()


def _lists(found: object) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the nodes and the links; Cytoscape keeps both in `elements`, under `data`."""
    if not isinstance(found, dict):
        return [], []
    inner = found.get("elements")
    if isinstance(inner, dict):
        found = inner
    elif isinstance(inner, list) and any(
        "data" in e for e in inner if isinstance(e, dict)
    ):
        data = [
            e["data"]
            for e in inner
            if isinstance(e, dict) and isinstance(e.get("data"), dict)
        ]
        return [d for d in data if "source" not in d], [
            d for d in data if "source" in d
        ]
    edges = next(
        (found[name] for name in _EDGES if isinstance(found.get(name), list)), None
    )
    nodes = found.get("nodes")
    return _objects(nodes), _objects(edges)


def _objects(value: object) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        return []
    found = [v for v in value if isinstance(v, dict)]
    return [v["data"] if isinstance(v.get("data"), dict) else v for v in found]


def _end(value: object, nodes: list[dict[str, Any]]) -> str:
    """Return the key of a link's end: D3 counts nodes from 0, or holds the node itself."""
    if isinstance(value, dict):
        value = value.get("id", value.get("name"))
    keyed = any("id" in node for node in nodes)
    if isinstance(value, int) and not keyed and 0 <= value < len(nodes):
        node = nodes[value]
        value = node.get("key") or node.get("name") or value
    return "" if value is None else str(value)


def _plain(item: dict[str, Any]) -> dict[str, str]:
    found = {
        str(name): str(value)
        for name, value in item.items()
        if isinstance(value, (str, int, float))
        and name not in ("source", "target", "index", "vx", "vy")
    }
    position = item.get("position")
    if isinstance(position, dict):
        found |= {axis: str(position[axis]) for axis in ("x", "y") if axis in position}
    return found


FORMAT = Format(
    key="node_link_json",
    title="JSON of nodes and links (networkx, D3, Cytoscape)",
    holds="map",
    suffixes=(".json",),
    loses="Read only; drawing settings are left out.",
    recognise=recognise,
    read=read,
)
