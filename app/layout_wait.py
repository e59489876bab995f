"""A long layout on screen: how far it is, and a button that stops it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from app.presses import pressed
from systemmap.drawing.watchers import watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.delta_generator import DeltaGenerator

PATIENCE = 2.0  # seconds, after which people want to know how long it takes
PLACING = "Placing the causes on the map"


class _Wait:
    """What is shown of one wait; nothing until it has become long."""

    def __init__(self) -> None:
        self.begun = self.shown = time.monotonic()
        self.box: DeltaGenerator | None = None
        self.bar: DeltaGenerator | None = None

    def tell(self, share: float) -> None:
        """Show how far it is. A press on Stop ends this run of the script here."""
        now = time.monotonic()
        if now - self.begun < PATIENCE:
            return
        if self.bar is None:
            self.box = st.empty()
            with self.box.container():
                self.bar = st.empty()
                pressed(
                    st.button,
                    "Stop, and leave everything as it was",
                    key="layout.stop",
                    icon=":material/stop_circle:",
                )
        if share == 0 or now - self.shown >= 0.5:
            self.shown = now
            self.bar.progress(share, f"{PLACING}: {share:.0%}")


@contextmanager
def layout_shown() -> Iterator[None]:
    """Show how far each long layout inside the block is, with a button to stop it.

    Streamlit ends a script where it next shows something once a button is
    pressed: the block is left by that, and a draft inside it is not saved.
    """
    wait = _Wait()
    with watched(wait.tell):
        yield
    if wait.box is not None:
        wait.box.empty()
