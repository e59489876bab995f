"""A small part of a map as a picture by itself: a loop, a sub-map, one factor's links."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from systemmap.drawing.picture import map_only
from systemmap.drawing.placed import placed_on
from systemmap.drawing.scene import scene_from
from systemmap.drawing.svg import element, number
from systemmap.model.system_map import SystemMap

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from systemmap.drawing.geometry import Point

_MARGIN = 24.0
_SCALE = 1.25  # at which labels read like body text
_COLUMN, _ROW = 250.0, 92.0  # clear of the widest and the tallest box


def part_svg(
    system_map: SystemMap,
    factors: Collection[str],
    links: Collection[tuple[str, str]],
    *,
    starts: Collection[str] = (),
    ring: Sequence[str] = (),
) -> str:
    """Return a picture of some factors and links, laid out by themselves.

    Parameters
    ----------
    system_map : SystemMap
        The map they belong to. It is not changed.
    factors, links : collection
        Ids and pairs; a link without both its ends in `factors` is left out.
    starts : collection of factor ids
        Draw these at the left, and the others by how many links away they are.
    ring : sequence of factor ids
        Draw the factors on a ring in this order, as suits a loop.

    Returns
    -------
    str
        SVG without page furniture. The same part gives the same picture. Boxes
        carry their themes' codes; themes have no grounds, as they do not stand
        together.
    """
    kept = sorted(set(factors) & set(system_map.factors))
    part = SystemMap(
        system_map.version,
        (system_map.factors[key] for key in kept),
        (system_map.links[pair] for pair in sorted(links) if set(pair) <= set(kept)),
    )
    scene = scene_from(
        part, positions=_on_ring(ring) if ring else _in_columns(part, starts)
    )
    left, top, right, bottom = placed_on(scene).bounds
    wide, high = right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN
    box = " ".join(map(number, (left - _MARGIN, top - _MARGIN, wide, high)))
    return element(
        "svg",
        map_only(scene, by_theme=False),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=box,
        width=number(_SCALE * wide),
        height=number(_SCALE * high),
    )


def _on_ring(ring: Sequence[str]) -> dict[str, Point]:
    radius = 46.0 * max(len(ring), 3)
    turns = {key: 2 * pi * n / len(ring) - pi / 2 for n, key in enumerate(ring)}
    return {
        key: (1.5 * radius * cos(turn), 0.8 * radius * sin(turn))
        for key, turn in turns.items()
    }


def _in_columns(part: SystemMap, starts: Collection[str]) -> dict[str, Point]:
    """Place the starts at the left, then one column for each step away from them.

    Within a column a factor stands as near as it can to those before it.
    """
    places: dict[str, Point] = {}
    for column, keys in enumerate(_columns(part, starts)):
        heights = {key: _height_of_neighbours(key, part, places) for key in keys}
        ordered = sorted(keys, key=lambda key: (heights[key], key))
        top = -_ROW * (len(ordered) - 1) / 2
        for row, key in enumerate(ordered):
            shift = _COLUMN * 0.12 * (row % 2)  # so that lines down a column are seen
            places[key] = (_COLUMN * column + shift, top + _ROW * row)
    return places


def _columns(part: SystemMap, starts: Collection[str]) -> list[list[str]]:
    beside: dict[str, set[str]] = {key: set() for key in part.factors}
    for source, target in part.links:
        beside[source].add(target)
        beside[target].add(source)
    column = sorted(set(starts) & set(beside)) or sorted(beside)[:1]
    seen, columns = set(column), []
    while column:
        columns.append(column)
        column = sorted({there for key in column for there in beside[key]} - seen)
        seen.update(column)
    rest = sorted(set(beside) - seen)
    return [*columns, rest] if rest else columns


def _height_of_neighbours(
    key: str, part: SystemMap, places: Mapping[str, Point]
) -> float:
    ends = [pair for pair in part.links if key in pair]
    heights = [places[other][1] for pair in ends for other in pair if other in places]
    return sum(heights) / len(heights) if heights else 0.0
