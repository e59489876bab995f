"""After the room: type up paper, turn ideas into actions, the write-up, retention."""

from __future__ import annotations

import secrets
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from app.components.downloads import download
from app.components.photo_notes import photo_notes
from app.components.screen_text import finding, quiet, say, section
from app.components.tab_parts import tab_parts
from app.components.workshop_picker import pick_workshop
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, safe_text
from systemmap.errors import SystemMapError
from systemmap.formats.reading.limits import LIMITS
from systemmap.language.phrases import day
from systemmap.model.workshop import Contribution, LinkStatement, Workshop
from systemmap.reports.write_up import write_up_docx, write_up_html
from systemmap.workshops.hidden_words import ideas_shown
from systemmap.workshops.notes_from_file import bring_notes
from systemmap.workshops.proposals import action_changes
from systemmap.workshops.retention import is_due, purge
from systemmap.workshops.running import tables_of
from systemmap.workshops.sums import sums_of
from systemmap.workshops.typed_blocks import (
    NOTE_KINDS,
    NOTE_SOURCES,
    add_blocks,
    blocks_from,
    said_by_table,
)

if TYPE_CHECKING:
    from app.workspace import Workspace


def draw(workspace: Workspace) -> None:
    """Draw typing up, ideas, the write-up and retention."""
    workshop = pick_workshop(workspace, "write_up")
    if workshop is None:
        return
    sums = sums_of(workspace.programme, workshop.id)
    finding(sums.headline)
    if sums.notes:
        say(sums.sentence)
    tab_parts(
        {
            "Type up": partial(_type_up, workspace, workshop),
            "From a photo": partial(photo_notes, workspace, workshop, NOTE_KINDS),
            "Ideas to actions": partial(_ideas, workspace, workshop),
            "Write-up": partial(_documents, workspace, workshop),
            "Keeping and removing": partial(_retention, workspace, workshop),
        },
        key="write_up.tab",
    )


def _type_up(workspace: Workspace, workshop: Workshop) -> None:
    section("Type up notes, one on each line")
    tables = {t.id: t.name for t in tables_of(workspace.programme, workshop.id)}
    form = workspace.fresh("type_up")
    left, right = st.columns(2)
    table_id = left.selectbox(  # outside the form: it stays until it is changed
        "Table",
        list(tables),
        format_func=tables.__getitem__,
        key=f"type_up.table.{workshop.id}",
    )
    source = right.selectbox(
        "From",
        list(NOTE_SOURCES),
        format_func=NOTE_SOURCES.__getitem__,
        key="type_up.source",
    )
    kind = left.selectbox(
        "What they are",
        list(NOTE_KINDS),
        format_func=NOTE_KINDS.__getitem__,
        key="type_up.kind",
    )
    with st.form(form, border=False):
        special = st.checkbox("Special to this place", key=f"{form}.special")
        text = st.text_area("Notes", height=220, key=f"{form}.text")
        sent = pressed(
            st.form_submit_button,
            "Keep these notes",
            type="primary",
            key=f"{form}.send",
        )
    quiet(
        "Bullets and numbers at the start of a line are taken off; the words stay as typed. "
        "Several tables at once: write each table's name on a line of its own above its notes."
    )
    _from_file(workspace, workshop, tables)
    if sent:
        blocks = blocks_from(text, tables, first=table_id)
        number = sum(len(lines) for _, lines in blocks)
        with workspace.editing(
            f"Type up {count(number, 'note')}", form="type_up"
        ) as draft:
            made = add_blocks(
                draft,
                workshop,
                blocks,
                key=secrets.token_urlsafe(12),
                special=special,
                kind=kind,
                source=source,
            )
            workspace.say(f"{said_by_table(made, tables)}.")


def _from_file(
    workspace: Workspace, workshop: Workshop, tables: dict[str, str]
) -> None:
    """Offer a spreadsheet or a list, with the same provenance as typed notes."""
    with st.expander(
        "Bring notes in from a spreadsheet or a list", icon=":material/upload_file:"
    ):
        form = workspace.fresh("note_file")
        quiet(
            "One note on each row, with “Cause” above the column and “Table” above the tables' names. "
            "Who said it is left out."
        )
        upload = st.file_uploader(
            "Spreadsheet (.xlsx), CSV or text",
            key=f"{form}.file",
            max_upload_size=LIMITS.file_bytes // 1_000_000,
        )
        table_id = st.selectbox(
            "Table, where the file names none",
            list(tables),
            format_func=tables.__getitem__,
            key=f"{form}.table",
        )
        if upload is None:
            return
        try:
            reading = workspace.reading(upload.getvalue(), upload.name)
        except SystemMapError as error:
            workspace.explain(error)
            return
        say(str(reading.summary.get("said", "")))
        if pressed(st.button, "Keep these notes", key=f"{form}.keep", type="primary"):
            with workspace.editing(
                f"Bring in notes from {upload.name}", form="note_file"
            ) as draft:
                before = set(draft.all(Contribution))
                bring_notes(draft, workshop, reading, table_id=table_id)
                notes = draft.all(Contribution).values()
                made = [note for note in notes if note.id not in before]
                names = {t.id: t.name for t in tables_of(draft, workshop.id)}
                workspace.say(f"{said_by_table(made, names)}.")


