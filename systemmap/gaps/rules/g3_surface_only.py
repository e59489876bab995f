"""G3: a factor whose current work stays at events or aims at individuals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.gaps.gap import GRID, GapRule, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import Found, GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor of the grid with the thin flag of that name."""
    for cover in context.in_grid:
        found = [flag.sentence for flag in cover.flags if flag.code == "G3"]
        if found:
            yield about(cover, *found)


GAP_RULE = GapRule(
    key="g3_surface_only",
    code="G3",
    title="Events or individuals only",
    question="Where does all current work stay at events, or aim at individuals?",
    caution="The level of an action is a judgement; deeper may change more and is harder, not better.",
    filters=GRID,
    next_step="Ask what structure, goal or belief keeps this as it is, and who could change that.",
    find=find,
    on_ladder=True,
)
