"""The room check: its live channel opens with a code only, a few at a time, for one message."""

import re
from contextlib import ExitStack

import pytest
from starlette.websockets import WebSocketDisconnect

from app.canvas.room_check import check_address, new_code
from app.canvas.tickets import mint
from app.rooms import check
from app.rooms._forms import SHORT_BODY_LIMIT
from app.rooms.check import LIVE_PATH
from systemmap.store import Actor
from tests.rooms.conftest import SECRET


def _live(page):
    return re.search(r'data-live="([^"]*)"', page.text)[1]


def _refused(phone, path):
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        phone.client.websocket_connect(path),
    ):
        pass
    return refused.value.code == 4403


def _works(phone, path):
    with phone.client.websocket_connect(path) as socket:
        socket.send_text("hello")
        assert socket.receive_text() == "hello"
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()
    return True


def test_a_stranger_sees_what_works_and_opens_no_live_channel(hall):
    page = hall.phone().open("/room/check")
    assert "The address works" in page.text
    assert "join with the three words" in page.text
    assert _live(page) == ""
    assert "Forms arrive" in hall.phone().client.post("/room/check").text


def test_the_live_channel_opens_to_those_who_were_let_in(hall):
    joined = hall.phone()
    joined.join()
    sent = hall.phone().client.post(f"/room/check?code={new_code(SECRET)}")
    for page in (
        joined.open("/room/check"),
        hall.phone().open(f"/room/check?code={new_code(SECRET)}"),
        hall.phone(peer="127.0.0.1").open("/room/check"),
        sent,
    ):
        assert _works(hall.phone(), _live(page))


def test_a_phone_whose_workshop_was_closed_gets_no_code(hall):
    from systemmap.workshops.running import close_room

    phone = hall.phone()
    phone.join()
    hall.change(lambda draft: close_room(draft, "w1"))
    assert _live(phone.open("/room/check")) == ""


@pytest.mark.parametrize("role", ["room", "editor", "admin"])
def test_no_other_ticket_opens_it(hall, role):
    other = mint(SECRET, "testtown", "main", Actor("Table 1", role), workshop_id="w1")
    for code in (other, "", "x", new_code(SECRET)[:-2] + "xx"):
        assert _refused(hall.phone(), f"{LIVE_PATH}?code={code}")


def test_a_code_is_good_for_an_hour(hall, monkeypatch):
    from app.canvas import room_check

    monkeypatch.setattr(room_check, "MINUTES", -1)
    assert _refused(hall.phone(), f"{LIVE_PATH}?code={new_code(SECRET)}")


def test_the_code_opens_neither_the_map_nor_the_big_screen(hall):
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from app.canvas import graph_route

    phone = hall.phone()
    code = new_code(SECRET, "testtown", "w1")
    screen = phone.open(f"/room/present/testtown/w1?ticket={code}")
    assert screen.status_code == 403
    maps = TestClient(Starlette(routes=graph_route.routes()))
    assert maps.get(f"/room/graph?ticket={code}").status_code == 403


def test_checks_from_one_address_are_counted_and_given_back(hall):
    path = f"{LIVE_PATH}?code={new_code(SECRET)}"
    with ExitStack() as open_:
        for _ in range(check.EACH):
            open_.enter_context(hall.phone().client.websocket_connect(path))
        assert _refused(hall.phone(), path)
        assert _works(hall.phone(peer="192.168.1.51"), path)
    assert _works(hall.phone(), path)
    assert not check._under_way


def test_a_check_that_says_nothing_ends(hall, monkeypatch):
    monkeypatch.setattr(check, "SECONDS", 0.05)
    with (
        hall.phone().client.websocket_connect(
            f"{LIVE_PATH}?code={new_code(SECRET)}"
        ) as socket,
        pytest.raises(WebSocketDisconnect),
    ):
        socket.receive_text()


def test_the_address_on_the_facilitators_screen_is_one_a_phone_can_open(hall):
    address = check_address("http://127.0.0.1", new_code(SECRET, "testtown", "w1"))
    assert _live(hall.phone().open(address))


def test_a_stranger_may_send_a_short_form_only(hall):
    phone = hall.phone()
    long = "x" * (SHORT_BODY_LIMIT + 1)
    assert phone.client.post("/j", data={"words": long}).status_code == 413
    answer = phone.client.post("/room/capture", data={"text": long})
    assert answer.status_code == 401  # so that the phone keeps its words
