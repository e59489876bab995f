"""Factors with no links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.language.phrases import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme


def unlinked_factors(
    analysis: MapAnalysis, _: Programme | None = None
) -> Iterator[Finding]:
    """Ask what a factor without links leads to, and what leads to it."""
    system_map = analysis.system_map
    linked = {end for pair in system_map.links for end in pair}
    for key in sorted(set(system_map.factors) - linked):
        name = quoted(system_map.factors[key].label)
        yield Finding(
            question=f"What leads to {name}, and what does it lead to? It has no links yet.",
            factors=(key,),
        )


CHECK = Check(
    key="unlinked_factors",
    title="Causes with no links",
    why="A cause without links takes no part in the system as drawn.",
    find=unlinked_factors,
)
