"""A theme whose current work goes no deeper than events."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from systemmap.coverage.balance import find_scale_balance
from systemmap.gaps.gap import Found, GapRule, told
from systemmap.language.phrases import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.coverage.balance import ScaleRow
    from systemmap.gaps.gap import GapContext
    from systemmap.language.phrases import Subject


def find(context: GapContext) -> Iterator[Found]:
    """Yield every theme with actions at events level and none known to be deeper."""
    for row in find_scale_balance(context.programme, context.coverage).themes:
        events = row.actions.get("events", ())
        unknown = len(row.actions.get("", ()))
        if row.theme and events and len(events) + unknown == row.total:
            yield Found(
                subject=f"theme:{row.theme}",
                name=row.label,
                **told(row.label, partial(_sentences, row)),
                factors=tuple(c.factor.id for c in context.by_theme.get(row.theme, ())),
                denominator=f"{counted(row.total, 'current action')} in this theme.",
            )


def _sentences(row: ScaleRow, it: Subject) -> tuple[str, ...]:
    events = listed(action.title for action in row.actions["events"])
    unknown = len(row.actions.get("", ()))
    rest = (
        f"{counted(unknown, 'other current action')} in this theme without a level yet."
    )
    return (
        f"No current action{it.after('in')} is listed that goes deeper than events: {events}.",
        *((rest,) if unknown else ()),
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
