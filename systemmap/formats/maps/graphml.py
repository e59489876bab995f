"""GraphML: read from yEd, networkx, Gephi and PRSM; written for yEd and others.

Carries what the table of a map carries, in attributes of its own. Loses named
loops, original wordings, and who said what. PRSM ignores labels and styles of
links here, so signs reach it through the workbook only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from systemmap.drawing.layout.boxes import box_of
from systemmap.drawing.styles import LIGHT, WIDTHS
from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._attributes import (
    CARRIED,
    TYPES,
    Rows,
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
from systemmap.formats.maps._spacing import spread
from systemmap.formats.reading.xml_tree import local
from systemmap.formats.sighting import NO, says_so
from systemmap.model.text import clean
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.maps._attributes import Edge, Node
    from systemmap.formats.maps._spacing import Place
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

_LARGER = 1.1  # a box in yEd by ours: its 12 point letters are a little wider


def recognise(sighting: Sighting) -> Recognition:
    """Say whether the first element is graphml."""
    if sighting.xml_root == "graphml":
        return says_so("its first element is graphml")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read GraphML of any program; unknown attributes are kept."""
    return read_mapped(sighting, NOTHING_SAID)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read its fields as a person said."""
    root = sighting.xml()
    graphs = [child for child in root if local(child.tag) == "graph"]
    if local(root.tag) != "graphml" or not graphs:
        raise ReadError("This is not a GraphML file: it holds no graph.")
    keys = {
        child.get("id", ""): child.get("attr.name") or ""
        for child in root
        if local(child.tag) == "key"
    }
    ours = graphs[0].get("id") == "systemmap"
    builder = MapBuilder(
        "graphml", "systemmap" if ours else "other", own_ids=ours, mapping=mapping
    )
    builder.name = sighting.stem
    nodes: Rows = []
    edges: Rows = []
    for graph in graphs:
        _take_graph(builder, graph, keys, "", nodes, edges)
    take(builder, nodes, edges)
    return builder.reading()


def _take_graph(
    builder: MapBuilder,
    graph: Element,
    keys: dict[str, str],
    theme: str,
    nodes: Rows,
    edges: Rows,
) -> None:
    directed = graph.get("edgedefault", "directed") != "undirected"
    for child in graph:
        name = local(child.tag)
        if name == "node":
            _take_node(builder, child, keys, theme, nodes, edges)
        elif name == "edge":
            edges.append(
                (f"Edge {len(edges) + 1}", _edge(child, keys, directed=directed))
            )
        elif name in ("hyperedge", "port"):
            builder.skip(
                name,
                f"A {name} cannot be part of a map. It was left out.",
                child.get("id", ""),
            )


def _take_node(
    builder: MapBuilder,
    node: Element,
    keys: dict[str, str],
    theme: str,
    nodes: Rows,
    edges: Rows,
) -> None:
    found = _data(node, keys) | {"ID": node.get("id", "")}
    inner = [child for child in node if local(child.tag) == "graph"]
    labels = [_own_text(e) for e in _own(node) if local(e.tag) == "nodelabel"]
    labels = [label for label in labels if label]
    if labels:
        found.setdefault("label", labels[0])
        if len(labels) > 1 and "note" not in found:
            found["note"] = "\n".join(labels[1:])
    box = next((e for e in _own(node) if local(e.tag) == "geometry"), None)
    # In files of ours the box has the place; x and y have it with y upwards.
    if box is not None and builder.own_ids == ("x" in found):
        for name, size in (("x", "width"), ("y", "height")):
            at = number_from(box.get(name))
            if at is not None:
                found[name] = str(at + (number_from(box.get(size)) or 0) / 2)
    if inner:
        label = found.get("label", "")
        builder.remark(
            f"Group '{label}'", "A group was read as a theme of what it holds."
        )
        for graph in inner:
            _take_graph(builder, graph, keys, label, nodes, edges)
        return
    if theme:
        found.setdefault("theme", theme)
    nodes.append((f"Node {len(nodes) + 1}", found))


def _edge(edge: Element, keys: dict[str, str], *, directed: bool) -> dict[str, str]:
    found = _data(edge, keys)
    source, target = edge.get("source", ""), edge.get("target", "")
    if edge.get("directed") is not None:
        directed = edge.get("directed") == "true"
    direction = "directed" if directed else "undirected"
    arrows = next((e for e in _own(edge) if local(e.tag) == "arrows"), None)
    if arrows is not None and "direction" not in found:
        heads = (
            arrows.get("source", "none") != "none",
            arrows.get("target", "none") != "none",
        )
        direction = {(True, True): "mutual", (False, False): "undirected"}.get(
            heads, "directed"
        )
        if heads == (True, False):
            source, target = target, source
    label = next((_own_text(e) for e in _own(edge) if local(e.tag) == "edgelabel"), "")
    if label:
        found.setdefault("label", label)
    found.setdefault("direction", direction)
    return found | {"From": source, "To": target}


def _data(item: Element, keys: dict[str, str]) -> dict[str, str]:
    """Return the plain attributes of a node or an edge by their declared names."""
    found: dict[str, str] = {}
    for child in item:
        key, tag = child.get("key", ""), local(child.tag)
        name = keys.get(key, key) if tag == "data" else "description"
        text = (child.text or "").strip()
        if tag in ("data", "desc") and name and text and not len(child):
            found["note" if name in ("description", "url") else name] = text
    return found


def _own(item: Element) -> Iterator[Element]:
    """Walk what is below an item, but not into a graph inside it."""
    for child in item:
        if local(child.tag) != "graph":
            yield child
            yield from _own(child)


def _own_text(element: Element) -> str:
    return (element.text or "").strip()


# -- writing -------------------------------------------------------------------


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write GraphML with attributes of our own and boxes that yEd shows."""
    nodes, edges = nodes_of(programme, map_id), edges_of(programme, map_id)
    looks = looks_of(programme, map_id)
    places, _ = spread(programme.system_map(map_id))
    node_names = names_in(nodes, ("label", "theme", "note", "x", "y", "mentions"))
    edge_names = names_in(
        edges,
        (
            "label",
            "sign",
            "delay",
            "strength",
            "direction",
            "confidence",
            "note",
            "weight",
        ),
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">',
        *(_key(f"n{n}", "node", name) for n, name in enumerate(node_names)),
        *(_key(f"e{n}", "edge", name) for n, name in enumerate(edge_names)),
        '  <key id="ng" for="node" yfiles.type="nodegraphics"/>',
        '  <key id="eg" for="edge" yfiles.type="edgegraphics"/>',
        '  <graph id="systemmap" edgedefault="directed">',
        *(
            _node_lines(node, node_names, look_of(node, looks), places[node.factor.id])
            for node in nodes
        ),
        *(_edge_lines(edge, edge_names) for edge in edges),
        "  </graph>",
        "</graphml>",
    ]
    none = () if edges else ("PRSM cannot open a GraphML file without links",)
    return Written(
        data=("\n".join(lines) + "\n").encode("utf-8", "replace"),
        suffix=".graphml",
        losses=(*none, *losses_of(programme, map_id, carried=CARRIED)),
    )


