"""Bring tables' maps into the main map: a person says which causes are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import quiet, section
from app.presses import pressed
from app.wording import count, safe_text
from systemmap.editing.merge_maps import merge_maps
from systemmap.workshops.table_maps import matches_for, waiting_maps

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.model.workshop import Workshop
    from systemmap.workshops.table_maps import Match

_NEW = ""


def tables_maps(workspace: Workspace, workshop: Workshop) -> None:
    """Draw the maps that wait, and the causes of the chosen one."""
    waiting = {w.map_id: w for w in waiting_maps(workspace.programme, workshop.id)}
    section(f"Tables' maps: {len(waiting)} to bring in")
    if not waiting:
        quiet("Every map that tables drew is in the main map.")
        return
    map_id = st.selectbox(
        "Map",
        list(waiting),
        format_func=lambda m: (
            f"{waiting[m].table.name}: {count(waiting[m].factors, 'cause')}, "
            f"{count(waiting[m].links, 'link')}"
        ),
        key="table_maps.map",
        width=420,
    )
    quiet(
        "Opposite signs become “tables disagree”. The table's own map stays as it is."
    )
    chosen = {
        (map_id, match.factor.id): answer
        for match in matches_for(workspace.programme, map_id)
        if (answer := _ask(workspace, map_id, match))
    }
    name = waiting[map_id].table.name
    if pressed(
        st.button, f"Bring in {safe_text(name)}", type="primary", key="table_maps.bring"
    ):
        with workspace.editing(f"Bring in the map of {name}") as draft:
            done = merge_maps(draft, [map_id], matches=chosen)
            workspace.say(" ".join(merge.sentence for merge in done))


def _ask(workspace: Workspace, map_id: str, match: Match) -> str:
    if match.same:
        quiet(f"{match.factor.label}: the same name is on the main map.")
        return ""
    names = {look.factor_id: f"{look.label} ({look.reason})" for look in match.looks}
    return str(
        st.selectbox(
            safe_text(match.factor.label),
            [_NEW, *names],
            format_func=lambda f: f"Same as: {names[f]}" if f else "A cause of its own",
            key=f"table_maps.{map_id}.{match.factor.id}.{workspace.revision}",
            width=520,
        )
    )
