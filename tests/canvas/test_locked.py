"""A canvas while the store is locked: nothing fails, nothing is lost, it goes on by itself."""

import asyncio
import json
import sqlite3
from contextlib import contextmanager

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from app.canvas import page_route, tickets
from app.settings import store
from systemmap.store import Actor, open_store
from systemmap.store.sql import sqlite
from systemmap.testing import map_from, programme_of
from tests.canvas.client import run
from tests.canvas.conftest import SMALL, Running
from tests.canvas.test_live import fetched
from tests.store.places import migrated

EDITOR = Actor("this computer", "admin")
ADD = {"op": "add_factor", "label": "Time to cook", "x": 1, "y": 2}


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(sqlite, "BUSY_MS", 50)


@contextmanager
def locked(running, how):
    other = sqlite3.connect(running.data, isolation_level=None)
    other.execute(f"BEGIN {how}")
    try:
        yield
    finally:
        other.close()


def address(running):
    ticket = tickets.mint(store().secret(), "testtown", "main", EDITOR)
    return f"ws://{running.address}/live?ticket={ticket}"


def test_a_locked_map_is_asked_for_again_and_not_called_missing(running):
    ticket = tickets.mint(store().secret(), "testtown", "main", EDITOR)
    page = TestClient(Starlette(routes=page_route.routes()))
    with locked(running, "EXCLUSIVE"):
        for path in ("/graph", "/graph/loops"):
            status, headers, body = fetched(running, path, ticket)
            assert (status, int(headers["retry-after"]) > 0) == (503, True)
            assert b"cannot be reached just now" in body
        assert page.get("/map/testtown").status_code == 503
    assert fetched(running, "/graph", ticket)[0] == 200
    assert page.get("/map/testtown").status_code == 200
    assert page.get("/map/nowhere").status_code == 404


def test_a_canvas_that_knocks_while_locked_is_told_to_come_back(running):
    there = address(running)

    async def knock():
        async with connect(there) as socket:
            await socket.recv()

    with (
        locked(running, "EXCLUSIVE"),
        pytest.raises(ConnectionClosed, match="1013") as told,
    ):
        run(knock())
    assert told.value.rcvd.code == 1013


@pytest.fixture
def on_server(postgres):
    url = migrated(postgres)
    made = open_store(url)
    made.create(programme_of(map_from(SMALL)), actor=EDITOR)
    made.close()
    server = Running(url)
    yield server
    server.stop()


@contextmanager
def stopped(postgres):
    postgres.stop()
    try:
        yield
    finally:
        postgres.start()


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_what_is_drawn_while_locked_waits_and_counts_once(running, how):
    waits_and_counts_once(running, lambda: locked(running, how))


def test_what_is_drawn_while_the_server_restarts_waits_and_counts_once(
    on_server, postgres
):
    waits_and_counts_once(on_server, lambda: stopped(postgres))


def waits_and_counts_once(running, silent):
    op = {"nonce": "n", "seq": 1, **ADD}

    async def answer(socket):
        await socket.send(json.dumps({"ops": [op]}))
        while True:
            said = json.loads(await socket.recv())
            if "ack" in said or "unsaved" in said:
                return said

    async def draw():
        async with connect(address(running)) as socket, asyncio.timeout(20):
            assert "hello" in json.loads(await socket.recv())
            with silent():
                first = await answer(socket)
            return first, await answer(socket), await answer(socket)

    first, *later = run(draw())
    assert first["unsaved"].startswith("Not saved yet")
    assert first.get("ack", {}).get("n", 0) == 0
    assert [one["ack"]["n"] for one in later] == [1, 1]
    labels = [f.label for f in store().load("testtown").system_map().factors.values()]
    assert labels.count("Time to cook") == 1
