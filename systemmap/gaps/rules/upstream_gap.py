"""Live work on a factor, and none on the factors that feed it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from systemmap.coverage.cover import GRID_BLOCKS
from systemmap.gaps.gap import GRID, GapRule, about_factor
from systemmap.language.phrases import listed
from systemmap.model.values import Strength

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import Found, GapContext
    from systemmap.language.phrases import Subject


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor with live work whose feeding factors have none."""
    covers = context.coverage.factors
    for cover in context.in_grid:
        feeding = [covers[name] for name in _feeding(context, cover.factor.id)]
        workable = [c for c in feeding if c.block in GRID_BLOCKS]
        if cover.live and workable and not any(c.live for c in feeding):
            names = listed(sorted(c.factor.label for c in workable))
            yield about_factor(cover, partial(_sentence, names))


def _sentence(names: str, it: Subject) -> str:
    return f"Live work{it.after('on')}, and none listed on what feeds it: {names}."


def _feeding(context: GapContext, factor_id: str) -> list[str]:
    edges = context.graph.in_edges(factor_id, data="strength")
    return sorted(source for source, _, strength in edges if strength != Strength.WEAK)


GAP_RULE = GapRule(
    key="upstream_gap",
    title="Nothing on what feeds it",
    question="Where is there live work on a cause and none on the causes feeding it?",
    caution="Work may start at the symptom for good reasons; the question is what comes next.",
    filters=f"{GRID}, with live work; links rated weak are not followed",
    next_step="Ask which of the feeding causes a partner could take on.",
    find=find,
)
