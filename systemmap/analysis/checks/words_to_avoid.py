"""Names with words that blame or label people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.language.phrases import quoted
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme


def words_to_avoid(
    analysis: MapAnalysis, _: Programme | None = None
) -> Iterator[Finding]:
    """Ask for other words; what people wrote stays as it is beside the name."""
    system_map = analysis.system_map
    patterns = [
        (re.compile(rf"\b{re.escape(term.label)}\b", re.IGNORECASE), term)
        for term in terms("words_to_avoid").values()
    ]
    for key in sorted(system_map.factors):
        label = system_map.factors[key].label
        for pattern, term in patterns:
            if pattern.search(label):
                yield Finding(
                    question=f"Could {quoted(label)} be named otherwise? {term.description}",
                    factors=(key,),
                )


CHECK = Check(
    key="words_to_avoid",
    title="Names that label people",
    why="A map is read by the people it is about.",
    find=words_to_avoid,
)
