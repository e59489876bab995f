"""Who may be connected: half requests, idle lines, floods and big frames, on a real server."""

import base64
import socket
import struct
import time
from contextlib import ExitStack, contextmanager
from functools import partial
from threading import Thread

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

from app.server import connections as bounds
from app.server import live_protocol, request_protocol
from app.server.connections import Connections
from app.server.descriptors import KEPT_FREE, raise_descriptor_limit
from app.server.launcher import most_connections
from app.server.request_protocol import RequestProtocol

SHORT = dict.fromkeys(bounds.PATIENCE, 0.4)
STRANGER = "127.0.0.66"


async def _read(request):
    body = await request.body()
    return PlainTextResponse(str(len(body)))


async def _echo(socket):
    await socket.accept()
    async for text in socket.iter_text():
        await socket.send_text(str(len(text)))


async def _long(_request):
    return PlainTextResponse("x" * 20_000_000)


class _Server(uvicorn.Server):
    async def on_tick(self, counter):
        self.list.sweep()
        return await super().on_tick(counter)


@contextmanager
def serving(**options):
    """A small app behind our protocols, with short patience, in a thread of its own."""
    found = Connections(**{"patience": SHORT, **options})
    app = Starlette(
        routes=[
            Route("/long", _long),
            WebSocketRoute("/room/live", _echo),
            WebSocketRoute("/_stcore/stream", _echo),
            Route("/{path:path}", _read, methods=["GET", "POST"]),
        ]
    )
    config = uvicorn.Config(
        app,
        http=partial(RequestProtocol, connections=found),
        ws="websockets-sansio",
        ws_max_size=live_protocol.MESSAGE,
        timeout_keep_alive=1,  # seconds; the server's own patience is short, too
        log_level="critical",
        lifespan="off",
    )
    server = _Server(config)
    server.list = found
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield found, listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="module")
def server():
    with serving() as found:
        yield found


@contextmanager
def line(port, source=STRANGER):
    with socket.create_connection(
        ("127.0.0.1", port), timeout=10, source_address=(source, 0)
    ) as one:
        yield one


def hung_up(one):
    """Wait until the server ends the line, throwing away what it still says."""
    try:
        while one.recv(65_536):
            pass
    except ConnectionError:
        pass
    return True


