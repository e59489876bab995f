"""A map on which no outcome is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.checks._map_check import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme


def no_outcome(analysis: MapAnalysis, _: Programme | None = None) -> Iterator[Finding]:
    """Ask which factor the group cares about most."""
    system_map = analysis.system_map
    if system_map.factors and system_map.outcome is None:
        yield Finding(
            question="Which cause does the group care about most? No outcome is chosen yet."
        )


CHECK = Check(
    key="no_outcome",
    title="No outcome chosen",
    why="Importance and what-if say what matters for an outcome, so they need one.",
    find=no_outcome,
)
