"""How fast one may ask: a flood costs its sender, and nobody who has joined."""

import time

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.server import traffic
from app.server.allowances import KEPT, Allowances, hashed
from app.server.traffic import Traffic


def _hello(_request):
    return PlainTextResponse("hello")


async def _live(socket):
    await socket.accept()
    await socket.close()


@pytest.fixture
def hall(monkeypatch):
    """An app where five requests are a flood, and who is at which address with which pass."""
    slow = 0.001
    monkeypatch.setattr(traffic, "PHONE", (slow, 8))
    monkeypatch.setattr(traffic, "STRANGER", (slow, 5))
    monkeypatch.setattr(traffic, "STRANGERS", (slow, 12))
    monkeypatch.setattr(traffic, "ADDRESS", (slow, 30))
    app = Starlette(
        routes=[Route("/{path:path}", _hello), WebSocketRoute("/room/live", _live)],
        middleware=[Middleware(Traffic, device=lambda cookies: cookies.get("p", ""))],
    )

    def visitor(peer, device=""):
        cookies = {"p": device} if device else {}
        return TestClient(app, client=(peer, 50000), cookies=cookies)

    return visitor


def asked(client, times):
    return [client.get("/j").status_code for _ in range(times)]


def test_a_flood_is_refused_and_others_at_other_addresses_are_not(hall):
    assert asked(hall("10.0.0.1"), 8) == [200] * 5 + [429] * 3
    assert asked(hall("10.0.0.2"), 5) == [200] * 5


def test_a_phone_that_has_joined_is_not_held_up_by_a_flood_from_its_own_address(hall):
    asked(hall("10.0.0.1"), 50)
    assert asked(hall("10.0.0.1", device="a"), 8) == [200] * 8
    assert asked(hall("10.0.0.1", device="a"), 1) == [429]
    assert asked(hall("10.0.0.1", device="b"), 8) == [200] * 8


def test_strangers_have_an_allowance_together_which_refusals_do_not_use(hall):
    asked(hall("10.0.0.1"), 50)  # uses five
    assert asked(hall("10.0.0.2"), 5) == [200] * 5
    assert asked(hall("10.0.0.3"), 5) == [200] * 2 + [429] * 3
    assert asked(hall("10.0.0.3", device="a"), 5) == [200] * 5


def test_passes_without_number_do_not_multiply_what_one_address_may_ask(hall):
    codes = [asked(hall("10.0.0.1", device=f"d{n}"), 1)[0] for n in range(40)]
    assert codes.count(200) == 30


def test_this_computer_is_not_counted(hall):
    assert asked(hall("127.0.0.1"), 60) == [200] * 60


def test_a_flood_of_live_channels_is_refused_too(hall):
    client = hall("10.0.0.1")
    asked(client, 5)
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("/room/live"),
    ):
        pass
    assert refused.value.code == 4429


def test_a_short_wait_is_waited_and_not_refused(hall, monkeypatch):
    monkeypatch.setattr(traffic, "STRANGER", (50.0, 1))
    client = hall("10.0.0.1")
    began = time.monotonic()
    assert asked(client, 6) == [200] * 6
    assert time.monotonic() - began >= 5 / 50 - 0.02


def test_whoever_was_sent_away_owes_nothing_for_it():
    now = [100.0]
    allowances = Allowances(2.0, 4.0, clock=lambda: now[0])
    for _ in range(1_000):
        allowances.use("a", longest=1.0)
    now[0] += 3.1
    assert allowances.use("a", longest=0.0) == 0.0


def test_no_address_is_remembered_and_no_more_than_so_many_at_all():
    allowances = Allowances(1.0, 1.0)
    for number in range(KEPT + 100):
        allowances.use(f"10.0.0.{number}")
    assert len(allowances._kept) == KEPT
    assert "10.0.0" not in repr(vars(allowances))
    assert hashed("10.0.0.1") != hashed("10.0.0.2")


def test_the_allowances_hold_a_hall_behind_one_address():
    joining, pages, seconds = 60, 6, 30.0
    each_second, at_once = traffic.STRANGER
    assert joining * pages <= at_once + each_second * seconds
    polls, canvases = 200 / 6, 25 * 2
    assert polls + canvases < traffic.ADDRESS[0]
