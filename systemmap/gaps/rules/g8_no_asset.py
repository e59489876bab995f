"""G8: a factor to which no asset is tied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.gaps.gap import GRID, GapRule, about_factor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import Found, GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor of the grid without an asset."""
    for cover in context.in_grid:
        if cover.factor.id not in context.assets_by_factor:
            yield about_factor(cover, lambda it: f"No asset listed{it.after('for')}.")


GAP_RULE = GapRule(
    key="g8_no_asset",
    code="G8",
    title="No asset listed",
    question="For which causes is no place, service, skill or group listed that already helps?",
    caution="Communities hold assets that no list knows; ask residents and partners.",
    filters=GRID,
    next_step="Ask residents and partners what already helps here.",
    find=find,
)
