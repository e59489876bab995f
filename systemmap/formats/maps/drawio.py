"""Draw.io drawings, plain or compressed: boxes as causes, arrows as links.

A label on an arrow is its sign where it says one; colours and dashes are kept as
columns, so that a person can say what they mean. A box that holds others is
their theme. Text that no arrow touches becomes the map's note. Not written.
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from systemmap.errors import ReadError
from systemmap.formats.format import Format, Reading
from systemmap.formats.maps._attributes import take
from systemmap.formats.maps._map_builder import MapBuilder
from systemmap.formats.maps._map_said import NOTHING_SAID
from systemmap.formats.maps._sign_words import number_from
from systemmap.formats.reading.limits import DAMAGE, LIMITS
from systemmap.formats.reading.plain_text import plain
from systemmap.formats.reading.xml_tree import local, safe_xml
from systemmap.formats.sighting import NO, says_so
from systemmap.language.phrases import counted, joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Recognition, Sighting

_DAMAGED = "A page of the drawing cannot be unpacked. Open it in draw.io, choose File, Properties, switch 'Compressed' off, save it and try again."
_ROOTS = ("mxfile", "mxgraphmodel")


@dataclass(slots=True)
class _Cell:
    """One box or arrow: what it says, how it looks, and where it belongs."""

    key: str
    label: str
    style: dict[str, str]
    cell: Element
    parent: str = ""
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def is_edge(self) -> bool:
        """Whether it is an arrow."""
        return self.cell.get("edge") == "1"


def recognise(sighting: Sighting) -> Recognition:
    """Say whether the first element is a draw.io file or drawing."""
    if sighting.xml_root in _ROOTS:
        return says_so("its first element is draw.io's")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read every page; where there are several, a person is asked which are wanted."""
    return read_mapped(sighting, NOTHING_SAID)


def read_mapped(sighting: Sighting, mapping: ImportMapping) -> Reading:
    """Read the pages and columns that a person asked for."""
    root = sighting.xml()
    if local(root.tag) not in _ROOTS:
        raise ReadError(
            "This is not a draw.io drawing. Save it from draw.io as .drawio."
        )
    pages = [(name, list(_cells(model))) for name, model in _pages(root)]
    builder = MapBuilder("drawio", "draw.io drawing", mapping=mapping)
    builder.name = sighting.stem
    if len(pages) > 1:
        builder.said.part_word = "page"
        for name, cells in pages:
            builder.said.parts.append([name, len(cells), builder.said.wants(name)])
        builder.said.parts_asked = not mapping.parts
        if not mapping.parts:
            names = joined([f"'{name}'" for name, _ in pages], limit=6)
            builder.said.asks.append(
                f"It holds {counted(len(pages), 'page')}: {names}. Which of them are this map?"
            )
            builder.said.ways.append(
                f"--part '{pages[0][0]}'   (again for each page, or --part all)"
            )
    nodes: list[tuple[str, dict[str, str]]] = []
    edges: list[tuple[str, dict[str, str]]] = []
    notes: list[str] = []
    for n, (name, cells) in enumerate(pages):
        if builder.said.wants(name):
            before = f"{n + 1}/" if len(pages) > 1 else ""
            where = f"Page {name}, " if len(pages) > 1 else ""
            _take_page(builder, cells, before, where, nodes, edges, notes)
        else:
            builder.set_aside(
                len(cells),
                f"Page '{name}' was left out, with {counted(len(cells), 'box or arrow', 'boxes and arrows')}.",
            )
    take(builder, nodes, edges)
    builder.note = "\n".join(notes)
    return builder.reading()


