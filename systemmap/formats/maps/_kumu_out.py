"""A map as Kumu keeps it: a whole project, or a blueprint to bring into one.

A project holds places, delay marks and colours, and PRSM (3.2.4) opens it as
well: that wants a default map, its connections listed, a perspective with a
block before its settings, and two lines in the description that name the
fields it takes themes and signs from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from systemmap.bundled.attribution import notices_of
from systemmap.drawing.layout.boxes import text_width, wrapped
from systemmap.drawing.styles import LIGHT, LINK_STYLES, theme_styles, tint
from systemmap.formats.maps._map_columns import factor_rows, link_rows
from systemmap.formats.maps._sign_words import DELAY_MARK
from systemmap.formats.maps._spacing import spread
from systemmap.formats.maps._themes import theme_labels
from systemmap.model.text import clean
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.formats.maps._links_out import LinkOut
    from systemmap.formats.maps._map_columns import Cell
    from systemmap.formats.maps._spacing import Size
    from systemmap.model.programme import Programme

OURS = "systemmap"  # says that a file is ours, and how far its map was spread
_LISTS = {"Tags", "Settings", "Populations", "Places", "Indicators"}
_NOT_WRITTEN = {"x", "y", "Original wordings", "Pinned"}
_KUMUS = ("Label", "Type", "Description", "Tags", "From", "To")
_MOST_THEMES, _FILL = 15, 0.35
_WIDER, _LINE, _MARGIN, _GAP = 1.3, 15.0, 20.0, 20.0  # a box of PRSM's, the larger one
_SIGNS = {
    Polarity.SAME: "more",
    Polarity.OPPOSITE: "less",
    Polarity.UNKNOWN: "unknown",
}
_FOR_PRSM = "PRSMFactorStyleAttribute = 'Element Type'\nPRSMLinkStyleAttribute = 'Connection Type'"


def blueprint_of(programme: Programme, map_id: str) -> dict[str, object]:
    """Return elements and connections by id, direction always stated."""
    elements = [
        named({"id": row.pop("Ref"), **row}) for row in factor_rows(programme, map_id)
    ]
    connections = []
    for out, cells in link_rows(programme, map_id):
        row = _fields_of(cells)
        row |= {"id": out.id, "From": out.link.source, "To": out.link.target}
        slow = {"Tags": "delayed"} if out.link.delay else {}
        connections.append(named(row | slow))
    return {
        "source": OURS,
        "name": programme.system_map(map_id).version.name,
        "elements": elements,
        "connections": connections,
    }


def project_of(programme: Programme, map_id: str) -> dict[str, object]:
    """Return a whole project with one map and one perspective."""
    system_map = programme.system_map(map_id)
    factors = system_map.factors
    looks = theme_styles({f.theme for f in factors.values()}, theme_labels(programme))
    colours = {k: tint(v.light, LIGHT.paper, _FILL) for k, v in looks.items()}
    places, spacing = spread(
        system_map, {k: _size(f.label) for k, f in factors.items()}, gap=_GAP
    )
    elements = []
    for row in factor_rows(programme, map_id):
        key = str(row.pop("Ref"))
        elements.append(
            {"_id": key, "attributes": _attributes(named(row), "element type")}
        )
    connections = []
    for out, cells in link_rows(programme, map_id):
        attributes = _attributes(named(_fields_of(cells)), "connection type")
        attributes.pop("direction", None)
        if label := _label(out):
            attributes["label"] = label
        connections.append(
            {
                "_id": out.id,
                "from": out.link.source,
                "to": out.link.target,
                "direction": out.direction,
                "delayed": out.link.delay is True,
                "reversed": False,
                "attributes": attributes,
            }
        )
    version = system_map.version
    note = filter(None, [clean(version.note)])
    said = "\n\n".join([*note, *notices_of(system_map)])
    themes = [look.name for key, look in looks.items() if key][:_MOST_THEMES]
    return {
        "source": OURS,
        OURS: spacing.noted() | ({"notice": version.notice} if version.notice else {}),
        "version": 1,
        "name": version.name,
        "description": _FOR_PRSM,
        "defaultMap": "map-1",
        "defaultPerspective": "perspective-1",
        "attributes": _declared(elements, connections, themes),
        "elements": elements,
        "connections": connections,
        "loops": [],
        "maps": [
            {
                "_id": "map-1",
                "name": version.name,
                "description": said,
                "defaultPerspective": "perspective-1",
                "elements": [
                    {
                        "_id": f"at-{key}",
                        "element": key,
                        "position": dict(zip(("x", "y"), places[key], strict=True)),
                        "style": {
                            "color": colours[factor.theme],
                            "fontColor": LIGHT.ink,
                            "shape": "rectangle",
                        },
                    }
                    for key, factor in sorted(factors.items())
                ],
                "connections": [
                    {"_id": f"on-{c['_id']}", "connection": c["_id"], "style": {}}
                    for c in connections
                ],
                "loops": [],
            }
        ],
        "perspectives": [
            {
                "_id": "perspective-1",
                "name": "Themes and signs",
                "style": _perspective({looks[k].name: colours[k] for k in looks if k}),
            }
        ],
    }


def named(row: Mapping[str, Cell]) -> dict[str, Any]:
    """Return the fields that say something, Kumu's own under its lower-case names."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name in _NOT_WRITTEN:
            continue
        if value not in (None, "", 0) or (name == "Priority" and value == 0):
            key = name.lower() if name in _KUMUS else name
            found[key] = str(value).split("|") if name in _LISTS else value
    return found


