"""An asset tied to the map that no action uses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from systemmap.coverage.asset_use import find_asset_use
from systemmap.gaps.gap import Found, GapRule, told
from systemmap.language.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.coverage.asset_use import AssetRow
    from systemmap.gaps.gap import GapContext
    from systemmap.language.phrases import Subject


def find(context: GapContext) -> Iterator[Found]:
    """Yield every asset tied to a factor here and named by no action that goes on."""
    found = find_asset_use(context.programme, context.map_id)
    for row in found.unused:
        yield Found(
            subject=f"asset:{row.asset.id}",
            name=row.asset.name,
            **told(row.asset.name, partial(_sentence, row)),
            factors=row.factor_ids,
            denominator=f"{len(found.tied)} assets tied to this map.",
        )


def _sentence(row: AssetRow, it: Subject) -> str:
    return f"{it.first} helps with {listed(row.helps_with)} and none of the listed actions names it."


GAP_RULE = GapRule(
    key="unused_asset",
    title="An asset not built on",
    question="Which assets on this map do the listed actions not build on?",
    caution="An asset may do its work without any plan knowing of it.",
    filters="Assets tied to a cause of this map",
    next_step="Ask the people who run it which action could build on it.",
    find=find,
)
