"""XMILE `.xmile`, `.stmx`: read, and written as a causal diagram.

Reads variables, connectors with their signs and delays, and positions. Stocks,
flows, equations, units and settings are not part of a map: they are kept beside
it or left out. Written are variables without equations: a map is no model, and
there is nothing to run.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from systemmap.drawing.layout.boxes import box_of
from systemmap.drawing.styles import theme_styles
from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._links_out import links_out
from systemmap.formats.maps._losses import losses_of
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._sign_words import Sign, number_from
from systemmap.formats.maps._spacing import Spacing, noted_in, spread, unplaced
from systemmap.formats.maps._themes import theme_labels
from systemmap.formats.maps._unique import renamed, unique_labels
from systemmap.formats.reading.xml_tree import local
from systemmap.formats.sighting import NO, says_so
from systemmap.model.text import clean, clean_label, folded
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from systemmap.formats.maps._links_out import LinkOut
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

_VARIABLES = ("stock", "flow", "aux", "module")
_XMILE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"
_OURS, _SPREAD = "systemmap", "spread"  # in a file of ours: how far it was spread
_LARGER, _GAP = 1.25, 20.0
_CARRIED = frozenset(
    {"notes on factors", "positions", "links with no agreed sign", "delays"}
)
_POLARITY = {"+": Polarity.SAME, "-": Polarity.OPPOSITE}


def recognise(sighting: Sighting) -> Recognition:
    """Say whether the first element is xmile."""
    if sighting.xml_root == "xmile":
        return says_so("its first element is xmile")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read every model of the file; a module's names carry its own name in front."""
    root = sighting.xml()
    models = [e for e in root if local(e.tag) == "model"]
    if local(root.tag) != "xmile" or not models:
        raise ReadError("This is not an XMILE file: it holds no model.")
    builder = MapBuilder("xmile", f"version {root.get('version', 'unknown')}")
    title = next(
        (
            e.text
            for h in root
            if local(h.tag) == "header"
            for e in h
            if local(e.tag) == "name"
        ),
        "",
    )
    builder.name = title or sighting.stem
    noted = next((e.text for e in root.iter() if local(e.tag) == _SPREAD), "")
    spacing = noted_in(noted or "")
    signed = connectors = 0
    for model in models:
        prefix = (
            f"{_plain(model.get('name', ''))}: "
            if len(models) > 1 and model.get("name")
            else ""
        )
        ids = _take_variables(builder, model, prefix, spacing)
        found, with_sign = _take_connectors(builder, model, ids)
        _take_flows(builder, model, ids)
        connectors, signed = connectors + found, signed + with_sign
    if connectors and not signed:
        builder.remark(
            "",
            f"This model has {connectors} connectors and no + or − marks, so all {connectors} signs are unknown.",
        )
    return builder.reading()


def _take_variables(
    builder: MapBuilder, model: Element, prefix: str, spacing: Spacing
) -> dict[str, str]:
    places: dict[str, tuple[float | None, float | None]] = {}
    for view in _views(model):
        for item in view:
            if local(item.tag) in _VARIABLES and item.get("name"):
                spot = number_from(item.get("x")), number_from(item.get("y"))
                places.setdefault(_joined(item.get("name", "")), spot)
    ids: dict[str, str] = {}
    equations: dict[str, str] = {}
    linked = _linked(model)
    groups = [group for group in model if local(group.tag) == "variables"]
    for group in groups or [model]:  # old Stella has its variables in the model itself
        for variable in group:
            name = _plain(variable.get("name", ""))
            if local(variable.tag) not in _VARIABLES or not name:
                continue
            if local(variable.tag) == "module" and _joined(name) not in linked:
                continue  # a part of the model that the diagram links with nothing
            at = places.get(_joined(name), (None, None))
            parts = {local(e.tag): (e.text or "").strip() for e in variable}
            equations |= {name: parts["eqn"]} if parts.get("eqn") else {}
            ids[_joined(name)] = builder.factor(
                f"{prefix}{name}",
                where=f"{local(variable.tag)} '{name}'",
                note=parts.get("doc", ""),
                **spacing.here(*at, _joined(name)),
            )
    if equations:
        builder.extra[f"equations {prefix}".strip()] = equations
    return ids


