"""A screen with nothing but the canvas, and what the canvas told it."""

import streamlit as st

from app.components.map_canvas import choose, map_canvas
from app.settings import store
from systemmap.store import Actor

town = st.query_params["town"]
st.title("Map")
drawn = map_canvas(
    store(),
    town,
    actor=Actor("this computer", "admin"),
    height=520,
)
st.text(f"Chosen: {drawn.selected}")
st.text(f"Revision: {drawn.revision}")
st.button("Choose sleep", on_click=lambda: choose(town, "main", "sleep"))
