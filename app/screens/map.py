"""Map: the picture with focus and layers, the same as tables, and the same in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app import url_state
from app.components.map_beginning import begin_map, borrow_here, more_causes
from app.components.map_controls import asked_of, choose_map, choose_part
from app.components.map_loop import told_on_map
from app.components.map_views import keep_view
from app.components.map_way import Asked, show_map
from app.screens._screen import Screen

if TYPE_CHECKING:
    from app.workspace import Workspace

_ASKED = "map.asked"


def draw(workspace: Workspace) -> None:
    """Draw the finding, what to show, and the map in its three forms."""
    show_map(workspace, _ask, begin=begin_map)


def _ask(workspace: Workspace) -> Asked:
    """Ask which map, which part of it, and what lies on top."""
    loop = told_on_map(workspace)
    if loop is not None:
        return Asked(loop=loop)
    kept: dict[str, Any] = workspace.recall(_ASKED, {})
    if url_state.value("focus"):  # the address asks for something else
        kept = {key: held for key, held in kept.items() if ".focus." not in key}
    map_id = choose_map(workspace)
    choice, fill = choose_part(workspace.programme, map_id, begin=kept)
    workspace.remember(_ASKED, asked_of(map_id))
    keep_view(workspace, choice)
    return Asked(
        choice=choice, fill=fill, above=lambda: _borrow(workspace, choice.map_id)
    )


def _borrow(workspace: Workspace, map_id: str) -> None:
    if not borrow_here(workspace, map_id):
        more_causes(workspace)


SCREEN = Screen(
    key="map",
    title="Map",
    place="map",
    icon=":material/hub:",
    draw=draw,
)
