"""The one app: Streamlit's screens, our own routes, and the shield in front of all.

Streamlit finds `st.App(...)` by reading this file, so it is written out here.
Start it with the command ``systemmap``.
"""

import streamlit as st

from app import rooms
from app.canvas import graph_route, live, page_route
from app.canvas.packed_graphs import screen_scripts
from app.frame import BESIDE_MENU, FIRST_STYLE, own_words
from app.places import PLACES
from app.screens import SCREENS
from app.server import front_page, metrics, readiness
from app.server.doors import below, doors, sign_in_routes, told_secrets
from app.server.shield import no_such_room
from app.settings import SCRIPT, current

app = st.App(
    SCRIPT,
    routes=[
        *readiness.routes(),
        *metrics.routes(),
        *below(
            current().base_path,
            [
                *page_route.routes(),
                *graph_route.routes(),
                *live.routes(),
                *rooms.routes(),
                *no_such_room(),
                *sign_in_routes(current()),
                *front_page.routes(
                    {*PLACES, *SCREENS},
                    FIRST_STYLE,
                    screen_scripts(),
                    current().base_path,
                    beside=BESIDE_MENU,
                ),
            ],
        ),
    ],
    middleware=doors(current(), rooms.device),
    secrets=told_secrets(current()),
    on_script_error=own_words,
)
