"""Current work that rests on one organisation, or all ends soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.gaps.gap import GRID, GapRule, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import Found, GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor of the grid with either thin flag."""
    for cover in context.in_grid:
        found = [
            flag.sentence
            for flag in cover.flags
            if flag.key in ("one_organisation", "ends_soon")
        ]
        if found:
            yield about(cover, *found)


GAP_RULE = GapRule(
    key="fragile",
    title="Rests on one organisation, or ends soon",
    question="Where would one organisation, or one end date, take all the work with it?",
    caution="One committed organisation can be enough; the question is what happens when it stops.",
    filters=GRID,
    next_step="Ask who else could share the work, and what follows when it ends.",
    find=find,
    on_ladder=True,
)
