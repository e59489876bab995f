"""The handbook's nginx and Caddy, with TLS, below a path: sign-in, phones, channels, files."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from systemmap.bundled.examples import example
from systemmap.formats import programme_from, read_within
from tests.canvas.client import run
from tests.hosting.conftest import BASE, OWNER, STRANGER, VIEWER
from tests.hosting.screen_channel import downloaded

PROXIES = ("nginx", "caddy")


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_stranger_gets_the_sign_in_and_the_phone_pages_and_nothing_else(
    installation, proxy
):
    stranger = installation.visitor()
    answer = stranger.get(installation.at(proxy, "/plan"))
    assert answer.next_request.url == installation.at(proxy, "/sign-in")
    page = stranger.get(installation.at(proxy, "/sign-in"))
    assert page.status_code == 200
    assert "no-store" in page.headers["cache-control"]
    joining = stranger.get(installation.at(proxy, "/j"))
    assert joining.status_code == 200
    assert f'action="{BASE}/j"' in joining.text
    for path in ("/healthz", "/readyz", "/metrics"):
        root = installation.at(proxy, "").removesuffix(BASE)
        assert stranger.get(root + path).status_code == 404


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_word_that_a_visitor_made_up_does_not_come_through(installation, proxy):
    told = {"x-forwarded-for": "127.0.0.1", "x-forwarded-host": "evil.example"}
    answer = installation.visitor().get(installation.at(proxy, "/j"), headers=told)
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


def test_whoever_watches_asks_the_server_itself_and_learns_nothing(installation):
    for path, said in (
        ("/healthz", {"status": "ok"}),
        ("/readyz", {"status": "ok", "data": "reached"}),
    ):
        address = f"http://127.0.0.1:{installation.port}{path}"
        with urllib.request.urlopen(address, timeout=60) as answer:
            assert json.load(answer) == said
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(
            f"http://127.0.0.1:{installation.port}{BASE}/", timeout=60
        )
    with refused.value as answer:
        assert answer.code == 400
        assert "X-Forwarded-For" in answer.read().decode()


def test_somebody_signs_in_and_out(installation):
    browser = installation.signed_in(OWNER)
    page = browser.get(installation.at("nginx", "/"))
    assert page.status_code == 200
    assert '<div id="root">' in page.text
    assert f'src="{BASE}/front/where.js"' in page.text
    cookies = [c for c in browser.cookies.jar if c.name.startswith("_streamlit_user")]
    assert cookies
    assert all(c.secure and c.path == BASE for c in cookies)
    assert browser.get(installation.at("caddy", "/")).status_code == 200
    browser.get(installation.at("nginx", "/auth/logout"))
    assert browser.get(installation.at("nginx", "/")).status_code == 303


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_file_that_is_pressed_or_has_an_address_arrives_whole(installation, proxy):
    browser = installation.signed_in(VIEWER)
    name, data = run(
        downloaded(
            installation,
            proxy,
            browser,
            page="share",
            query="programme=sampleshire&way=import-export",
            button="Save the whole programme",
        )
    )
    carried = programme_from(read_within(data, name, "project_file"))
    assert carried == example()
    answer = browser.get(installation.at(proxy, "/map/sampleshire"))
    assert answer.status_code == 200
    assert "Sampleshire" in answer.text
    assert answer.text.rstrip().endswith("</html>")


def test_whoever_is_on_no_list_may_read_nothing(installation):
    browser = installation.signed_in(STRANGER)
    assert browser.get(installation.at("nginx", "/map/sampleshire")).status_code == 404


@pytest.mark.parametrize("proxy", PROXIES)
def test_the_screens_channel_opens_for_who_is_signed_in(installation, proxy):
    async def opened(cookies, origin):
        address = installation.at(proxy, "/_stcore/stream").replace("https", "wss")
        told = {"cookie": cookies} if cookies else {}
        try:
            async with connect(
                address, ssl=installation.tls, origin=origin, additional_headers=told
            ):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    browser = installation.signed_in(VIEWER)
    held = "; ".join(f"{c.name}={c.value}" for c in browser.cookies.jar)
    own = installation.at(proxy, "").removesuffix(BASE)
    assert run(opened(held, own)) == 101
    assert run(opened("", own)) == 403
    assert run(opened(held, "https://evil.example")) == 403
