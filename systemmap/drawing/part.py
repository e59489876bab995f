"""A small part of a map as a picture by itself: a loop, a sub-map, one factor's links."""

from __future__ import annotations

from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

from systemmap.drawing.picture import map_only
from systemmap.drawing.scene import scene_from
from systemmap.drawing.svg import element, number
from systemmap.layout import place
from systemmap.layout.picture import picture_of
from systemmap.layout.spread import spread_out
from systemmap.model.system_map import SystemMap

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_MARGIN = 24.0
_FULL_PAGE = 70  # factors that fill the page of the layout


def part_svg(
    system_map: SystemMap,
    factors: Collection[str],
    links: Collection[tuple[str, str]],
    *,
    ring: Sequence[str] = (),
) -> str:
    """Return a picture of some factors and links, laid out by themselves.

    Parameters
    ----------
    system_map : SystemMap
        The map they belong to. It is not changed.
    factors, links : collection
        Ids and pairs; a link without both its ends in `factors` is left out.
    ring : sequence of factor ids
        Draw the factors on a ring in this order, as suits a loop.

    Returns
    -------
    str
        SVG without page furniture. The same part gives the same picture.
    """
    kept = sorted(set(factors) & set(system_map.factors))
    part = SystemMap(
        system_map.version,
        (system_map.factors[key] for key in kept),
        (system_map.links[pair] for pair in sorted(links) if set(pair) <= set(kept)),
    )
    scene = scene_from(part, positions=_places(part, ring))
    left, top, right, bottom = scene.bounds
    wide, high = right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN
    box = " ".join(map(number, (left - _MARGIN, top - _MARGIN, wide, high)))
    return element(
        "svg",
        map_only(scene),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=box,
        width=number(wide),
        height=number(high),
    )


def _places(part: SystemMap, ring: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Place a small part closely: a page for a hundred factors would dwarf six."""
    if ring:
        radius = 46.0 * max(len(ring), 3)
        turns = {key: 2 * pi * n / len(ring) - pi / 2 for n, key in enumerate(ring)}
        return {
            key: (1.5 * radius * cos(turn), 0.8 * radius * sin(turn))
            for key, turn in turns.items()
        }
    places = place(part)
    picture = picture_of(part)
    closer = min(1.0, sqrt(max(len(places), 3) / _FULL_PAGE))
    spots = np.array([places[key] for key in picture.ids]).reshape(-1, 2) * closer
    return picture.as_positions(spread_out(spots, picture))
