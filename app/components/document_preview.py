"""A document's pages on the screen, before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.screen_text import quiet
from app.presses import pressed
from app.wording import safe_text
from systemmap.errors import SystemMapError

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.reports import Preview

_WIDE = 760  # pixels of a page: its words can be read


@st.fragment
def preview_pages(make: Callable[[], Preview], *, key: str) -> None:
    """Offer the pages; the press sets them, and an error is said where the button stands."""
    if not pressed(st.button, "Show the pages", key=key, icon=":material/preview:"):
        return
    try:
        with st.spinner("Setting the pages …"):
            shown = make()
    except SystemMapError as error:
        st.error(safe_text(f"No page can be shown. {error}"), icon=":material/error:")
        return
    if shown.note:
        quiet(shown.note)
    for number, page in enumerate(shown.pages, start=1):
        st.image(
            page,
            width=_WIDE,
            alt=f"Page {number} of {shown.of} as a picture; the saved file holds its words.",
        )
