"""G2: a factor with only ideas, plans, finished, stalled or unconfirmed work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.coverage.cover import Rung
from systemmap.gaps.gap import GRID, GapRule, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.coverage.cover import FactorCover
    from systemmap.gaps.gap import Found, GapContext


_LOW_RUNGS = (Rung.IDEAS_ONLY, Rung.PAST_WORK_ONLY)
_NEXT_STEPS = {
    "planned_only": "Ask the owners what is needed to start.",
    "unverified": "Ask the owners to confirm that the work goes on, and note the date.",
}


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor of the grid whose listed work is not yet, or no longer, real."""
    for cover in context.in_grid:
        flags = [flag for flag in cover.flags if flag.code == "G2"]
        if cover.rung in _LOW_RUNGS:
            yield about(
                cover, *cover.sentences, here=cover.here, next_step=_restart(cover)
            )
        elif flags:
            sentences = [flag.sentence for flag in flags]
            yield about(cover, *sentences, next_step=_NEXT_STEPS[flags[0].key])


def _restart(cover: FactorCover) -> str:
    if cover.rung is Rung.PAST_WORK_ONLY:
        return "Ask what the finished or stalled work left behind, and whether to restart or build on it."
    return ""


GAP_RULE = GapRule(
    key="g2_no_live_work",
    code="G2",
    title="No confirmed live work",
    question="Which causes have only ideas, plans, finished, stalled or unconfirmed actions?",
    caution="A status is what somebody last wrote down; the work may have moved on.",
    filters=GRID,
    next_step="Find an owner who turns one of the ideas into planned work.",
    find=find,
    on_ladder=True,
)
