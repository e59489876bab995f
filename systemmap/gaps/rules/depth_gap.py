"""A theme whose current work goes no deeper than events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.coverage.balance import find_scale_balance
from systemmap.gaps.gap import Found, GapRule
from systemmap.language.phrases import counted, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every theme with actions at events level and none known to be deeper."""
    for row in find_scale_balance(context.programme, context.coverage).themes:
        events = row.actions.get("events", ())
        unknown = len(row.actions.get("", ()))
        if row.theme and events and len(events) + unknown == row.total:
            rest = f"{counted(unknown, 'other current action')} in this theme without a level yet."
            yield Found(
                subject=f"theme:{row.theme}",
                name=row.label,
                sentences=(
                    f"In {quoted(row.label)} no current action is listed that goes deeper than events: {listed(a.title for a in events)}.",
                    *((rest,) if unknown else ()),
                ),
                factors=tuple(c.factor.id for c in context.by_theme.get(row.theme, ())),
                denominator=f"{counted(row.total, 'current action')} in this theme.",
            )


GAP_RULE = GapRule(
    key="depth_gap",
    title="No deeper than events",
    question="In which themes does no current action go deeper than events?",
    caution="The level is a judgement; a healthy portfolio has several levels.",
    filters="Themes with current actions of which at least one has a level",
    next_step="Ask which rule, arrangement, aim or belief could be worked on in this theme.",
    find=find,
)
