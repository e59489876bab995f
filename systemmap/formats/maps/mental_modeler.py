"""Mental Modeler `.mmp`: both XML dialects and JSON, read; the newer XML, written.

Carries signs, strengths, six themes, notes and positions. Loses links without
an agreed sign (left out, counted), delays, tags, confidence, and who said what.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from systemmap.drawing.layout.boxes import box_of
from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._links_out import links_out
from systemmap.formats.maps._losses import losses_of
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._sign_words import Sign, number_from, strength_from
from systemmap.formats.maps._spacing import noted_in, spread, unplaced
from systemmap.formats.maps._themes import theme_labels
from systemmap.formats.reading.xml_tree import local
from systemmap.formats.sighting import NO, certain, says_so
from systemmap.model.text import clean
from systemmap.model.values import Polarity, Strength

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from systemmap.formats.maps._links_out import LinkOut
    from systemmap.formats.maps._spacing import Size, Spacing
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap

_LETTERS = {"h": 1.0, "m": 0.62, "l": 0.25}
_SIZES = {
    Strength.STRONG: 1.0,
    Strength.MEDIUM: 0.62,
    Strength.WEAK: 0.25,
    Strength.UNRATED: 0.5,
}
_NOT_RATED = "strength not rated"
_GROUPS = 6
_OURS = "systemmap"  # in a file of ours: how far it was spread, under info
_LARGER = 1.5  # a concept's box there, by ours
_GAP, _CORNER = 12.0, 20.0
_CARRIED = frozenset(
    {"themes", "notes on factors", "positions", "strengths", "notes on links"}
)


def recognise(sighting: Sighting) -> Recognition:
    """Say whether this is a Mental Modeler file, by root element or by its concepts."""
    if sighting.xml_root == "mentalmodeler":
        return says_so("its first element is mentalmodeler")
    if "concepts" in sighting.json_keys:
        return certain("it lists concepts, as Mental Modeler does")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read concepts and their relationships; scenarios are kept beside the map."""
    is_json = sighting.kind == "json"
    found = sighting.json() if is_json else _tree(sighting.xml())
    if not isinstance(found, dict) or "concepts" not in found:
        raise ReadError(
            "This is not a Mental Modeler file: it holds no concepts. Save it again from Mental Modeler."
        )
    builder = MapBuilder("mental_modeler", "JSON" if is_json else "XML")
    info = found.get("info")
    info = info if isinstance(info, dict) else {}
    builder.name = str(info.get("name") or sighting.stem)
    builder.note = str(info.get("description") or "")
    spacing = noted_in(str(info.get(_OURS) or ""))
    if info.get("author"):
        builder.remark("info", "The author's name was left out.")
    if found.get("scenarios"):
        builder.extra["scenarios"] = found["scenarios"]
        builder.remark("scenarios", "Scenarios were kept beside the map.")
    groups = _groups(found.get("groupNames"))
    concepts = _children(found.get("concepts"), "concept")
    for n, concept in enumerate(concepts):
        _take_concept(builder, concept, f"Concept {n + 1}", groups, spacing)
    for concept in concepts:
        for n, link in enumerate(
            _children(concept.get("relationships"), "relationship")
        ):
            where = f"Concept '{concept.get('name', '')}', relationship {n + 1}"
            _take_link(builder, concept, link, where)
    return builder.reading()


def _take_concept(
    builder: MapBuilder,
    concept: Mapping[str, Any],
    where: str,
    groups: dict[str, str],
    spacing: Spacing,
) -> None:
    units = str(concept.get("units") or "")
    builder.factor(
        concept.get("name") or "",
        where=where,
        source_id=concept.get("id"),
        theme=groups.get(str(concept.get("group", "")), ""),
        note=str(concept.get("notes") or ""),
        extra={"columns": {"units": units}} if units else {},
        **spacing.here(concept.get("x"), concept.get("y"), str(concept.get("id"))),
    )


def _take_link(
    builder: MapBuilder,
    concept: Mapping[str, Any],
    link: Mapping[str, Any],
    where: str,
) -> None:
    source = builder.keyed(concept.get("id", ""))
    target = builder.keyed(link.get("id", ""))
    if source is None or target is None:
        builder.skip(
            where,
            f"It leads to concept '{link.get('id', '')}', which is not in the file. The link was skipped.",
            link.get("name", ""),
        )
        return
    raw = str(link.get("influence", "")).strip()
    sign = _sign(raw)
    if sign is None:
        builder.guess(
            where,
            f"influence '{raw}' is not one of H, M, L or a number. Read as a link with unknown sign.",
            raw,
        )
        sign = Sign(word=raw)
    note = str(link.get("notes") or "")
    strength = sign.strength
    if _NOT_RATED in note:
        note = note.replace(_NOT_RATED, "").strip("\n")
        strength = Strength.UNRATED
    builder.link(
        source, target, where=where, sign=sign, note=clean(note), strength=strength
    )


def _sign(raw: str) -> Sign | None:
    """Read an influence: `H+`, or a number whose size is the strength."""
    size = _LETTERS.get(raw[:1].casefold()) if len(raw) == 2 else None
    if size is not None and raw[1] in "+-−–":
        polarity = Polarity.SAME if raw[1] == "+" else Polarity.OPPOSITE
        return Sign(polarity, strength_from(size))
    number = number_from(raw)
    if number is None:
        return None
    if number == 0:
        return Sign(no_effect=True, word=raw)
    polarity = Polarity.SAME if number > 0 else Polarity.OPPOSITE
    return Sign(polarity, strength_from(abs(number)))


