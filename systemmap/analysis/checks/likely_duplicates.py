"""Factors that are probably the same, or the same the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.analysis.lookalikes import Likeness, find_lookalikes
from systemmap.language.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme

_QUESTIONS = {
    Likeness.SAME: "Are {names} the same words, written another way?",
    Likeness.NEAR: "Are {names} probably the same?",
    Likeness.OPPOSITE: "Are {names} the same, only the other way round? "
    "Then rename to the neutral form and flip the links.",
}


def likely_duplicates(
    analysis: MapAnalysis, _: Programme | None = None
) -> Iterator[Finding]:
    """Ask about names that say nearly the same; nothing is ever merged by itself."""
    system_map = analysis.system_map
    for cluster in find_lookalikes(system_map.factors.values()):
        if cluster.likeness in _QUESTIONS:
            question = _QUESTIONS[cluster.likeness]
            yield Finding(
                question=question.format(names=listed(cluster.labels)),
                factors=cluster.factor_ids,
            )


CHECK = Check(
    key="likely_duplicates",
    title="Causes that may be the same",
    why="Links and votes are split between two names for one thing.",
    find=likely_duplicates,
)
