"""XMILE `.xmile`, `.stmx`: read only.

Reads variables, connectors with their signs and delays, and positions. Stocks,
flows, equations, units and settings are not part of a map: they are kept beside
it or left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._sign_words import Sign, number_from
from systemmap.formats.reading.xml_tree import local
from systemmap.formats.sighting import NO, says_so
from systemmap.model.text import clean_label, folded
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from systemmap.formats.sighting import Recognition, Sighting

_VARIABLES = ("stock", "flow", "aux", "module")
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
    builder.name = sighting.stem
    signed = connectors = 0
    for model in models:
        prefix = (
            f"{_plain(model.get('name', ''))}: "
            if len(models) > 1 and model.get("name")
            else ""
        )
        ids = _take_variables(builder, model, prefix)
        found, with_sign = _take_connectors(builder, model, ids)
        _take_flows(builder, model, ids)
        connectors, signed = connectors + found, signed + with_sign
    if connectors and not signed:
        builder.remark(
            "",
            f"This model has {connectors} connectors and no + or − marks, so all {connectors} signs are unknown.",
        )
    return builder.reading()


def _take_variables(builder: MapBuilder, model: Element, prefix: str) -> dict[str, str]:
    places: dict[str, tuple[float | None, float | None]] = {}
    for view in _views(model):
        for item in view:
            if local(item.tag) in _VARIABLES and item.get("name"):
                at = number_from(item.get("x")), number_from(item.get("y"))
                places.setdefault(_joined(item.get("name", "")), at)
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
            x, y = places.get(_joined(name), (None, None))
            parts = {local(e.tag): (e.text or "").strip() for e in variable}
            equations |= {name: parts["eqn"]} if parts.get("eqn") else {}
            ids[_joined(name)] = builder.factor(
                f"{prefix}{name}",
                where=f"{local(variable.tag)} '{name}'",
                note=parts.get("doc", ""),
                x=x,
                y=y,
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


FORMAT = Format(
    key="xmile",
    title="XMILE (Stella and others)",
    holds="map",
    suffixes=(".xmile", ".stmx"),
    loses="Read only; equations are kept beside the map, units and settings are left out.",
    recognise=recognise,
    read=read,
)
