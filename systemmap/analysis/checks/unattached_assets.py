"""Assets that are tied to no factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.language.phrases import quoted
from systemmap.model.response import AssetFactor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme


def unattached_assets(
    analysis: MapAnalysis, programme: Programme | None = None
) -> Iterator[Finding]:
    """Ask which factor of this map an asset helps with."""
    system_map = analysis.system_map
    if programme is None:
        return
    ties = programme.all(AssetFactor).values()
    tied = {tie.asset_id for tie in ties if tie.map_id == system_map.id}
    for key in sorted(set(programme.assets) - tied):
        name = quoted(programme.assets[key].name)
        yield Finding(
            question=f"Which cause does {name} help with? It is tied to none on this map.",
            assets=(key,),
        )


CHECK = Check(
    key="unattached_assets",
    title="Assets not attached",
    why="What already helps can only be built on where people see it on the map.",
    find=unattached_assets,
)
