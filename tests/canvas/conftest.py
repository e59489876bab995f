"""A server of our own with the live routes, and a store of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import time

import pytest
import uvicorn
from starlette.applications import Starlette

from app import settings as process
from app.canvas import graph_route, live
from app.settings import Settings
from systemmap.store import Actor
from systemmap.testing import map_from, programme_of

EDITOR = Actor("this computer", "admin")
SMALL = "stress -> snacking +\n snacking -> weight +\n weight -> stress +\n sleep"


class _Server(uvicorn.Server):
    """It notices within 10 ms that it is to end, not within 100."""

    async def main_loop(self) -> None:
        await self.on_tick(0)
        while not self.should_exit:
            await asyncio.sleep(0.01)


class Running:
    """A server in a thread; it can be stopped and started again on its port."""

    def __init__(self, data: str) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self) -> None:
        process.use(Settings(data=self.data))
        app = Starlette(routes=[*graph_route.routes(), *live.routes()])
        self.server = _Server(
            uvicorn.Config(
                app,
                host="127.0.0.1",
                port=self.port,
                log_level="warning",
                ws="websockets-sansio",
                lifespan="off",
            )
        )
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        end = time.monotonic() + 60
        while not self.server.started and time.monotonic() < end:
            time.sleep(0.01)
        assert self.server.started

    def stop(self) -> None:
        self.server.should_exit = True
        self.server.force_exit = True
        self.thread.join(20)
        process.close()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"


@pytest.fixture
def running(tmp_path):
    from systemmap.store import open_store

    path = tmp_path / "town.db"
    made = open_store(path)
    made.create(programme_of(map_from(SMALL)), actor=EDITOR)
    made.close()
    server = Running(str(path))
    yield server
    server.stop()
