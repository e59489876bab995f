"""What a screen says aloud, politely, and where the keyboard stands once it is drawn."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from app.workspace import Workspace

REGION = "announcement"
"""The key of the region; its state says how wide the window is, see `narrow`."""
_UNSEEN = (
    "p { clip-path: inset(50%); height: 1px; margin: 0; overflow: hidden;"
    " position: absolute; width: 1px; }"
)


def announce(workspace: Workspace, kept: list[dict[str, Any]]) -> None:
    """Say what the tab has to say, and move the focus where the screen asks.

    It stands at the end of every screen. The region is there before it
    speaks, and says only what is new. What it was asked it says again: a link
    that was pressed waits for that. What is `kept` it gives back to a server
    started anew.
    """
    asked = getattr(st.session_state.get(REGION), "asked", 0)
    _region()(
        key=REGION,
        data={
            **workspace.take_spoken(),
            "heard": asked,
            "tab": workspace.name,
            "before": workspace.heard,
            "kept": kept,
        },
        height="content",
        on_narrow_change=lambda: None,
        on_asked_change=lambda: None,
        on_kept_change=lambda: None,
    )


@cache
def _region() -> Any:  # noqa: ANN401 - Streamlit gives its callable no public type
    """Return the component, named on first use: before a page runs there is no runtime."""
    return st.components.v2.component(
        "systemmap.announcement", js="announcement.js", css=_UNSEEN, isolate_styles=True
    )
