"""Whether the window is as narrow as a phone, or zoomed until it is: words then lead."""

from __future__ import annotations

import streamlit as st

from app.components.announcements import REGION


def is_narrow() -> bool:
    """Say whether the page told that its window is at most 480 px wide."""
    return getattr(st.session_state.get(REGION), "narrow", False) is True


def form_by_width(key: str, *, wide: str, narrow: str) -> bool:
    """Choose a control's first answer by the width of the window, and again when it changes.

    Whatever a person chooses afterwards stands until then.

    Parameters
    ----------
    key : str
        The control's own key; it must not be drawn yet.
    wide, narrow : str
        Its answer in either case.

    Returns
    -------
    bool
        Whether the window is narrow.
    """
    now, told = is_narrow(), f"{key}.narrow"
    if key not in st.session_state or st.session_state.get(told, False) != now:
        st.session_state[key] = narrow if now else wide
    st.session_state[told] = now
    return now
