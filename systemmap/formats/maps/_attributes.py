"""Factors and links as named attributes, for GraphML and GEXF.

Both formats let a file declare attributes of its own, so both carry what the
workbook's columns carry, under the names their users expect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.drawing.styles import LIGHT, LINK_STYLES, theme_styles, tint
from systemmap.formats.maps._losses import ALL_ITEMS
from systemmap.formats.maps._map_columns import factor_rows, link_rows
from systemmap.formats.maps._map_tables import table_from, take_factors, take_links
from systemmap.formats.maps._sign_words import number_from, read_sign
from systemmap.formats.maps._themes import theme_labels
from systemmap.model.text import clean
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.drawing.styles import LinkStyle, ThemeStyle
    from systemmap.formats.maps._links_out import LinkOut
    from systemmap.formats.maps._map_builder import MapBuilder
    from systemmap.model.elements import Factor
    from systemmap.model.programme import Programme

CARRIED = ALL_ITEMS - {"original wordings", "statements behind links"}
Rows = list[tuple[str, dict[str, str]]]  # where each stands, and its fields
_FACTOR = {
    "Label": "label",
    "Type": "theme",
    "Description": "note",
    "Mentions": "mentions",
}
_LINK = {
    "Type": "sign",
    "Description": "note",
    "Delay": "delay",
    "Strength": "strength",
    "Confidence": "confidence",
    "Mentions": "mentions",
    "Label": "label",
}
# Numbers; a column of another tool that looks like one stays text.
TYPES = {
    "x": "double",
    "y": "double",
    "weight": "double",
    "mentions": "int",
    "Priority": "int",
}
_NOT_OURS = {"Ref", "From", "To", "From ID", "To ID", "Original wordings"}


@dataclass(frozen=True, slots=True)
class Node:
    """One factor to write: its record and its attributes as text."""

    factor: Factor
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Edge:
    """One line to write: what it states and its attributes as text."""

    out: LinkOut
    attributes: dict[str, str]


def look_of(node: Node, looks: Mapping[str, ThemeStyle]) -> tuple[str, str]:
    """Return the colour of a factor's outline and of its ground, as "#RRGGBB"."""
    outline = looks[node.factor.theme].light
    return outline, tint(outline, LIGHT.paper)


def looks_of(programme: Programme, map_id: str) -> dict[str, ThemeStyle]:
    """Return how each theme of a map is drawn here."""
    factors = programme.system_map(map_id).factors.values()
    return theme_styles({f.theme for f in factors}, theme_labels(programme))


def line_look(out: LinkOut) -> LinkStyle:
    """Return how a line is drawn here."""
    names = {Polarity.SAME: "more", Polarity.OPPOSITE: "less"}
    return LINK_STYLES[names.get(out.polarity, "unknown")]


def nodes_of(programme: Programme, map_id: str) -> list[Node]:
    """Return the factors of a map with the attributes that say something."""
    factors = programme.system_map(map_id).factors
    return [
        Node(factors[str(row["Ref"])], _attributes(row, _FACTOR))
        for row in factor_rows(programme, map_id)
    ]


def edges_of(programme: Programme, map_id: str) -> list[Edge]:
    """Return the lines of a map with the attributes that say something."""
    return [
        Edge(out, _attributes(row, _LINK) | {"weight": "1"})
        for out, row in link_rows(programme, map_id)
    ]


def names_in(items: Iterable[Node | Edge], first: tuple[str, ...]) -> list[str]:
    """Return every attribute name, the expected ones first, the rest in order."""
    used = {name for item in items for name in item.attributes}
    return [*first, *sorted(used - set(first))]


def take(builder: MapBuilder, nodes: Rows, edges: Rows) -> None:
    """Hand nodes and edges, read as named attributes, to the builder.

    Each node names its "ID"; each edge its "From", "To" and "direction".
    """
    for _, node in nodes:
        node.setdefault(
            "label", node.get("name") or node.get("Node Label") or node["ID"]
        )
    if nodes:
        take_factors(builder, table_from(nodes, "nodes"))
    whole = []
    signed = any((number_from(e.get("weight")) or 0) < 0 for _, e in edges)
    by_label = _labels_are_signs(edges)
    for where, edge in edges:
        ends = [edge["From"], edge["To"]]
        if any(builder.keyed(end) is None for end in ends):
            builder.skip(
                where,
                f"It joins '{ends[0]}' and '{ends[1]}', and one of them is not in the file. The link was skipped.",
                " -> ".join(ends),
            )
            continue
        if not signed:
            edge.pop("weight", None)  # a default or a drawing width, not a sign
        if by_label and "sign" not in edge and edge.get("label"):
            edge["sign"] = edge["label"]
        whole.append((where, edge))
    if whole:
        take_links(builder, table_from(whole, "links"), by_key=True)


def _labels_are_signs(edges: Rows) -> bool:
    """Say whether most of the labels that links carry are known signs."""
    labels = [edge["label"] for _, edge in edges if edge.get("label")]
    known = sum(read_sign(one).polarity is not Polarity.UNKNOWN for one in labels)
    return 2 * known >= len(labels) > 0


def _attributes(
    row: dict[str, str | float | int | None], names: dict[str, str]
) -> dict[str, str]:
    found = {}
    for heading, value in row.items():
        if heading in _NOT_OURS or value is None or value == "":
            continue
        if (heading == "In scope" and value == "yes") or (
            heading == "Mentions" and not value
        ):
            continue
        found[names.get(heading, heading)] = clean(str(value))
    return found
