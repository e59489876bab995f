"""What whoever watches over the server gets: health, counts, and a log without people."""

from __future__ import annotations

import io
import json
import logging
import sys

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from app import settings
from app.server import json_log, metrics, readiness, traffic
from app.server.doors import doors
from app.server.log_repeats import Repeats
from app.settings import MEMORY, Settings, settings_from
from systemmap.model.changes import append
from systemmap.model.elements import Factor
from systemmap.store import Actor
from systemmap.testing import programme_of
from tests.hosting.conftest import settings_of
from tests.store.places import migrated

ADMIN = Actor("x", "admin")
NAME = "localhost"


def behind(visitor, proxy="127.0.0.1", app=None):
    """Return a visitor of a trusted proxy; of one nobody trusts, by another address."""
    told = {
        "x-forwarded-for": visitor,
        "x-forwarded-proto": "https",
        "x-forwarded-host": NAME,
    }
    return TestClient(app, base_url="http://inside", client=(proxy, 5), headers=told)


@pytest.fixture
def kept():
    yield settings.use
    settings.close()
    settings.watch_saves(None)
    settings._process.settings = None


def server(tmp_path, people="", more=""):
    """Return the settings of a team server on an empty store."""
    file = settings_of(tmp_path, 8501, 443, 9, people, base="", more=more)
    return settings_from({"SYSTEMMAP_SETTINGS": str(file), "SYSTEMMAP_DATA": MEMORY})


def app_of(chosen):
    async def live(socket):
        await socket.accept()
        await socket.receive_text()
        await socket.close()

    routes = [
        *readiness.routes(),
        *metrics.routes(),
        WebSocketRoute("/room/live", live),
        Route("/{path:path}", lambda _request: PlainTextResponse("hello")),
    ]
    return Starlette(routes=routes, middleware=doors(chosen, lambda _c: ""))


def test_each_visitor_of_the_proxy_has_an_allowance_and_nobody_makes_up_another(
    tmp_path, kept, monkeypatch
):
    monkeypatch.setattr(traffic, "STRANGER", (0.001, 5))
    kept(chosen := server(tmp_path))
    app = app_of(chosen)

    def asked(client, times):
        return [client.get("/j").status_code for _ in range(times)]

    assert asked(behind("203.0.113.1", app=app), 7) == [200] * 5 + [429] * 2
    assert asked(behind("203.0.113.2", app=app), 5) == [200] * 5
    # a visitor's own first word changes nothing: the proxy's word stands last
    assert asked(behind("8.8.8.8, 203.0.113.1", app=app), 1) == [429]
    # from an address that is no proxy of ours the word is not believed at all
    assert asked(behind("203.0.113.3", proxy="203.0.113.1", app=app), 1) == [404]


@pytest.mark.parametrize("place", ["file", "server"])
def test_ready_says_so_while_the_data_are_there_and_503_while_they_are_away(
    tmp_path, kept, place, request
):
    app = Starlette(routes=readiness.routes())
    asking = TestClient(app)

    def both():
        answers = [asking.get(path) for path in ("/healthz", "/readyz")]
        return [answer.status_code for answer in answers], answers[1].json()

    if place == "file":
        kept(Settings(data=str(tmp_path / "kept.db")))
        assert both()[0] == [200, 200]
        path, away = tmp_path / "kept.db", tmp_path / "away.db"
        settings.store()._backend._reading.dispose()
        path.rename(away)
        path.mkdir()
        assert both() == (
            [200, 503],
            {"status": "not ready", "data": "cannot be reached"},
        )
        path.rmdir()
        away.rename(path)
        assert both()[0] == [200, 200]
        return
    server = request.getfixturevalue("postgres")
    kept(Settings(data=migrated(server)))
    assert both()[0] == [200, 200]
    server.stop()
    try:
        codes, said = both()
    finally:
        server.start()
    assert codes == [200, 503]
    assert "postgres" not in json.dumps(said)
    assert both()[0] == [200, 200]


