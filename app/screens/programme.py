"""Programme: phases and steps, the plan as a table, the vision, decisions and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import url_state
from app.components.html_tables import table
from app.components.phase_strip import in_order, phase_strip
from app.components.phases import phase_card
from app.components.screen_text import finding, quiet, say, section
from app.components.tab_parts import tab_parts
from app.screens._screen import Screen
from app.wording import safe_text
from systemmap.editing.narrative import revise_story
from systemmap.editing.phases import add_phases
from systemmap.language.phrases import day
from systemmap.model.owners import lead_words
from systemmap.model.plan import Decision, Phase, Review, Workstream
from systemmap.overview.summary import is_done, phases_sentence
from systemmap.vocab import label

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
            "Plan table": lambda: _plan(programme),
            "Vision and story": lambda: _story(workspace),
            "Decisions and reviews": lambda: _decided(programme),
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


def _plan(programme: Programme) -> None:
    """Show each workstream in the six columns boards know, words as typed."""
    streams = sorted(programme.all(Workstream).values(), key=lambda w: w.position)
    if not streams:
        say("No plan has been brought in yet.")
    for stream in streams:
        section(stream.name)
        if stream.purpose:
            say(stream.purpose)
        rows = [*_phase_rows(programme, stream), *_action_rows(programme, stream)]
        table(rows, alt=f"Plan table: {stream.name}")
    loose = list(_action_rows(programme, None)) if streams else []
    if loose:
        section("Not in a workstream")
        table(loose, alt="Actions outside a workstream")


def _phase_rows(programme: Programme, stream: Workstream) -> list[dict[str, str]]:
    phases = [p for p in programme.all(Phase).values() if p.workstream_id == stream.id]
    return [
        {
            "Action or phase": f"{phase.number} {phase.name}",
            "Aims": "\n".join(phase.aims),
            "Responsible": lead_words(phase),
            "Due": phase.due.raw if phase.due else "",
            "Progress": phase.progress_raw
            or _progress(phase.status, phase.status_note),
            "Outcomes": phase.outcomes,
        }
        for phase in sorted(phases, key=lambda p: (p.position, p.number))
    ]


def _action_rows(
    programme: Programme, stream: Workstream | None
) -> list[dict[str, str]]:
    wanted = stream.id if stream else None
    actions = [a for a in programme.actions.values() if a.workstream_id == wanted]
    return [
        {
            "Action or phase": action.title,
            "Aims": "\n".join(action.aims),
            "Responsible": lead_words(action),
            "Due": action.due.raw if action.due else "",
            "Progress": action.progress_raw
            or _progress(action.status, action.status_note),
            "Outcomes": action.outcomes,
        }
        for action in sorted(actions, key=lambda a: a.position)
    ]


def _progress(status: str, note: str) -> str:
    return " – ".join(filter(None, (label("statuses", status), note)))


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


def _decided(programme: Programme) -> None:
    decisions = list(programme.all(Decision).values())
    section("Decisions")
    if decisions:
        table(
            (
                {
                    "Number": d.number,
                    "Body": d.body,
                    "On": day(d.on) if d.on else "",
                    "To": d.verb,
                    "What": d.text,
                }
                for d in decisions
            ),
            alt="Decisions",
        )
    else:
        say("No decision is listed. A board minute you bring in lists them.")
    section("Reviews")
    reviews = sorted(programme.all(Review).values(), key=lambda r: r.on, reverse=True)
    for review in reviews:
        st.markdown(f"**{day(review.on)}, {safe_text(review.title)}**")
        say(review.narrative)
    if not reviews:
        quiet("No review has been dated yet.")


SCREEN = Screen(
    key="programme",
    title="Plan",
    place="plan",
    icon=":material/checklist:",
    draw=draw,
)
