"""The part of the map that a room looks at, as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.drawing.part import part_svg

if TYPE_CHECKING:
    from systemmap.model.programme import Programme
    from systemmap.workshops.focus import Focus

MOST = 24
"""Causes that can be read on a wall; of more, those of the part itself are drawn."""


def part_of(programme: Programme, focus: Focus) -> str:
    """Draw a focus with what leads to it and what it leads to, as SVG; "" = nothing is there."""
    system_map = programme.system_map()
    inside = set(focus.factors)
    if not inside:
        return ""
    pairs = [pair for pair in system_map.links if inside & set(pair)]
    near = inside | {end for pair in pairs for end in pair}
    factors = near if len(near) <= MOST else inside
    if focus.kind == "loop":
        ring = focus.factors
        steps = zip(ring, (*ring[1:], ring[0]), strict=True)
        return part_svg(
            system_map, ring, [p for p in steps if p in system_map.links], ring=ring
        )
    sources = factors - {target for _, target in pairs}
    return part_svg(system_map, factors, pairs, starts=sources or inside)
