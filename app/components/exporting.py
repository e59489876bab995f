"""From a programme to a file: choose a format, read what it cannot hold, save it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.downloads import download
from app.components.screen_text import quiet, safe_text, section
from systemmap.formats import FORMATS, nothing_in, write

if TYPE_CHECKING:
    from app.workspace import Workspace

_HOLDS = {
    "programme": "the whole programme",
    "map": "the map",
    "plan": "the plan",
    "actions": "the actions",
    "assets": "the assets",
    "notes": "the notes",
    "data": "the data",
}


def take_out(workspace: Workspace) -> None:
    """Offer every format that can be written, with what each loses."""
    section("Take out a file")
    programme = workspace.programme
    writers = {key: fmt for key, fmt in FORMATS.items() if fmt.write}
    # What loses nothing comes first: it is what most people should keep.
    writers = {"project_file": writers.pop("project_file"), **writers}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox(
            "Format",
            list(writers),
            format_func=lambda k: (
                f"{writers[k].title} ({writers[k].suffixes[0]}): {_HOLDS[writers[k].holds]}"
            ),
            key="export.format",
            width=520,
        )
        map_id = "main"
        if writers[key].holds == "map" and len(programme.maps) > 1:
            map_id = st.selectbox(
                "Map",
                list(programme.maps),
                format_func=lambda m: programme.maps[m].name,
                key="export.map",
                width=260,
            )
    if empty := nothing_in(writers[key], programme, map_id):
        quiet(f"{empty}, so there is nothing to save as {writers[key].title}.")
        return
    quiet(writers[key].loses)
    if key == "map_page":
        _frame(f"{programme.id}.html")
    download(
        f"Save {_HOLDS[writers[key].holds]} as {safe_text(writers[key].suffixes[0])}",
        lambda: (
            workspace.project_file()
            if key == "project_file"
            else write(programme, key, map_id).data
        ),
        file_name=f"{programme.id}{writers[key].suffixes[0]}",
        key="export.save",
    )


def _frame(file_name: str) -> None:
    """Say how the page stands inside another one; it shows less around itself there."""
    with st.expander("Put it on a page of the council's website"):
        quiet(
            "Put the file beside the page and add this where the map should stand. "
            "Inside a frame the map shows less around itself; it still asks nobody for anything."
        )
        st.code(
            f'<iframe src="{file_name}" title="Our system map" width="100%" height="900"></iframe>',
            language="html",
        )