def _take_page(
    builder: MapBuilder,
    cells: list[_Cell],
    before: str,
    where: str,
    nodes: list[tuple[str, dict[str, str]]],
    edges: list[tuple[str, dict[str, str]]],
    notes: list[str],
) -> None:
    by_key = {cell.key: cell for cell in cells}
    arrows = {cell.key: cell for cell in cells if cell.is_edge}
    boxes = [cell for cell in cells if not cell.is_edge]
    ends = {
        cell.cell.get(end, "")
        for cell in arrows.values()
        for end in ("source", "target")
    }
    holders = {box.parent for box in boxes if box.parent in by_key} - set(arrows) - ends
    for box in boxes:
        if box.parent in arrows:  # a label that stands on an arrow
            arrow = arrows[box.parent]
            arrow.label = arrow.label or box.label
            builder.leave_blank()
        elif box.key in holders:
            builder.leave_blank()
            builder.remark(
                f"{where}group '{box.label}'",
                "A box that holds others was read as their theme.",
            )
        elif box.key not in ends and (not box.label or "text" in box.style):
            if box.label:
                notes.append(box.label)
            builder.leave_blank()
        else:
            holder = by_key.get(box.parent)
            theme = {"theme": holder.label} if holder and box.parent in holders else {}
            fields = box.fields | theme | _place(box, by_key)
            nodes.append(
                (
                    f"{where}box {box.key}",
                    fields | {"label": box.label, "ID": before + box.key},
                )
            )
    for arrow in arrows.values():
        source, target = (arrow.cell.get(end, "") for end in ("source", "target"))
        if source not in by_key or target not in by_key:
            builder.skip(
                f"{where}arrow {arrow.key}",
                "It is not fastened to a box at both ends. Fasten it in draw.io, or draw the link here.",
                arrow.label,
            )
            continue
        first = arrow.style.get("startArrow", "none") != "none"
        last = arrow.style.get("endArrow", "classic") != "none"
        direction = "mutual" if first and last else "directed"
        if not first and not last:
            direction = "undirected"
        if first and not last:
            source, target = target, source
        line = "dashed" if arrow.style.get("dashed") == "1" else "solid"
        fields = {
            **arrow.fields,
            "label": arrow.label,
            "line": line,
            "line colour": arrow.style.get("strokeColor", ""),
            "direction": direction,
        }
        edges.append(
            (
                f"{where}arrow {arrow.key}",
                fields | {"From": before + source, "To": before + target},
            )
        )


def _place(box: _Cell, by_key: dict[str, _Cell]) -> dict[str, str]:
    """Return the middle of a box; one in a holder is placed from the holder's corner."""
    found: dict[str, str] = {}
    for axis, size in (("x", "width"), ("y", "height")):
        shape = _geometry(box)
        if shape is None:
            return {}
        at = (number_from(shape.get(axis)) or 0) + (
            number_from(shape.get(size)) or 0
        ) / 2
        holder, seen = by_key.get(box.parent), 0
        while holder is not None and seen < LIMITS.depth:
            corner = _geometry(holder)
            at += (number_from(corner.get(axis)) or 0) if corner is not None else 0
            holder, seen = by_key.get(holder.parent), seen + 1
        found[axis] = str(at)
    return found


def _geometry(box: _Cell) -> Element | None:
    return next((e for e in box.cell if local(e.tag) == "mxgeometry"), None)


def _pages(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield each page's name and drawing; a page may lie packed in its text."""
    if local(root.tag) == "mxgraphmodel":
        yield "Page", root
        return
    taken: set[str] = set()
    for n, page in enumerate((e for e in root if local(e.tag) == "diagram"), 1):
        name = page.get("name") or f"Page {n}"
        name = f"{name} ({n})" if name in taken else name
        taken.add(name)
        inner = next((e for e in page if local(e.tag) == "mxgraphmodel"), None)
        packed = (page.text or "").strip()
        if inner is not None:
            yield name, inner
        elif packed:
            yield name, safe_xml(_unpacked(packed), limit=LIMITS.unpacked_bytes)


def _unpacked(packed: str) -> bytes:
    """Return the drawing that lies in a page: base64, deflated, its letters escaped."""
    try:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        raw = inflater.decompress(base64.b64decode(packed), LIMITS.unpacked_bytes)
    except DAMAGE:
        raise ReadError(_DAMAGED) from None
    if inflater.unconsumed_tail or not inflater.eof:
        raise ReadError(_DAMAGED)
    return unquote(raw.decode("utf-8", "replace")).encode()


def _cells(model: Element) -> Iterator[_Cell]:
    """Yield the boxes and arrows of a drawing; one with fields stands in an object."""
    for root in model:
        for item in root:
            tag = local(item.tag)
            cell = (
                item
                if tag == "mxcell"
                else next((e for e in item if local(e.tag) == "mxcell"), None)
            )
            if cell is None or "1" not in (cell.get("vertex"), cell.get("edge")):
                continue
            label = item.get("label") or cell.get("value") or ""
            own = {
                k: v
                for k, v in item.attrib.items()
                if tag != "mxcell" and k not in ("id", "label", "placeholders")
            }
            yield _Cell(
                item.get("id", ""),
                unescape(plain(label)).strip(),
                _style(cell.get("style", "")),
                cell,
                cell.get("parent", ""),
                own,
            )


def _style(text: str) -> dict[str, str]:
    parts = [part.partition("=") for part in text.split(";") if part]
    return {name.strip(): value.strip() for name, _, value in parts}


FORMAT = Format(
    key="drawio",
    title="Draw.io drawing",
    holds="map",
    suffixes=(".drawio", ".drawio.xml", ".xml"),
    loses="Shapes, pictures and layers are left out; it is read only.",
    recognise=recognise,
    read=read,
    read_mapped=read_mapped,
)
