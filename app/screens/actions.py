"""Actions: the register as a table, board, timeline or by lead, and the one that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import url_state
from app.components.action_form import add_action, change_action, ties
from app.components.action_rows import VIEWS, action_rows
from app.components.action_story import action_story
from app.components.html_tables import table
from app.components.ratings import status_words
from app.components.screen_text import finding, quiet, say, section
from app.components.tab_parts import tab_parts
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count
from systemmap.model.owners import lead_words
from systemmap.model.text import folded
from systemmap.overview.summary import register_sentence
from systemmap.vocab import terms

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.model.response import Action

_ANY = "any"


def draw(workspace: Workspace) -> None:
    """Draw the finding, the open action or the way to add one, and all of them."""
    programme = workspace.programme
    finding(register_sentence(programme, workspace.today))
    opened = programme.actions.get(url_state.value("action"))
    if opened is not None:
        _card(workspace, opened)
    else:
        with st.expander(
            "Add an action", icon=":material/add:", expanded=not programme.actions
        ):
            add_action(workspace)
    if not programme.actions:
        say("Or bring in the plan you have: its rows become actions, words as typed.")
        if pressed(
            st.button,
            "Import a plan",
            key="actions.import",
            icon=":material/upload_file:",
        ):
            workspace.go("import_export")
        return
    _all(workspace)


def _card(workspace: Workspace, action: Action) -> None:
    """Show one action to change it or to tie it to causes; closing it leads back."""
    with st.container(border=True, key="actions.card"):
        with st.container(horizontal=True, vertical_alignment="center"):
            section(action.title)
            closed = pressed(
                st.button, "Close", key="actions.close", icon=":material/close:"
            )
        tab_parts(
            {
                "Details": lambda: _details(workspace, action),
                "Causes it acts on": lambda: ties(workspace, action),
                "Updates and what follows": lambda: action_story(workspace, action),
            },
            key="actions.tab",
        )
    if closed:
        url_state.keep("action", "")
        workspace.focus(f"actions.open.{action.id}")
        st.rerun()


def _open(workspace: Workspace, action_id: str) -> None:
    url_state.keep("action", action_id)
    workspace.focus("actions.card")
    st.rerun()


def _details(workspace: Workspace, action: Action) -> None:
    change_action(workspace, action)
    if action.as_typed:
        with st.expander("As the plan put it"):
            table(
                ({"Column": k, "Text": v} for k, v in action.as_typed.items()),
                alt="As typed",
            )


def _all(workspace: Workspace) -> None:
    actions = workspace.programme.actions
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = st.segmented_control(
            "Show as",
            VIEWS,
            default=VIEWS[0],
            required=True,
            label_visibility="collapsed",
            key="actions.view",
        )
        status = st.selectbox(
            "Status",
            [_ANY, "", *terms("statuses")],
            format_func=_status,
            label_visibility="collapsed",
            key="actions.status",
            width=180,
        )
        words = st.text_input(
            "Containing",
            placeholder="Containing",
            label_visibility="collapsed",
            key="actions.words",
            width=200,
        )
    found = [action for action in actions.values() if _wanted(action, status, words)]
    said = f"{len(found)} of {count(len(actions), 'action')}"
    quiet(said)
    workspace.speak(f"{said} listed.")
    if found:
        action_rows(
            workspace, found, view or VIEWS[0], lambda one: _open(workspace, one)
        )


def _status(key: str) -> str:
    return "Any status" if key == _ANY else status_words(key)


def _wanted(action: Action, status: str, words: str) -> bool:
    text = folded(
        f"{action.title} {lead_words(action)} {action.status_note} {action.ref}"
    )
    return (status == _ANY or action.status == status) and folded(words) in text


SCREEN = Screen(
    key="actions",
    title="Actions",
    place="actions",
    icon=":material/task_alt:",
    draw=draw,
)
