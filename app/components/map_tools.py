"""Below the map: save what is seen as a picture, or lay the map out again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from app.components.downloads import download
from app.components.screen_text import quiet
from app.presses import pressed
from systemmap.drawing.picture import PAPERS, png_from
from systemmap.drawing.picture import draw as draw_svg
from systemmap.editing.canvas_acts import ACTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.workspace import Workspace
    from systemmap.drawing.view import View

_WORDS = {"pdf": "PDF", "svg": "SVG, to edit", "png": "PNG, for slides"}
_PIXELS = 2400


def save_picture(workspace: Workspace, view: View) -> None:
    """Offer the view for print at A4 to A1, or as pixels; each is drawn when asked for."""
    with st.expander("Save this view as a picture", icon=":material/image:"):
        paper = st.selectbox("Paper", list(PAPERS), key="map.paper", width=120)
        with st.container(horizontal=True):
            for kind, words in _WORDS.items():
                download(
                    words,
                    picture(view, kind, paper),
                    file_name=f"{workspace.programme.id}-map-{paper}.{kind}",
                    key=f"map.{kind}",
                )
        quiet(
            "All three carry the title, key, date, version and notices. The PDF prints sharply at any size, and its words can be searched."
        )


def picture(view: View, kind: str, paper: str) -> Callable[[], bytes]:
    """Return what draws a view as "pdf", "svg" or "png" once somebody wants it."""
    return partial(_DRAWN[kind], view, paper)


def _pdf(view: View, paper: str) -> bytes:
    from systemmap.drawing.printing import draw_pdf

    return draw_pdf(view.scene, view.caption, paper=paper)


def _svg(view: View, paper: str) -> bytes:
    return draw_svg(view.scene, view.caption, paper=paper).encode("utf-8")


def _png(view: View, paper: str) -> bytes:
    return png_from(draw_svg(view.scene, view.caption, paper=paper), width=_PIXELS)


_DRAWN = {"pdf": _pdf, "svg": _svg, "png": _png}


def tidy(workspace: Workspace, map_id: str) -> None:
    """Offer to lay the map out afresh; pinned causes keep their place. It can be undone."""
    with st.expander("Tidy the map", icon=":material/auto_fix_high:"):
        quiet(
            "New causes find a place by themselves. This moves every cause that is not pinned, for everybody; it can be undone."
        )
        if pressed(st.button, "Lay the map out afresh", key="map.tidy"):
            with workspace.editing("Lay the map out afresh") as draft:
                ACTS["tidy"](draft, map_id, {})
