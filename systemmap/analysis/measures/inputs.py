"""Links in: how many other factors act directly on a factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.measures._measure import Measure

if TYPE_CHECKING:
    from systemmap.analysis.map_analysis import MapAnalysis


def inputs(analysis: MapAnalysis) -> dict[str, float | None]:
    """Return each factor's number of incoming links (its in-degree)."""
    return dict(analysis.graph.in_degree())


MEASURE = Measure(
    key="inputs",
    title="Links in",
    question="Which causes do many others act on directly?",
    caution="Counts links that participants drew, not the size of any effect. "
    "It depends on how finely people split what lies behind a cause.",
    reference="McGlashan and others (2016), doi:10.1371/journal.pone.0165459, table 1",
    compute=inputs,
    says=("affected by {n} cause", "affected by {n} causes"),
)
