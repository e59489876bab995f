"""One group of look-alikes at a time, with its reason; a person decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import quiet, say, section
from app.presses import pressed
from app.wording import count, listed, safe_text, sentence
from systemmap.model.text import folded
from systemmap.workshops.lookalike_groups import (
    accept_certain,
    accept_group,
    keep_apart,
    lookalike_groups,
)
from systemmap.workshops.note_places import place_singles, unplaced

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.model.workshop import Workshop
    from systemmap.workshops.lookalike_groups import Group, Wish

_SHOWN = 5
_FEW = 2  # one certain group is accepted where it stands


def lookalike_choices(workspace: Workspace, workshop: Workshop) -> None:
    """Draw the groups that wait for a decision, then the notes that stand alone."""
    programme = workspace.programme
    groups = workspace.answer(
        "lookalikes", workshop.id, ask=lambda: lookalike_groups(programme, workshop.id)
    )
    section(f"Look-alikes: {count(len(groups), 'group')} to decide on")
    if not groups:
        quiet("Nothing looks alike any more. What stands alone is below.")
    _certain(workspace, groups)
    for group in groups[:_SHOWN]:
        _group(workspace, workshop, group)
    if len(groups) > _SHOWN:
        quiet(f"{len(groups) - _SHOWN} more follow when these are decided.")
    _singles(workspace, workshop, groups)


def _certain(workspace: Workspace, groups: list[Group]) -> None:
    """Offer all groups that are the same words, named, to be accepted at once."""
    certain = [group for group in groups if group.certain]
    if len(certain) < _FEW:
        return
    label = f"Accept all {count(len(certain), 'certain one')}"
    with st.container(border=True):
        st.markdown("**Certain: the same words, written another way**")
        for group in certain:
            said = " / ".join(safe_text(wish.text) for wish in group.wishes)
            why = safe_text(group.reason)
            st.markdown(f"{safe_text(group.suggested)} ← {said} :small[:gray[{why}]]")
        quiet("Each becomes one cause under the first name. One undo takes all back.")
        taken = pressed(
            st.button, label, key="lookalikes.certain", icon=":material/done_all:"
        )
    if taken:
        with workspace.editing(label) as draft:
            accept_certain(draft, certain)


def _group(workspace: Workspace, workshop: Workshop, group: Group) -> None:
    key = f"lookalikes.{group.key}"
    with st.container(border=True):
        st.markdown(f"**{safe_text(sentence(group.reason))}**")
        kept = [
            wish.text
            for number, wish in enumerate(group.wishes)
            if st.checkbox(_wish_words(wish), value=True, key=f"{key}.{number}")
        ]
        label = st.text_input(
            "Neutral name", value=group.suggested, key=f"{key}.label", width=480
        )
        with st.container(horizontal=True):
            merged = pressed(
                st.button,
                f"Merge these {len(kept)}" if len(kept) > 1 else "Make this a cause",
                key=f"{key}.accept",
                type="primary",
                icon=":material/merge:",
                disabled=not kept,
            )
            apart = pressed(
                st.button,
                "Keep apart",
                key=f"{key}.apart",
                icon=":material/call_split:",
            )
    if merged:
        out = [w.text for w in group.wishes if w.text not in kept]
        with workspace.editing(f"Merge into {label}") as draft:
            accept_group(draft, group, label, leave_out=out)
    if apart:
        with workspace.editing(f"Keep {group.suggested} apart") as draft:
            keep_apart(draft, workshop.id, group)


def _wish_words(wish: Wish) -> str:
    parts = []
    if wish.factor_id:
        parts.append("on the map")
    if wish.count:
        parts.append(count(wish.count, "note"))
    if wish.tables:
        parts.append(listed(wish.tables, limit=4))
    return f"{safe_text(wish.text)} · :gray[{safe_text(', '.join(parts))}]"


def _singles(workspace: Workspace, workshop: Workshop, groups: list[Group]) -> None:
    grouped = {folded(wish.text) for group in groups for wish in group.wishes}
    texts: dict[str, str] = {}
    said: dict[str, list[str]] = {}
    for note in unplaced(workspace.programme, workshop.id):
        if folded(note.text) not in grouped:
            name = texts.setdefault(folded(note.text), note.text)
            said.setdefault(name, []).append(note.id)
    section(f"Standing alone: {count(len(texts), 'note')}")
    if not texts:
        return
    say(
        "Each becomes a cause in the words it was said in. You can rename it on the map."
    )
    chosen = st.multiselect(
        "Put these on the map",
        list(texts.values()),
        default=list(texts.values()),
        key=f"lookalikes.singles.{workspace.revision}",
        select_all=False,
    )
    label = f"Put {count(len(chosen), 'note')} on the map"
    if pressed(
        st.button,
        label,
        key="lookalikes.place",
        disabled=not chosen,
        icon=":material/add_circle:",
    ):
        with workspace.editing(label) as draft:
            place_singles(
                draft, workshop.id, [i for text in chosen for i in said[text]]
            )
