"""Kumu's JSON: blueprint and full project (read), full project (write).

Carries signs, unknown signs, delays, strengths, directions, themes, notes, tags
and places; our other fields travel as named fields. Who said what is lost.
Presentations are never in the file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from systemmap.bundled.attribution import without_notices
from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._kumu_out import OURS, project_of
from systemmap.formats.maps._losses import ALL_ITEMS, losses_of
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._map_said import NOTHING_SAID
from systemmap.formats.maps._map_tables import table_from, take_factors, take_links
from systemmap.formats.maps._spacing import Spacing, unplaced
from systemmap.formats.reading.limits import LIMITS
from systemmap.formats.reading.plain_text import plain
from systemmap.formats.sighting import NO, certain, possible
from systemmap.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

_RENAMED = {
    "element type": "Type",
    "connection type": "Type",
    "label": "Label",
    "tags": "Tags",
    "description": "Description",
    "type": "Type",
}
_CARRIED = ALL_ITEMS - {"original wordings", "statements behind links", "pins"}


def recognise(sighting: Sighting) -> Recognition:
    """Say whether a JSON object lists elements, as Kumu's do."""
    keys = sighting.json_keys
    if "elements" not in keys or "nodes" in keys:
        return NO
    elements = sighting.json(limit=LIMITS.data_bytes)["elements"]
    if _are_kumus(elements):
        return certain("it lists elements with labels, as Kumu does")
    return possible("it holds 'elements', as Kumu's files do")


def _are_kumus(elements: object) -> bool:
    """Say whether every element is an object with a label, its own or in attributes."""
    if not isinstance(elements, list):
        return False
    found = [e for e in elements if isinstance(e, dict)]
    inner = [e.get("attributes") for e in found]
    labelled = sum(
        "label" in e or (isinstance(a, dict) and "label" in a)
        for e, a in zip(found, inner, strict=True)
    )
    return len(found) == len(elements) and 2 * labelled >= len(found)


def read(sighting: Sighting) -> Reading:
    """Read a blueprint or a full project; both shapes may be mixed in one file."""
    return read_mapped(sighting, NOTHING_SAID)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the maps and fields that a person asked for."""
    found = sighting.json()
    if not isinstance(found, dict) or "elements" not in found:
        raise ReadError(
            "This is not a Kumu file: it lists no elements. Export it from Kumu as JSON."
        )
    full = "defaultMap" in found or "maps" in found
    elements = _listed(found, "elements")
    ours = found.get("source") == OURS
    noted = found.get(OURS) if ours else None
    builder = MapBuilder(
        "kumu_json",
        "full project" if full else "blueprint",
        own_ids=ours,
        mapping=mapping,
    )
    builder.name = str(found.get("name") or sighting.stem)
    private = {
        a.get("name")
        for a in _objects(found.get("attributes"))
        if a.get("private") is True
    }
    if private:
        builder.remark("", f"{len(private)} private fields were left out.")
    elements, connections = _wanted(
        builder, found, elements, _listed(found, "connections")
    )
    places = _places(builder, found, Spacing.of(noted))
    if isinstance(noted, dict):
        builder.notice = str(noted.get("notice") or "")
        said = "".join(
            str(m.get("description") or "") for m in _objects(found.get("maps"))[:1]
        )
        builder.note = without_notices(said, builder.notice)
    _take_elements(builder, elements, private, places)
    _take_connections(builder, connections, private)
    loops = _objects(found.get("loops"))
    if loops:
        builder.extra["named_loops"] = loops
        builder.remark(
            "",
            f"{counted(len(loops), 'named loop was', 'named loops were')} kept beside the map; loops are worked out anew from the links.",
        )
    return builder.reading()


def _take_elements(
    builder: MapBuilder,
    elements: list[Any],
    private: set[Any],
    places: Mapping[str, tuple[float | None, float | None]],
) -> None:
    rows = []
    for n, element in enumerate(elements):
        where = f"elements[{n}]"
        if not isinstance(element, dict):
            builder.skip(
                where, "An object belongs here. The element was skipped.", element
            )
            continue
        fields = _fields(element, private)
        fields["ID"] = _id_of(element)
        x, y = places.get(fields["ID"], (None, None))
        fields |= {"x": "" if x is None else str(x), "y": "" if y is None else str(y)}
        rows.append((where, fields))
    unplaced = sum(not row["x"] for _, row in rows)
    if places and unplaced:
        builder.remark(
            "",
            f"{counted(unplaced, 'element has', 'elements have')} no place on a map and will be placed for you.",
        )
    take_factors(builder, table_from(rows, "elements"))


def _take_connections(
    builder: MapBuilder, connections: list[Any], private: set[Any]
) -> None:
    rows = []
    for n, connection in enumerate(connections):
        where = f"connections[{n}]"
        if not isinstance(connection, dict):
            builder.skip(
                where, "An object belongs here. The link was skipped.", connection
            )
            continue
        fields = _fields(connection, private)
        ends = [str(connection.get(end) or "") for end in ("from", "to")]
        known = [builder.keyed(e) is not None or builder.has_label(e) for e in ends]
        if not all(known):
            at = known.index(False)
            word = ("from", "to")[at]
            builder.skip(
                where,
                f"its '{word}' end, '{ends[at]}', is not in the file. The link was skipped.",
                f"{ends[0]} -> {ends[1]}",
            )
            continue
        if connection.get("reversed") is True:
            ends.reverse()
            builder.guess(
                where,
                "The arrow is drawn from its end to its start. The ends were swapped.",
            )
        fields |= dict(
            zip(("From", "To", "From ID", "To ID"), (*ends, *ends), strict=True)
        )
        if connection.get("delayed") is True or "delayed" in fields.get(
            "Tags", ""
        ).split("|"):
            fields["Delay"] = "yes"
            fields["Tags"] = "|".join(
                t for t in fields.get("Tags", "").split("|") if t not in ("", "delayed")
            )
        fields.setdefault("direction", str(connection.get("direction") or "undirected"))
        rows.append((where, fields))
    take_links(builder, table_from(rows, "connections"), pairs=True)


def _fields(item: Mapping[str, Any], private: set[Any]) -> dict[str, str]:
    """Return an item's fields under our headings, its own and those in `attributes`."""
    inner = item.get("attributes")
    flat = {
        k: v
        for k, v in item.items()
        if k not in ("attributes", "id", "_id", "from", "to", "reversed", "delayed")
    }
    both = flat | (inner if isinstance(inner, dict) else {})
    found = {
        _RENAMED.get(str(name).casefold(), str(name)): _text(value)
        for name, value in both.items()
        if name not in private and value is not None
    }
    if "Description" in found:
        found["Description"] = plain(found["Description"])
    return found