def _views(model: Element) -> Iterator[Element]:
    """Walk the diagrams; a style's defaults stand in one of their own and are none."""
    return (e for e in model.iter() if local(e.tag) in ("view", "display"))


def _linked(model: Element) -> set[str]:
    """Return the names that a diagram links."""
    connectors = [
        e for view in _views(model) for e in view if local(e.tag) == "connector"
    ]
    return {_joined(_end(e, end, {})) for e in connectors for end in ("from", "to")}


def _take_connectors(
    builder: MapBuilder, model: Element, ids: dict[str, str]
) -> tuple[int, int]:
    found = signed = 0
    for view in _views(model):
        aliases = {
            e.get("uid", ""): _inside(e, "of") for e in view if local(e.tag) == "alias"
        }
        for connector in (e for e in view if local(e.tag) == "connector"):
            where = f"connector {connector.get('uid', found + 1)}"
            names = [_end(connector, end, aliases) for end in ("from", "to")]
            ends = [ids.get(_joined(name)) for name in names]
            found += 1
            if ends[0] is None or ends[1] is None:
                builder.skip(
                    where,
                    f"It joins '{names[0]}' and '{names[1]}', and one of them is not a variable of the model. The link was skipped.",
                    " -> ".join(names),
                )
                continue
            polarity = _POLARITY.get(connector.get("polarity", ""), Polarity.UNKNOWN)
            signed += polarity is not Polarity.UNKNOWN
            delay = {"true": True, "false": False}.get(connector.get("delay_mark", ""))
            builder.link(
                ends[0], ends[1], where=where, sign=Sign(polarity), delay=delay
            )
    return found, signed


def _take_flows(builder: MapBuilder, model: Element, ids: dict[str, str]) -> None:
    """Offer a stock's inflows and outflows as guessed links."""
    for stock in _below(model, "stock"):
        target = ids.get(_joined(stock.get("name", "")))
        for flow in stock:
            kind = local(flow.tag)
            source = ids.get(_joined(flow.text or ""))
            if kind in ("inflow", "outflow") and source and target and source != target:
                sign = Polarity.SAME if kind == "inflow" else Polarity.OPPOSITE
                where = f"stock '{_plain(stock.get('name', ''))}'"
                builder.guess(
                    where, f"Its {kind} '{_plain(flow.text or '')}' was read as a link."
                )
                builder.link(source, target, where=where, sign=Sign(sign))


def _end(connector: Element, end: str, aliases: dict[str, str]) -> str:
    for child in connector:
        if local(child.tag) == end:
            alias = next(
                (e.get("uid", "") for e in child if local(e.tag) == "alias"), ""
            )
            return aliases.get(alias, "") if alias else _plain(child.text or "")
    return ""


def _inside(element: Element, name: str) -> str:
    return next((_plain(e.text or "") for e in element if local(e.tag) == name), "")


def _below(element: Element, name: str) -> Iterator[Element]:
    return (e for e in element.iter() if local(e.tag) == name)


def _plain(name: str) -> str:
    r"""Return a name as people read it: `\n`, `_` and hard spaces are spaces."""
    text = name.strip().strip('"').replace("\\n", " ")
    return clean_label(re.sub(r"[_\u00a0]", " ", text))


def _joined(name: str) -> str:
    return folded(_plain(name))


