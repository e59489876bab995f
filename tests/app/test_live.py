"""A live server, started from an empty folder: what answers, what is refused."""

import pytest

from app.server.launcher import PortTaken, bind
from app.server.shield import POLICY
from app.settings import Settings
from tests.app.live_server import answer, free_port, systemmap


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(scope="module")
def address(folder):
    with systemmap(folder) as found:
        yield found


def test_the_page_comes_with_the_policy(address):
    status, headers, body = answer(address)
    assert status == 200
    assert headers["content-security-policy"] == POLICY
    assert '<div id="root">' in body


def test_it_says_where_it_is_and_who_can_reach_it(address, folder):
    said = (folder / "server.log").read_text()
    assert f"systemmap is at {address}" in said
    assert "Only this computer can reach it." in said
    assert "Your programmes are kept in " in said
    assert "External URL" not in said


@pytest.mark.parametrize("path", ["/map", "/loops"])  # a place, and one that moved
def test_every_address_of_the_app_begins_with_our_page(address, path):
    assert '<html lang="en-GB">' in answer(address + path)[2]


def test_a_room_answers_with_its_own_page(address):
    status, headers, body = answer(address + "/j")
    assert status == 200
    assert "style-src 'self';" in headers["content-security-policy"]
    assert "<form" in body


@pytest.mark.parametrize("path", ["/room/nothing", "/j/a/b", "/room", "/map/nowhere"])
def test_an_unknown_room_or_map_is_not_streamlits_page(address, path):
    status, _, body = answer(address + path)
    assert status == 404
    assert '<div id="root">' not in body


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"X-Forwarded-For": "127.0.0.1"}]
)
def test_a_foreign_name_or_a_proxy_gets_nothing(address, headers):
    assert answer(address, headers)[0] == 404


@pytest.mark.parametrize("path", ["/_stcore/agent/openapi.json", "/_stcore/metrics"])
def test_what_nobody_here_needs_is_closed_even_to_this_computer(address, path):
    assert answer(address + path)[0] == 404


def test_a_port_in_use_is_said_in_words():
    with bind(Settings(port=free_port())) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            PortTaken, match=rf"Port {port} is in use.*--port {port + 1}"
        ):
            bind(Settings(port=port))


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch):
    import app.server.launcher

    with bind(Settings(port=free_port())) as taken:
        monkeypatch.setattr(app.server.launcher, "DEFAULT_PORT", taken.getsockname()[1])
        with bind(Settings()) as found:
            assert found.getsockname()[1] > taken.getsockname()[1]
