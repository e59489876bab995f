"""The page that runs the room, filling the window in place of the Workshop screen."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from app import settings
from app.canvas import tickets
from app.listed_people import person_behind

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.model.workshop import Workshop

_HOURS = 12
_STYLE = """<style>
[data-testid="stApp"] [data-testid="stMainBlockContainer"] { padding: 0 !important; max-width: none !important; }
[data-testid="stMain"] { overflow: hidden; }
.st-key-top, .st-key-top\\.frame, [class*="st-key-place-workshop"] { display: none !important; }
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: 0; }
[data-testid="stExpandSidebarButton"] { position: fixed; top: .5rem; left: .5rem; z-index: 2; }
</style>"""
_INSIDE = "iframe { border: 0; display: block; height: 100dvh; width: 100%; }"


def room_frame(workspace: Workspace, workshop: Workshop) -> None:
    """Show the page; it lives by itself, and tells when it has closed the room."""
    st.set_page_config(initial_sidebar_state="collapsed")
    st.html(_STYLE)
    address = settings.address_of(
        f"/run/{workspace.id}/{workshop.id}?ticket={room_ticket(workspace, workshop)}"
    )
    _frame()(
        key=f"room.{workspace.id}.{workshop.id}",
        data={"address": address},
        height="content",
        on_closed_change=lambda: None,
    )


def room_ticket(workspace: Workspace, workshop: Workshop) -> str:
    """Return the ticket that opens this page and the wall; renewed when half spent."""
    key = f"room.ticket.{workspace.id}.{workshop.id}"
    secret = workspace.store.secret()
    held = str(st.session_state.get(key, ""))
    if tickets.half_spent(secret, held):
        held = tickets.mint(
            secret,
            workspace.id,
            "main",
            workspace.actor,
            workshop_id=workshop.id,
            person=person_behind(workspace.store),
            minutes=_HOURS * 60,
        )
        st.session_state[key] = held
    return held


@cache
def _frame() -> Any:  # noqa: ANN401 - Streamlit gives its callable no public type
    """Return the component, named on first use: before a page runs there is no runtime."""
    return st.components.v2.component(
        "systemmap.room", js="room_frame.js", css=_INSIDE, isolate_styles=True
    )