def test_the_counts_say_requests_saves_waits_channels_and_revisions(tmp_path, kept):
    kept(Settings(data=str(tmp_path / "kept.db")))
    settings.watch_saves(metrics.watch_save)
    routes = app_of(Settings())
    local = TestClient(routes, base_url="http://127.0.0.1", client=("127.0.0.1", 5))

    def told():
        lines = local.get("/metrics").text.splitlines()
        rows = [line.rpartition(" ") for line in lines if not line.startswith("#")]
        return {name: float(value) for name, _, value in rows}

    before = told()
    local.get("/j")
    local.get("/plan")
    store = settings.store()
    store.create(programme_of(), actor=ADMIN)
    store.apply(
        "testtown", [append(Factor(id="n", label="N"))], actor=ADMIN, label="Add"
    )
    own = {"origin": "http://127.0.0.1"}
    with local.websocket_connect("ws://127.0.0.1/room/live", headers=own) as socket:
        during = told()
        socket.send_text("done")
    after = told()

    def more(name):
        return after[name] - before.get(name, 0)

    assert more('systemmap_requests_total{kind="phone",status="2xx"}') == 1
    assert more('systemmap_requests_total{kind="screen",status="2xx"}') == 1
    assert more('systemmap_request_seconds_count{kind="phone"}') == 1
    assert more('systemmap_saves_total{outcome="saved"}') == 2
    assert more("systemmap_save_seconds_count") == 2
    assert more("systemmap_save_seconds_sum") > 0
    assert during['systemmap_sockets{kind="phone"}'] == 1
    assert after['systemmap_sockets{kind="phone"}'] == 0
    assert (after["systemmap_programmes"], after["systemmap_revisions"]) == (1, 2)
    assert after["process_resident_memory_bytes"] > 1e6
    assert "testtown" not in local.get("/metrics").text


def test_the_counts_are_told_while_the_data_are_away(tmp_path, kept):
    (tmp_path / "kept.db").mkdir()
    kept(Settings(data=str(tmp_path / "kept.db")))
    text = metrics.generate_latest(metrics.REGISTRY).decode()
    assert "systemmap_requests_total" in text
    assert "\nsystemmap_revisions " not in text


def test_the_counts_are_for_this_computer_and_the_addresses_that_are_set(
    tmp_path, kept
):
    more = 'metrics_from = ["10.9.0.0/24"]'
    kept(chosen := server(tmp_path, more=more))
    app = app_of(chosen)

    def asked(peer):
        client = TestClient(app, base_url="http://inside", client=(peer, 5))
        return client.get("/metrics").status_code

    assert [asked(peer) for peer in ("127.0.0.1", "10.9.0.7")] == [200, 200]
    assert [asked(peer) for peer in ("10.9.1.7", "203.0.113.9")] == [404, 404]
    for visitor in ("10.9.0.7", "127.0.0.1", "203.0.113.9"):  # through the proxy: no
        assert behind(visitor, app=app).get("/metrics").status_code == 404
        assert behind(visitor, app=app).get("/readyz").status_code == 404


def test_a_line_of_json_tells_where_and_nothing_of_whom():
    out = io.StringIO()
    logger = logging.Logger("app.rooms")
    logger.addFilter(Repeats())
    logger.addFilter(json_log.JsonLines(out))
    logger.warning(
        "%s sent a word; ask a.b@example.org, ring 01709 382 121", "10.2.3.4"
    )
    try:
        raise ValueError("Anna Smith's own words")
    except ValueError:
        logger.exception("A note could not be kept for [2001:db8::7]:443")
    first, second = map(json.loads, out.getvalue().splitlines())
    assert (first["level"], first["part"]) == ("warning", "app.rooms")
    assert first["message"] == (
        "[left out] sent a word; ask [left out], ring [left out]"
    )
    assert second["error"] == "ValueError"
    assert second["at"][-1].startswith(__file__)
    assert not {"Anna", "own words", "2001", "10.2", "example.org"} & set(
        out.getvalue().replace('"', " ").split()
    )
    assert "Smith" not in out.getvalue()
    assert "2001:db8" not in out.getvalue()


def test_on_demand_every_line_of_a_whole_start_is_json(tmp_path):
    """In a process of its own: who else logs here is changed by it."""
    import subprocess

    words = """
import logging, warnings
from app.server import json_log, log_repeats
import streamlit.logger
early = streamlit.logger.get_logger("streamlit.early")
log_repeats.bound()
json_log.use_json()
json_log.say_line("systemmap is at http://127.0.0.1:8501")
early.warning("before")
streamlit.logger.get_logger("streamlit.late").warning("after")
logging.getLogger("uvicorn.error").warning("served")
logging.getLogger("x").info("not wanted")
warnings.warn("old")
for _ in range(50):
    logging.getLogger("y").error("again")
"""
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in (done.stdout + done.stderr).splitlines()]
    messages = [line["message"] for line in lines]
    assert messages[:4] == [
        "systemmap is at http://127.0.0.1:8501",
        "before",
        "after",
        "served",
    ]
    assert "UserWarning: old" in messages[4]
    assert len([m for m in messages if m.startswith("again")]) == 6
    assert "not wanted" not in messages
