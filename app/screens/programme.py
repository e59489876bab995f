"""Programme: phases and steps, the plan as a table, the vision, decisions and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import url_state
from app.components.edit_grid import edit_grid
from app.components.phase_strip import in_order, phase_strip
from app.components.phases import phase_card
from app.components.screen_text import finding, quiet, say, section
from app.components.tab_parts import tab_parts
from app.screens._screen import Screen
from app.wording import count, safe_text
from systemmap.editing.governance import DECISIONS, REVIEWS
from systemmap.editing.list_grids import GRIDS
from systemmap.editing.narrative import revise_story
from systemmap.editing.phases import add_phases
from systemmap.model.plan import Decision, Phase, Review, Workstream
from systemmap.overview.summary import is_done, phases_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.workspace import Workspace
    from systemmap.model.programme import Programme

_STORY = {
    "purpose": "Purpose: why we do this",
    "destination": "Destination: where we want to be",
    "values": "Values: how we work",
    "narrative": "The story so far",
}


def draw(workspace: Workspace) -> None:
    """Draw the finding, then phases, plan, vision, decisions and reviews."""
    programme = workspace.programme
    finding(phases_sentence(programme, workspace.today))
    tab_parts(
        {
            "Phases": lambda: _phases(workspace),
            "Plan table": lambda: _plan(workspace),
            "Vision and story": lambda: _story(workspace),
            "Decisions and reviews": lambda: _decided(workspace),
        },
        key="programme.tab",
    )


def _phases(workspace: Workspace) -> None:
    phases = in_order(workspace.programme.all(Phase).values())
    if not phases:
        _begin_phases(workspace)
        return
    chosen = _chosen(workspace, phases)
    pressed = phase_strip(phases, workspace.today, key="plan", chosen=chosen.id)
    if pressed:
        workspace.remember("plan.phase", pressed)
        st.rerun()
    phase_card(workspace, chosen)


def _chosen(workspace: Workspace, phases: Sequence[Phase]) -> Phase:
    """Return the phase to open: the one asked for, else the first that is not done."""
    by_id = {phase.id: phase for phase in phases}
    asked = url_state.value("phase")
    if asked in by_id:
        workspace.remember("plan.phase", asked)
    kept = by_id.get(workspace.recall("plan.phase", ""))
    return kept or next((p for p in phases if not is_done(p)), phases[0])


def _begin_phases(workspace: Workspace) -> None:
    say(
        "The national guide has six phases, from set-up to reflect and refresh. Take them up as they are and change them, or bring in a plan that has them."
    )
    with st.container(horizontal=True):
        if st.button(
            "Take up the six phases",
            key="programme.phases",
            type="primary",
            icon=":material/checklist:",
        ):
            with workspace.editing("Take up the six phases") as draft:
                add_phases(draft)
        if st.button(
            "Import a plan", key="programme.import", icon=":material/upload_file:"
        ):
            workspace.go("import_export")


def _plan(workspace: Workspace) -> None:
    """Show the plan as a grid to edit, and the other lists of the programme likewise."""
    key = st.segmented_control(
        "Table",
        list(GRIDS),
        format_func=lambda each: safe_text(GRIDS[each].title),
        default="plan",
        required=True,
        key="programme.grid",
    )
    _purposes(workspace.programme)
    edit_grid(workspace, GRIDS[key])


def _purposes(programme: Programme) -> None:
    streams = sorted(programme.all(Workstream).values(), key=lambda w: w.position)
    told = [stream for stream in streams if stream.purpose]
    if told:
        with st.expander(f"What the {count(len(told), 'workstream')} are for"):
            for stream in told:
                say(f"{stream.name}: {stream.purpose}")


def _story(workspace: Workspace) -> None:
    info = workspace.programme.info
    key = workspace.fresh("programme.story")
    base = workspace.shown("programme.story", info)
    with st.form(f"{key}.form", border=False, width=720):
        typed = {
            name: st.text_area(words, value=getattr(info, name), key=f"{key}.{name}")
            for name, words in _STORY.items()
        }
        sent = st.form_submit_button(
            "Save the vision and story", type="primary", icon=":material/save:"
        )
    if sent:
        with workspace.editing(
            "Change the vision and story", form="programme.story", base=base
        ) as draft:
            draft.replace(revise_story(draft.info, **typed))


def _decided(workspace: Workspace) -> None:
    """Show decisions and reviews as grids to add to and edit."""
    section("Decisions")
    if not workspace.programme.all(Decision):
        say("No decision is listed. Add one here, or bring in a board minute.")
    edit_grid(workspace, DECISIONS)
    section("Reviews")
    if not workspace.programme.all(Review):
        quiet("No review has been dated yet.")
    edit_grid(workspace, REVIEWS)


SCREEN = Screen(
    key="programme",
    title="Plan",
    place="plan",
    icon=":material/checklist:",
    draw=draw,
)
