"""A screen with nothing but the canvas, its card, and what the canvas told it."""

import time
from contextlib import nullcontext

import streamlit as st

from app.components.map_canvas import card_place, choose, map_canvas
from app.settings import store
from systemmap.store import Actor

town = st.query_params["town"]
st.title("Map")
above = st.container()
# Inside another container the browser takes the component away and puts it back: first
# the one and then the other, or in a container further up the other way round.
moved = st.session_state.get(f"moved {town}", 0)
place = (nullcontext, st.container, lambda: above)[moved]()
hidden = st.session_state.get(f"hidden {town}")
if not hidden:
    with place:
        drawn = map_canvas(
            store(),
            town,
            actor=Actor("this computer", "admin"),
            height=520,
        )
    if place is above:
        time.sleep(0.5)  # until then its old place stands too
    card_place(town, "main")
    st.text(f"Chosen: {drawn.selected}")
    st.text(f"Revision: {drawn.revision}")
st.text(f"Moved: {moved}")
st.button("Choose sleep", on_click=lambda: choose(town, "main", "sleep"))
st.button(
    "Move the canvas",
    on_click=lambda: st.session_state.update({f"moved {town}": moved + 1}),
)
st.button(
    "Show the canvas" if hidden else "Hide the canvas",
    on_click=lambda: st.session_state.update({f"hidden {town}": not hidden}),
)
