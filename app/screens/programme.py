"""Programme: phases, the plan as a table and in time, governance, frameworks, vision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import url_state
from app.components.boards import governance
from app.components.edit_grid import edit_grid
from app.components.framework_grid import frameworks
from app.components.phase_strip import phase_strip
from app.components.phases import phase_card
from app.components.plan_time import plan_in_time
from app.components.screen_text import finding, lines, quiet, say, section
from app.components.tab_parts import tab_parts
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, safe_text
from systemmap.editing.follow_ups import begin_next_cycle
from systemmap.editing.governance import points_in_order
from systemmap.editing.list_grids import GRIDS
from systemmap.editing.narrative import revise_story
from systemmap.editing.phases import add_phases
from systemmap.editing.record_fields import phase_name
from systemmap.model.plan import Phase, Workstream
from systemmap.overview.reporting_lines import point_words, sponsor_words
from systemmap.overview.summary import is_done, latest_phases, phases_sentence

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
    """Draw the finding, then phases, plan, timeline, governance, frameworks and vision."""
    programme = workspace.programme
    finding(phases_sentence(programme, workspace.today))
    tab_parts(
        {
            "Phases": lambda: _phases(workspace),
            "Plan table": lambda: _plan(workspace),
            "Timeline": lambda: plan_in_time(workspace),
            "Governance": lambda: governance(workspace),
            "Frameworks": lambda: frameworks(workspace),
            "Vision and story": lambda: _story(workspace),
        },
        key="programme.tab",
    )


def _phases(workspace: Workspace) -> None:
    phases = latest_phases(workspace.programme)
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
        if pressed(
            st.button,
            "Take up the six phases",
            key="programme.phases",
            type="primary",
            icon=":material/checklist:",
        ):
            with workspace.editing("Take up the six phases") as draft:
                add_phases(draft)
        if pressed(
            st.button,
            "Import a plan",
            key="programme.import",
            icon=":material/upload_file:",
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
    if key == "plan":
        _next_cycle(workspace)


def _next_cycle(workspace: Workspace) -> None:
    """Offer to begin the next cycle of a phase, from the table in which it stands."""
    open_ = {phase.id: phase for phase in latest_phases(workspace.programme)}
    if not open_:
        return
    with st.expander("Begin the next cycle of a phase", icon=":material/replay:"):
        form = workspace.fresh("programme.cycle")
        with st.form(f"{form}.form", border=False, width=720):
            chosen = st.selectbox(
                "Phase",
                list(open_),
                format_func=lambda each: phase_name(open_[each]),
                key=f"{form}.phase",
            )
            due = st.text_input(
                "Due, in your own words (may stay empty)", key=f"{form}.due"
            )
            sent = pressed(
                st.form_submit_button, "Begin the next cycle", key=f"{form}.form.send"
            )
        quiet("The cycle before stays as it is; its steps begin anew.")
        if begun := open_.get(workspace.recall("plan.begun", "")):
            say(
                f"{phase_name(begun)} has begun. It stands in the table below the cycle before."
            )
    if sent:
        phase = open_[chosen]
        label = f"Begin cycle {phase.cycle + 1} of “{phase.name}”"
        with workspace.editing(label, form="programme.cycle") as draft:
            made = begin_next_cycle(draft, phase.id, due=due)
            workspace.remember("plan.begun", made.id)


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
        sent = pressed(
            st.form_submit_button,
            "Save the vision and story",
            type="primary",
            icon=":material/save:",
            key=f"{key}.form.send",
        )
    if sent:
        with workspace.editing(
            "Change the vision and story", form="programme.story", base=base
        ) as draft:
            draft.replace(revise_story(draft.info, **typed))
    _messages(workspace.programme)


def _messages(programme: Programme) -> None:
    """Show the key messages of all events, and who among senior leaders was spoken to."""
    told = [p for p in points_in_order(programme) if p.section == "message"]
    if told:
        section(f"Key messages ({len(told)})")
        lines([point_words(programme, point) for point in told])
    leaders = sponsor_words(programme)
    section("Senior leaders")
    if leaders:
        lines(leaders)
    else:
        quiet("No sponsor is named yet. Give a partner the role of sponsor.")


SCREEN = Screen(
    key="programme",
    title="Plan",
    place="plan",
    icon=":material/checklist:",
    draw=draw,
)
