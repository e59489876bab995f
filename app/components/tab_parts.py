"""Tabs of which only the open one is worked out; the others cost nothing until chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def tab_parts(parts: Mapping[str, Callable[[], None]], *, key: str) -> None:
    """Show tabs and draw what is in the open one.

    Parameters
    ----------
    parts : mapping
        The words on each tab, and what draws its part; the first is open first.
    key : str
        Where this tab of the browser remembers which one is open.
    """
    tabs = st.tabs(list(parts), key=key, on_change="rerun")
    for tab, draw in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                draw()
