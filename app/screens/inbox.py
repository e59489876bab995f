"""Inbox: what tables say, live; notes that wait; themes; and look-alikes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from app.components.lookalike_choices import lookalike_choices
from app.components.map_merges import tables_maps
from app.components.screen_text import finding, quiet, section
from app.components.tab_parts import tab_parts
from app.components.workshop_picker import pick_closed
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import clock, count, safe_text
from systemmap.language.menu_words import words_of
from systemmap.model.workshop import Contribution, Workshop
from systemmap.workshops.moderation import let_through, take_away
from systemmap.workshops.running import tables_of
from systemmap.workshops.sums import sums_of

if TYPE_CHECKING:
    from app.workspace import Workspace

_LATEST = 8


def draw(workspace: Workspace) -> None:
    """Draw the sums, then inbox, waiting notes, themes and look-alikes as tabs."""
    workshop = pick_closed(workspace, "inbox")
    if workshop is None:
        return
    sums = sums_of(workspace.programme, workshop.id)
    made = f"made into {count(sums.on_map, 'cause')}" if sums.on_map else "none"
    finding(
        f"{count(sums.notes, 'note')} in {count(sums.different, 'different wording')}, "
        f"{made} on the map{'' if sums.on_map else ' yet'}"
        f"{f'; {sums.held} waiting for you' if sums.held else ''}."
    )
    held = [n for n in _notes(workspace, workshop) if n.held]
    tab_parts(
        {
            "By table": lambda: _by_table(workspace, workshop),
            "Waiting": lambda: _waiting(workspace, held),
            "Themes": lambda: _themes(workspace, workshop),
            "Look-alikes": lambda: lookalike_choices(workspace, workshop),
            "Tables' maps": lambda: tables_maps(workspace, workshop),
        },
        key="inbox.tab",
    )


def _notes(workspace: Workspace, workshop: Workshop) -> list[Contribution]:
    every = workspace.programme.all(Contribution).values()
    return [note for note in every if note.workshop_id == workshop.id]


def _by_table(workspace: Workspace, workshop: Workshop) -> None:
    """Draw each table's latest notes."""
    notes = [n for n in _notes(workspace, workshop) if not n.held]
    seats = tables_of(workspace.programme, workshop.id)
    rows = [(t.name, [n for n in notes if n.table_id == t.id]) for t in seats]
    alone = [n for n in notes if n.table_id is None]
    columns = st.columns(3)
    for place, (name, said) in enumerate(
        [*rows, *([("No table", alone)] if alone else [])]
    ):
        with columns[place % 3], st.container(border=True):
            st.markdown(f"**{safe_text(name)}** · {count(len(said), 'note')}")
            for note in said[::-1][:_LATEST]:
                special = " · special to here" if note.special else ""
                st.markdown(
                    f"{safe_text(note.text)} :small[:gray[{clock(note.at)}{special}]]"
                )
            if not said:
                quiet("Nothing yet.")


def _waiting(workspace: Workspace, held: list[Contribution]) -> None:
    section(f"Waiting for you: {count(len(held), 'note')}")
    quiet("Nobody else sees these. Letting one through keeps its words as they are.")
    for note in held:
        with st.container(border=True):
            st.markdown(safe_text(note.text))
            quiet(note.held_reason)
            with st.container(horizontal=True):
                through = pressed(
                    st.button, "Let it through", key=f"inbox.through.{note.id}"
                )
                remove = pressed(st.button, "Remove it", key=f"inbox.remove.{note.id}")
        if through:
            with workspace.editing("Let a note through") as draft:
                let_through(draft, [note.id])
        if remove:
            with workspace.editing("Remove a held note") as draft:
                take_away(draft, [note.id])


def _themes(workspace: Workspace, workshop: Workshop) -> None:
    section("Sort notes into themes")
    themes = {"": "Not sorted", **words_of(workspace.programme, "themes")}
    notes = [n for n in _notes(workspace, workshop) if not n.held]
    shares = [
        f"{label} {sum(n.theme == key for n in notes)}" for key, label in themes.items()
    ]
    quiet(" · ".join(shares))
    of = st.selectbox(
        "Show",
        list(themes),
        format_func=themes.__getitem__,
        key="inbox.theme",
        width=360,
    )
    shown = {n.id: n for n in notes if n.theme == of}
    chosen = st.multiselect(
        "Notes",
        list(shown),
        format_func=lambda i: shown[i].text[:90],
        key=f"inbox.chosen.{workspace.revision}.{of}",
        select_all=False,
    )
    to = st.selectbox(
        "Put them into",
        [key for key in themes if key != of],
        format_func=themes.__getitem__,
        key=f"inbox.to.{of}",
        width=360,
    )
    label = f"Sort {count(len(chosen), 'note')} into {themes[to]}"
    if pressed(
        st.button,
        safe_text(label),
        key="inbox.sort",
        type="primary",
        disabled=not chosen,
    ):
        with workspace.editing(label) as draft:
            for note_id in chosen:
                note = draft.find(Contribution, note_id)
                draft.replace(replace(note, theme=to))


SCREEN = Screen(
    key="inbox",
    title="Inbox and merging",
    place="workshop",
    icon=":material/inbox:",
    draw=draw,
    position=10,
)