def _ideas(workspace: Workspace, workshop: Workshop) -> None:
    ideas = ideas_shown(workspace.programme, workshop.id)
    waiting = [idea for idea in ideas if not idea.action_id]
    section(f"{count(len(ideas), 'idea')}, {len(ideas) - len(waiting)} in the register")
    quiet(
        "In the register an idea starts as “proposed”. It is nobody's duty until an organisation takes the lead."
    )
    for idea in waiting:
        with st.container(border=True):
            st.markdown(f"**{safe_text(idea.title)}**")
            quiet(
                " · ".join(
                    filter(
                        None,
                        (idea.owner or "no lead named yet", idea.partners, idea.reason),
                    )
                )
            )
            taken = pressed(
                st.button, "Put into the register", key=f"write_up.take.{idea.id}"
            )
        if taken:
            with workspace.editing(f"Propose {idea.title}") as draft:
                for change in action_changes(draft, idea):
                    if change.new is not None:
                        draft.put(change.new)


def _documents(workspace: Workspace, workshop: Workshop) -> None:
    section("Write-up")
    say(
        "What people said, what was made of it, votes, where people differed, ideas, and every note."
    )
    programme = workspace.programme
    with st.container(horizontal=True):
        download(
            "Write-up as Word",
            lambda: write_up_docx(programme, workshop.id, at=workspace.today),
            file_name=f"{workshop.id}-write-up.docx",
            key="write_up.docx",
            primary=True,
            icon=":material/description:",
        )
        download(
            "Write-up as a page",
            lambda: write_up_html(programme, workshop.id, at=workspace.today),
            file_name=f"{workshop.id}-write-up.html",
            key="write_up.html",
            icon=":material/web:",
        )
    people = st.number_input(
        "How many people came",
        0,
        2000,
        workshop.attendance,
        placeholder="not counted",
        key="write_up.people",
        width=220,
    )
    organisations = st.text_area(
        "Which organisations, one on each line",
        "\n".join(workshop.organisations),
        key="write_up.organisations",
    )
    if pressed(st.button, "Keep who came", key="write_up.came"):
        names = tuple(
            filter(None, (line.strip() for line in organisations.splitlines()))
        )
        with workspace.editing("Say who came") as draft:
            present = draft.find(Workshop, workshop.id)
            draft.replace(
                replace(present, attendance=people or None, organisations=names)
            )


def _retention(workspace: Workspace, workshop: Workshop) -> None:
    section("How long raw notes are kept")
    notes = sum(
        n.workshop_id == workshop.id
        for n in workspace.programme.all(Contribution).values()
    )
    said = sum(
        s.workshop_id == workshop.id
        for s in workspace.programme.all(LinkStatement).values()
    )
    say(f"{count(notes, 'note')} and {count(said, 'sentence')} about links are kept.")
    until = st.date_input(
        "Remove the raw words on",
        workshop.purge_on,
        format="DD/MM/YYYY",
        key="write_up.purge_on",
    )
    if until != workshop.purge_on and pressed(
        st.button, "Change the date", key="write_up.until"
    ):
        with workspace.editing("Change the retention date") as draft:
            present = draft.find(Workshop, workshop.id)
            draft.replace(replace(present, purge_on=until))
    if is_due(workshop, workspace.today):
        st.warning(
            f"The date has come: {day(workshop.purge_on)}." if workshop.purge_on else ""
        )
    sure = st.checkbox(
        "Remove the words of all notes now, also from the history. This cannot be undone.",
        key="write_up.sure",
    )
    if pressed(
        st.button, "Remove the raw words", key="write_up.purge", disabled=not sure
    ):
        report = workspace.with_store(purge, workshop.id)
        workspace.say(report.sentence)
        st.rerun()


SCREEN = Screen(
    key="write_up",
    title="Type up and write-up",
    place="workshop",
    icon=":material/summarize:",
    draw=draw,
    position=30,
)
