"""An asset tied to no factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.coverage.asset_use import find_asset_use
from systemmap.gaps.gap import Found, GapRule, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every asset without a tie to a factor of this map."""
    found = find_asset_use(context.programme, context.map_id)
    for row in found.untied:
        yield Found(
            subject=f"asset:{row.asset.id}",
            name=row.asset.name,
            **told(
                row.asset.name,
                lambda it: f"{it.first} is tied to no cause of this map.",
            ),
            denominator=f"{len(found.rows)} assets listed.",
        )


GAP_RULE = GapRule(
    key="unlinked_asset",
    title="An asset tied to no cause",
    question="Which assets have no place on the map yet?",
    caution="Not every asset belongs to a cause that this map shows.",
    filters="All assets listed",
    next_step="Say in one line which cause it helps with, or leave it in the list.",
    find=find,
)
