"""An asset tied to the map that no action uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.coverage.building_on import used_assets
from systemmap.gaps._gap import Found, GapRule
from systemmap.language.phrases import listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.gaps._gap import GapContext


def find(context: GapContext) -> Iterator[Found]:
    """Yield every asset tied to a factor here and named by no action that goes on."""
    used = used_assets(context.programme)
    factors: dict[str, list[str]] = {}
    for factor_id in sorted(context.assets_by_factor):
        for asset in context.assets_by_factor[factor_id]:
            factors.setdefault(asset.id, []).append(factor_id)
    for asset in sorted(
        context.programme.assets.values(), key=lambda a: (a.name, a.id)
    ):
        if asset.id in factors and asset.id not in used:
            names = listed(context.labels(factors[asset.id]))
            yield Found(
                subject=f"asset:{asset.id}",
                name=asset.name,
                sentences=(
                    f"{quoted(asset.name)} helps with {names} and none of the listed actions names it.",
                ),
                factors=tuple(factors[asset.id]),
                denominator=f"{len(factors)} assets tied to this map.",
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
