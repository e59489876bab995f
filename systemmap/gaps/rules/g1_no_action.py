"""G1: a factor for which nobody has listed an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.coverage.cover import Rung
from systemmap.gaps.gap import GRID, GapRule, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import Found, GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor of the grid on the lowest rung of the cover ladder."""
    for cover in context.in_grid:
        if cover.rung is Rung.NOTHING_LISTED:
            yield about(cover, *cover.sentences, here=cover.here)


GAP_RULE = GapRule(
    key="g1_no_action",
    code="G1",
    title="No action listed",
    question="For which causes has nobody listed an action?",
    caution="Lists of actions are never complete: ask around before you call it a gap.",
    filters=GRID,
    next_step="Ask partners whether work exists that is not listed; if not, propose an action.",
    find=find,
    on_ladder=True,
)
