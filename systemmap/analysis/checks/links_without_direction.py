"""Links without a sign, and lines nobody has given an arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.language.phrases import quoted
from systemmap.model.values import Confidence, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme


def links_without_direction(
    analysis: MapAnalysis, _: Programme | None = None
) -> Iterator[Finding]:
    """Ask which way a link works where nobody has said so; disputes are asked elsewhere."""
    system_map = analysis.system_map
    for pair in sorted(system_map.links):
        link = system_map.links[pair]
        source, target = (quoted(system_map.factors[key].label) for key in pair)
        if not link.directed:
            question = f"Which acts on which: {source} on {target}, or the other way?"
        elif (
            link.polarity is Polarity.UNKNOWN
            and link.confidence is not Confidence.DISPUTED
        ):
            question = f"Does more {source} lead to more or to less {target}? The link has no sign."
        else:
            continue
        yield Finding(question=question, factors=pair, links=(pair,))


CHECK = Check(
    key="links_without_direction",
    title="Links without a sign or an arrow",
    why="Loops through them stay undetermined, and a line without an arrow is left out.",
    find=links_without_direction,
)
