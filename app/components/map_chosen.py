"""The card of what is chosen on the map, in the panel beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.components.map_canvas import card_place

if TYPE_CHECKING:
    from app.workspace import Workspace


def chosen_card(workspace: Workspace, map_id: str) -> None:
    """Give the card of what is chosen its place; the canvas writes it and asks there."""
    card_place(workspace.id, map_id)
