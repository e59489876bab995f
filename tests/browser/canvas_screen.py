"""A screen with nothing but the canvas, its card, and what the canvas told it."""

from contextlib import nullcontext

import streamlit as st

from app.components.map_canvas import card_place, choose, map_canvas
from app.settings import store
from systemmap.store import Actor

town = st.query_params["town"]
st.title("Map")
# Inside another container the browser takes the component away and puts it back.
moved = st.session_state.get(f"moved {town}")
place = st.container() if moved else nullcontext()
hidden = st.session_state.get(f"hidden {town}")
if not hidden:
    with place:
        drawn = map_canvas(
            store(),
            town,
            actor=Actor("this computer", "admin"),
            height=520,
        )
    card_place(town, "main")
    st.text(f"Chosen: {drawn.selected}")
    st.text(f"Revision: {drawn.revision}")
if moved:
    st.text("Moved")
st.button("Choose sleep", on_click=lambda: choose(town, "main", "sleep"))
st.button(
    "Move the canvas", on_click=lambda: st.session_state.update({f"moved {town}": True})
)
st.button(
    "Show the canvas" if hidden else "Hide the canvas",
    on_click=lambda: st.session_state.update({f"hidden {town}": not hidden}),
)