def _key(key: str, kind: str, name: str) -> str:
    return f'  <key id="{key}" for="{kind}" attr.name={quoteattr(name)} attr.type="{TYPES.get(name, "string")}"/>'


def _values(attributes: dict[str, str], names: list[str], letter: str) -> str:
    return "".join(
        f'<data key="{letter}{names.index(name)}">{escape(value)}</data>'
        for name, value in sorted(attributes.items())
    )


def _node_lines(
    node: Node, names: list[str], look: tuple[str, str], place: Place
) -> str:
    attributes = dict(node.attributes)
    x, y = place
    if "y" in attributes:  # where Gephi and networkx draw it: y upwards, as in GEXF
        # PRSM takes 0 for "not set".
        attributes |= {"x": str(x or 0.01), "y": str(-y or 0.01)}
    box = box_of(clean(node.factor.label))
    wide, high = (round(size * _LARGER, 1) for size in (box.width, box.height))
    geometry = f'<y:Geometry x="{x - wide / 2}" y="{y - high / 2}" width="{wide}" height="{high}"/>'
    label = escape("\n".join(box.lines))
    # The box comes first: networkx takes x, y and label from what it meets last.
    outline, ground = look
    fill = f'<y:Fill color="{ground}" transparent="false"/><y:BorderStyle color="{outline}" type="line" width="2.0"/>'
    text = f'<y:NodeLabel textColor="{LIGHT.ink}" fontSize="12" visible="true">{label}</y:NodeLabel>'
    shape = f'<data key="ng"><y:ShapeNode>{geometry}{fill}{text}<y:Shape type="roundrectangle"/></y:ShapeNode></data>'
    return f'    <node id="{node.factor.id}">{shape}{_values(attributes, names, "n")}</node>'


def _edge_lines(edge: Edge, names: list[str]) -> str:
    out = edge.out
    directed = "false" if out.direction == "undirected" else "true"
    style = line_look(out)
    head = style.head if directed == "true" else "none"
    head = {"filled": "standard", "open": "plain"}.get(head, head)
    tail = head if out.direction == "mutual" else "none"
    sign = "" if out.polarity is Polarity.UNKNOWN else out.polarity.value
    line = {"more": "line", "less": "dashed"}.get(style.key, "dotted")
    label = f"<y:EdgeLabel>{escape(sign)}</y:EdgeLabel>" if sign else ""
    shape = f'<data key="eg"><y:PolyLineEdge><y:LineStyle color="{style.light}" type="{line}" width="{WIDTHS[out.link.strength]}"/><y:Arrows source="{tail}" target="{head}"/>{label}</y:PolyLineEdge></data>'
    ends = f'source="{out.link.source}" target="{out.link.target}"'
    return f'    <edge id="{out.id}" {ends} directed="{directed}">{shape}{_values(edge.attributes, names, "e")}</edge>'


FORMAT = Format(
    key="graphml",
    title="GraphML (yEd, Gephi, networkx)",
    holds="map",
    suffixes=(".graphml",),
    loses="Loses named loops, original wordings and who said what beyond counts. It stands the right way up in yEd, Gephi and networkx, upside down in PRSM.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
    write=write,
)