def _text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "|".join(_text(v) for v in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _wanted(
    builder: MapBuilder,
    found: Mapping[str, Any],
    elements: list[Any],
    connections: list[Any],
) -> tuple[list[Any], list[Any]]:
    """Return the elements and connections of the maps a person asked for; else all."""
    maps = _objects(found.get("maps"))
    if len(maps) < 2:
        return elements, connections
    builder.said.part_word = "map"
    kept: set[str] = set()
    for one in maps:
        inside = {str(e.get("element")) for e in _objects(one.get("elements"))}
        wanted = builder.said.wants(_map_name(one))
        builder.said.parts.append([_map_name(one), len(inside), wanted])
        kept |= inside if wanted else set()
    if not builder.said.mapping.parts:
        return elements, connections
    on_map = [e for e in elements if isinstance(e, dict) and _id_of(e) in kept]
    between = [
        c
        for c in connections
        if isinstance(c, dict)
        and {str(c.get(end) or "") for end in ("from", "to")} <= kept
    ]
    left = len(elements) + len(connections) - len(on_map) - len(between)
    builder.set_aside(
        left,
        f"{counted(left, 'element or connection', 'elements and connections')} of other maps were left out.",
    )
    return on_map, between


def _map_name(one: Mapping[str, Any]) -> str:
    return str(one.get("name") or one.get("_id") or "the map without a name")


def _places(
    builder: MapBuilder, found: Mapping[str, Any], spacing: Spacing
) -> dict[str, tuple[float | None, float | None]]:
    """Return each element's place on the default map; the others are counted."""
    maps = [m for m in _objects(found.get("maps")) if builder.said.wants(_map_name(m))]
    if not maps:
        return {}
    chosen = next((m for m in maps if m.get("_id") == found.get("defaultMap")), maps[0])
    if len(maps) > 1:
        builder.remark(
            "",
            f"The file holds {len(maps)} maps; places were taken from '{_map_name(chosen)}'.",
        )
    places = {}
    for entry in _objects(chosen.get("elements")):
        position = entry.get("position")
        if isinstance(position, dict):
            key = str(entry.get("element"))
            at = spacing.here(position.get("x"), position.get("y"), key)
            places[key] = at["x"], at["y"]
    return places


def _id_of(item: Mapping[str, Any]) -> str:
    value = item.get("id", item.get("_id"))
    return "" if value is None else str(value)


def _objects(value: object) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _listed(found: Mapping[str, Any], name: str) -> list[Any]:
    value = found.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        msg = f"'{name}' should be a list. The file is damaged; export it from Kumu again."
        raise ReadError(msg)
    return value


# -- writing -------------------------------------------------------------------


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write a whole project, which Kumu and PRSM both open."""
    text = json.dumps(project_of(programme, map_id), ensure_ascii=False, indent=2)
    return Written(
        data=text.encode("utf-8", "backslashreplace") + b"\n",
        suffix=".kumu.json",
        losses=(
            *unplaced(programme.system_map(map_id)),
            *losses_of(programme, map_id, carried=_CARRIED),
        ),
    )


FORMAT = Format(
    key="kumu_json",
    title="Kumu JSON",
    holds="map",
    suffixes=(".kumu.json", ".json"),
    loses="Loses pins, original wordings and who said what beyond counts; presentations are never in the file. Kumu opens it as a new project, PRSM as a map.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
    write=write,
)
