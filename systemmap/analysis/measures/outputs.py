"""Links out: how many other factors a factor affects directly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.measures._measure import Measure

if TYPE_CHECKING:
    from systemmap.analysis.map_analysis import MapAnalysis


def outputs(analysis: MapAnalysis) -> dict[str, float | None]:
    """Return each factor's number of outgoing links (its out-degree)."""
    return dict(analysis.graph.out_degree())


MEASURE = Measure(
    key="outputs",
    title="Links out",
    question="Which causes act directly on many others?",
    caution="Counts links that participants drew, not the size of any effect. "
    "A cause that was discussed at length, or split finely, collects more.",
    reference="McGlashan and others (2016), doi:10.1371/journal.pone.0165459, table 1",
    compute=outputs,
    says=(
        "affects {n} other cause directly",
        "affects {n} other causes directly",
    ),
)
