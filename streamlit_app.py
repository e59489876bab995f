"""The one app: Streamlit's screens, our own routes, and the shield in front of all.

Streamlit finds `st.App(...)` by reading this file, so it is written out here.
Start it with the command ``systemmap``.
"""

import streamlit as st
from starlette.middleware import Middleware

from app import rooms
from app.canvas import graph_route, live, page_route
from app.canvas.packed_graphs import screen_scripts
from app.frame import FIRST_STYLE, own_words
from app.places import PLACES
from app.screens import SCREENS
from app.server import front_page
from app.server.shield import Shield, no_such_room
from app.server.traffic import Traffic
from app.settings import SCRIPT, current, later_hosts

app = st.App(
    SCRIPT,
    routes=[
        *page_route.routes(),
        *graph_route.routes(),
        *live.routes(),
        *rooms.routes(),
        *no_such_room(),
        *front_page.routes({*PLACES, *SCREENS}, FIRST_STYLE, screen_scripts()),
    ],
    middleware=[
        Middleware(Shield, hosts=current().hosts, later=later_hosts),
        Middleware(Traffic, device=rooms.device),
    ],
    on_script_error=own_words,
)
