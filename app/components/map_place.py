"""The place of the map: the canvas fills the window, the panel is docked beside it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.delta_generator import DeltaGenerator

MAP_STYLE = """<style>
:root { --sm-height: calc(100dvh - 4.5rem); }
[data-testid="stApp"]:has(.st-key-fills) [data-testid="stMainBlockContainer"] { padding: .5rem .75rem 0 !important; max-width: none !important; }
[data-testid="stApp"]:has(.st-key-fills) [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: .5rem; }
[data-testid="stApp"]:has(.st-key-fills) [data-testid="stExpandSidebarButton"] { position: fixed; top: .75rem; left: .75rem; }
[data-testid="stApp"]:has(.st-key-fills) .st-key-top { min-height: 3rem; padding-left: 3rem; }
[data-testid="stMain"] .st-key-map-place { display: grid; grid-template-columns: minmax(0, 1fr) 23rem; gap: .75rem; align-items: start; }
[data-testid="stMain"] .st-key-map-place > * { min-width: 0; width: 100% !important; }
[data-testid="stMain"] .st-key-map-picture { min-height: var(--sm-height); }
[data-testid="stMain"] .st-key-map-panel { box-sizing: border-box; flex-wrap: nowrap; gap: .75rem; flex: none; height: var(--sm-height); max-height: var(--sm-height); overflow-y: auto; padding: 0 .5rem 1rem .25rem; }
[data-testid="stMain"] .st-key-map-place:not(:has(.st-key-map-canvas)) > :has(.st-key-map-panel),
[data-testid="stMain"] .st-key-map-place:has(.st-key-map-canvas [data-testid="stSkeleton"]) > :has(.st-key-map-panel) { visibility: hidden; }
[data-testid="stMain"] .st-key-map-panel h1 { font-size: 1.375rem; line-height: 1.25; padding: .25rem 0 .5rem; }
[data-testid="stMain"] .st-key-map-panel h2 { font-size: 1.125rem; padding: .5rem 0 0; }
[data-testid="stMain"] .st-key-map-panel h3 { font-size: 1rem; padding: .25rem 0 0; }
@media (min-width: 901px) {
  [data-testid="stMain"] .st-key-map-place > :has(.st-key-map-panel), [data-testid="stMain"] .st-key-map-place > .st-key-map-panel { grid-area: 1 / 2; }
  [data-panel="folded"] [data-testid="stMain"] .st-key-map-place { grid-template-columns: minmax(0, 1fr); }
  [data-panel="folded"] .st-key-map-place > :has(.st-key-map-panel), [data-panel="folded"] .st-key-map-panel { display: none !important; }
}
@media (max-width: 900px) {
  :root { --sm-height: calc(100dvh - 7.5rem); }
  :root:has(.st-key-map-empty) { --sm-height: max(38dvh, 18rem); }
  [data-testid="stMain"] .st-key-map-place { grid-template-columns: minmax(0, 1fr); }
  [data-testid="stMain"] .st-key-map-panel { height: auto; max-height: none; overflow: visible; }
}
@media (max-width: 640px) {
  :root { --sm-height: max(70dvh, 20rem); }
  [data-testid="stApp"]:has(.st-key-fills) [data-testid="stMainBlockContainer"] { padding: .5rem .75rem 2rem !important; }
  [data-testid="stApp"]:has(.st-key-fills) .st-key-top { padding-left: 0; }
}
@media (max-width: 480px) { .st-key-map-place > :has(.st-key-map-panel), .st-key-map-place > .st-key-map-panel { order: -1; } }
</style>"""
"""Each rule outweighs Streamlit's own, which come later. The canvas's own styles read ``--sm-height`` through the border of its shadow."""

_INSTEAD = """<style>
.st-key-map-canvas { display: none; }
@media (max-width: 480px) { [data-testid="stMain"] .st-key-map-picture { min-height: 0; } }
</style>"""


@contextmanager
def map_place() -> Iterator[tuple[DeltaGenerator, DeltaGenerator]]:
    """Give the place of the canvas and the panel beside it.

    The panel stands below the canvas on narrow screens, and before it on a
    phone, where what the map says in words helps more than its picture.
    """
    with st.container(key="map-place"):
        picture = st.container(key="map-picture")
        panel = st.container(key="map-panel")
    yield picture, panel


def instead_of_canvas() -> None:
    """Keep the canvas as it is, with its undo, but show something else in its place."""
    st.html(_INSTEAD)
