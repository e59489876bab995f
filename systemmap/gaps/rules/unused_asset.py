"""An asset tied to the map that no action uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.coverage.asset_use import find_asset_use
from systemmap.gaps.gap import Found, GapRule
from systemmap.language.phrases import listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps.gap import GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every asset tied to a factor here and named by no action that goes on."""
    found = find_asset_use(context.programme, context.map_id)
    for row in found.unused:
        yield Found(
            subject=f"asset:{row.asset.id}",
            name=row.asset.name,
            sentences=(
                f"{quoted(row.asset.name)} helps with {listed(row.helps_with)} and none of the listed actions names it.",
            ),
            factors=row.factor_ids,
            denominator=f"{len(found.tied)} assets tied to this map.",
        )


GAP_RULE = GapRule(
    key="unused_asset",
    title="An asset not built on",
    question="Which assets on this map do the listed actions not build on?",
    caution="An asset may do its work without any plan knowing of it.",
    filters="Assets tied to a factor of this map",
    next_step="Ask the people who run it which action could build on it.",
    find=find,
)
