"""GEXF: read versions 1.1 to 1.3, written as 1.3 for Gephi.

Carries what the table of a map carries, in attributes of its own. Loses named
loops, original wordings, and who said what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from systemmap.drawing.styles import WIDTHS
from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._attributes import (
    CARRIED,
    TYPES,
    edges_of,
    line_look,
    look_of,
    looks_of,
    names_in,
    nodes_of,
    take,
)
from systemmap.formats.maps._losses import losses_of
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._map_said import NOTHING_SAID
from systemmap.formats.maps._sign_words import number_from
from systemmap.formats.reading.xml_tree import local
from systemmap.formats.sighting import NO, says_so
from systemmap.model.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.maps._attributes import Edge, Node
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

_TYPES = {"int": "integer", "double": "double"}
_SIZE = 12.0  # of a node, so that Gephi's names stand clear of one another
_BROKEN = " If PRSM wrote this file, a label probably contains & or a quote mark: export GraphML or Excel from PRSM."


def recognise(sighting: Sighting) -> Recognition:
    """Say whether the first element is gexf."""
    if sighting.xml_root == "gexf":
        return says_so("its first element is gexf")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read GEXF; unknown attributes are kept."""
    return read_mapped(sighting, NOTHING_SAID)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read its fields as a person said."""
    try:
        root = sighting.xml()
    except ReadError as error:
        if "Not valid XML" in str(error):
            msg = str(error) + _BROKEN
            raise ReadError(msg) from None
        raise
    graph = next((e for e in root if local(e.tag) == "graph"), None)
    if local(root.tag) != "gexf" or graph is None:
        raise ReadError("This is not a GEXF file: it holds no graph.")
    creator = next((e.text for e in root.iter() if local(e.tag) == "creator"), "")
    ours = creator == "systemmap"
    builder = MapBuilder(
        "gexf",
        f"version {root.get('version', 'unknown')}",
        own_ids=ours,
        mapping=mapping,
    )
    builder.name = sighting.stem
    names = _declared(graph)
    directed = graph.get("defaultedgetype", "undirected")
    nodes = [
        (f"Node {n}", _node(e, names["node"], upward=ours))
        for n, e in enumerate(_all(graph, "node"), 1)
    ]
    edges = [
        (f"Edge {n}", _edge(e, names["edge"], directed))
        for n, e in enumerate(_all(graph, "edge"), 1)
    ]
    take(builder, nodes, edges)
    return builder.reading()


def _declared(graph: Element) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for group in graph:
        if local(group.tag) == "attributes":
            names = found.setdefault(group.get("class", "node"), {})
            names |= {e.get("id", ""): e.get("title", "") for e in group}
    return found


def _all(graph: Element, name: str) -> Iterable[Element]:
    return (e for e in graph.iter() if local(e.tag) == name)


def _node(node: Element, names: dict[str, str], *, upward: bool) -> dict[str, str]:
    """Return a node's fields; in files of ours y counts upwards, as Gephi draws it."""
    found = _values(node, names) | {"ID": node.get("id", "")}
    if node.get("label"):
        found["label"] = node.get("label", "")
    for child in node:
        if local(child.tag) == "position" and "x" not in found:
            found |= {n: child.get(n, "") for n in ("x", "y") if child.get(n)}
            y = number_from(found.get("y"))
            if upward and y is not None:
                found["y"] = str(-y)
    return found


def _edge(edge: Element, names: dict[str, str], default: str) -> dict[str, str]:
    found = _values(edge, names)
    if edge.get("label"):
        found.setdefault("label", edge.get("label", ""))
    if edge.get("weight"):
        found.setdefault("weight", edge.get("weight", ""))
    kind = edge.get("type", default)
    found.setdefault(
        "direction", kind if kind in ("mutual", "undirected") else "directed"
    )
    return found | {"From": edge.get("source", ""), "To": edge.get("target", "")}


def _values(item: Element, names: dict[str, str]) -> dict[str, str]:
    found = {}
    for group in item:
        if local(group.tag) == "attvalues":
            for value in group:
                key = value.get("for") or value.get("id") or ""
                name = names.get(key, "")
                if name and value.get("value"):
                    found[name] = value.get("value", "")
    return found


# -- writing -------------------------------------------------------------------


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write GEXF 1.3 with every field as an attribute."""
    nodes, edges = nodes_of(programme, map_id), edges_of(programme, map_id)
    looks = looks_of(programme, map_id)
    for node in nodes:  # a place is said once, and in Gephi's own way
        node.attributes.pop("x", None)
        node.attributes.pop("y", None)
    node_names = names_in(nodes, ("theme", "note", "mentions"))
    edge_names = names_in(
        edges, ("sign", "delay", "strength", "direction", "confidence", "note")
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
        "  <meta><creator>systemmap</creator></meta>",
        '  <graph defaultedgetype="directed" mode="static">',
        _attributes("node", node_names),
        _attributes("edge", edge_names),
        "    <nodes>",
        *(_node_line(node, node_names, look_of(node, looks)[0]) for node in nodes),
        "    </nodes>",
        "    <edges>",
        *(_edge_line(edge, edge_names) for edge in edges),
        "    </edges>",
        "  </graph>",
        "</gexf>",
    ]
    return Written(
        data=("\n".join(lines) + "\n").encode("utf-8", "replace"),
        suffix=".gexf",
        losses=losses_of(programme, map_id, carried=CARRIED),
    )


def _attributes(kind: str, names: list[str]) -> str:
    inner = "".join(
        f'<attribute id="{n}" title={quoteattr(name)} type="{_TYPES.get(TYPES.get(name, ""), "string")}"/>'
        for n, name in enumerate(names)
    )
    return f'    <attributes class="{kind}">{inner}</attributes>'


def _attvalues(attributes: dict[str, str], names: list[str]) -> str:
    inner = "".join(
        f'<attvalue for="{names.index(name)}" value={quoteattr(value)}/>'
        for name, value in sorted(attributes.items())
        if name in names
    )
    return f"<attvalues>{inner}</attvalues>" if inner else ""


def _node_line(node: Node, names: list[str], colour: str) -> str:
    factor = node.factor
    place = (
        ""
        if factor.x is None or factor.y is None
        else f'<viz:position x="{factor.x}" y="{0.0 - factor.y}" z="0.0"/>'
    )
    label = quoteattr(clean(factor.label))
    look = f'<viz:size value="{_SIZE}"/>{_colour(colour)}'
    return f'      <node id="{factor.id}" label={label}>{_attvalues(node.attributes, names)}{look}{place}</node>'


def _edge_line(edge: Edge, names: list[str]) -> str:
    out = edge.out
    ends = (
        f'source="{out.link.source}" target="{out.link.target}" type="{out.direction}"'
    )
    style = line_look(out)
    shape = "dashed" if style.dash else "solid"
    look = f'{_colour(style.light)}<viz:thickness value="{WIDTHS[out.link.strength]}"/><viz:shape value="{shape}"/>'
    label = f" label={quoteattr(style.sign)}"
    return f'      <edge id="{out.id}" {ends} weight="1.0"{label}>{_attvalues(edge.attributes, names)}{look}</edge>'


def _colour(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour[1:])
    return f'<viz:color r="{red}" g="{green}" b="{blue}" a="1.0"/>'


FORMAT = Format(
    key="gexf",
    title="GEXF (Gephi)",
    holds="map",
    suffixes=(".gexf",),
    loses="Loses named loops, original wordings and who said what beyond counts. It stands the right way up in Gephi, upside down in PRSM.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
    write=write,
)
