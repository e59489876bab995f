"""The shield: what another device reaches, what a foreign page reaches, what headers go out."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app.server.shield import POLICY, Shield, is_room
from app.settings import BOOT_TOKEN, LOOPBACK_HOSTS

LAN = "192.168.1.20"


def _echo(request):
    return PlainTextResponse(request.headers.get("x-shield", "none"))


def _own_policy(_request):
    return HTMLResponse("map", headers={"content-security-policy": "sandbox"})


async def _socket(socket):
    await socket.accept()
    await socket.send_text(socket.headers["x-shield"])
    await socket.close()


def _client(peer="127.0.0.1", host="127.0.0.1", hosts=LOOPBACK_HOSTS):
    app = Starlette(
        routes=[
            Route("/map/town", _own_policy),
            WebSocketRoute("/_stcore/stream", _socket),
            WebSocketRoute("/room/live", _socket),
            Route("/{path:path}", _echo, methods=["GET", "PUT", "POST"]),
        ],
        middleware=[Middleware(Shield, hosts=hosts)],
    )
    return TestClient(app, base_url=f"http://{host}:8501", client=(peer, 50000))


def _from_the_room():
    return _client(peer=LAN, host="192.168.1.2", hosts=LOOPBACK_HOSTS | {"192.168.1.2"})


@pytest.mark.parametrize(
    "path", ["/j", "/j/brave-green-river", "/room/capture", "/room/engine.js"]
)
def test_a_phone_reaches_the_room_pages(path):
    assert _from_the_room().get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/gaps",
        "/map/town",
        "/room",
        "/rooms/capture",
        "/jj",
        "/J",
        "/ROOM/capture",
        "/_stcore/health",
        "/_stcore/metrics",
        "/_stcore/host-config",
        "/_stcore/upload_file/x/y",
        "/media/abc.csv",
        "/static/index.html",
        "//room/capture",
        "/room//capture",
        "/room/../gaps",
        "/room/%2e%2e/gaps",
        "/room/..%2fgaps",
        "/j/%5c..%5cgaps",
        "/%2froom/capture",
    ],
)
def test_a_phone_reaches_nothing_else(path):
    assert _from_the_room().get(path).status_code == 404


def test_a_phone_cannot_upload_nor_open_the_screens_socket():
    phone = _from_the_room()
    assert (
        phone.put("/_stcore/upload_file/session/file", content=b"x").status_code == 404
    )
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        phone.websocket_connect(
            "ws://192.168.1.2:8501/_stcore/stream",
            headers={"Origin": "http://192.168.1.2:8501"},
        ),
    ):
        pass
    assert refused.value.code == 4403


def test_a_phone_may_open_the_rooms_own_socket():
    with _from_the_room().websocket_connect(
        "ws://192.168.1.2:8501/room/live",
        headers={"Origin": "http://192.168.1.2:8501"},
    ) as socket:
        assert socket.receive_text() == BOOT_TOKEN


def test_this_computer_reaches_everything_with_the_boot_token():
    assert _client().get("/gaps").text == BOOT_TOKEN
    with _client().websocket_connect(
        "ws://127.0.0.1:8501/_stcore/stream",
        headers={"Origin": "http://127.0.0.1:8501"},
    ) as socket:
        assert socket.receive_text() == BOOT_TOKEN


@pytest.mark.parametrize("path", ["/_stcore/stream", "/room/live"])
@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "null",
        "http://evil.example",
        "http://evil.example:8501",
        "http://127.0.0.1",
        "http://127.0.0.1:8502",
        "http://127.0.0.1:8501.evil.example",
        "http://127.0.0.1:8501@evil.example",
        "file://127.0.0.1:8501",
        "127.0.0.1:8501",
    ],
)
def test_a_page_from_elsewhere_opens_no_live_channel(path, origin):
    headers = {} if origin is None else {"Origin": origin}
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        _client().websocket_connect(f"ws://127.0.0.1:8501{path}", headers=headers),
    ):
        pass
    assert refused.value.code == 4403


def test_a_visitors_own_token_is_thrown_away():
    answer = _client().get("/gaps", headers={"X-Shield": "guess"})
    assert answer.text == BOOT_TOKEN


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "192.168.1.2"]
)
def test_a_foreign_host_name_is_refused(host):
    assert _client().get("/", headers={"Host": host}).status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1", "LOCALHOST:8501", "[::1]:8501", "[::1]"])
def test_this_computers_names_are_known(host):
    assert _client().get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "header", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "X-Forwarded-Host", "Via"]
)
def test_a_request_that_came_through_a_proxy_is_refused(header):
    assert _client().get("/", headers={header: "127.0.0.1"}).status_code == 404
    assert (
        _from_the_room().get("/room/capture", headers={header: "127.0.0.1"}).status_code
        == 404
    )


def test_every_answer_carries_the_security_headers():
    headers = _client().get("/").headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"


def test_a_route_keeps_the_policy_it_set_itself():
    assert _client().get("/map/town").headers["content-security-policy"] == "sandbox"


def test_a_room_path_never_climbs_out():
    assert not is_room("/room/../_stcore/metrics")
    assert not is_room("/j/./../gaps")
    assert is_room("/room/..hidden")
