"""Loopy version 1: links and `.loopy` files, read and written.

Carries signs and positions; themes show as six colours only. Loses links
without an agreed sign (left out, counted), delays, strengths, notes and tags.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.maps._links_out import links_out
from systemmap.formats.maps._losses import losses_of
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._sign_words import Sign, number_from
from systemmap.formats.maps._spacing import Spacing, spread, unplaced
from systemmap.formats.reading.json_data import parse_json
from systemmap.formats.sighting import NO, says_so
from systemmap.model.text import clean
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from systemmap.formats.sighting import Recognition, Sighting
    from systemmap.model.programme import Programme

LONG_LINK = 2_000  # characters beyond which mail programs break a link
_ADDRESS = "https://ncase.me/loopy/v1.1/?data="
_CIRCLE, _GAP = (120.0, 120.0), 30.0  # every circle has this size; room for signs
_COLOURS = ("red", "orange", "yellow", "green", "blue", "purple")
_LINK = re.compile(r"https?://\S*loopy\S*", re.IGNORECASE)
# The closing quote is optional: an open string is passed over once, not once per quote.
_QUOTED = re.compile(r'("(?:[^"\\]++|\\.)*+"?)')
_VERSION_2 = "This is a Loopy version 2 link, which packs its data another way. Redraw it in Loopy 1.1 or paste the causes as lines 'A -> B +'."
_DAMAGED = "This is not a whole Loopy map. Copy the link again, or use 'save as file' in Loopy."


def recognise(sighting: Sighting) -> Recognition:
    """Say whether this is a Loopy link, or the text of a .loopy file."""
    start = (sighting.head or "").lstrip("< \t\r\n\"'(")
    if _LINK.match(start):
        return says_so("it is a link to Loopy")
    return says_so("it begins as a .loopy file does") if start.startswith("[[[") else NO


def read(sighting: Sighting) -> Reading:
    """Read a link, even one wrapped by mail, or a file."""
    text = sighting.decoded().text.strip().strip("<>()\"'").strip()
    if _LINK.match(text):
        text = _from_link(text)
    elif "%22" in text and '"' not in text:  # what stood in a link, without its address
        text = unquote(text)
    found = parse_json(_without_wraps(text))
    if (
        not isinstance(found, list)
        or len(found) < 2
        or not all(isinstance(p, list) for p in found[:2])
    ):
        raise ReadError(_DAMAGED)
    builder = MapBuilder("loopy", "version 1")
    builder.name = "Loopy map" if _LINK.match(sighting.name) else sighting.stem
    spacing = Spacing.of(found[4] if len(found) > 4 else None)
    for n, node in enumerate(found[0]):
        _take_node(builder, node, f"Circle {n + 1}", spacing)
    for n, edge in enumerate(found[1]):
        _take_edge(builder, edge, f"Arrow {n + 1}")
    texts = found[2] if len(found) > 2 and isinstance(found[2], list) else []
    builder.note = "\n".join(
        _label(t[2]) for t in texts if isinstance(t, list) and len(t) > 2
    )
    return builder.reading()


def _from_link(text: str) -> str:
    address, found, rest = text.partition("data=")
    if not found:
        raise ReadError(
            _VERSION_2 if "v2" in address.lower() or "embed" in address else _DAMAGED
        )
    inner = rest.partition("&")[0].replace("+", " ")
    plain = unquote(re.sub(r"\s+", "", inner)) if "%22" in inner else unquote(inner)
    if not plain.lstrip().startswith("["):
        raise ReadError(_VERSION_2)
    return plain


def _without_wraps(text: str) -> str:
    """Drop line breaks that mail put in outside quotes."""
    parts = _QUOTED.split(text)
    return "".join(p if n % 2 else re.sub(r"\s+", "", p) for n, p in enumerate(parts))


def _take_node(
    builder: MapBuilder,
    node: Any,  # noqa: ANN401
    where: str,
    spacing: Spacing,
) -> None:
    if not isinstance(node, list) or not node:
        builder.skip(where, "A circle's values are missing. It was skipped.", node)
        return
    values = [*node, *([None] * 6)]
    hue = number_from(values[5])
    colour = _COLOURS[int(hue)] if hue is not None and 0 <= hue < 6 else ""
    builder.factor(
        _label(values[4]),
        where=where,
        source_id=values[0],
        extra={"colour": colour} if colour else {},
        **spacing.here(values[1], values[2], str(values[0])),
    )


def _take_edge(builder: MapBuilder, edge: Any, where: str) -> None:  # noqa: ANN401
    ends = [builder.keyed(end) for end in edge[:2]] if isinstance(edge, list) else []
    if len(ends) < 2 or ends[0] is None or ends[1] is None:
        builder.skip(
            where,
            "It starts or ends at a circle that is not in the file. The link was skipped.",
            edge,
        )
        return
    number = number_from(edge[3]) if len(edge) > 3 else None
    polarity = (
        Polarity.UNKNOWN
        if not number
        else Polarity.SAME
        if number > 0
        else Polarity.OPPOSITE
    )
    builder.link(ends[0], ends[1], where=where, sign=Sign(polarity))


def _label(value: object) -> str:
    return unquote(str(value)) if value is not None else ""


# -- writing -------------------------------------------------------------------


def write(programme: Programme, map_id: str = "main") -> Written:
    """Write a `.loopy` file; `link_to` makes the link."""
    system_map = programme.system_map(map_id)
    losses = losses_of(
        programme, map_id, carried=frozenset({"positions"}), how="left out"
    )
    return Written(
        data=_text_of(programme, map_id).encode(),
        suffix=".loopy",
        losses=(*unplaced(system_map), *losses),
    )


def link_to(programme: Programme, map_id: str = "main") -> tuple[str, str]:
    """Return the map as a Loopy link, and a warning when mail would break it."""
    text = _text_of(programme, map_id)
    escaped = re.sub(r'"((?:[^"])*)"', lambda m: f"%22{quote(m[1], safe='')}%22", text)
    link = f"{_ADDRESS}{escaped[:-1]}%5D"
    if len(link) <= LONG_LINK:
        return link, ""
    return (
        link,
        f"The link has {len(link):,} characters, and mail programs break long links. Send the .loopy file instead.",
    )


def _text_of(programme: Programme, map_id: str) -> str:
    """Return the text Loopy keeps: labels percent-encoded once, no spaces."""
    system_map = programme.system_map(map_id)
    numbers = {key: n for n, key in enumerate(sorted(system_map.factors), 1)}
    themes = sorted({f.theme for f in system_map.factors.values() if f.theme})
    sizes = dict.fromkeys(system_map.factors, _CIRCLE)
    places, spacing = spread(system_map, sizes, gap=_GAP, from_corner=_GAP)
    nodes = [
        [
            numbers[key],
            *(round(at) for at in places[key]),
            0.5,
            quote(clean(factor.label), safe=""),
            (themes.index(factor.theme) + 1) % 6 if factor.theme else 4,
        ]
        for key, factor in sorted(system_map.factors.items())
    ]
    edges = [
        [
            numbers[o.link.source],
            numbers[o.link.target],
            30,
            1 if o.polarity is Polarity.SAME else -1,
            0,
        ]
        for o in links_out(system_map, mutual=False, parallel=False)
        if o.polarity is not Polarity.UNKNOWN and o.link.directed
    ]
    # Loopy reads four parts and leaves what comes after them alone.
    parts = [nodes, edges, [], len(numbers) + 1, spacing.noted(numbers)]
    return json.dumps(parts, separators=(",", ":"))


FORMAT = Format(
    key="loopy",
    title="Loopy (version 1)",
    holds="map",
    suffixes=(".loopy",),
    loses="Loses links without an agreed sign and links without an arrowhead (left out), delays, strengths, reasons, notes, tags and themes beyond a colour.",
    recognise=recognise,
    read=read,
    write=write,
)
