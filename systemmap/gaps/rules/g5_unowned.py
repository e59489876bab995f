"""G5: current work without an owner, a measure or a due date ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.gaps.gap import GRID, GapRule, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import Found, GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor of the grid whose current work lacks one of the three."""
    for cover in context.in_grid:
        found = [flag.sentence for flag in cover.flags if flag.code == "G5"]
        if found:
            yield about(cover, *found)


GAP_RULE = GapRule(
    key="g5_unowned",
    code="G5",
    title="No owner, measure or due date",
    question="Where does current work lack an owner, a measure or a due date ahead?",
    caution="A blank cell may only mean that nobody wrote it down.",
    filters=GRID,
    next_step="Ask the lead organisation to name an owner role, a measure and a date.",
    find=find,
    on_ladder=True,
)
