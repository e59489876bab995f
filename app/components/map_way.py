"""A way of looking at the map: its words in the panel, its picture on the same canvas."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.components.map_canvas import map_canvas
from app.components.map_chosen import chosen_card
from app.components.map_place import map_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.workspace import Workspace

_MAIN = "main"


@contextmanager
def way_on_map(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """Draw what is in the block into the panel beside the main map.

    What the block puts into the dictionary is what the canvas shows, see
    `map_canvas`: a ``loop`` told, a ``heat`` in the boxes, a part (``said``)
    of which the rest fades.
    """
    shown: dict[str, Any] = {"layers": ["gaps"]}
    with map_place() as (place, panel):
        with panel:
            chosen_card(workspace, _MAIN)
            yield shown
        with place, st.container(key="map-canvas"):
            workspace.with_store(
                map_canvas,
                _MAIN,
                height=None,
                revision=workspace.revision,
                part=shown,
            )
