"""What every screen shares: the shield's token, the top line, errors in words."""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

import streamlit as st

from app.settings import BOOT_TOKEN
from app.wording import safe_text
from app.workspace import here, saved_words
from systemmap.errors import SystemMapError

if TYPE_CHECKING:
    from app.screens._screen import Screen
    from app.workspace import Workspace

REFUSAL = (
    "systemmap was started without its protection, so it shows nothing. "
    "Close this, and start it with the command: systemmap"
)
FAILURE = (
    "Something went wrong inside systemmap on this screen. What was saved is safe. "
    "Go to another screen, or reload this page. If it happens again, send whoever "
    "looks after systemmap what the window with the command shows."
)

_SMALL = """<style>
@media (max-width: 640px) { [data-testid="stTableStyledTable"]:has(th:nth-child(4)) { min-width: 38rem; } }
</style>"""  # on a phone a wide table scrolls sideways; its words keep their shape


def require_shield() -> None:
    """Stop unless this request came through the shield of this very process."""
    sent = st.context.headers.get("X-Shield") or ""
    if not compare_digest(sent.encode(), BOOT_TOKEN.encode()):
        st.error(REFUSAL)
        st.stop()


def own_words(_error: Exception) -> bool:
    """Say in our words that a screen failed, in place of Streamlit's own panel.

    The log has the traceback by then. Nothing of the error is shown: it may
    hold paths, or what people wrote.
    """
    st.error(FAILURE, icon=":material/error:")
    return True


def draw(screen: Screen) -> None:
    """Draw one screen in its frame."""
    workspace = here()
    try:
        _top_line(workspace, screen)
        st.html(_SMALL)
        screen.draw(workspace)
    except SystemMapError as error:
        workspace.explain(error)


def _top_line(workspace: Workspace, screen: Screen) -> None:
    if not workspace.id:
        return
    name = safe_text(workspace.programme.info.name)
    with st.container(horizontal=True, vertical_alignment="center", key="top"):
        st.markdown(
            f"**{name}** :gray[· {safe_text(screen.title)} · {saved_words(workspace)}]",
            width="stretch",
        )
        _undo_button(workspace)
    note = workspace.take_note()
    with st.container():  # always there: what is below must not change its place
        if note:
            st.success(safe_text(note), icon=":material/check:")


def _undo_button(workspace: Workspace) -> None:
    change = workspace.last_change()
    if change is None:
        return
    label = f"Undo: {safe_text(change.label)}"
    if st.button(label, key="frame.undo", icon=":material/undo:", type="tertiary"):
        workspace.undo(change.revision)