def _tree(root: Element) -> dict[str, Any]:
    """Return the top of the XML as plain data; scenarios repeat tags and stay inside."""
    if local(root.tag) != "mentalmodeler":
        raise ReadError(
            "This is not a Mental Modeler file. Save it again from Mental Modeler."
        )
    found: dict[str, Any] = {}
    for child in root:
        name = local(child.tag)
        if name == "groupnames":
            found["groupNames"] = {e.get("index", ""): _text(e) for e in child}
        elif name == "concepts":
            found["concepts"] = [_concept(e) for e in child]
        elif name in ("info", "scenarios"):
            found[name] = _plain(child)
    return found


def _concept(element: Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in element:
        name = local(child.tag)
        links = [{local(e.tag): _text(e) for e in link} for link in child]
        found[name] = links if name == "relationships" else _text(child)
    return found


def _plain(element: Element) -> Any:  # noqa: ANN401 - a tree of text
    if not len(element):
        return _text(element)
    names = [local(child.tag) for child in element]
    if len(set(names)) == len(names):
        return {local(child.tag): _plain(child) for child in element}
    return [_plain(child) for child in element]


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _children(value: object, name: str) -> list[dict[str, Any]]:
    """Return a list's objects, whether it is a list, one object, or wrapped."""
    if isinstance(value, dict) and name in value:
        value = value[name]
    if isinstance(value, dict):
        value = [value]
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _groups(value: object) -> dict[str, str]:
    if isinstance(value, dict):
        return {str(k): str(v) for k, v in value.items() if v}
    return {}


# -- writing -------------------------------------------------------------------


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write the newer XML; a link without a sign cannot be said and is left out."""
    system_map = programme.system_map(map_id)
    numbers = {key: str(n) for n, key in enumerate(sorted(system_map.factors), 1)}
    used = sorted({f.theme for f in system_map.factors.values() if f.theme})
    labels = theme_labels(programme)
    places, spacing = spread(
        system_map, _sizes(system_map), gap=_GAP, from_corner=_CORNER
    )
    groups = {theme: str(n) for n, theme in enumerate(used[: _GROUPS - 1], 1)}
    outs = [
        o
        for o in links_out(system_map, mutual=False, parallel=False)
        if o.polarity is not Polarity.UNKNOWN and o.link.directed
    ]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<mentalmodeler >", "<info >"]
    lines += [_tag("name", system_map.version.name)]
    lines += [
        _tag(_OURS, json.dumps(spacing.noted(numbers))),
        "</info >",
        "<groupNames >",
    ]
    for theme, number in groups.items():
        lines.append(
            f'<groupName index="{number}">{_cdata(labels.get(theme, theme))}</groupName >'
        )
    lines += ["</groupNames >", "<concepts >"]
    for key, factor in sorted(system_map.factors.items()):
        x, y = places[key]
        lines += [
            "<concept >",
            *(_tag("id", numbers[key]), _tag("name", factor.label)),
            *(_tag("notes", factor.note), _tag("group", groups.get(factor.theme, "0"))),
            *(_tag("x", str(x)), _tag("y", str(y))),
            "<relationships >",
            *(_relation(out, numbers) for out in outs if out.link.source == key),
            "</relationships >\n</concept >",
        ]
    lines += ["</concepts >", "<scenarios >\n</scenarios >", "</mentalmodeler >"]
    over = (
        (f"{len(used) - len(groups)} themes beyond {_GROUPS - 1}",)
        if len(used) > len(groups)
        else ()
    )
    losses = losses_of(programme, map_id, carried=_CARRIED, how="left out")
    return Written(
        data=("\n".join(lines) + "\n").encode("utf-8", "replace"),
        suffix=".mmp",
        losses=(*unplaced(system_map), *over, *losses),
    )


def _sizes(system_map: SystemMap) -> dict[str, Size]:
    boxes = {f.id: box_of(f.label) for f in system_map.factors.values()}
    return {key: (b.width * _LARGER, b.height * _LARGER) for key, b in boxes.items()}


def _relation(out: LinkOut, numbers: Mapping[str, str]) -> str:
    link = out.link
    size = _SIZES[link.strength] * (1 if out.polarity is Polarity.SAME else -1)
    unrated = [_NOT_RATED] if link.strength is Strength.UNRATED else []
    note = "\n".join([*filter(None, [link.note]), *unrated])
    inner = (
        _tag("id", numbers[link.target])
        + _tag("notes", note)
        + _tag("influence", str(size))
    )
    return f"<relationship >{inner}</relationship >"


def _tag(name: str, text: str) -> str:
    return f"<{name} >{_cdata(text)}</{name} >"


def _cdata(text: str) -> str:
    return f"<![CDATA[{clean(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


FORMAT = Format(
    key="mental_modeler",
    title="Mental Modeler",
    holds="map",
    suffixes=(".mmp",),
    loses="Loses links without an agreed sign and links without an arrowhead (left out), delays, tags, reasons, who said what, and themes beyond five.",
    recognise=recognise,
    read=read,
    write=write,
)
