"""Words a programme adds to the menus: themes, sectors, kinds of asset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import quiet
from app.presses import pressed
from systemmap.editing.local_terms import add_term
from systemmap.model.plan import LocalTerm

if TYPE_CHECKING:
    from app.workspace import Workspace

_MENUS = {"themes": "Themes", "sectors": "Sectors", "asset_types": "Kinds of asset"}


def own_words(workspace: Workspace) -> None:
    """List the programme's own words, and offer to add one."""
    quiet(
        "The words that come with systemmap stay; yours are added at the end of the menu."
    )
    own = [
        t for t in workspace.programme.all(LocalTerm).values() if t.vocabulary in _MENUS
    ]
    if own:
        table(
            (
                {
                    "Menu": _MENUS[t.vocabulary],
                    "Word": t.label,
                    "What it means": t.description,
                }
                for t in own
            ),
            alt="Words this programme added to the menus",
        )
    form = workspace.fresh("settings.words")
    with st.form(f"{form}.form", border=False, width=560):
        menu = st.selectbox(
            "Menu", list(_MENUS), format_func=_MENUS.__getitem__, key=f"{form}.menu"
        )
        label = st.text_input("Word", key=f"{form}.label", max_chars=80)
        meaning = st.text_input("What it means, in a sentence", key=f"{form}.meaning")
        if pressed(st.form_submit_button, "Add the word", key=f"{form}.add"):
            with workspace.editing(
                f"Add the word “{label.strip()}”", form="settings.words"
            ) as draft:
                add_term(draft, menu, label, meaning)
