"""A link to look at one view, for somebody who does not sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import settings
from app.canvas.look_links import DAYS, MOST_DAYS, link_to
from app.components.map_controls import choose_map
from app.components.screen_text import quiet, section
from app.listed_people import person_behind
from app.presses import pressed
from systemmap.drawing.story import saved_views
from systemmap.language.phrases import day

if TYPE_CHECKING:
    from app.workspace import Workspace

_WHOLE = ""


def look_link(workspace: Workspace) -> None:
    """Offer to make a link; on a laptop nobody else could open it, so there is none."""
    if not settings.current().server:
        return
    section("A link to look at the map")
    quiet(
        "Whoever has the link sees this one view, always as it is then, without "
        "signing in; they can change nothing. It ends by itself, and also when you "
        "have no part in this programme any more."
    )
    programme = workspace.programme
    map_id = choose_map(workspace)
    views = {view.id: view.name for view in saved_views(programme, map_id)}
    view_id = st.selectbox(
        "What it shows",
        [_WHOLE, *views],
        format_func=lambda name: views.get(name, "The whole map"),
        key=f"look.view.{map_id}",
        width=420,
    )
    days = st.number_input(
        "For how many days", 1, MOST_DAYS, DAYS, key="look.days", width=220
    )
    if pressed(st.button, "Make a link", key="look.make", icon=":material/link:"):
        path = link_to(
            workspace.store.secret(),
            workspace.id,
            map_id,
            view_id=view_id,
            days=int(days),
            person=person_behind(workspace.store),
        )
        st.code(settings.current().public + path, language=None, wrap_lines=True)
        quiet(f"It is over {int(days)} days from {day(workspace.today)}.")
