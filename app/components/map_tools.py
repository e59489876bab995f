"""Below the map: save what is seen as a picture, or lay the map out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.text import quiet
from systemmap.acts import ACTS
from systemmap.drawing.picture import PAPERS
from systemmap.drawing.picture import draw as draw_svg

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.drawing.view import View


def save_picture(workspace: Workspace, view: View) -> None:
    """Offer the view as a picture: for print at A4 to A1, or as pixels."""
    with st.expander("Save this view as a picture", icon=":material/image:"):
        paper = st.selectbox("Paper", list(PAPERS), key="map.paper", width=120)
        svg = draw_svg(view.scene, view.caption, paper=paper)
        name = f"{workspace.programme.id}-map"
        with st.container(horizontal=True):
            st.download_button(
                "For print (SVG)",
                svg,
                file_name=f"{name}-{paper}.svg",
                mime="image/svg+xml",
                key="map.svg",
            )
            if st.button("Draw it as a PNG", key="map.make_png"):
                workspace.remember("map.png", svg)
            if workspace.recall("map.png", "") == svg:
                st.download_button(
                    "Picture (PNG)",
                    workspace.pixels(svg, 2400),
                    file_name=f"{name}.png",
                    mime="image/png",
                    key="map.png",
                )
        quiet("The title, key, date, version and notices travel with the picture.")


def tidy(workspace: Workspace, map_id: str) -> None:
    """Offer to lay the map out afresh; pinned causes keep their place. It can be undone."""
    with st.expander("Tidy the map", icon=":material/auto_fix_high:"):
        quiet(
            "New causes find a place by themselves. This moves every cause that is not pinned, for everybody; it can be undone."
        )
        if st.button("Lay the map out afresh", key="map.tidy"):
            with workspace.editing("Lay the map out afresh") as draft:
                ACTS["tidy"](draft, map_id, {})
