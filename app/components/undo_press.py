"""A change taken back at a press; where the press could frighten, the screen asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import streamlit as st

from app.components.asked_first import asked_first
from app.presses import pressed
from app.undoable import size_of, why_asked
from app.wording import safe_text

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from app.workspace import Workspace
    from systemmap.store import Transaction


def undo_press(
    workspace: Workspace,
    change: Transaction,
    words: str,
    *,
    key: str,
    below: DeltaGenerator,
    type: Literal["secondary", "tertiary"] = "tertiary",  # noqa: A002 - Streamlit's word
) -> None:
    """Offer to take one change back, on the header and in the history alike.

    Parameters
    ----------
    words : str
        What stands on the button.
    key : str
        The key of the button that takes it back.
    below : DeltaGenerator
        Where the question opens.
    """
    icon = ":material/undo:"
    question = why_asked(change, workspace.made_here)
    if question:
        sure = asked_first(
            workspace,
            safe_text(words),
            question=question,
            yes=f"Take back {size_of(change)}",
            key=key,
            icon=icon,
            below=below,
        )
    else:
        sure = pressed(st.button, safe_text(words), key=key, icon=icon, type=type)
    if sure:
        workspace.undo(change.revision)
