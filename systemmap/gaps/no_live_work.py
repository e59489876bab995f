"""G2: a factor with only ideas, plans, finished, stalled or unconfirmed work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.coverage import Rung
from systemmap.gaps._gap import Found, GapRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.coverage import FactorCover
    from systemmap.gaps._gap import GapContext

_LOW_RUNGS = (Rung.IDEAS_ONLY, Rung.PAST_WORK_ONLY)
_NEXT_STEPS = {
    "planned_only": "Ask the owners what is needed to start.",
    "unverified": "Ask the owners to confirm that the work goes on, and note the date.",
}


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor of the grid whose listed work is not yet, or no longer, real."""
    for cover in context.in_grid:
        flags = [flag for flag in cover.flags if flag.code == "G2"]
        sentences = (
            cover.sentences
            if cover.rung in _LOW_RUNGS
            else tuple(flag.sentence for flag in flags)
        )
        if sentences:
            yield Found(
                subject=f"factor:{cover.factor.id}",
                name=cover.factor.label,
                sentences=sentences,
                factors=(cover.factor.id,),
                next_step=_next_step(cover),
            )


def _next_step(cover: FactorCover) -> str:
    if cover.rung is Rung.PAST_WORK_ONLY:
        return "Ask what the finished or stalled work left behind, and whether to restart or build on it."
    first = next((flag.key for flag in cover.flags if flag.code == "G2"), "")
    return _NEXT_STEPS.get(first, "")


GAP_RULE = GapRule(
    key="no_live_work",
    code="G2",
    title="No confirmed live work",
    question="Which factors have only ideas, plans, finished, stalled or unconfirmed actions?",
    caution="A status is what somebody last wrote down; the work may have moved on.",
    filters="Factors in scope that can be changed here, or that nobody has sorted yet",
    next_step="Find an owner who turns one of the ideas into planned work.",
    find=find,
)
