"""PRSM maps (`.prsm`), plain or packed: read, and written as plain JSON.

Carries signs by the legend name of the link style, unknown signs, directions,
15 themes, notes, positions, and delays written into the link's label. Loses
confidence, strength, wordings, and who said what.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from systemmap.bundled.attribution import without_notices
from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._losses import losses_of
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._packing import unpack, unpacked_start
from systemmap.formats.maps._prsm_out import (
    MOST_THEMES,
    OURS,
    document_of,
    themes_beyond,
)
from systemmap.formats.maps._sign_words import DELAY_MARK, read_sign
from systemmap.formats.maps._spacing import Spacing, unplaced
from systemmap.formats.reading.json_data import parse_json
from systemmap.formats.reading.limits import check_size
from systemmap.formats.reading.plain_text import plain
from systemmap.formats.sighting import NO, says_so
from systemmap.language.phrases import counted
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

_MARKS = {"styles", "samples", "groups", "version", "groupEdges"}
_DAMAGED = "This file is damaged or is not a PRSM map. Open it in PRSM and save it again, or export it as Excel."
_CARRIED = frozenset(
    {
        "themes",
        "notes on factors",
        "positions",
        "links with no agreed sign",
        "disputed marks",
        "delays",
        "notes on links",
        "links without an arrowhead",
        "two-headed links",
    }
)


def recognise(sighting: Sighting) -> Recognition:
    """Say whether this is a PRSM map, plain or packed."""
    if {"nodes", "edges"} <= sighting.json_keys:
        marks = sighting.json_keys & _MARKS
        return says_so(f"it lists nodes, edges and {min(marks)}") if marks else NO
    if sighting.kind != "text":
        return NO
    start = "".join(unpacked_start(sighting.head or "").split())
    return (
        says_so("it is packed as PRSM packs its maps") if start.startswith('{"') else NO
    )


def read(sighting: Sighting) -> Reading:
    """Read a PRSM map of any age."""
    found, packed = _document(sighting)
    builder = MapBuilder(
        "prsm",
        f"{'packed' if packed else 'plain'}, version {found.get('version', 'unknown')}",
    )
    title = str(found.get("mapTitle") or "")
    builder.name = title or sighting.stem
    described = found.get("description", found.get("note"))
    ours = described.get(OURS) if isinstance(described, dict) else None
    ours = ours if isinstance(ours, dict) else {}
    builder.notice = str(ours.get("notice") or "")
    builder.note = without_notices(_note(described), builder.notice)
    styles = _styles(found)
    themes = _legend(styles.get("nodes"))
    signs = _legend(styles.get("edges"))
    _take_nodes(builder, found, themes, Spacing.of(ours))
    _take_edges(builder, found, signs, styles)
    for name, said in (
        ("history", "Who did what was left out."),
        ("background", "Drawings behind the map are not read."),
        ("underlay", "Drawings behind the map are not read."),
    ):
        if found.get(name):
            builder.remark(name, said)
    return builder.reading(legend={k: v for k, v in signs.items() if v})


def _document(sighting: Sighting) -> tuple[dict[str, Any], bool]:
    check_size(sighting.data)
    if sighting.head is None:
        raise ReadError(_DAMAGED)
    text = sighting.decoded().text
    packed = not text.lstrip().startswith("{")
    if packed:
        try:
            text = unpack(text)
        except ValueError:
            raise ReadError(_DAMAGED) from None
        if not text.lstrip().startswith("{"):
            raise ReadError(_DAMAGED)
    found = parse_json(text)
    if (
        not isinstance(found, dict)
        or not isinstance(found.get("nodes"), list)
        or not isinstance(found.get("edges"), list)
    ):
        raise ReadError(_DAMAGED)
    return found, packed


def _styles(found: Mapping[str, Any]) -> dict[str, Any]:
    for name in ("styles", "samples"):
        if isinstance(found.get(name), dict):
            return dict(found[name])
    return {"nodes": found.get("groups"), "edges": found.get("groupEdges")}


def _legend(styles: object) -> dict[str, str]:
    """Return legend names by style; "Sample" is no name."""
    if not isinstance(styles, dict):
        return {}
    named = {k: v.get("groupLabel") for k, v in styles.items() if isinstance(v, dict)}
    return {k: str(v).strip() for k, v in named.items() if v and v != "Sample"}


def _take_nodes(
    builder: MapBuilder,
    found: Mapping[str, Any],
    themes: Mapping[str, str],
    spacing: Spacing,
) -> None:
    for n, node in enumerate(found["nodes"]):
        where = f"nodes[{n}]"
        if not isinstance(node, dict) or node.get("id") is None:
            builder.skip(
                where, "A factor with an id belongs here. It was skipped.", node
            )
            continue
        group = _group(node)
        at = spacing.here(node.get("x"), node.get("y"), str(node["id"]))
        kept = {
            k: str(v)
            for k, v in _attributes(node, found).items()
            if v not in (None, "")
        }
        builder.factor(
            node.get("label") or "",
            where=where,
            source_id=node["id"],
            theme=themes.get(group, ""),
            note=_note(node.get("note"))
            or (
                plain(str(node["title"])) if isinstance(node.get("title"), str) else ""
            ),
            extra={"columns": kept} if kept else {},
            **at,
        )


def _take_edges(
    builder: MapBuilder,
    found: Mapping[str, Any],
    signs: Mapping[str, str],
    styles: Mapping[str, Any],
) -> None:
    for n, edge in enumerate(found["edges"]):
        where = f"edges[{n}]"
        if not isinstance(edge, dict):
            builder.skip(where, "An object belongs here. The link was skipped.", edge)
            continue
        ends = [
            edge.get("from", edge.get("source")),
            edge.get("to", edge.get("target")),
        ]
        source, target = (builder.keyed(end) for end in ends)
        if source is None or target is None:
            builder.skip(
                where,
                f"It joins '{ends[0]}' and '{ends[1]}', and one of them is not in the file. The link was skipped.",
                str(ends),
            )
            continue
        group = _group(edge)
        direction = _direction(builder, edge, group, styles, where)
        if direction == "swapped":
            source, target, direction = target, source, "directed"
        label = str(edge.get("label") or "").strip()
        legend = read_sign(signs.get(group, ""))
        sign = read_sign(label.replace(DELAY_MARK, "").strip())
        if legend.polarity is not Polarity.UNKNOWN or sign.word or sign.no_effect:
            sign = legend
        builder.link(
            source,
            target,
            where=where,
            sign=sign,
            direction=direction,
            delay=True if DELAY_MARK in label or "⌛" in label else None,
            note=_note(edge.get("note")),
        )


def _group(item: Mapping[str, Any]) -> str:
    group = item.get("grp", item.get("group", ""))
    return f"group{group % 9}" if type(group) is int else str(group)


def _attributes(node: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    titles = found.get("attributeTitles")
    titles = titles if isinstance(titles, dict) else {}
    inner = node.get("attributes")
    both = {
        **(inner if isinstance(inner, dict) else {}),
        **{k: v for k, v in node.items() if k in titles},
    }
    return {
        str(titles.get(k, k)): v
        for k, v in both.items()
        if isinstance(v, (str, int, float))
    }


def _direction(
    builder: MapBuilder,
    edge: Mapping[str, Any],
    group: str,
    styles: Mapping[str, Any],
    where: str,
) -> str:
    """Return the direction that the arrowheads show: at the end unless said otherwise."""
    arrows = edge.get("arrows")
    if arrows is None:
        edges = styles.get("edges")
        style = edges.get(group) if isinstance(edges, dict) else None
        arrows = style.get("arrows") if isinstance(style, dict) else None
    if isinstance(arrows, str):
        heads = {end: end in arrows for end in ("from", "middle", "to")}
    elif isinstance(arrows, dict):
        heads = {end: _enabled(arrows.get(end)) for end in ("from", "middle", "to")}
    else:
        return "directed"
    if heads["from"] and heads["to"]:
        return "mutual"
    if heads["from"]:
        return "swapped"
    if heads["middle"] and not heads["to"]:
        builder.guess(
            where, "Only the middle of the line has an arrowhead. Read as From → To."
        )
    return "directed" if heads["to"] or heads["middle"] else "undirected"


def _enabled(head: object) -> bool:
    return head.get("enabled") is True if isinstance(head, dict) else head is True


def _note(value: object) -> str:
    """Return a Quill note, or an old HTML one, as plain text."""
    if isinstance(value, dict) and "text" in value:
        value = value["text"]
    if isinstance(value, str):
        return plain(value)
    ops = value.get("ops") if isinstance(value, dict) else None
    if not isinstance(ops, list):
        return ""
    inserts = (op.get("insert") for op in ops if isinstance(op, dict))
    return "".join(part for part in inserts if isinstance(part, str)).strip("\n")


# -- writing -------------------------------------------------------------------


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write plain JSON, which PRSM loads; signs are in legend, dashes and labels."""
    text = json.dumps(document_of(programme, map_id), ensure_ascii=False, indent=1)
    over = themes_beyond(programme, map_id)
    many = (f"{counted(over, 'theme')} beyond {MOST_THEMES}",) if over else ()
    return Written(
        data=text.encode("utf-8", "backslashreplace") + b"\n",
        suffix=".prsm",
        losses=(
            *unplaced(programme.system_map(map_id)),
            *many,
            *losses_of(programme, map_id, carried=_CARRIED),
        ),
    )


FORMAT = Format(
    key="prsm",
    title="PRSM map",
    holds="map",
    suffixes=(".prsm",),
    loses="Loses confidence, strength (shown as width), reasons, wordings and who said what, and themes beyond 14; a delay that is denied is not kept.",
    recognise=recognise,
    read=read,
    write=write,
)
