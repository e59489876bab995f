"""A screen with nothing but the canvas, and what the canvas told it."""

import os

import streamlit as st

from app.components.map_canvas import choose, map_canvas
from app.settings import store
from systemmap.store import Actor

st.title("Map")
drawn = map_canvas(
    store(),
    os.environ.get("CANVAS_PROGRAMME", "testtown"),
    actor=Actor("this computer", "admin"),
    height=520,
)
st.text(f"Chosen: {drawn.selected}")
st.text(f"Revision: {drawn.revision}")
st.button("Choose sleep", on_click=lambda: choose("testtown", "main", "sleep"))
