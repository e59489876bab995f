"""Story: the map told step by step, as the people who drew it would tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.components.map_views import told_step
from app.components.map_way import Asked, nothing_drawn, show_map
from app.screens._screen import Screen

if TYPE_CHECKING:
    from app.workspace import Workspace


def draw(workspace: Workspace) -> None:
    """Draw the step that is told, with what it shows."""
    if not nothing_drawn(workspace):
        show_map(workspace, _ask)


def _ask(workspace: Workspace) -> Asked:
    step = told_step(workspace)
    if step is None:
        return Asked(sentence="This map has no story yet.")
    return Asked(choice=step.choice)


SCREEN = Screen(
    key="map_story",
    title="Story",
    place="map",
    icon=":material/slideshow:",
    draw=draw,
    position=70,
)