def upgraded(one, path="/room/live"):
    key = base64.b64encode(b"k" * 16).decode()
    one.sendall(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    return one.recv(4_096).split(b" ")[1] == b"101"


def frame(words, *, opcode=1, fin=True, length=None):
    """One masked frame; `length` says another length than it has."""
    size = len(words) if length is None else length
    head = bytes([(0x80 if fin else 0) | opcode])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 65_536:
        head += bytes([0x80 | 126]) + struct.pack("!H", size)
    else:
        head += bytes([0x80 | 127]) + struct.pack("!Q", size)
    return head + b"\0\0\0\0" + words


def test_a_request_that_is_never_finished_is_cut_off(server):
    waiting = []  # all at once
    with ExitStack() as stack:
        for begun in (
            b"",
            b"GET / HTTP/1.1\r\nHost: x\r\n",
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
            b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT",
        ):
            one = stack.enter_context(line(server[1]))
            one.sendall(begun)
            waiting.append(one)
        assert all(hung_up(one) for one in waiting)


def test_a_byte_now_and_then_does_not_keep_a_half_request_alive(server):
    with line(server[1]) as one:
        one.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(ConnectionError):
            for _ in range(100):
                one.sendall(b"a")
                time.sleep(0.05)  # what a slow visitor does; ends when cut off


def test_somebody_who_does_not_read_is_cut_off(server):
    found, port = server
    with line(port) as one:
        one.sendall(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
        until(lambda: len(found) == 1)
        until(lambda: len(found) == 0)


def test_a_request_and_a_live_channel_work_as_before(server):
    with line(server[1]) as one:
        one.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nword")
        answer = b""
        while not answer.endswith(b"\r\n\r\n4"):
            answer += one.recv(4_096)
        assert upgraded(one)
        one.sendall(frame(b"a" * 65_536))
        assert one.recv(4_096)[2:] == b"65536"
        time.sleep(0.7)  # longer than anybody may dawdle: a quiet channel stays
        one.sendall(frame(b"a" * 30_000, fin=False) + frame(b"b" * 9, opcode=0))
        assert one.recv(4_096)[2:] == b"30009"


def test_a_message_is_bounded_on_every_channel(server):
    assert live_protocol.MESSAGE <= 65_536
    for path, most in (
        ("/room/live", live_protocol.MESSAGE),
        ("/_stcore/stream", live_protocol.SCREEN_MESSAGE),
    ):
        with line(server[1]) as one:
            assert upgraded(one, path)
            one.sendall(frame(b"", length=most + 1))
            assert struct.unpack("!H", one.recv(4_096)[2:4]) == (1009,)
            assert hung_up(one)


@pytest.mark.parametrize(
    "begun",
    [
        frame(b"half", length=60_000),
        frame(b"a", fin=False),
        frame(b"a" * 40_000, fin=False) + frame(b"a" * 40_000, opcode=0, fin=False),
        frame(b"", fin=False)
        + frame(b"", opcode=0, fin=False) * live_protocol.FRAGMENTS * 2,
        frame(b"x", opcode=9) * 2_000,
        frame(b"x") * 2_000,
    ],
    ids=["half a frame", "no end", "too big", "too many pieces", "pings", "messages"],
)
def test_unfinished_frames_and_floods_of_frames_are_bounded(server, begun):
    with line(server[1]) as one:
        assert upgraded(one)
        try:
            one.sendall(begun)
        except ConnectionError:
            return
        assert hung_up(one)


def test_a_body_in_very_many_pieces_is_refused(server):
    with line(server[1]) as one:
        one.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        one.sendall(b"1\r\na\r\n" * (request_protocol.PIECES + 10))
        assert b" 400 " in one.recv(4_096)


HALVES = {
    "headers": b"GET / HTTP/1.1\r\n",
    "body": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
}


PATIENT = dict.fromkeys(bounds.PATIENCE, 60.0)


@contextmanager
def half_requests(found, port, sources, stage):
    """Connections that say half a request, each when the one before it has been heard."""

    def heard(one):
        newest = list(found._lines.values())[-1:]
        return [
            (at.transport.get_extra_info("peername"), at.stage) for at in newest
        ] == [(one.getsockname(), stage)]

    with ExitStack() as stack:
        for source in sources:
            one = stack.enter_context(line(port, source))
            one.sendall(HALVES[stage])
            until(partial(heard, one))
        yield


@pytest.mark.parametrize("stage", HALVES)
def test_half_requests_from_one_address_leave_room_for_others_at_it(stage):
    sources = [STRANGER] * (bounds.UNFINISHED + 20)
    with (
        serving(patience=PATIENT) as (found, port),
        half_requests(found, port, sources, stage),
    ):
        assert len(found) == bounds.UNFINISHED
        with line(port) as one:
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b" 200 " in one.recv(4_096)
        assert len(found) <= bounds.UNFINISHED


@pytest.mark.parametrize("stage", HALVES)
def test_when_all_room_is_taken_half_requests_go_and_the_next_visitor_gets_in(stage):
    sources = [f"127.0.1.{n}" for n in range(1, 41)]
    with (
        serving(most=20, patience=PATIENT) as (found, port),
        half_requests(found, port, sources, stage),
    ):
        assert len(found) == 20
        with line(port) as one:
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b" 200 " in one.recv(4_096)
        assert len(found) <= 20


def test_live_channels_of_one_address_are_counted(monkeypatch):
    monkeypatch.setattr(bounds, "SOCKETS_EACH", 3)
    with serving() as (found, port):
        with line(port) as a, line(port) as b, line(port) as c, line(port) as d:
            assert [upgraded(one) for one in (a, b, c)] == [True] * 3
            assert not upgraded(d)
            with line(port, source="127.0.0.67") as other:
                assert upgraded(other)
        until(lambda: len(found) == 0)
        with line(port) as again:
            assert upgraded(again)


def test_new_connections_from_one_address_are_paced(monkeypatch):
    monkeypatch.setattr(bounds, "NEW_AT_ONCE", 5.0)
    monkeypatch.setattr(bounds, "NEW_EACH_SECOND", 0.001)
    asked = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    def answered(port, source):
        with line(port, source) as one:
            try:
                one.sendall(asked)
                return b" 200 " in one.recv(4_096)
            except ConnectionError:
                return False

    with serving() as (_, port):
        assert [answered(port, STRANGER) for _ in range(7)] == [True] * 5 + [False] * 2
        assert answered(port, "127.0.0.67")
        assert all(answered(port, "127.0.0.1") for _ in range(7))


def test_descriptors_are_left_for_saving():
    assert most_connections(1_024) <= 1_024 - KEPT_FREE
    assert most_connections(256) >= 16
    assert most_connections(1_000_000) == bounds.MOST


def test_the_descriptor_limit_is_raised_as_far_as_allowed():
    resource = pytest.importorskip("resource")  # Windows has no such limit
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
        raised = raise_descriptor_limit(512)
        assert raised == resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 512
        assert raise_descriptor_limit(300) == 512  # never lowered
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_the_server_that_is_started_has_these_bounds():
    from app.server.launcher import _configured

    found = Connections()
    config = _configured(Starlette(), found)
    config.load()
    made = config.http_protocol_class
    assert (made.func, made.keywords) == (RequestProtocol, {"connections": found})
    assert config.ws_max_size <= 65_536
    assert bounds.PATIENCE["headers"] <= 10


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to pass"
        time.sleep(0.001)
