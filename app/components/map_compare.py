"""A comparison laid over the map: with an earlier moment, or with another map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import say
from app.wording import sentence, when
from systemmap.drawing.overlay import overlay_beside, overlay_since
from systemmap.drawing.scene import local_themes

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.drawing.overlay import Overlay

Beside = tuple[str, str]
"""("", "") = nothing; ("since", revision) or ("map", id of the other map)."""

NOTHING: Beside = ("", "")


def moments(workspace: Workspace) -> dict[int, str]:
    """Return the moments a map can be compared with, by revision, in words."""
    names = {version.revision: version.name for version in workspace.versions()}
    beginning = workspace.history()[-1]
    names.setdefault(beginning.revision, f"the beginning, {when(beginning.at)}")
    return names


def choose_comparison(workspace: Workspace, map_id: str) -> Beside:
    """Ask what to lay beside the map."""
    dates = moments(workspace)
    maps = {
        version.id: version.name
        for version in workspace.programme.maps.values()
        if version.id != map_id
    }
    offered: dict[Beside, str] = {NOTHING: "Nothing"}
    offered |= {
        ("since", str(revision)): f"Since {dates[revision]}"
        for revision in sorted(dates, reverse=True)
    }
    offered |= {("map", key): f"The map “{name}”" for key, name in maps.items()}
    wanted = workspace.recall(f"map.beside.{map_id}", NOTHING)
    keys = list(offered)
    chosen = st.selectbox(
        "Compare this map with",
        keys,
        index=keys.index(wanted) if wanted in keys else 0,
        format_func=lambda key: sentence(offered[key]),
        key=f"map.beside.{map_id}.{len(keys)}",
    )
    if chosen != wanted:
        workspace.remember(f"map.beside.{map_id}", chosen)
        st.rerun()
    return chosen


def compare_on_map(workspace: Workspace, map_id: str, beside: Beside) -> None:
    """Have the map open with a comparison laid over it."""
    workspace.remember(f"map.beside.{map_id}", beside)
    workspace.go("then_and_now")


def overlay_for(workspace: Workspace, map_id: str, beside: Beside) -> Overlay | None:
    """Return the comparison to lay over a map; None = nothing to compare."""
    kind, which = beside
    if not kind:
        return None
    return workspace.answer(
        "overlay", map_id, beside, ask=lambda: _overlay(workspace, map_id, kind, which)
    )


def _overlay(
    workspace: Workspace, map_id: str, kind: str, which: str
) -> Overlay | None:
    programme = workspace.programme
    shown, names = programme.system_map(map_id), local_themes(programme)
    if kind == "map":
        if which not in programme.maps:
            return None
        return overlay_beside(shown, programme.system_map(which), names=names)
    before = workspace.programme_at(int(which)).system_map(map_id)
    since = moments(workspace).get(int(which), "then")
    return overlay_since(before, shown, since=since, names=names)


def told_changes(overlay: Overlay) -> None:
    """Say every change in words, below the map."""
    say("While maps are compared, nothing on this one can be changed.")
    with st.expander(f"What differs, in words: {len(overlay.details)}", expanded=True):
        for line in overlay.details:
            say(line)
