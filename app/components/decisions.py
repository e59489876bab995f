"""What people do about gaps: agree an action, leave them on purpose, give them to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.tab_parts import tab_parts
from app.presses import pressed
from app.wording import count
from systemmap.editing.actions import new_action, tie
from systemmap.errors import InvalidValue
from systemmap.gaps.decisions import decide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.workspace import Workspace
    from systemmap.gaps import Gap

_STATES = {"accepted": "a real gap, left on purpose", "dismissed": "not a gap"}


def decide_on(workspace: Workspace, gaps: Sequence[Gap], name: str) -> None:
    """Offer every decision about the open findings on one thing, or on several.

    Parameters
    ----------
    gaps : sequence of Gap
        The open findings, those about one thing together.
    name : str
        What they are about, in a few words.
    """
    tab_parts(
        {
            "Agree an action": lambda: _agree(workspace, gaps, name),
            "Leave, because…": lambda: _leave(workspace, gaps, name),
            "Give it to somebody": lambda: _assign(workspace, gaps, name),
        },
        key="gaps.deciding",
    )


def _form(gaps: Sequence[Gap], what: str) -> str:
    subjects = dict.fromkeys(gap.subject for gap in gaps)
    about = next(iter(subjects)) if len(subjects) == 1 else f"several.{len(subjects)}"
    return f"gap.{about}.{what}"


def _agree(workspace: Workspace, gaps: Sequence[Gap], name: str) -> None:
    """Ask what will be done; the new action is tied to each cause and named in each gap."""
    form = _form(gaps, "agree")
    key = workspace.fresh(form)
    first = {gap.subject: gap for gap in reversed(gaps)}  # the first of each stands
    with st.form(f"{key}.form", border=False):
        title = st.text_input("What will be done", key=f"{key}.title")
        with st.container(horizontal=True):
            owner = st.text_input(
                "Who leads (organisation or role)", key=f"{key}.owner", width=260
            )
            due = st.text_input(
                "By when, in your own words",
                key=f"{key}.due",
                placeholder="March 2027",
                width=200,
            )
        sent = pressed(
            st.form_submit_button,
            "Agree this action",
            type="primary",
            icon=":material/add_task:",
            key=f"{key}.form.send",
        )
    if sent:
        with workspace.editing(f"Agree an action for {name}", form=form) as draft:
            action = new_action(
                draft, title, owner=owner, due=due, status="not_started", origin="gap"
            )
            reasons: dict[str, str] = {}
            for gap in first.values():
                for factor_id in gap.factors:
                    reasons.setdefault(factor_id, f"Agreed in answer to “{gap.title}”.")
                decide(
                    draft, gap.key, "agreed", on=workspace.today, action_id=action.id
                )
            for factor_id, reason in reasons.items():
                tie(draft, action.id, factor_id, reason=reason)


def _leave(workspace: Workspace, gaps: Sequence[Gap], name: str) -> None:
    """Ask which findings are left, and why."""
    form = _form(gaps, "leave")
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
                select_all=False,
            )
        reason = st.text_area("Why, in one line", key=f"{key}.reason", height=80)
        with st.container(horizontal=True):
            role = st.text_input(
                "Decided by (role or group)", key=f"{key}.role", width=260
            )
            state = st.radio(
                "This is",
                list(_STATES),
                format_func=_STATES.__getitem__,
                key=f"{key}.state",
            )
        sent = pressed(
            st.form_submit_button,
            "Keep this decision",
            type="primary",
            icon=":material/bookmark:",
            key=f"{key}.form.send",
        )
    if sent and not rules:
        workspace.explain(
            InvalidValue("Choose which findings you leave. Nothing was changed.")
        )
    elif sent:
        with workspace.editing(_leaving(gaps, name), form=form) as draft:
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


def _leaving(gaps: Sequence[Gap], name: str) -> str:
    one = len({gap.subject for gap in gaps}) == 1
    return f"Leave the gap {name}" if one else f"Leave the gaps of {name}"


def _assign(workspace: Workspace, gaps: Sequence[Gap], name: str) -> None:
    """Ask who sees to it; the gaps stay open and can be listed by that name."""
    form = _form(gaps, "assign")
    key = workspace.fresh(form)
    with st.form(f"{key}.form", border=False):
        role = st.text_input(
            "Who sees to it (organisation or role)", key=f"{key}.role", width=420
        )
        sent = pressed(
            st.form_submit_button,
            f"Give {count(len(gaps), 'finding')} to them",
            type="primary",
            icon=":material/person_add:",
            key=f"{key}.form.send",
        )
    if sent:
        with workspace.editing(f"Give {name} to {role.strip()}", form=form) as draft:
            for gap in gaps:
                decide(draft, gap.key, "assigned", role=role, on=workspace.today)
