"""What a proxy says is believed from trusted proxies, and from nobody else."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.server import readiness
from app.server.forwarded import TAKEN, Forwarded
from app.server.shield import PublicShield

NAME = "maps.council.example"
SAID = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": NAME,
    "accept": "text/html",
}


def seen(request):
    found = JSONResponse(
        {
            "peer": request.client.host,
            "scheme": request.url.scheme,
            "host": request.headers["host"],
            "left": [h for h in request.headers if h.encode() in TAKEN],
        }
    )
    found.set_cookie("one", "1")
    return found


def client(peer="10.0.0.2", *, signed_in=True):
    app = Starlette(
        routes=[*readiness.routes(), Route("/{rest:path}", seen)],
        middleware=[
            Middleware(Forwarded, trusted=["10.0.0.0/30", "::1"]),
            Middleware(
                PublicShield,
                hosts=[NAME],
                base="/teams",
                signed_in=lambda _scope: signed_in,
            ),
        ],
    )
    return TestClient(
        app, base_url="http://inside", client=(peer, 50000), follow_redirects=False
    )


def test_behind_a_trusted_proxy_a_request_is_its_visitors():
    answer = client().get("/teams/x", headers=SAID)
    assert answer.json() == {
        "peer": "203.0.113.9",
        "scheme": "https",
        "host": NAME,
        "left": [],
    }
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"]


@pytest.mark.parametrize(
    ("told", "peer"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9", "203.0.113.9"),  # the first word is the visitor's own
        ("203.0.113.9, 10.0.0.1", "203.0.113.9"),  # two proxies of ours in a row
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8::5", "2001:db8::5"),
    ],
)
def test_the_visitor_is_the_last_address_that_is_no_proxy_of_ours(told, peer):
    answer = client().get("/teams/x", headers={**SAID, "x-forwarded-for": told})
    assert answer.json()["peer"] == peer


@pytest.mark.parametrize("header", [h.decode() for h in TAKEN])
@pytest.mark.parametrize("peer", ["203.0.113.9", "127.0.0.1", "10.0.0.4"])
def test_from_anybody_else_such_a_word_is_refused(peer, header):
    stranger = client(peer)
    assert stranger.get("/teams/x", headers={"host": NAME}).status_code == 200
    said = {"host": NAME, header: "10.0.0.1"}
    assert stranger.get("/teams/x", headers=said).status_code == 404


@pytest.mark.parametrize("told", ["", "unknown", "nonsense, 1.2.3.4.5"])
def test_a_proxy_that_does_not_say_who_asks_is_told_so(told):
    answer = client().get("/teams/x", headers={**SAID, "x-forwarded-for": told})
    assert answer.status_code == 400
    assert "X-Forwarded-For" in answer.text


@pytest.mark.parametrize("host", ["evil.example", "inside", ""])
def test_another_name_is_refused(host):
    answer = client().get("/teams/x", headers={**SAID, "x-forwarded-host": host})
    assert answer.status_code in (400, 404)


def test_outside_the_base_path_there_is_nothing():
    for path in ("/", "/x", "/teamsx", "/x/teams/"):
        assert client().get(path, headers=SAID).status_code == 404
    assert client().get("/teams", headers=SAID).headers["location"] == "/teams/"


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/plan", "/map/town", "/graph", "/media/x.csv", "/_stcore/health"),
        *("/_stcore/upload_file/a/b", "/_stcore/host-config", "/static/x.js"),
        *("/see", "/sign-in/../plan", "/see/../plan", "/j/..%2fplan", "/Sign-in"),
    ],
)
def test_a_stranger_is_led_to_the_sign_in(path):
    stranger = client(signed_in=False)
    answer = stranger.get(f"/teams{path}", headers=SAID)
    assert (answer.status_code, answer.headers.get("location")) == (
        303,
        "/teams/sign-in",
    )
    del (said := dict(SAID))["accept"]
    assert stranger.get(f"/teams{path}", headers=said).status_code == 404


@pytest.mark.parametrize(
    "path", ["/j", "/room/capture", "/sign-in", "/oauth2callback", "/see/abc"]
)
def test_a_stranger_reaches_rooms_links_and_the_sign_in(path):
    answer = client(signed_in=False).get(f"/teams{path}", headers=SAID)
    assert answer.json()["peer"] == "203.0.113.9"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_nobody_reaches_streamlits_own_counts(path):
    assert client().get(f"/teams{path}", headers=SAID).status_code in (303, 404)


@pytest.mark.parametrize("peer", ["10.0.0.2", "192.168.7.7"])
def test_whoever_watches_over_the_server_asks_without_a_proxy(peer):
    answer = client(peer, signed_in=False).get("/healthz")
    assert answer.json() == {"status": "ok"}
    assert client(peer).get("/healthz", headers={**SAID, "via": "x"}).status_code in (
        200,
        404,
    )
