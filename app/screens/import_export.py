"""Import and export: bring in what there is, take out what others need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.components.exporting import take_out
from app.components.importing import bring_in
from app.components.screen_text import finding
from app.screens._screen import Screen
from app.wording import count
from systemmap.language.phrases import day
from systemmap.model.plan import ImportRecord

if TYPE_CHECKING:
    from app.workspace import Workspace


def draw(workspace: Workspace) -> None:
    """Draw what came in so far, the way in, and the ways out."""
    finding(_so_far(workspace))
    bring_in(workspace)
    if workspace.id:
        take_out(workspace)


def _so_far(workspace: Workspace) -> str:
    if not workspace.id:
        return (
            "Bring in a plan or a map: you see what was read before anything is saved."
        )
    imports = list(workspace.programme.all(ImportRecord).values())
    if not imports:
        return "No file has been brought in yet. You see what was read before anything is saved."
    last = imports[-1]
    return f"{count(len(imports), 'file')} brought in so far, the last on {day(last.at)}: {last.file_name}."


SCREEN = Screen(
    key="import_export",
    title="Import and export",
    place="share",
    icon=":material/swap_vert:",
    draw=draw,
    position=10,
    needs_programme=False,
)
