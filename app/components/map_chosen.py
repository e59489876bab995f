"""What can be added to the cause that is chosen on the map, below its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.map_canvas import card_place, chosen_on
from app.wording import safe_text
from systemmap.editing.actions import new_action, tie

if TYPE_CHECKING:
    from app.workspace import Workspace


def chosen_card(workspace: Workspace, map_id: str) -> None:
    """Show the card of what is chosen, and offer to add an action for a cause."""
    card_place(workspace.id, map_id)
    factors = workspace.programme.system_map(map_id).factors
    factor_id = chosen_on(workspace.id, map_id)
    if factor_id in factors:
        _add_action(workspace, map_id, factor_id, factors[factor_id].label)


def _add_action(workspace: Workspace, map_id: str, factor_id: str, label: str) -> None:
    form = f"map.action.{factor_id}"
    with st.expander(
        safe_text(f"Add an action for “{label}”"),
        icon=":material/add_task:",
        key="map.add.action",
    ):
        key = workspace.fresh(form)
        with st.form(f"{key}.form", border=False):
            title = st.text_input("What will be done", key=f"{key}.title")
            owner = st.text_input(
                "Who leads (organisation or role)", key=f"{key}.owner"
            )
            due = st.text_input(
                "By when, in your own words",
                key=f"{key}.due",
                placeholder="March 2027",
            )
            sent = st.form_submit_button("Add this action", type="primary")
    if sent:
        with workspace.editing(f"Add an action for “{label}”", form=form) as draft:
            action = new_action(draft, title, owner=owner, due=due)
            tie(draft, action.id, factor_id, map_id=map_id)
