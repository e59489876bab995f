"""Workshops: plan one from a kit, open its room, drive the agenda and the big screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from app import url_state
from app.components.downloads import download
from app.components.room_controls import the_door
from app.components.room_frame import room_frame
from app.components.screen_text import finding, quiet, say, section
from app.components.workshop_picker import pick_workshop
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, safe_text
from systemmap.language.phrases import day
from systemmap.model.workshop import Contribution, Workshop
from systemmap.workshops.agenda import (
    agenda_from,
    agenda_lines,
    plan_start,
    planned_start,
)
from systemmap.workshops.kits import ROOMS, kits
from systemmap.workshops.notes import is_hidden
from systemmap.workshops.running import plan_workshop, tables_of
from systemmap.workshops.sheets import (
    note_sheets_pdf,
    participant_sheet_pdf,
    table_cards_pdf,
)

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.workshops.kits import Kit

_PARTS = tuple(room for room in ROOMS if room not in ("", "check"))


def draw(workspace: Workspace) -> None:
    """Draw the chosen workshop, or the form that plans the first one."""
    if not workspace.programme.all(Workshop):
        finding("No workshop is planned yet. Choose a kit to start from.")
        _plan(workspace)
        return
    running = _running(workspace)
    if running is not None and not url_state.value("plan"):
        room_frame(workspace, running)
        return
    workshop = pick_workshop(workspace, "workshops")
    if workshop is None:
        return
    held_before = _headline(workspace, workshop)
    over = held_before and not workshop.open
    if over and pressed(
        st.button,
        "Make the write-up",
        type="primary",
        key="run.write_up",
        icon=":material/summarize:",
    ):
        workspace.go("write_up")
    the_door(workspace, workshop, again=over)
    if not workshop.open:
        _change_agenda(workspace, workshop)
    _print(workspace, workshop)
    with st.expander("Plan another workshop", icon=":material/add:"):
        _plan(workspace)


def _running(workspace: Workspace) -> Workshop | None:
    """Return the workshop whose room is open: the one looked at last, if several are."""
    known = workspace.programme.all(Workshop).values()
    running = {workshop.id: workshop for workshop in known if workshop.open}
    first = next(iter(running), "")
    return running.get(workspace.recall("workshop", first), running.get(first))


def _headline(workspace: Workspace, workshop: Workshop) -> bool:
    """Say how the workshop stands; return whether anything was said in it."""
    programme = workspace.programme
    notes = [
        n for n in programme.all(Contribution).values() if n.workshop_id == workshop.id
    ]
    held = sum(note.held and not is_hidden(note) for note in notes)
    hidden = sum(is_hidden(note) for note in notes)
    tables = len(tables_of(programme, workshop.id))
    if not (workshop.open or notes):
        finding(
            f"{workshop.title} is planned for {count(tables, 'table')}; its room is not open yet."
        )
        _dated(workshop)
        return False
    state = "is open" if workshop.open else "is closed"
    far = " so far" if workshop.open else ""
    said = f"{count(len(notes), 'note')}{far}, {count(tables, 'table')}"
    waits = f", {held} waiting for you" if held else ""
    taken = f", {hidden} hidden" if hidden else ""
    finding(f"{workshop.title} {state}: {said}{waits}{taken}.")
    _dated(workshop)
    return bool(notes)


def _dated(workshop: Workshop) -> None:
    quiet(day(workshop.on) if workshop.on else "No date given")


def _plan(workspace: Workspace) -> None:
    known = kits()
    key = st.selectbox(
        "Kit",
        list(known),
        format_func=lambda k: known[k].title,
        key="plan.kit",
        width=420,
    )
    kit = known[key]
    say(f"{kit.summary} {kit.people}. {count(kit.minutes, 'minute')} in all.")
    _agenda(kit)
    form = workspace.fresh("plan")
    with st.form(form, border=False):
        when, who = st.columns(2, gap="large")
        with when:
            title = st.text_input("Title", value=kit.title, key=f"{form}.title.{key}")
            on = st.date_input(
                "Date", value=None, format="DD/MM/YYYY", key=f"{form}.on"
            )
            begins = st.time_input(
                "Starts at", value=None, step=900, key=f"{form}.begins", width=160
            )
        with who:
            tables = st.text_area(
                "Tables, one on each line",
                value="\n".join(kit.tables),
                height=150,
                key=f"{form}.tables.{key}",
            )
            held = st.radio(
                "Before notes reach the big screen",
                [False, True],
                format_func=lambda every: (
                    "Hold back every note until I have read it"
                    if every
                    else "Hold back notes that seem to hold a personal detail"
                ),
                key=f"{form}.hold",
            )
        if pressed(
            st.form_submit_button,
            "Plan this workshop",
            type="primary",
            key=f"{form}.send",
        ):
            with workspace.editing(f"Plan {title or kit.title}", form="plan") as draft:
                planned = plan_workshop(
                    draft,
                    kit,
                    title=title,
                    on=on,
                    tables=tables.splitlines(),
                    hold_all=bool(held),
                    begins=begins,
                )
                workspace.remember("workshop", planned.id)


def _agenda(kit: Kit) -> None:
    with st.expander(f"Agenda: {count(len(kit.agenda), 'step')}"):
        for item in kit.agenda:
            st.markdown(f"{item.minutes} min · {safe_text(item.title)}")
    with st.expander("Facilitator guide"):
        st.markdown(kit.guide_below_title)  # our own text


def _change_agenda(workspace: Workspace, workshop: Workshop) -> None:
    """Offer the plan's own agenda, questions and start time, to change before the day."""
    with st.expander("Change the agenda", icon=":material/edit:"):
        shown = workspace.shown("agenda", workshop)
        if shown.id != workshop.id:
            workspace.reset("agenda")
            shown = workspace.shown("agenda", workshop)
        form = workspace.fresh("agenda")
        with st.form(f"{form}.{workshop.id}", border=False):
            steps = st.text_area(
                "Steps, one on each line: minutes | title | part",
                value=agenda_lines(workshop.agenda),
                height=280,
                key=f"{form}.steps.{workshop.id}",
            )
            quiet(f"A part opens on phones with its step: {', '.join(_PARTS)}.")
            prompts = st.text_area(
                "Questions to the tables, one on each line",
                value="\n".join(workshop.prompts),
                key=f"{form}.prompts.{workshop.id}",
            )
            begins = st.time_input(
                "Starts at",
                value=planned_start(workshop),
                step=900,
                key=f"{form}.at.{workshop.id}",
                width=160,
            )
            if pressed(
                st.form_submit_button,
                "Keep this agenda",
                key=f"{form}.{workshop.id}.send",
            ):
                with workspace.editing(
                    "Change the agenda", form="agenda", base=shown
                ) as draft:
                    changed = replace(
                        draft.find(Workshop, workshop.id),
                        agenda=agenda_from(steps, workshop.agenda, parts=_PARTS),
                        prompts=tuple(
                            q.strip() for q in prompts.splitlines() if q.strip()
                        ),
                    )
                    draft.replace(plan_start(changed, begins))


