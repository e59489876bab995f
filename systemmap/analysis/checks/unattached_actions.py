"""Actions that are tied to no factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.analysis.checks._map_check import Check, Finding
from systemmap.language.phrases import quoted
from systemmap.model.response import ActionFactor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.model.programme import Programme


def unattached_actions(
    analysis: MapAnalysis, programme: Programme | None = None
) -> Iterator[Finding]:
    """Ask which factor of this map an action works on."""
    system_map = analysis.system_map
    if programme is None:
        return
    ties = programme.all(ActionFactor).values()
    tied = {tie.action_id for tie in ties if tie.map_id == system_map.id}
    for key in sorted(set(programme.actions) - tied):
        name = quoted(programme.actions[key].title)
        yield Finding(
            question=f"Which cause does the action {name} work on? It is tied to none on this map.",
            actions=(key,),
        )


CHECK = Check(
    key="unattached_actions",
    title="Actions not attached",
    why="An action that is tied to no cause covers nothing in the gap analysis.",
    find=unattached_actions,
)
