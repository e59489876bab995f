"""G6: live work that names no priority group for whom the factor matters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from systemmap.coverage.groups_reached import find_reach
from systemmap.gaps.gap import GRID, Found, GapRule, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield each factor with live work and each priority group that it does not name."""
    reach = find_reach(context.programme, context.coverage)
    for cover in context.in_grid:
        for group in reach.groups:
            if cover.live and group.priority and cover.factor.id in group.unreached:
                missing = partial(reach.missing_sentence, cover, group)
                words = told(cover.factor.label, missing)
                yield Found(
                    subject=f"factor:{cover.factor.id}/{group.kind}:{group.id}",
                    name=cover.factor.label,
                    sentences=(*words["sentences"], group.sentence),
                    here=(*words["here"], group.sentence),
                    factors=(cover.factor.id,),
                    denominator=group.denominator,
                )


GAP_RULE = GapRule(
    key="g6_not_reached",
    code="G6",
    title="A priority group is not named",
    question="Which priority populations and places does no live action name?",
    caution="An action may reach people whom it does not name; ask before you conclude.",
    filters=f"{GRID}, with live work, that matter to a priority population or place",
    next_step="Ask the owners whether the work reaches this group, and note it or adapt the work.",
    find=find,
)