def _print(workspace: Workspace, workshop: Workshop) -> None:
    section("To print")
    tables = [table.name for table in tables_of(workspace.programme, workshop.id)]
    address = str(workshop.extra.get("address", ""))
    kit = kits().get(str(workshop.extra.get("kit", "")))
    with st.container(horizontal=True):
        if workshop.join_words and address:
            download(
                "Table cards (PDF)",
                lambda: table_cards_pdf(workshop, tables, address),
                file_name=f"{workshop.id}-table-cards.pdf",
                key="print.cards",
                icon=":material/print:",
            )
        else:
            quiet(
                "“Make the table cards” above gives the room its three words; then the cards can be printed."
            )
        download(
            "Sheets for notes (PDF)",
            lambda: note_sheets_pdf(workshop, tables),
            file_name=f"{workshop.id}-note-sheets.pdf",
            key="print.note_sheets",
            icon=":material/grid_on:",
        )
        if kit:
            download(
                "Participant sheet (PDF)",
                lambda: participant_sheet_pdf(kit.sheet, workshop.title),
                file_name=f"{workshop.id}-participant-sheet.pdf",
                key="print.sheet",
                icon=":material/print:",
            )


SCREEN = Screen(
    key="workshops",
    title="Workshops",
    place="workshop",
    icon=":material/groups:",
    draw=draw,
)
