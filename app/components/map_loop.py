"""The loop that is told on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from systemmap.analysis.loops import loop_from
from systemmap.drawing.told_loops import told_loop
from systemmap.errors import UnknownItem

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.analysis.loops import Loop


def tell_on_map(workspace: Workspace, loop: Loop) -> None:
    """Tell this loop on the map, until somebody asks for the whole of it."""
    workspace.remember("map.loop", loop.key)
    st.rerun()


def told_on_map(workspace: Workspace) -> dict[str, Any] | None:
    """Return the loop to tell on the main map, with the way back; None = none is told."""
    key = workspace.recall("map.loop", "")
    if not key:
        return None
    system_map = workspace.programme.system_map()
    try:
        loop = loop_from(system_map, key.split(","))
    except UnknownItem:  # changed meanwhile
        workspace.remember("map.loop", "")
        return None
    st.button(
        "Back to the whole map",
        icon=":material/arrow_back:",
        key="map.loop.end",
        on_click=lambda: workspace.remember("map.loop", ""),
    )
    return told_loop(loop, system_map)
