"""The finding at the top of a screen, section headings, and sentences of people's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.presses import pressed
from app.wording import safe_text
from systemmap.analysis.template_share import template_share

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.workspace import Workspace

_LINE = 720  # pixels, about 75 characters
_FIRST = 12
"""So many lines of a list are shown before the rest is folded."""

__all__ = [
    "caution",
    "empty",
    "finding",
    "lines",
    "quiet",
    "safe_text",
    "say",
    "section",
]


def finding(sentence: str) -> None:
    """Open a screen with the one computed sentence that says what matters."""
    st.title(safe_text(sentence), anchor=False)


def section(title: str) -> None:
    """Head a part of a screen."""
    st.header(safe_text(title), anchor=False)


def quiet(text: str) -> None:
    """Say something in smaller, quieter type that still reads well."""
    st.markdown(f":small[:gray[{safe_text(text)}]]", width=_LINE)


def say(text: str) -> None:
    """Say something in plain type, in lines no longer than one reads with ease."""
    st.markdown(safe_text(text), width=_LINE)


def lines(texts: Sequence[str]) -> None:
    """Say several things, each on a line of its own; a long list is folded after a few.

    However many there are, they are two elements of the page at most.
    """
    first, rest = texts[:_FIRST], texts[_FIRST:]
    st.markdown("\n".join(f"- {safe_text(text)}" for text in first), width=_LINE)
    if rest:
        with st.expander(f"And {len(rest):d} more"):
            st.markdown("\n".join(f"- {safe_text(text)}" for text in rest), width=_LINE)


def caution(workspace: Workspace, map_id: str = "main") -> None:
    """Say what a map can and cannot tell."""
    quiet(template_share(workspace.programme.system_map(map_id)).note)


def empty(
    sentence: str, button: str, then: Callable[[], None], *, key: str, icon: str = ""
) -> None:
    """Show an empty state: one sentence and the one button that leads on."""
    finding(sentence)
    if pressed(st.button, button, key=key, type="primary", icon=icon or None):
        then()
