"""Whether the window is as narrow as a phone, or zoomed until it is: words then lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.announcements import REGION

if TYPE_CHECKING:
    from app.workspace import Workspace


def is_narrow() -> bool:
    """Say whether the page told that its window is at most 480 px wide."""
    return getattr(st.session_state.get(REGION), "narrow", False) is True


def form_by_width(workspace: Workspace, name: str, *, wide: str, narrow: str) -> bool:
    """Choose a control's first answer by the width of the window, and again when it changes.

    Whatever a person chooses afterwards stands until then.

    Parameters
    ----------
    name : str
        The control's name: its key is `fresh` of it, and must not be drawn yet.
    wide, narrow : str
        Its answer in either case.

    Returns
    -------
    bool
        Whether the window is narrow.
    """
    now, told = is_narrow(), f"{name}.narrow"
    if st.session_state.get(told, False) != now:
        workspace.set_control(name, narrow if now else wide)
    st.session_state.setdefault(workspace.fresh(name), narrow if now else wide)
    st.session_state[told] = now
    return now
