"""One phase with its steps, its rating and the form that changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.ratings import (
    rating_badge,
    rating_words,
    status_badge,
    status_words,
)
from app.components.screen_text import quiet, say
from app.presses import pressed
from app.wording import safe_text
from systemmap.editing.follow_ups import begin_next_cycle
from systemmap.editing.owner_names import known_owners
from systemmap.editing.phases import revise_phase, revise_step
from systemmap.language.phrases import day
from systemmap.language.progress_words import progress_words
from systemmap.model.owners import lead_words
from systemmap.model.plan import RATINGS, Phase, Step, Workstream
from systemmap.overview.reported import history_of
from systemmap.overview.summary import is_done
from systemmap.vocab import label, terms

if TYPE_CHECKING:
    from app.workspace import Workspace


def phase_card(workspace: Workspace, phase: Phase) -> None:
    """Show one phase: what it is for, where it stands, its steps, and how to change it."""
    with st.container(border=True):
        again = f" (cycle {phase.cycle:d})" if phase.cycle > 1 else ""
        st.header(f"{phase.number:d} {safe_text(phase.name)}{again}", anchor=False)
        with st.container(horizontal=True, vertical_alignment="center"):
            rating_badge(phase)
            if phase.rating and not (
                phase.rating == "blue" and phase.status == "complete"
            ):
                status_badge(phase.status)
        _facts(workspace, phase)
        _steps(workspace, phase)
        with st.expander("Change status, rating or dates", icon=":material/edit:"):
            _form(workspace, phase)
        _next_cycle(workspace, phase)


def _next_cycle(workspace: Workspace, phase: Phase) -> None:
    """Offer the phase's next cycle once it is done; nothing is lost of this one."""
    cycles = [
        p
        for p in workspace.programme.all(Phase).values()
        if (p.workstream_id, p.number) == (phase.workstream_id, phase.number)
    ]
    for before in sorted(cycles, key=lambda p: p.cycle):
        if before.cycle < phase.cycle:
            when = f", due {before.due.raw}" if before.due else ""
            told = progress_words(before) or "no update"
            quiet(f"Cycle {before.cycle}{when}: {told}")
    if not is_done(phase) or any(p.cycle > phase.cycle for p in cycles):
        return
    if pressed(
        st.button,
        f"Begin cycle {phase.cycle + 1} of this phase",
        key=f"phase.cycle.{phase.id}",
        icon=":material/replay:",
    ):
        with workspace.editing(
            f"Begin cycle {phase.cycle + 1} of “{phase.name}”"
        ) as draft:
            made = begin_next_cycle(draft, phase.id)
            workspace.remember("plan.phase", made.id)


def _facts(workspace: Workspace, phase: Phase) -> None:
    if phase.goal:
        say(phase.goal)
    if phase.rating_reason:
        when = f" ({day(phase.rated_on)})" if phase.rated_on else ""
        say(
            f"Why {label('ratings', phase.rating).lower()}: {phase.rating_reason}{when}"
        )
    if told := progress_words(phase):
        say(f"Progress: {told}")
    for line in history_of(workspace.programme, f"phase:{phase.id}"):
        quiet(f"{day(line.on) if line.on else 'No date'}: {line.text}")
    facts = [
        f"Due: {phase.due.raw}" if phase.due else "No date given",
        f"Responsible: {lead}" if (lead := lead_words(phase)) else "No named lead",
    ]
    streams = workspace.programme.all(Workstream)
    if phase.workstream_id and len(streams) > 1:
        facts.append(f"Part of: {streams[phase.workstream_id].name}")
    quiet(" · ".join(facts))


def _steps(workspace: Workspace, phase: Phase) -> None:
    steps = sorted(
        (s for s in workspace.programme.all(Step).values() if s.phase_id == phase.id),
        key=lambda s: s.position,
    )
    if not steps:
        return
    done = sum(step.status == "complete" for step in steps)
    with st.expander(f"Steps: {done} of {len(steps)} complete"):
        for step in steps:
            _step(workspace, step)


def _step(workspace: Workspace, step: Step) -> None:
    key = workspace.fresh(f"step.{step.id}")
    options = ["", *terms("statuses")]
    chosen = st.selectbox(
        safe_text(step.text),
        options,
        index=options.index(step.status),
        format_func=status_words,
        key=f"{key}.status",
        width=360,
    )
    if chosen != step.status:
        label = f"Mark “{step.text}” as {status_words(chosen).lower()}"
        with workspace.editing(label, form=f"step.{step.id}", base=step) as draft:
            draft.replace(
                revise_step(step, status=chosen, status_note=step.status_note)
            )


def _form(workspace: Workspace, phase: Phase) -> None:
    form = f"phase.{phase.id}"
    key, base = workspace.fresh(form), workspace.shown(form, phase)
    statuses = ["", *terms("statuses")]
    with st.form(f"{key}.form", border=False, width=720):
        status = st.selectbox(
            "Status",
            statuses,
            index=statuses.index(phase.status),
            format_func=status_words,
            key=f"{key}.status",
        )
        note = st.text_input(
            "Note on progress", value=phase.status_note, key=f"{key}.note"
        )
        due = st.text_input(
            "Due, in your own words",
            value=phase.due.raw if phase.due else "",
            key=f"{key}.due",
        )
        owner = st.text_input("Responsible", value=phase.owners_raw, key=f"{key}.owner")
        rating = st.selectbox(
            "Rating",
            RATINGS,
            index=RATINGS.index(phase.rating),
            format_func=rating_words,
            key=f"{key}.rating",
        )
        reason = st.text_input(
            "Why (needed for red and amber)",
            value=phase.rating_reason,
            key=f"{key}.reason",
        )
        sent = pressed(
            st.form_submit_button,
            "Save the phase",
            icon=":material/save:",
            key=f"{key}.form.send",
        )
    if sent:
        with workspace.editing(
            f"Change phase {phase.number}, {phase.name}", form=form, base=base
        ) as draft:
            draft.replace(
                revise_phase(
                    phase,
                    owner=owner,
                    due=due,
                    status=status,
                    status_note=note,
                    rating=rating,
                    rating_reason=reason,
                    today=workspace.today,
                    known=known_owners(draft),
                )
            )
