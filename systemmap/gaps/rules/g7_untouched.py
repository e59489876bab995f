"""G7: a factor of high importance without current work here or just upstream."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import networkx as nx

from systemmap.coverage.cover import Rung
from systemmap.gaps.gap import GRID, GapRule, about_factor
from systemmap.language.phrases import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.coverage.cover import FactorCover
    from systemmap.gaps.gap import Found, GapContext
    from systemmap.language.phrases import Subject


def find(context: GapContext) -> Iterator[Found]:
    """Yield every factor of high importance that no current work touches, even indirectly."""
    importance = context.importance or {}
    for cover in context.in_grid:
        if importance.get(cover.factor.id) == "high" and not cover.covered:
            upstream = _upstream(context, cover.factor.id)
            if not any(context.coverage.factors[name].covered for name in upstream):
                yield about_factor(cover, partial(_sentence, context, cover, upstream))


def _upstream(context: GapContext, factor_id: str) -> list[str]:
    steps = nx.single_source_shortest_path_length(
        context.graph.reverse(copy=False), factor_id, cutoff=context.settings.steps
    )
    return sorted(name for name in steps if name != factor_id)


def _sentence(
    context: GapContext, cover: FactorCover, upstream: list[str], it: Subject
) -> str:
    here = "no action listed" if cover.rung is Rung.NOTHING_LISTED else cover.words
    start = f"{it.first} is high on this map and untouched: {here}"
    steps = counted(context.settings.steps, "step")
    if not upstream:
        return f"{start}, and nothing on this map leads to it within {steps}."
    names = listed(context.labels(upstream))
    return f"{start}, and no current work listed within {steps} upstream ({names})."


GAP_RULE = GapRule(
    key="g7_untouched",
    code="G7",
    title="Important and untouched",
    question="Which causes of high importance does no current work touch, here or just upstream?",
    caution="Importance is read off the map people drew; it is not the size of an effect.",
    filters=f"{GRID}, of high importance",
    next_step="Start here: ask who has influence on it or on what leads to it.",
    find=find,
    needs_outcome=True,
)
