"""Saved views: opened by name, refined where they stand, kept or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.components.map_controls import as_asked, choose_map, choose_part
from app.components.map_views import change_view, choose_view, delete_view
from app.components.map_way import Asked, nothing_drawn, show_map
from app.screens._screen import Screen
from systemmap.drawing.view import Choice

if TYPE_CHECKING:
    from app.workspace import Workspace


def draw(workspace: Workspace) -> None:
    """Draw the view that is open, and what it shows as controls to change it by."""
    if not nothing_drawn(workspace):
        show_map(workspace, _ask)


def _ask(workspace: Workspace) -> Asked:
    map_id = choose_map(workspace)
    step = choose_view(workspace, map_id)
    if step is None:
        return Asked(
            choice=Choice(map_id=map_id),
            sentence="No view of this map is saved yet: choose what to show on the map, and save it there.",
        )
    at = workspace.fresh(f"views.{step.id}")
    choice, fill = choose_part(
        workspace.programme, map_id, at=at, begin=as_asked(step.choice, at)
    )
    change_view(workspace, step, choice)
    delete_view(workspace, step)
    return Asked(choice=choice, fill=fill)


SCREEN = Screen(
    key="views_kept",
    title="Saved views",
    place="map",
    icon=":material/bookmark:",
    draw=draw,
    position=80,
)
