"""The two things people do about a gap: agree an action, or leave it on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from systemmap.deciding import decide
from systemmap.register import new_action, tie

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.gaps import Gap


def decide_on(workspace: Workspace, gap: Gap) -> None:
    """Offer both decisions about one open gap."""
    key = f"gap.{gap.rule}.{gap.subject}"
    with st.container(horizontal=True):
        with st.popover(
            "Agree an action", icon=":material/add_task:", key=f"{key}.agreeing"
        ):
            _agree(workspace, gap, f"{key}.agree")
        with st.popover(
            "Leave, because…", icon=":material/bookmark:", key=f"{key}.leaving"
        ):
            _leave(workspace, gap, f"{key}.leave")


def _agree(workspace: Workspace, gap: Gap, form: str) -> None:
    key = workspace.fresh(form)
    with st.form(f"{key}.form", border=False):
        title = st.text_input("What will be done", key=f"{key}.title")
        owner = st.text_input("Who leads (organisation or role)", key=f"{key}.owner")
        due = st.text_input(
            "By when, in your own words", key=f"{key}.due", placeholder="March 2027"
        )
        sent = st.form_submit_button(
            "Agree this action", type="primary", icon=":material/add_task:"
        )
    if sent:
        with workspace.editing(f"Agree an action for “{gap.name}”", form=form) as draft:
            action = new_action(
                draft, title, owner=owner, due=due, status="not_started", origin="gap"
            )
            for factor_id in gap.factors:
                tie(
                    draft,
                    action.id,
                    factor_id,
                    reason=f"Agreed to close the gap: {gap.title.lower()}.",
                )
            decide(draft, gap.key, "agreed", on=workspace.today, action_id=action.id)


def _leave(workspace: Workspace, gap: Gap, form: str) -> None:
    key = workspace.fresh(form)
    with st.form(f"{key}.form", border=False):
        reason = st.text_area("Why it is left for now", key=f"{key}.reason")
        role = st.text_input("Decided by (role or group)", key=f"{key}.role")
        state = st.radio(
            "This is",
            ["accepted", "dismissed"],
            format_func={
                "accepted": "a real gap, left on purpose",
                "dismissed": "not a gap",
            }.__getitem__,
            key=f"{key}.state",
        )
        sent = st.form_submit_button("Keep this decision", icon=":material/bookmark:")
    if sent:
        with workspace.editing(f"Leave the gap “{gap.name}”", form=form) as draft:
            decide(draft, gap.key, state, reason=reason, role=role, on=workspace.today)
