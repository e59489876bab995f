"""Actions: the register, one action at a time, by owner, and what is not tied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import url_state
from app.components.action_form import add_action, change_action, ties
from app.components.html_tables import table
from app.components.ratings import status_words
from app.components.screen_text import finding, quiet, say, section
from app.components.tab_parts import tab_parts
from app.screens._screen import Screen
from app.wording import count
from systemmap.model.owners import lead_words
from systemmap.model.text import folded
from systemmap.overview.summary import overdue, register_sentence
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.workspace import Workspace
    from systemmap.model.response import Action

_VIEWS = ["Register", "By owner", "By status"]


def draw(workspace: Workspace) -> None:
    """Draw the finding, the way to add, the register and the chosen action."""
    programme = workspace.programme
    finding(register_sentence(programme, workspace.today))
    with st.expander(
        "Add an action", icon=":material/add:", expanded=not programme.actions
    ):
        add_action(workspace)
    if not programme.actions:
        say("Or bring in the plan you have: its rows become actions, words as typed.")
        if st.button(
            "Import a plan", key="actions.import", icon=":material/upload_file:"
        ):
            workspace.go("import_export")
        return
    _one(workspace)
    _all(workspace)


def _one(workspace: Workspace) -> None:
    """Let people open one action to change it or to tie it to causes."""
    actions = workspace.programme.actions
    ids = sorted(actions, key=lambda i: actions[i].title.casefold())
    wanted = url_state.value("action")
    chosen = st.selectbox(
        "Open an action",
        ids,
        index=ids.index(wanted) if wanted in ids else None,
        format_func=lambda i: actions[i].title,
        placeholder="Choose or type",
        key="actions.open",
        width=720,
    )
    url_state.keep("action", chosen or "")
    if chosen:
        section(actions[chosen].title)
        tab_parts(
            {
                "Details": lambda: _details(workspace, actions[chosen]),
                "Causes it acts on": lambda: ties(workspace, actions[chosen]),
            },
            key="actions.tab",
        )


def _details(workspace: Workspace, action: Action) -> None:
    change_action(workspace, action)
    _as_typed(action)


def _as_typed(action: Action) -> None:
    if action.as_typed:
        with st.expander("As the plan put it"):
            table(
                ({"Column": k, "Text": v} for k, v in action.as_typed.items()),
                alt="As typed",
            )


def _all(workspace: Workspace) -> None:
    section("All actions")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = st.radio("Show as", _VIEWS, horizontal=True, key="actions.view")
        status = st.selectbox(
            "Status",
            [None, "", *terms("statuses")],
            format_func=_status,
            key="actions.status",
            width=200,
        )
        words = st.text_input("Containing", key="actions.words", width=240)
    found = [
        a for a in workspace.programme.actions.values() if _wanted(a, status, words)
    ]
    quiet(f"{len(found)} of {count(len(workspace.programme.actions), 'action')}")
    late = {action.id for action in overdue(workspace.programme, workspace.today)}
    groups = _grouped(found, view)
    for name, actions in groups.items():
        if name:
            st.subheader(name, anchor=False)
        table(
            (_row(workspace, action, late) for action in actions),
            alt=f"Actions {name}".strip(),
        )


def _status(key: str | None) -> str:
    return "Any status" if key is None else status_words(key)


def _wanted(action: Action, status: str | None, words: str) -> bool:
    text = folded(
        f"{action.title} {lead_words(action)} {action.status_note} {action.ref}"
    )
    return (status is None or action.status == status) and folded(words) in text


def _grouped(actions: Iterable[Action], view: str) -> dict[str, list[Action]]:
    """Put actions under their owners or statuses; one with two owners stands under both."""
    found: dict[str, list[Action]] = {}
    for action in actions:
        names: Iterable[str] = [""]
        if view == "By owner":
            names = action.owners or ["No named lead"]
        elif view == "By status":
            names = [status_words(action.status)]
        for name in names:
            found.setdefault(name, []).append(action)
    return dict(sorted(found.items()))


def _row(workspace: Workspace, action: Action, late: set[str]) -> dict[str, str]:
    return {
        "Action": action.title,
        "Who leads": lead_words(action) or "No named lead",
        "Status": status_words(action.status),
        "Due": (action.due.raw if action.due else "")
        + (" (overdue)" if action.id in late else ""),
        "Acts on": workspace.causes_of(action.id) or "no cause yet",
    }


SCREEN = Screen(
    key="actions",
    title="Actions",
    place="actions",
    icon=":material/task_alt:",
    draw=draw,
)
