"""Maps as JSON lists of nodes and links: networkx, D3, Cytoscape, vis.js and others.

Signs are read from a field that says so, or from the one a person names; every
other field is kept. Not written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._map_headings import FACTOR_NAMES, LINK_NAMES, meanings
from systemmap.formats.maps._map_proposal import link_columns
from systemmap.formats.maps._map_said import CAUSES, LEAVE_OUT, LINKS, NOTHING_SAID
from systemmap.formats.maps._map_tables import table_from, take_factors, take_links
from systemmap.formats.reading.limits import LIMITS
from systemmap.formats.sighting import NO, certain, likely, possible
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.maps._file_table import Table
    from systemmap.formats.sighting import Recognition, Sighting

_NODES = ("nodes", "vertices", "elements", "factors", "variables", "items")
_OTHERS = frozenset({"styles", "samples", "groups", "groupEdges", "version"})  # PRSM's
_DRAWN = frozenset({"index", "vx", "vy", "fx", "fy"})  # where a drawing program put it
_LOOKED_AT = 400  # items of a list

Lists = dict[str, list[dict[str, Any]]]


def recognise(sighting: Sighting) -> Recognition:
    """Look for a list of nodes beside a list of links that name two ends each."""
    if sighting.kind not in ("json", "text"):
        return NO
    try:
        if sighting.kind == "text" and not (sighting.head or "").startswith("["):
            return NO
        found = sighting.json(limit=LIMITS.data_bytes)
        lists = _lists(found)
    except ReadError:
        return NO
    kinds = _kinds(lists)
    nodes = sum(len(lists[name]) for name, kind in kinds.items() if kind == CAUSES)
    links = [
        edge for name, kind in kinds.items() if kind == LINKS for edge in lists[name]
    ]
    if isinstance(found, dict) and set(found) & _OTHERS and "directed" not in found:
        return NO
    ended = all(
        {"source", "target"} <= set(edge) or {"from", "to"} <= set(edge)
        for edge in links
    )
    if links and ended and CAUSES in (kinds.get("nodes"), kinds.get("vertices")):
        return certain(
            f"it lists {counted(nodes, 'node')}, and {counted(len(links), 'link')} with both their ends"
        )
    if links:
        return possible(f"it lists {counted(len(links), 'item')} that name two ends")
    plain = "nodes" in kinds and isinstance(found, dict) and not set(found) & _OTHERS
    return likely(f"it lists {counted(nodes, 'node')}") if nodes and plain else NO


def read(sighting: Sighting) -> Reading:
    """Read every node and every link whose two ends are in the file."""
    return read_mapped(sighting, NOTHING_SAID)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read its lists and their fields as a person said."""
    found = sighting.json()
    lists = _lists(found)
    whole = found if isinstance(found, dict) else {}
    builder = MapBuilder(
        "node_link_json",
        "Cytoscape" if "elements" in whole else "nodes and links",
        mapping=mapping,
    )
    builder.name = str(whole.get("name") or sighting.stem)
    kinds = {
        name: builder.said.kind_of(name, kind) for name, kind in _kinds(lists).items()
    }
    if not {LINKS, CAUSES} & set(kinds.values()) and not mapping.tables:
        raise ReadError(
            "No list of nodes was found. Export the map again, as a list of nodes and a list of links."
        )
    nodes: list[dict[str, Any]] = []
    for name, items in lists.items():
        if kinds[name] == CAUSES:
            nodes += items
            take_factors(builder, _node_table(name, items))
    for name, items in lists.items():
        if kinds[name] == LINKS:
            directed = whole.get("directed") is not False
            _take_links(builder, name, items, nodes, directed=directed)
        elif kinds[name] == LEAVE_OUT and items:
            rows = [(f"{name}[{n}]", _plain(item)) for n, item in enumerate(items)]
            builder.said.show(LEAVE_OUT, table_from(rows, name))
            builder.set_aside(
                len(items),
                f"The list '{name}' was left out: its {counted(len(items), 'item')} are neither causes nor links.",
            )
    return builder.reading()


def _node_table(name: str, items: list[dict[str, Any]]) -> Table:
    rows = []
    for n, item in enumerate(items):
        fields = _plain(item)
        at = meanings(list(fields), FACTOR_NAMES).get("id")
        own = list(fields.values())[at] if at is not None else ""
        key = own or fields.get("name") or str(n)
        label = next((fields[w] for w in FACTOR_NAMES["label"] if fields.get(w)), key)
        rows.append((f"{name}[{n}]", fields | {"ID": key, "label": label}))
        rows[-1][1].pop("id", None)
    return table_from(rows, name)


