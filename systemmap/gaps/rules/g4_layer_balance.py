"""G4: a layer that holds more of the causes than of the current actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.coverage.balance import find_layer_balance
from systemmap.gaps.gap import Found, GapRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every layer where causes exceed actions by the points of the settings."""
    balance = find_layer_balance(context.programme, context.coverage)
    for row in balance.rows:
        short = (
            row.difference is not None
            and row.difference >= context.settings.layer_points
        )
        if row.layer and short:
            yield Found(
                subject=f"layer:{row.layer}",
                name=row.label,
                sentences=row.sentences,
                here=row.here,
                denominator=balance.denominator,
            )


GAP_RULE = GapRule(
    key="g4_layer_balance",
    code="G4",
    title="Causes here, actions elsewhere",
    question="In which layers do causes lie where few actions lie?",
    caution="One action is not like another: a count says nothing about size or money.",
    filters="Causes in scope but the outcome, and current actions tied to a cause of this map",
    next_step="Look for actions to propose in this layer, and for partners who work in it.",
    find=find,
)
