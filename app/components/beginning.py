"""The four ways to begin: the example, the template, a file, an empty programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import finding, quiet, say, section
from app.presses import pressed
from app.settings import kept_in_words
from systemmap.bundled.examples import from_template
from systemmap.model.text import clean_label, slug

if TYPE_CHECKING:
    from app.workspace import Workspace

PROMISE = "Map what shapes healthier weight here, see where nobody acts, and report it."


def first_start(workspace: Workspace) -> None:
    """Greet somebody who has nothing yet, and offer the four beginnings."""
    finding(PROMISE)
    say(
        f"systemmap keeps everything on {kept_in_words()}. Nothing is sent anywhere, "
        "and names of people are never asked for."
    )
    if pressed(
        st.button,
        "Open the Sampleshire example",
        key="begin.example",
        type="primary",
        icon=":material/explore:",
    ):
        open_example(workspace)
    quiet(
        "An invented council with a map, a plan and gaps to look at. Change anything."
    )
    section("Or begin with your own place")
    new_programme(workspace)
    section("Or bring in what you have")
    say("A plan from Word, Excel or pasted text, or a map from another tool.")
    if pressed(
        st.button, "Import a file", key="begin.import", icon=":material/upload_file:"
    ):
        workspace.go("import_export")


def open_example(workspace: Workspace) -> None:
    """Open the example; the first time, put it into the store."""
    if "sampleshire" not in {summary.id for summary in workspace.programmes()}:
        workspace.say(
            "This is Sampleshire, an invented council. Look around, and change what you like."
        )
    workspace.start_example()


def new_programme(workspace: Workspace) -> None:
    """Ask for the place's name, and begin from the template or empty."""
    with st.form("begin.new", border=False, width=560):
        name = st.text_input("Name of the place", key="begin.name", max_chars=120)
        with st.container(horizontal=True):
            starter = pressed(
                st.form_submit_button,
                "Start from the template",
                key="begin.starter",
                icon=":material/hub:",
            )
            empty = pressed(
                st.form_submit_button,
                "Start empty",
                key="begin.empty",
                icon=":material/add:",
            )
    quiet(
        "The template holds the six phases with their steps, and about 35 causes that a "
        "council can change, with links to talk through."
    )
    if starter or empty:
        _begin(workspace, clean_label(name), "starter" if starter else "empty")


def _begin(workspace: Workspace, name: str, template: str) -> None:
    if not name:
        st.error(
            "Give the place's name first, for example: Rutland.",
            icon=":material/error:",
        )
        return
    taken = {summary.id for summary in workspace.programmes()}
    programme = from_template(
        template, name, programme_id=slug(name, taken, fallback="programme")
    )
    workspace.create(programme, f"Begin {name}")
