"""A button that asks before it acts: the question opens in place, under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import say
from app.presses import pressed

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from app.workspace import Workspace


def asked_first(
    workspace: Workspace,
    words: str,
    *,
    question: str,
    yes: str,
    key: str,
    icon: str,
    below: DeltaGenerator | None = None,
) -> bool:
    """Draw the button, and the question once it was pressed; say whether to go on.

    The keyboard goes into the question, and back to the button when nothing is done.

    Parameters
    ----------
    words : str
        What stands on the button.
    question : str
        What is said before anything is done.
    yes : str
        What stands on the button that does it.
    key : str
        The key of the button that does it; the others are made from it.
    below : DeltaGenerator, optional
        Where the question opens; by default right after the button.
    """
    waiting = f"{key}.waits"  # the question it waits with: another one is not open yet
    if pressed(st.button, words, key=f"{key}.ask", icon=icon, type="tertiary"):
        is_open = workspace.recall(waiting, "") == question
        workspace.remember(waiting, "" if is_open else question)
        workspace.focus(f"{key}.question")
        st.rerun()
    if workspace.recall(waiting, "") != question:
        return False
    with below or st.container(), st.container(border=True, key=f"{key}.question"):
        say(question)
        with st.container(horizontal=True):
            sure = pressed(st.button, yes, key=key, type="primary")
            left = pressed(st.button, "Leave it as it is", key=f"{key}.leave")
    if left:
        workspace.focus(f"{key}.ask")
    if sure or left:
        workspace.remember(waiting, "")
    if left:
        st.rerun()
    return sure
