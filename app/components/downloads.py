"""Every file a screen offers: made when it is asked for, then handed to the browser.

Streamlit can make a file later too, but outside the tab: what was open is not
known there, and an error is not said. So the button draws its own small part
of the screen anew, and what it makes goes out through a component of ours.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from mimetypes import guess_type
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.presses import pressed
from app.wording import safe_text
from systemmap.errors import SystemMapError

if TYPE_CHECKING:
    from collections.abc import Callable

_ANY = "application/octet-stream"


@st.fragment
def download(
    label: str,
    make: Callable[[], bytes],
    *,
    file_name: str,
    key: str,
    icon: str = ":material/download:",
    primary: bool = False,
) -> None:
    """Offer a file; the press makes it, and an error is said where the button stands.

    Parameters
    ----------
    label : str
        The words on the button, fit for Markdown.
    make : callable
        Returns the file's bytes. It runs in the tab, as the screen does.
    file_name : str
        Under which name the browser keeps it.
    key : str
        The button's own key.
    """
    with st.container(key=f"download.{key}", width="content", gap="small"):
        wanted = pressed(
            st.button,
            label,
            key=key,
            type="primary" if primary else "secondary",
            icon=icon,
        )
        data: dict[str, str] = {}
        if wanted:
            try:
                with st.spinner("Making the file …"):
                    content = make()
            except SystemMapError as error:
                data = {"failed": "yes"}
                st.error(
                    safe_text(f"No file was made. {error}"), icon=":material/error:"
                )
            else:
                data = _packed(content, file_name)
        _hand()(key=f"{key}.hand", data=data, height="content")


def _packed(content: bytes, file_name: str) -> dict[str, str]:
    """Return a file as the browser's script takes it, each time under a name of its own."""
    return {
        "nonce": token_urlsafe(12),
        "name": file_name,
        "type": guess_type(file_name)[0] or _ANY,
        "content": b64encode(content).decode("ascii"),
    }


@cache
def _hand() -> Any:  # noqa: ANN401 - Streamlit gives its callable no public type
    """Return the component, named on first use: before a page runs there is no runtime."""
    return st.components.v2.component(
        "systemmap.download",
        js="download.js",
        css="p { margin: 0; font-size: 0.875rem; } p:empty { display: none; }",
        isolate_styles=True,
    )
