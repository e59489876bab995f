"""Effect on the outcome over uncertain strengths, as a bar of five steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.effects import Direction
from systemmap.analysis.measures._measure import Measure

if TYPE_CHECKING:
    from systemmap.analysis.map_analysis import MapAnalysis


def outcome_effect(analysis: MapAnalysis) -> dict[str, float | None]:
    """Return in which fifth the size of each factor's effect lies, 1 to 5.

    0 = no route to the outcome. None = the direction is unclear, or it is the
    outcome itself.
    """
    effects = analysis.effects
    bars: dict[str, float | None] = dict.fromkeys(sorted(analysis.system_map.factors))
    for key, effect in effects.items():
        if effect.direction is not Direction.UNCLEAR:
            bars[key] = float(effect.bar)
    return bars


MEASURE = Measure(
    key="outcome_effect",
    title="Effect on the outcome",
    question="On this map, which causes move the outcome more than others?",
    caution="Fifths, with strengths drawn at random 500 times. It favours the "
    "outcome's neighbours and is no effect size.",
    reference="Uleman and others (2026), doi:10.1186/s12916-026-04971-0",
    compute=outcome_effect,
    says=("step {n} of 5", "step {n} of 5"),
    needs_outcome=True,
)
