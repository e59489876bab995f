"""Short loops: in how many loops of up to six factors a factor is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.measures._measure import Measure

if TYPE_CHECKING:
    from systemmap.analysis.map_analysis import MapAnalysis


def short_loops(analysis: MapAnalysis) -> dict[str, float | None]:
    """Return the number of short loops through each factor.

    When there are more loops than can be listed, only the lengths counted
    completely are used.
    """
    counts = analysis.loops.counts()
    return {
        key: float(counts.get(key, 0)) for key in sorted(analysis.system_map.factors)
    }


MEASURE = Measure(
    key="short_loops",
    title="Short loops",
    question="Which causes are part of much short feedback?",
    caution="Loops of up to six causes only, so none here is not none on the map. "
    "A loop that is drawn need not be strong.",
    reference="Analysis guide, sections 3 and 4; Luna Pinzon and others (2023), "
    "doi:10.3389/fpubh.2023.1128316, on telling loops by name",
    compute=short_loops,
    says=("part of {n} short loop", "part of {n} short loops"),
)
