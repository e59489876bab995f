"""Islands: parts of the map that no link joins to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.language.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme


def islands(analysis: MapAnalysis, _: Programme | None = None) -> Iterator[Finding]:
    """Ask what joins a part of two or more factors to the largest part."""
    parts = [sorted(p) for p in nx.weakly_connected_components(analysis.graph)]
    linked = sorted((p for p in parts if len(p) > 1), key=lambda p: (-len(p), p))
    for part in linked[1:]:
        names = listed(analysis.system_map.factors[key].label for key in part)
        yield Finding(
            question=f"What joins {names} to the rest of the map? No link does yet.",
            factors=tuple(part),
        )


CHECK = Check(
    key="islands",
    title="Islands",
    why="A system is about how things hang together; an island hides a missing link.",
    find=islands,
)
