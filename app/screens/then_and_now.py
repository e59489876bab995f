"""Compare: the map then and now, or beside another map, told on the canvas and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.components.map_compare import choose_comparison, overlay_for, told_changes
from app.components.map_controls import choose_map
from app.components.map_way import Asked, nothing_drawn, show_map
from app.screens._screen import Screen
from systemmap.drawing.view import Choice

if TYPE_CHECKING:
    from app.workspace import Workspace


def draw(workspace: Workspace) -> None:
    """Draw what changed as a sentence, on the map, and change by change."""
    if not nothing_drawn(workspace):
        show_map(workspace, _ask)


def _ask(workspace: Workspace) -> Asked:
    map_id = choose_map(workspace)
    overlay = overlay_for(workspace, map_id, choose_comparison(workspace, map_id))
    if overlay is None:
        return Asked(
            choice=Choice(map_id=map_id),
            sentence="Choose what to compare this map with.",
        )
    return Asked(
        choice=Choice(map_id=map_id),
        overlay=overlay,
        below=lambda: told_changes(overlay),
    )


SCREEN = Screen(
    key="then_and_now",
    title="Compare",
    place="map",
    icon=":material/compare_arrows:",
    draw=draw,
    position=60,
)
