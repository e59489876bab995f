"""The page our addresses answer with: Streamlit's own, in our language and ready to be drawn on."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.canvas import graph_route
from app.canvas.packed_graphs import screen_scripts
from app.frame import FIRST_STYLE
from app.places import PLACES
from app.server import front_page


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=front_page.routes(PLACES, FIRST_STYLE)))


@pytest.mark.parametrize("path", ["/", *(f"/{place}" for place in PLACES)])
def test_every_place_begins_with_our_language_and_looks(client, path):
    answer = client.get(path)
    assert answer.headers["cache-control"] == "no-cache"
    page = answer.text
    assert '<html lang="en-GB">' in page
    assert "--sm-height" in page
    assert '<div id="root">' in page
    assert '<script type="module"' in page


def test_no_script_stands_in_it_that_the_policy_would_have_to_refuse(client):
    page = client.get("/map").text
    assert "<script>" not in page
    assert page.index(front_page.WHERE) < page.index('<script type="module"')
    where = client.get(front_page.WHERE)
    assert where.headers["content-type"].startswith("text/javascript")
    assert "BACKEND_BASE_URL: location.origin" in where.text


def test_the_place_of_the_map_asks_for_its_scripts_at_once_the_others_later():
    routes = front_page.routes(PLACES, FIRST_STYLE, screen_scripts())
    client = TestClient(Starlette(routes=[*routes, *graph_route.routes()]))
    for path, when in (("/map", "modulepreload"), ("/gaps", "prefetch")):
        page = client.get(path).text
        for address in screen_scripts():
            assert f'<link rel="{when}" href="{address}">' in page
            answer = client.get(address)
            assert answer.headers["content-type"].startswith("text/javascript")
            assert "immutable" in answer.headers["cache-control"]
