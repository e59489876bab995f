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

    It is what is recalled under the control's name.

    Whatever a person chooses afterwards stands until then.

    Parameters
    ----------
    name : str
        The control's name: its key is `fresh` of it.
    wide, narrow : str
        Its answer in either case.

    Returns
    -------
    bool
        Whether the window is narrow.
    """
    now = is_narrow()
    answer = narrow if now else wide
    if workspace.recall(name, wide) != answer:
        workspace.set_control(name, answer)
    return now
