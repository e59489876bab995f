"""Settings: where things are kept, who can reach them, other programmes, leaving."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from app.components.beginning import new_programme, open_example
from app.components.html_tables import table
from app.components.own_words import own_words
from app.components.screen_text import finding, quiet, say, section
from app.components.tab_parts import tab_parts
from app.presses import pressed
from app.screens._screen import Screen
from app.settings import current, kept_in_words
from app.wording import count, safe_text
from systemmap.analysis.settings import SETTINGS, reasons
from systemmap.errors import InvalidValue
from systemmap.language.phrases import day
from systemmap.model.text import clean_label
from systemmap.registry import left_out

if TYPE_CHECKING:
    from app.workspace import Workspace


def draw(workspace: Workspace) -> None:
    """Draw where things are, the programme's own record, and the way to others."""
    if current().server:
        _on_a_server(workspace)
    else:
        _on_a_laptop()
    tab_parts(
        {
            "This programme": lambda: _this(workspace),
            "Words of our own": lambda: own_words(workspace),
            "Other programmes": lambda: _others(workspace),
            "How gaps are judged": _rules,
        },
        key="settings.tab",
    )
    for missing in left_out():
        st.warning(safe_text(str(missing)), icon=":material/extension_off:")
    if not current().server:
        quiet(
            f"Kept in {workspace.place}. No request leaves this computer; no use is counted."
        )


def _on_a_laptop() -> None:
    reach = (
        "phones in this network can open the room pages"
        if current().workshop
        else "only this computer can reach it"
    )
    finding(f"Everything is kept on this computer, and {reach}.")


def _on_a_server(workspace: Workspace) -> None:
    """Say as whom somebody acts here, and offer to sign out."""
    finding(f"Everything is kept on {kept_in_words()}.")
    say(
        f"In this programme the history calls you “{safe_text(workspace.actor.name)}”. "
        "Who may do what is decided by whoever looks after systemmap."
    )
    if pressed(
        st.button, "Sign out", key="settings.sign_out", icon=":material/logout:"
    ):
        st.logout()


def _this(workspace: Workspace) -> None:
    info = workspace.programme.info
    key, base = workspace.fresh("settings.info"), workspace.shown("settings.info", info)
    with st.form(f"{key}.form", border=False, width=560):
        name = st.text_input("Name", value=info.name, key=f"{key}.name")
        area = st.text_input("Area", value=info.area_name, key=f"{key}.area")
        code = st.text_input(
            "Area code (for local figures)", value=info.area_code, key=f"{key}.code"
        )
        board = st.text_input(
            "Board it reports to", value=info.board, key=f"{key}.board"
        )
        lead = st.text_input(
            "Lead (organisation or role, never a name)",
            value=info.lead,
            key=f"{key}.lead",
        )
        sent = pressed(
            st.form_submit_button,
            "Save",
            type="primary",
            icon=":material/save:",
            key=f"{key}.form.send",
        )
    if sent:
        with workspace.editing(
            "Change the programme's details", form="settings.info", base=base
        ) as draft:
            changed = replace(
                draft.info,
                name=clean_label(name),
                area_name=clean_label(area),
                area_code=clean_label(code),
                board=clean_label(board),
                lead=clean_label(lead),
            )
            draft.replace(changed)
    _delete(workspace)


def _delete(workspace: Workspace) -> None:
    name = workspace.programme.info.name
    with st.expander("Delete this programme", icon=":material/delete:"):
        say(
            "This takes the programme and its whole history away. A backup is made first."
        )
        typed = st.text_input(
            f"Type {safe_text(name)} to confirm", key="settings.delete.name", width=420
        )
        if pressed(
            st.button,
            "Delete the programme",
            key="settings.delete",
            icon=":material/delete:",
        ):
            if clean_label(typed) == name:
                workspace.delete()
            else:
                workspace.explain(
                    InvalidValue(
                        f"Nothing was deleted: the name typed is not '{name}'."
                    )
                )


def _others(workspace: Workspace) -> None:
    section("Programmes kept here")
    table(
        (
            {
                "Programme": summary.name,
                "Changed": day(summary.changed_at),
                "Holds": f"{count(summary.counts.get('factor', 0), 'cause')}, {count(summary.counts.get('action', 0), 'action')}",
            }
            for summary in workspace.programmes()
        ),
        alt="Programmes kept here",
    )
    section("Begin another")
    new_programme(workspace)
    if pressed(
        st.button,
        "Open the Sampleshire example",
        key="settings.example",
        icon=":material/explore:",
    ):
        open_example(workspace)


def _rules() -> None:
    say(
        "These values are judgement, not evidence. Each has its reason, and is the same everywhere."
    )
    table(
        (
            {
                "Setting": name.replace("_", " "),
                "Value": _value(getattr(SETTINGS, name)),
                "Why": why,
            }
            for name, why in reasons().items()
        ),
        alt="Values the analysis uses, with reasons",
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3g}" if isinstance(value, float) else f"{value:,}"


SCREEN = Screen(
    key="settings",
    title="Settings",
    place="settings",
    icon=":material/settings:",
    draw=draw,
)