def _fields_of(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return a connection's own fields; a delay that is denied is one of them."""
    away = {"Ref", "From ID", "To ID", "From", "To"}
    away |= {"Delay"} if cells["Delay"] != "no" else set()
    return {name: value for name, value in cells.items() if name not in away}


def _attributes(fields: dict[str, Any], kind: str) -> dict[str, Any]:
    return {kind if name == "type" else name: value for name, value in fields.items()}


def _label(out: LinkOut) -> str:
    """Return what stands beside a line where a tool shows neither sign nor delay."""
    signed = out.polarity is not Polarity.UNKNOWN
    sign = LINK_STYLES[_SIGNS[out.polarity]].sign if signed else ""
    return f"{sign} {DELAY_MARK}".strip() if out.link.delay else sign


def _declared(
    elements: Iterable[Mapping[str, Any]],
    connections: Iterable[Mapping[str, Any]],
    themes: list[str],
) -> list[dict[str, object]]:
    """Return every field in use; those that PRSM draws by list their values."""
    values = {
        "element type": themes,
        "connection type": [polarity.value for polarity in _SIGNS],
    }
    used = {name for item in (*elements, *connections) for name in item["attributes"]}
    found: list[dict[str, object]] = []
    for number, name in enumerate(sorted(used | set(values)), 1):
        title = name.title() if name.islower() else name
        kind = "list" if title in _LISTS else "text"
        found.append(
            {
                "_id": f"field-{number}",
                "name": title,
                "format": kind,
                "private": False,
                "values": values.get(name, []),
            }
        )
    return found


def _perspective(colours: Mapping[str, str]) -> str:
    """Return the view's rules: themes by colour, signs by colour and dashes."""
    rules = [
        f'element["Element Type"="{name.replace(chr(34), "")}"] {{\n  color: {colour};\n}}'
        for name, colour in colours.items()
    ]
    for polarity, key in _SIGNS.items():
        style = LINK_STYLES[key]
        line = {"more": "solid", "less": "dashed"}.get(key, "dotted")
        rules.append(
            f'connection["Connection Type"="{polarity.value}"] {{\n  color: {style.light};\n  style: {line};\n}}'
        )
    settings = (
        "@settings {\n  template: system;\n  font-size: 14;\n  element-size: 30;\n}"
    )
    return "\n\n".join(("@controls {\n}", settings, *rules))


def _size(label: str) -> Size:
    lines = wrapped(label)
    wide = max(map(text_width, lines)) * _WIDER
    return wide + 2 * _MARGIN, len(lines) * _LINE + 2 * _MARGIN
