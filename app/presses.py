"""Presses that are not lost when the page is drawn again in the same moment.

A button of Streamlit's says that it was pressed once, in the run that follows. Where
something else asks for a new run before that one has come to the button (the map
reports what was chosen, someone presses twice), the press is gone without a word.
What is kept at the start of a run, by a callback, is still there in the next.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT = "presses.kept"
_FRESH = 30.0  # seconds; a press whose button has gone must not act when it comes back


def pressed(
    button: Callable[..., bool], label: str, *, key: str, **options: object
) -> bool:
    """Draw a button and say, once, whether it was pressed.

    Parameters
    ----------
    button : callable
        `st.button`, `st.form_submit_button`, or the same of a column.
    label, key : str
        What it says, and a name that no other widget of the page has.
    **options
        All else that the button takes, but for a callback.
    """
    # A tab that came to another process knows no callback yet; it says so itself.
    now = button(label, key=key, on_click=_keep, args=(key,), **options)
    return _taken(key) or now


def forget_presses() -> None:
    """Forget presses whose button a whole run of the page did not come to."""
    st.session_state.pop(_KEPT, None)


def _keep(key: str) -> None:
    st.session_state.setdefault(_KEPT, {})[key] = time.monotonic()


def _taken(key: str) -> bool:
    at = st.session_state.get(_KEPT, {}).pop(key, None)
    return at is not None and time.monotonic() - at < _FRESH
