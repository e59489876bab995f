"""Find a cause, an action or an asset by its name, from every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.map_canvas import choose

if TYPE_CHECKING:
    from app.workspace import Workspace

_FORM = "search"


def find_anything(workspace: Workspace) -> None:
    """Ask for a name and go to where that thing is."""
    names = workspace.answer("search", ask=lambda: _names(workspace))
    chosen = st.selectbox(
        "Find a cause or an action",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Find a cause or an action",
        label_visibility="collapsed",
        width=260,
        key=f"{workspace.fresh(_FORM)}.what",
    )
    if chosen:
        workspace.reset(_FORM)
        kind, _, found = chosen.partition("/")
        if kind == "factor":
            choose(workspace.id, "main", found)
            workspace.go("map", focus=found)
        else:
            workspace.go("actions", action=found)


def _names(workspace: Workspace) -> dict[str, str]:
    """Return "kind/id" to the name shown, in alphabetical order."""
    programme = workspace.programme
    factors = {
        f"factor/{f.id}": f.label for f in programme.system_map().factors.values()
    }
    actions = {
        f"action/{a.id}": f"{a.title} (action)" for a in programme.actions.values()
    }
    found = {**factors, **actions}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))
