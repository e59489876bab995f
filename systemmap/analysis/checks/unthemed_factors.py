"""Factors with no theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.language.phrases import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme


def unthemed_factors(
    analysis: MapAnalysis, _: Programme | None = None
) -> Iterator[Finding]:
    """Ask which theme a factor belongs to, once the map uses themes at all."""
    system_map = analysis.system_map
    factors = system_map.factors
    if not any(factor.theme for factor in factors.values()):
        return
    for key in sorted(factors):
        if not factors[key].theme:
            yield Finding(
                question=f"Which theme does {quoted(factors[key].label)} belong to?",
                factors=(key,),
            )


CHECK = Check(
    key="unthemed_factors",
    title="Causes with no theme",
    why="Cover is reported by theme, and a cause without one falls out of that table.",
    find=unthemed_factors,
)
