"""A map of places from their own shapes: shaded, numbered, with assets and actions as marks.

No tiles and no request: the shapes are those of the council's file. A class is said
by its shade, by a pattern of its own and by the figure in the area, never by colour
alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from systemmap.drawing.styles import LIGHT
from systemmap.drawing.svg import chart, element, number, sheet, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from systemmap.drawing.geometry import Point

WIDTH = 760.0
_HIGH, _LOW = 620.0, 220.0
_MARGIN = 16.0
_ROW = 26.0  # of the key
_MARK = 30.0  # a mark with its number
_FILLS = ("#EEF5F6", "#B9D8DD", "#74B0BA", "#2F7F8C")
_NOTHING = "#FFFFFF"
_MOST = 400  # points of a ring that are drawn
_LABELLED, _FIGURED = 24.0, 64.0  # how large an area is that has a number, a figure


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaDrawn:
    """One area: its GeoJSON shape, number, class (None = no figure) and what is there."""

    number: int
    geometry: Mapping[str, Any]
    shade: int | None
    figure: str = ""
    assets: int = 0
    actions: int = 0


def place_map_svg(
    areas: Sequence[AreaDrawn],
    *,
    bands: Sequence[str],
    title: str,
    points: Sequence[tuple[float, float]] = (),
) -> str:
    """Return the map with its key below.

    Parameters
    ----------
    areas : sequence of AreaDrawn
        Those with a shape; the largest is drawn first.
    bands : sequence of str
        The figures of each class in words; empty = not shaded.
    title : str
        What the map shows, for people who hear it.
    points : sequence of (longitude, latitude)
        Assets whose own place is known.
    """
    frame = _Frame.around(areas, points)
    rings = {area.number: frame.rings(area.geometry) for area in areas}
    ordered = sorted(areas, key=lambda a: -_size(rings[a.number]))
    shaded = bool(bands)
    parts = [_area(area, rings[area.number], shaded=shaded) for area in ordered]
    for area in ordered:
        parts += _label(area, rings[area.number])
    parts += [_asset(frame.at(point)) for point in points]
    key = list(_key(bands, frame.height, missing=any(a.shade is None for a in areas)))
    height = frame.height + _ROW * (len(bands) + 3) + 8
    return chart(
        (WIDTH, height),
        _patterns(),
        sheet(WIDTH, height),
        *parts,
        *key,
        title=title,
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """From degrees to the picture; a degree of longitude is narrower than one of latitude."""

    west: float
    north: float
    across: float
    up: float
    height: float
    left: float

    @classmethod
    def around(
        cls, areas: Sequence[AreaDrawn], points: Sequence[tuple[float, float]]
    ) -> _Frame:
        known = [p for a in areas for ring in _rings(a.geometry) for p in ring]
        known += points
        west, east = min(p[0] for p in known), max(p[0] for p in known)
        south, north = min(p[1] for p in known), max(p[1] for p in known)
        narrow = max(math.cos(math.radians((south + north) / 2)), 0.05)
        wide, high = max((east - west) * narrow, 1e-6), max(north - south, 1e-6)
        scale = min((WIDTH - 2 * _MARGIN) / wide, (_HIGH - 2 * _MARGIN) / high)
        height = max(high * scale + 2 * _MARGIN, _LOW)
        return cls(
            west, north, narrow * scale, scale, height, (WIDTH - wide * scale) / 2
        )

    def at(self, point: tuple[float, float]) -> Point:
        return (
            self.left + (point[0] - self.west) * self.across,
            _MARGIN + (self.north - point[1]) * self.up,
        )

    def rings(self, geometry: Mapping[str, Any]) -> list[list[Point]]:
        return [[self.at(p) for p in _thin(ring)] for ring in _rings(geometry)]


def _rings(geometry: Mapping[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """Yield every run of points of a shape, however deep it lies."""
    waiting = [geometry.get("coordinates")]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, list) or not item:
            continue
        if _is_point(item):
            yield [(item[0], item[1])]
        elif all(_is_point(part) for part in item):
            yield [(part[0], part[1]) for part in item]
        else:
            waiting.extend(item)


def _is_point(item: object) -> bool:
    return (
        isinstance(item, list)
        and len(item) >= 2
        and all(type(v) in (int, float) for v in item[:2])
    )


def _thin(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    step = -(-len(ring) // _MOST) or 1
    return ring if step == 1 else [*ring[:-1:step], ring[-1]]


def _box(rings: Sequence[Sequence[Point]]) -> tuple[float, float, float, float]:
    xs = [p[0] for ring in rings for p in ring]
    ys = [p[1] for ring in rings for p in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _size(rings: Sequence[Sequence[Point]]) -> float:
    left, top, right, foot = _box(rings)
    return (right - left) * (foot - top)


def _area(area: AreaDrawn, rings: Sequence[Sequence[Point]], *, shaded: bool) -> str:
    way = "".join(
        f"M{'L'.join(f'{number(x)} {number(y)}' for x, y in ring)}z"
        for ring in rings
        if len(ring) > 2
    )
    if not way:
        x, y = rings[0][0]
        return element("circle", cx=x, cy=y, r=7.0, fill=_NOTHING, stroke=LIGHT.border)
    none = area.shade is None
    fill = _NOTHING if area.shade is None else _FILLS[area.shade]
    drawn = element(
        "path",
        d=way,
        fill=fill,
        stroke=LIGHT.ink,
        stroke_width=1.2,
        stroke_linejoin="round",
        stroke_dasharray="4 3" if none and shaded else None,
        fill_rule="evenodd",
    )
    if not none:
        drawn += element(
            "path", d=way, fill=f"url(#class{area.shade})", fill_rule="evenodd"
        )
    return drawn


def _patterns() -> str:
    """Return a pattern for each class: none, dots, lines, crossed lines."""
    ways = {
        1: element("circle", cx=2.0, cy=2.0, r=1.0, fill=LIGHT.ink),
        2: element("path", d="M0 9L9 0", stroke=LIGHT.ink, stroke_width=0.8),
        3: element("path", d="M0 9L9 0M0 0L9 9", stroke="#FFFFFF", stroke_width=0.9),
    }
    made = [
        element(
            "pattern",
            ways.get(n, ""),
            id=f"class{n}",
            width=9.0,
            height=9.0,
            patternUnits="userSpaceOnUse",
        )
        for n in range(len(_FILLS))
    ]
    return element("defs", *made)


def _middle(rings: Sequence[Sequence[Point]]) -> Point:
    """Return the middle of the largest ring, by its area, or of its box."""
    ring = max(rings, key=lambda r: _size([r]))
    twice = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        twice += cross
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    if abs(twice) < 1e-6:
        left, top, right, foot = _box([ring])
        return (left + right) / 2, (top + foot) / 2
    return x / (3 * twice), y / (3 * twice)


def _label(area: AreaDrawn, rings: Sequence[Sequence[Point]]) -> Iterator[str]:
    left, top, right, foot = _box(rings)
    if right - left < _LABELLED or foot - top < _LABELLED / 2:
        return
    x, y = _middle(rings)
    lines = [str(area.number)]
    if right - left >= _FIGURED and area.figure:
        lines.append(area.figure)
    marks = [
        (shape, str(count))
        for shape, count in ((_disc, area.assets), (_square, area.actions))
        if count and right - left >= _FIGURED
    ]
    wide = max(*(len(line) * 7.4 for line in lines), len(marks) * _MARK) + 10
    high = 17.0 * (len(lines) + bool(marks)) + 4
    yield element(
        "rect",
        x=x - wide / 2,
        y=y - high / 2,
        width=wide,
        height=high,
        rx=4,
        fill="#FFFFFF",
        fill_opacity=0.92,
    )
    for n, line in enumerate(lines):
        yield text(
            (x, y - high / 2 + 15 + 17 * n),
            line,
            text_anchor="middle",
            fill=LIGHT.ink,
            font_weight="600" if n == 0 else None,
        )
    foot = y + high / 2 - 9
    for n, (shape, count) in enumerate(marks):
        at = x - len(marks) * _MARK / 2 + n * _MARK
        yield shape((at + 8, foot))
        yield text((at + 16, foot + 5), count, fill=LIGHT.ink)


def _disc(at: Point) -> str:
    return element("circle", cx=at[0], cy=at[1], r=5.0, fill=LIGHT.ink)


def _square(at: Point) -> str:
    return element(
        "rect", x=at[0] - 4.5, y=at[1] - 4.5, width=9.0, height=9.0, fill=LIGHT.ink
    )


def _asset(at: Point) -> str:
    return element(
        "circle",
        cx=at[0],
        cy=at[1],
        r=5.0,
        fill=LIGHT.ink,
        stroke="#FFFFFF",
        stroke_width=1.5,
    )


def _key(bands: Sequence[str], top: float, *, missing: bool) -> Iterator[str]:
    y = top + 8
    for n, band in enumerate(bands):
        yield from _sample(y, _FILLS[n], f"url(#class{n})", band)
        y += _ROW
    if bands and missing:
        yield from _sample(y, _NOTHING, "none", "no figure", dashes="4 3")
        y += _ROW
    yield _disc((_MARGIN + 13, y + 9))
    yield text((_MARGIN + 36, y + 14), "assets, how many", fill=LIGHT.ink)
    yield _square((_MARGIN + 190, y + 9))
    yield text(
        (_MARGIN + 210, y + 14),
        "listed actions that name the place and have not ended",
        fill=LIGHT.ink,
    )


def _sample(
    y: float, fill: str, pattern: str, said: str, *, dashes: str | None = None
) -> Iterator[str]:
    shape: dict[str, float] = {"x": _MARGIN, "y": y, "width": 26.0, "height": 18.0}
    yield element("rect", fill=fill, stroke=LIGHT.ink, stroke_dasharray=dashes, **shape)
    yield element("rect", fill=pattern, **shape)
    yield text((_MARGIN + 36, y + 14), said, fill=LIGHT.ink)
