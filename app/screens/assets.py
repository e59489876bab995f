"""Assets: what already helps here, and what it could help with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import finding, section
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, listed, safe_text
from systemmap.coverage.asset_use import find_asset_use
from systemmap.editing.assets import new_asset, tie_asset
from systemmap.language.menu_words import term_name, words_of

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.coverage.asset_use import AssetUse
    from systemmap.model.programme import Programme


def draw(workspace: Workspace) -> None:
    """Draw the finding, the list, and the forms that add and tie."""
    found = find_asset_use(workspace.programme)
    finding(found.sentence)
    if not found.rows:
        st.write(
            "An asset is a place, service, skill or group that already helps. Begin with one you know."
        )
    _add(workspace, open_=not found.rows)
    if found.rows:
        _tie(workspace, found)
        _list(found, workspace.programme)


def _add(workspace: Workspace, *, open_: bool) -> None:
    with st.expander("Add an asset", expanded=open_, icon=":material/add:"):
        form = workspace.fresh("assets.add")
        kinds = {"": "Not sorted", **words_of(workspace.programme, "asset_types")}
        with st.form(form, border=False):
            name = st.text_input(
                "Name", key=f"{form}.name", placeholder="Mill Lane pantry"
            )
            kind = st.selectbox(
                "Type",
                list(kinds),
                key=f"{form}.type",
                format_func=kinds.__getitem__,
            )
            organisation = st.text_input("Organisation", key=f"{form}.organisation")
            note = st.text_area("What it offers", key=f"{form}.note", height=80)
            if pressed(
                st.form_submit_button,
                "Add the asset",
                type="primary",
                key=f"{form}.send",
            ):
                with workspace.editing(
                    f"Add the asset “{name.strip()}”", form="assets.add"
                ) as draft:
                    new_asset(
                        draft, name, type_=kind, organisation=organisation, note=note
                    )


def _tie(workspace: Workspace, found: AssetUse) -> None:
    factors = sorted(
        workspace.programme.system_map().factors.values(),
        key=lambda f: f.label.casefold(),
    )
    if not factors:
        return
    names = {row.asset.id: row.asset.name for row in found.rows}
    labels = {factor.id: factor.label for factor in factors}
    with st.expander("Say which cause an asset helps with", icon=":material/link:"):
        form = workspace.fresh("assets.tie")
        with st.form(form, border=False):
            asset_id = st.selectbox(
                "Asset", names, key=f"{form}.asset", format_func=names.__getitem__
            )
            factor_id = st.selectbox(
                "Cause", labels, key=f"{form}.factor", format_func=labels.__getitem__
            )
            reason = st.text_input("Why, in one line", key=f"{form}.reason")
            if pressed(
                st.form_submit_button,
                "Tie the asset to the cause",
                type="primary",
                key=f"{form}.send",
            ):
                with workspace.editing(
                    f"Tie “{names[asset_id]}” to “{labels[factor_id]}”",
                    form="assets.tie",
                ) as draft:
                    tie_asset(draft, asset_id, factor_id, reason=reason)


def _list(found: AssetUse, programme: Programme) -> None:
    section(f"{count(len(found.rows), 'asset')}")
    table(
        (
            {
                "Asset": row.asset.name,
                "Type": term_name(programme, "asset_types", row.asset.type),
                "Organisation": row.asset.organisation,
                "Helps with": listed(row.helps_with),
                "Used by": listed(row.used_by) or "no listed action",
            }
            for row in found.rows
        ),
        alt="Assets with the causes they help with and the actions that use them",
    )
    if found.untied:
        names = listed([row.asset.name for row in found.untied], limit=5)
        st.caption(safe_text(f"Tied to no cause: {names}."))


SCREEN = Screen(
    key="assets",
    title="Assets",
    place="place",
    icon=":material/handshake:",
    draw=draw,
    position=10,
)
