"""G9: a factor that no published figure follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.gaps.gap import GRID, GapRule, about_factor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import Found, GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor of the grid without an indicator."""
    for cover in context.in_grid:
        if not cover.factor.indicators:
            yield about_factor(
                cover, lambda it: f"No indicator listed{it.after('for')}."
            )


GAP_RULE = GapRule(
    key="g9_no_indicator",
    code="G9",
    title="No indicator listed",
    question="Which causes does no published figure follow?",
    caution="Much that matters is not measured; a story or a count of your own may serve.",
    filters=GRID,
    next_step="Choose a figure from the local picture, or agree how you will notice a change.",
    find=find,
)
