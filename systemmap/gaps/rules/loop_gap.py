"""A reinforcing loop in which no factor has current work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.loops import LoopKind
from systemmap.gaps.gap import Found, GapRule
from systemmap.language.phrases import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every listed reinforcing loop that touches the grid and has no current work."""
    covers = context.coverage.factors
    in_grid = {cover.factor.id for cover in context.in_grid}
    loops = [loop for loop in context.loops if loop.kind is LoopKind.REINFORCING]
    for loop in loops:
        if in_grid.intersection(loop.factors) and not any(
            covers[name].covered for name in loop.factors
        ):
            labels = context.labels(loop.factors)
            each = "either" if len(labels) == 2 else "any"
            yield Found(
                subject=f"loop:{loop.key}",
                name=" → ".join([*labels, labels[0]]),
                sentences=(
                    f"{listed(labels, limit=len(labels))} feed each other (reinforcing), and no current work is listed on {each} of them.",
                ),
                factors=loop.factors,
                denominator=_denominator(context, len(loops)),
            )


def _denominator(context: GapContext, number: int) -> str:
    length = (
        context.loops.counted_length
        if context.loops.capped
        else context.loops.max_length
    )
    return f"{counted(number, 'reinforcing loop')} of up to {length} causes."


GAP_RULE = GapRule(
    key="loop_gap",
    title="A loop nobody works on",
    question="Which reinforcing loops hold no cause with current work?",
    caution="A loop drawn on the map is a claim; reinforcing says nothing about its strength.",
    filters="Reinforcing loops of up to six causes, with at least one cause of the grid",
    next_step="Read the loop aloud and ask where somebody could step in.",
    find=find,
)