def _take_links(
    builder: MapBuilder,
    name: str,
    items: list[dict[str, Any]],
    nodes: list[dict[str, Any]],
    *,
    directed: bool,
) -> None:
    """Take a list of links, whose ends are ids of nodes, places in their list, or names."""
    keyed = any("id" in node for node in nodes)
    rows = []
    for n, item in enumerate(items):
        fields = _plain(item, nodes, keyed=keyed)
        fields.setdefault("direction", "directed" if directed else "undirected")
        rows.append((f"{name}[{n}]", fields))
    table = table_from(rows, name)
    if not {"from", "to"} <= set(meanings(table.headings, LINK_NAMES)):
        proposed = link_columns([cells for _, cells in table.rows])
        table = replace(table, proposed=proposed)
    where_is = builder.said.columns_of(LINKS, table, LINK_NAMES)
    if not {"from", "to"} <= set(where_is):
        take_links(builder, table)
        return
    places = where_is["from"], where_is["to"]
    known = sum(
        builder.keyed(c[at]) is not None for _, c in table.rows for at in places
    )
    by_key = known > 0
    if builder.said.mapping.ends:
        by_key = builder.said.mapping.ends == "id"
    builder.said.ends = "id" if by_key else "name"
    whole = []
    for where, cells in table.rows:
        ends = [cells[at] for at in places]
        if by_key and nodes and any(builder.keyed(end) is None for end in ends):
            builder.skip(
                where,
                f"It joins '{ends[0]}' and '{ends[1]}', and one of them is not in the file. The link was skipped.",
                " -> ".join(ends),
            )
        else:
            whole.append((where, cells))
    take_links(builder, replace(table, rows=tuple(whole)), by_key=by_key)


# -- the lists of a file -----------------------------------------------------------


def _lists(found: object) -> Lists:
    """Return the lists of objects by name; Cytoscape keeps both in `elements`, under `data`."""
    if isinstance(found, list):
        return {"list": _objects(found)} if _objects(found) else {}
    if not isinstance(found, dict):
        return {}
    inner = found.get("elements")
    if isinstance(inner, dict):
        found = inner
    elif isinstance(inner, list) and any(
        "data" in e for e in _objects(inner, bare=True)
    ):
        data = _objects(inner)
        return {
            "nodes": [d for d in data if "source" not in d],
            "edges": [d for d in data if "source" in d],
        }
    lists = {str(name): _objects(value) for name, value in found.items()}
    adjacent = found.get("adjacency")
    if isinstance(adjacent, list) and lists.get("nodes"):
        lists["adjacency"] = _adjacent(adjacent, lists["nodes"])
    return {name: items for name, items in lists.items() if items}


def _adjacent(rows: list[Any], nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return networkx's lists of neighbours, one for each node, as links."""
    return [
        {"source": node.get("id"), "target": other.get("id"), **_without_id(other)}
        for node, row in zip(nodes, rows, strict=False)
        for other in _objects(row)
    ]


def _without_id(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "id"}


def _objects(value: object, *, bare: bool = False) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        return []
    found = [v for v in value if isinstance(v, dict)]
    if bare:
        return found
    return [
        v["data"] | {k: w for k, w in v.items() if k == "position"}
        if isinstance(v.get("data"), dict)
        else v
        for v in found
    ]


def _kinds(lists: Lists) -> dict[str, str]:
    """Say what each list holds: links name two ends each, causes a name or an id."""
    kinds = dict.fromkeys(lists, LEAVE_OUT)
    for name, items in lists.items():
        looked = items[:_LOOKED_AT]
        ended = sum(_names_ends(item) for item in looked)
        if ended and 2 * ended >= len(looked):
            kinds[name] = LINKS
        elif name.casefold() in _NODES and name != "elements":
            kinds[name] = CAUSES
    if LINKS in kinds.values() and CAUSES not in kinds.values():
        for name, items in lists.items():
            if kinds[name] != LINKS and all(
                _is_named(one) for one in items[:_LOOKED_AT]
            ):
                kinds[name] = CAUSES
                break
    return kinds


def _names_ends(item: Mapping[str, Any]) -> bool:
    found = meanings(list(item), LINK_NAMES)
    return {"from", "to"} <= set(found) and not {"x", "y"} <= set(item)


def _is_named(item: Mapping[str, Any]) -> bool:
    return bool({"id", "label"} & set(meanings(list(item), FACTOR_NAMES)))


def _end(value: object, nodes: list[dict[str, Any]], *, keyed: bool) -> object:
    """Return the key of a link's end: D3 counts nodes from 0, or holds the node itself."""
    if isinstance(value, dict):
        value = value.get("id", value.get("name"))
    if type(value) is int and nodes and not keyed and 0 <= value < len(nodes):
        node = nodes[value]
        return node.get("key") or node.get("name") or value
    return value


def _plain(
    item: Mapping[str, Any],
    nodes: list[dict[str, Any]] | None = None,
    *,
    keyed: bool = True,
) -> dict[str, str]:
    """Return an item's fields as text; of a link, its ends as the keys of nodes."""
    found = {}
    ends = meanings(list(item), LINK_NAMES) if nodes is not None else {}
    names = list(item)
    of_ends = {names[ends[end]] for end in ("from", "to") if end in ends}
    for name, value in item.items():
        shown = _end(value, nodes or [], keyed=keyed) if name in of_ends else value
        if isinstance(shown, (str, int, float)) and name not in _DRAWN:
            found[str(name)] = str(shown)
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
    read_mapped=read_mapped,
)
