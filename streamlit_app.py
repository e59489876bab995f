"""The one app: Streamlit's screens, our own routes, and the shield in front of all.

Streamlit finds `st.App(...)` by reading this file, so it is written out here.
Start it with the command ``systemmap``.
"""

import streamlit as st
from starlette.middleware import Middleware

from app import graph_routes, live, map_routes, rooms
from app.frame import own_words
from app.settings import SCRIPT, current
from app.shield import Shield, no_such_room
from app.traffic import Traffic

app = st.App(
    SCRIPT,
    routes=[
        *map_routes.routes(),
        *graph_routes.routes(),
        *live.routes(),
        *rooms.routes(),
        *no_such_room(),
    ],
    middleware=[
        Middleware(Shield, hosts=current().hosts),
        Middleware(Traffic, device=rooms.device),
    ],
    on_script_error=own_words,
)
