"""The canvas's own little server: the real routes, shield and store, one screen."""

import sys
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit import config

from app import settings as process
from app.canvas import graph_route, live
from app.server.shield import Shield
from app.server.streamlit_options import set_options
from app.settings import Settings


def main(port: int, data: str) -> None:
    chosen = Settings(data=data, port=port, open_browser=False, workshop=False)
    process.use(chosen)
    set_options(chosen)
    config.set_option("server.port", port, "test")
    app = st.App(
        Path(__file__).with_name("canvas_screen.py"),
        routes=[*graph_route.routes(), *live.routes()],
        middleware=[Middleware(Shield, hosts=chosen.hosts)],
    )
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        ws="websockets-sansio",
        log_level="warning",
        proxy_headers=False,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
