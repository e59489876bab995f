"""What was reported about one action, what it hangs on, and carrying it forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import url_state
from app.components.html_tables import table
from app.components.screen_text import quiet, say
from app.presses import pressed
from systemmap.editing.dated_updates import add_update
from systemmap.editing.follow_ups import carry_forward
from systemmap.language.menu_words import term_name
from systemmap.language.phrases import day
from systemmap.model.meetings import DecisionTie, Event, EventPoint
from systemmap.model.plan import Decision
from systemmap.model.response import ActionLink
from systemmap.model.text import folded
from systemmap.overview.reported import history_of
from systemmap.vocab import label, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.workspace import Workspace
    from systemmap.model.response import Action


def action_story(workspace: Workspace, action: Action) -> None:
    """Show the updates of an action with their dates, add one, or carry it forward."""
    told = history_of(workspace.programme, f"action:{action.id}")
    if told:
        table(
            (
                {
                    "On": day(line.on) if line.on else "no date",
                    "Update": line.text,
                    "Kind": label("update_kinds", line.kind),
                }
                for line in told
            ),
            alt=f"Updates of {action.title}, the latest first",
        )
    else:
        quiet("No dated update yet.")
    for words in _hangs_on(workspace, action):
        say(words)
    _add(workspace, action)
    _carry(workspace, action)


def _hangs_on(workspace: Workspace, action: Action) -> Iterator[str]:
    """Say what an action came from, needs and is part of, and what was decided on it."""
    programme = workspace.programme
    actions = programme.actions
    if action.carried_from in actions:
        yield f"Carried forward from “{actions[action.carried_from].title}”."
    for later in actions.values():
        if later.carried_from == action.id:
            yield f"Carried forward as “{later.title}”{f', due {later.due.raw}' if later.due else ''}."
    for link in programme.all(ActionLink).values():
        words = term_name(programme, "action_links", link.kind)
        if link.action_id == action.id:
            yield f"{words} “{actions[link.other_id].title}”."
    for point in programme.all(EventPoint).values():
        if action.id in point.actions:
            event = programme.find(Event, point.event_id)
            said = "" if folded(point.text) == folded(action.title) else point.text
            yield f"Named at “{event.title}”{f': “{said}”' if said else ''}."
    for tie in programme.all(DecisionTie).values():
        if action.id in tie.actions:
            yield f"Decided: “{programme.find(Decision, tie.decision_id).text}”."


def _add(workspace: Workspace, action: Action) -> None:
    form = f"actions.update.{action.id}"
    key = workspace.fresh(form)
    with st.form(f"{key}.form", border=False, width=720):
        text = st.text_area(
            "What was done or has changed", key=f"{key}.text", height=80
        )
        on = st.date_input(
            "On", value=workspace.today, format="DD/MM/YYYY", key=f"{key}.on", width=200
        )
        kind = st.selectbox(
            "Kind",
            list(terms("update_kinds")),
            format_func=lambda each: label("update_kinds", each),
            key=f"{key}.kind",
        )
        sent = pressed(
            st.form_submit_button,
            "Add the update",
            icon=":material/update:",
            key=f"{key}.form.send",
        )
    if sent:
        with workspace.editing(f"Update “{action.title}”", form=form) as draft:
            add_update(draft, f"action:{action.id}", text, on=on, kind=kind)


def _carry(workspace: Workspace, action: Action) -> None:
    if action.status == "carried_forward":
        return
    form = f"actions.carry.{action.id}"
    key = workspace.fresh(form)
    with st.expander("Carry it forward into the next cycle", icon=":material/redo:"):
        quiet(
            "A new action takes it over, with its lead, aims and causes. This one ends as carried forward."
        )
        with st.form(f"{key}.form", border=False, width=720):
            due = st.text_input("New date, in your own words", key=f"{key}.due")
            sent = pressed(
                st.form_submit_button,
                "Carry it forward",
                icon=":material/redo:",
                key=f"{key}.form.send",
            )
    if not sent:
        return
    workspace.say(f"“{action.title}” is carried forward: this is the new action.")
    with workspace.editing(f"Carry forward “{action.title}”", form=form) as draft:
        url_state.keep("action", carry_forward(draft, action.id, due=due).id)
    url_state.keep("action", action.id)  # only where it was refused
