"""The council's own template: chosen from those kept with the programme, or added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import quiet
from app.presses import pressed
from systemmap.editing.council_templates import (
    SLIDES,
    drop_template,
    keep_template,
    kept_templates,
    made_for,
)
from systemmap.errors import SystemMapError
from systemmap.formats.reading.limits import LIMITS
from systemmap.reports import check_apart

if TYPE_CHECKING:
    from app.workspace import Workspace

_NONE = ""
_FILES = {".docx": ("docx", "dotx"), SLIDES: ("pptx", "potx")}
_KEPT = "It is kept with the programme and goes where the programme goes. Its styles, fonts and colours are used; sections go to the places it names."


def ask_template(workspace: Workspace, suffix: str) -> bytes:
    """Ask on whose page the document stands; return the template, empty = a page of ours."""
    kept = {each.name: each for each in kept_templates(workspace.programme, suffix)}
    chosen = _NONE
    if kept:
        chosen = st.selectbox(
            "Template",
            [_NONE, *kept],
            index=1,
            format_func=lambda name: name or "None: a plain page",
            key=f"documents.template.{suffix}",
            width=420,
        )
        quiet(_KEPT)
    _add(workspace, suffix, kept_one=chosen)
    return kept[chosen].data if chosen else b""


def _add(workspace: Workspace, suffix: str, *, kept_one: str) -> None:
    endings = _FILES[suffix]
    said = " or ".join(f".{ending}" for ending in endings)
    with st.expander("Your council's own template"):
        upload = st.file_uploader(
            f"A template to keep ({said})",
            type=list(endings),
            key=f"documents.upload.{suffix}",
            width=560,
            max_upload_size=LIMITS.file_bytes // 1_000_000,
        )
        if upload is not None and pressed(
            st.button, "Keep it with the programme", key=f"documents.keep.{suffix}"
        ):
            _keep(workspace, upload.name, upload.getvalue())
        if kept_one and pressed(
            st.button, "Take the chosen one away", key=f"documents.drop.{suffix}"
        ):
            with workspace.editing(f"Take the template “{kept_one}” away") as draft:
                drop_template(draft, kept_one, suffix)


def _keep(workspace: Workspace, file_name: str, data: bytes) -> None:
    name = file_name.rpartition(".")[0] or file_name
    try:
        suffix = made_for(file_name)
        with st.spinner("Trying the template …"):
            check_apart(data, suffix)
    except SystemMapError as error:
        workspace.explain(error)
        return
    with workspace.editing(f"Keep the template “{name}”") as draft:
        keep_template(draft, name, suffix, data)
