"""Which programme is open, where there are several to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from app.workspace import Workspace


def programme_picker(workspace: Workspace) -> bool:
    """Ask which programme to open; say whether there were several to choose from."""
    programmes = {summary.id: summary.name for summary in workspace.programmes()}
    if len(programmes) < 2:
        return False
    ids = list(programmes)
    chosen = st.selectbox(
        "Programme",
        ids,
        index=ids.index(workspace.id),
        format_func=programmes.__getitem__,
        key=f"menu.programme.{workspace.id}",
        label_visibility="collapsed",
        width=220,
    )
    if chosen != workspace.id:
        workspace.open(chosen)
        st.rerun()
    return True