# -- writing -------------------------------------------------------------------


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write one model with one view: names, and connectors with sign and delay."""
    system_map = programme.system_map(map_id)
    labels = unique_labels(system_map, _tidy)
    boxes = {key: box_of(label) for key, label in labels.items()}
    sizes = {k: (b.width * _LARGER, b.height * _LARGER) for k, b in boxes.items()}
    places, spacing = spread(system_map, sizes, gap=_GAP, from_corner=_GAP)
    factors = system_map.factors.values()
    looks = theme_styles({f.theme for f in factors}, theme_labels(programme))
    names = {key: _joined(label) for key, label in labels.items()}
    outs = [
        o
        for o in links_out(system_map, mutual=False, parallel=False)
        if o.link.directed
    ]
    title = escape(clean(system_map.version.name))
    noted = escape(json.dumps(spacing.noted(names)))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<xmile version="1.0" xmlns="{_XMILE}" xmlns:{_OURS}="urn:systemmap">',
        f"  <header><name>{title}</name><vendor>systemmap</vendor>",
        '    <product version="1.0" lang="en">systemmap</product>',
        f"    <{_OURS}:{_SPREAD}>{noted}</{_OURS}:{_SPREAD}></header>",
        '  <sim_specs method="Euler" time_units="Months">',
        "    <start>0</start><stop>1</stop><dt>1</dt></sim_specs>",
        "  <model>",
        "    <variables>",
    ]
    for key, factor in sorted(system_map.factors.items()):
        doc = f"<doc>{escape(clean(factor.note))}</doc>" if factor.note else ""
        lines.append(f"      <aux name={quoteattr(labels[key])}>{doc}</aux>")
    lines += ["    </variables>", "    <views><view>"]
    for key, factor in sorted(system_map.factors.items()):
        at = f'x="{places[key][0]}" y="{places[key][1]}"'
        wide, high = map(round, sizes[key])
        shape = f'<shape type="name_only" width="{wide}" height="{high}"/>'
        colour = looks[factor.theme].light
        lines.append(
            f'      <aux name={quoteattr(labels[key])} {at} label_side="center" color="{colour}">{shape}</aux>'
        )
    lines += [_connector(n, out, labels, places) for n, out in enumerate(outs, 1)]
    lines += ["    </view></views>", "  </model>", "</xmile>"]
    losses = losses_of(programme, map_id, carried=_CARRIED)
    return Written(
        data=("\n".join(lines) + "\n").encode("utf-8", "replace"),
        suffix=".xmile",
        losses=(*renamed(system_map, labels), *unplaced(system_map), *losses),
    )


def _connector(
    number: int,
    out: LinkOut,
    labels: Mapping[str, str],
    places: Mapping[str, tuple[float, float]],
) -> str:
    link = out.link
    (x, y), (far_x, far_y) = places[link.source], places[link.target]
    angle = round(math.degrees(math.atan2(y - far_y, far_x - x)) % 360, 1)
    sign = {Polarity.SAME: "+", Polarity.OPPOSITE: "-"}.get(out.polarity, "none")
    marks: dict[bool | None, str] = {
        True: ' delay_mark="true"',
        False: ' delay_mark="false"',
    }
    slow = marks.get(link.delay, "")
    ends = (
        f"<{end}>{escape(_identifier(labels[key]))}</{end}>"
        for end, key in (("from", link.source), ("to", link.target))
    )
    return f'      <connector uid="{number}" angle="{angle}" polarity="{sign}"{slow}>{"".join(ends)}</connector>'


def _identifier(name: str) -> str:
    """Return a name as an equation would say it: underscores, quoted where needed."""
    joined = name.replace(" ", "_")
    plain = joined.replace("_", "").isalnum() and not joined[0].isdigit()
    return joined if plain else f'"{joined}"'


def _tidy(label: str) -> str:
    """Take out what XMILE reads as something else: marks of names and of new lines."""
    plain = label.replace("\\", "/").replace("_", " ").replace('"', "'")
    return clean_label(plain.replace("\u00a0", " "))


FORMAT = Format(
    key="xmile",
    title="XMILE (Stella and others)",
    holds="map",
    suffixes=(".xmile", ".stmx"),
    loses="Read: equations are kept beside the map, units and settings are left out. Written as a causal diagram without equations: loses themes beyond a colour, tags, strength, confidence, reasons and notes on links; links without an arrowhead are left out and a two-headed one becomes two.",
    recognise=recognise,
    read=read,
    write=write,
)
