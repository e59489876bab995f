"""Stakeholders: who takes part, from which sectors, and who is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import finding, section
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, listed, safe_text
from systemmap.editing.owner_names import (
    SEVERAL,
    SORTS,
    owner_questions,
    settle_owner,
)
from systemmap.editing.partners import new_stakeholder
from systemmap.language.menu_words import words_of
from systemmap.overview.partners import network
from systemmap.vocab import label, terms

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.overview.partners import Network

_ASKED = 5


def draw(workspace: Workspace) -> None:
    """Draw the finding, who is missing, the list by sector, and the form that adds."""
    found = network(workspace.programme)
    finding(found.sentence)
    if found.missing:
        st.write(safe_text(f"Nobody yet from: {listed(found.missing)}."))
    _add(workspace, open_=not found.taking_part)
    _one_or_several(workspace)
    _list(found)
    st.caption("Organisations and roles only. Names of people are never needed.")


def _one_or_several(workspace: Workspace) -> None:
    """Ask once about each owner that was split and may be one; the answer is kept."""
    asked = owner_questions(workspace.programme)
    if not asked:
        return
    section("One name or several?")
    for question in asked[:_ASKED]:
        names = listed([f"“{name}”" for name in question.names])
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                safe_text(
                    f"“{question.raw}” in {count(question.rows, 'row')} was read as {len(question.names)} names: {names}."
                )
            )
            for sort, words in SORTS.items():
                if pressed(
                    st.button, words, key=f"stakeholders.owner.{sort}.{question.raw}"
                ):
                    _settle(workspace, question.raw, sort)
    if len(asked) > _ASKED:
        st.caption(f"And {len(asked) - _ASKED} more.")


def _settle(workspace: Workspace, raw: str, sort: str) -> None:
    with workspace.editing(f"Say that “{raw}” is {SORTS[sort].lower()}") as draft:
        settle_owner(draft, raw, one=sort != SEVERAL, sort=sort)


def _add(workspace: Workspace, *, open_: bool) -> None:
    with st.expander("Add an organisation", expanded=open_, icon=":material/add:"):
        form = workspace.fresh("stakeholders.add")
        sectors = {"": "Not sorted", **words_of(workspace.programme, "sectors")}
        with st.form(form, border=False):
            organisation = st.text_input(
                "Organisation", key=f"{form}.organisation", placeholder="Leisure Trust"
            )
            title = st.text_input(
                "Role within it, if it matters (not a name)", key=f"{form}.title"
            )
            sector = st.selectbox(
                "Sector",
                list(sectors),
                key=f"{form}.sector",
                format_func=sectors.__getitem__,
            )
            role = st.selectbox(
                "Part it plays",
                terms("stakeholder_roles"),
                index=3,
                key=f"{form}.role",
                format_func=lambda k: label("stakeholder_roles", k),
            )
            engaged = st.text_area(
                "When it took part, one line each", key=f"{form}.engaged", height=80
            )
            if pressed(
                st.form_submit_button,
                "Add the organisation",
                type="primary",
                key=f"{form}.send",
            ):
                with workspace.editing(
                    f"Add the organisation “{organisation.strip()}”",
                    form="stakeholders.add",
                ) as draft:
                    new_stakeholder(
                        draft,
                        organisation,
                        sector=sector,
                        role=role,
                        title=title,
                        engaged=engaged,
                    )


def _list(found: Network) -> None:
    section(f"{count(found.taking_part, 'organisation')} by sector")
    table(
        (
            {
                "Sector": row.name,
                "Takes part": listed([s.organisation for s in row.taking_part])
                or "nobody yet",
                "Asked, not yet": listed([s.organisation for s in row.not_yet]),
            }
            for row in found.rows
        ),
        alt="Sectors with the organisations that take part and those that do not yet",
    )


SCREEN = Screen(
    key="stakeholders",
    title="Stakeholders",
    place="place",
    icon=":material/groups:",
    draw=draw,
    position=20,
)
