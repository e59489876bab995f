"""The two things people do about a gap: agree an action, or leave it on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from systemmap.editing.actions import new_action, tie
from systemmap.errors import InvalidValue
from systemmap.gaps.decisions import decide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.workspace import Workspace
    from systemmap.gaps import Gap

_STATES = {"accepted": "a real gap, left on purpose", "dismissed": "not a gap"}


def decide_on(workspace: Workspace, gaps: Sequence[Gap]) -> None:
    """Offer both decisions about the open findings on one subject."""
    key = f"gap.{gaps[0].subject}"
    with st.container(horizontal=True):
        with st.popover(
            "Agree an action", icon=":material/add_task:", key=f"{key}.agreeing"
        ):
            _agree(workspace, gaps[0], f"{key}.agree")
        with st.popover(
            "Leave, because…", icon=":material/bookmark:", key=f"{key}.leaving"
        ):
            _leave(workspace, gaps, f"{key}.leave")


def _agree(workspace: Workspace, gap: Gap, form: str) -> None:
    """Ask what will be done; the new action is tied and the first finding agreed."""
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
                reason = f"Agreed in answer to “{gap.title}”."
                tie(draft, action.id, factor_id, reason=reason)
            decide(draft, gap.key, "agreed", on=workspace.today, action_id=action.id)


def _leave(workspace: Workspace, gaps: Sequence[Gap], form: str) -> None:
    """Ask which findings are left, and why."""
    key = workspace.fresh(form)
    titles = {gap.rule: gap.title for gap in gaps}
    with st.form(f"{key}.form", border=False):
        rules = list(titles)
        if len(titles) > 1:
            rules = st.multiselect(
                "Which findings",
                list(titles),
                default=[],
                placeholder="Choose one or more",
                format_func=titles.__getitem__,
                key=f"{key}.rules",
            )
        reason = st.text_area("Why, in one line", key=f"{key}.reason", height=80)
        role = st.text_input("Decided by (role or group)", key=f"{key}.role")
        state = st.radio(
            "This is",
            list(_STATES),
            format_func=_STATES.__getitem__,
            key=f"{key}.state",
        )
        sent = st.form_submit_button(
            "Keep this decision", type="primary", icon=":material/bookmark:"
        )
    if sent and not rules:
        workspace.explain(
            InvalidValue("Choose which findings you leave. Nothing was changed.")
        )
    elif sent:
        with workspace.editing(f"Leave the gap “{gaps[0].name}”", form=form) as draft:
            for gap in gaps:
                if gap.rule in rules:
                    decide(
                        draft,
                        gap.key,
                        state,
                        reason=reason,
                        role=role,
                        on=workspace.today,
                    )
