"""A link to look at: one view, read only, until its days or its maker's part are over."""

from __future__ import annotations

import os
import time

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app import listed_people, settings, signing
from app.canvas import graph_route, page_route
from app.canvas.look_links import NO_LINK, OVER, link_to
from app.server.doors import doors
from app.settings import MEMORY, settings_from
from systemmap.model.changes import append
from systemmap.model.elements import Factor
from systemmap.model.plan import SavedView
from systemmap.store import Actor, Person
from tests.forging import forged
from tests.hosting.conftest import settings_of
from tests.rooms import hall

OWN = Person(who="viewer@council.example")
DAY = 86_400
LISTED = f"""
[[people]]
who = "viewer@council.example"
role = "viewer"
programmes = ["{hall.TOWN}"]
"""
TOLD = {
    "x-forwarded-for": "203.0.113.9",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "localhost",
}


class Server:
    """A team server in this process: its settings, its doors, and a stranger outside."""

    def __init__(self, folder):
        self.folder = folder
        self.file = self.listed(LISTED)
        told = {"SYSTEMMAP_SETTINGS": str(self.file), "SYSTEMMAP_DATA": MEMORY}
        chosen = settings_from(told)
        settings.use(chosen)
        self.store = settings.store()
        self.store.create(hall.town(), actor=Actor("x", "admin"))
        app = Starlette(
            routes=[*page_route.routes(), *graph_route.routes()],
            middleware=doors(chosen, lambda _cookies: ""),
        )
        self.stranger = TestClient(
            app, base_url="http://inside", client=("127.0.0.1", 5), headers=TOLD
        )

    def listed(self, people):
        return settings_of(self.folder, 8501, 443, 9, people, base="")

    def link(self, **wanted):
        told = {"person": OWN, **wanted}
        return link_to(self.store.secret(), hall.TOWN, "main", **told)


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setattr(listed_people, "LOOK_EVERY", 0.0)
    yield Server(tmp_path)
    settings.close()
    settings._process.settings = None


def test_a_stranger_with_the_link_sees_the_map_as_it_is_now(server):
    link = server.link()
    first = server.stranger.get(link)
    assert first.status_code == 200
    assert "snacking" in first.text
    assert "sandbox" in first.headers["content-security-policy"]
    assert first.headers["cache-control"] == "no-store"
    new = append(Factor(id="new", label="A later cause"))
    server.store.apply(hall.TOWN, [new], actor=Actor("x", "admin"), label="Add")
    assert "A later cause" in server.stranger.get(link).text


def test_it_opens_nothing_else_and_takes_no_change(server):
    link = server.link()
    assert server.stranger.get(link).status_code == 200
    for path in (f"/map/{hall.TOWN}", "/graph", f"{link}/graph", "/plan"):
        assert server.stranger.get(path).status_code == 404, path
    for method in ("post", "put", "delete", "patch"):
        assert getattr(server.stranger, method)(link).status_code in (404, 405)
    assert server.store.revision(hall.TOWN) == 1


def test_it_ends_with_its_days(server, monkeypatch):
    link = server.link(days=2)
    now = time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 2 * DAY - 60)
    assert server.stranger.get(link).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: now + 2 * DAY + 60)
    answer = server.stranger.get(link)
    assert (answer.status_code, answer.text) == (403, OVER)


def test_nobody_makes_one_for_longer_than_ninety_days(server, monkeypatch):
    link, now = server.link(days=5_000), time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 91 * DAY)
    assert server.stranger.get(link).status_code == 403


def test_it_ends_as_soon_as_its_maker_is_off_the_list(server):
    link = server.link()
    assert server.stranger.get(link).status_code == 200
    server.listed("")
    os.utime(server.file, ns=(1, 1))  # written within the same moment of the clock
    answer = server.stranger.get(link)
    assert (answer.status_code, answer.text) == (403, OVER)


def test_a_link_of_nobody_is_none_on_a_server(server):
    assert server.stranger.get(server.link(person=None)).status_code == 403


@pytest.mark.parametrize("spoilt", ["forged", "cut", "other", "purpose"])
def test_a_forged_or_cut_link_is_refused_in_other_words(server, spoilt):
    link = server.link()
    if spoilt == "forged":
        link = forged(link)
    elif spoilt == "cut":
        link = link[: len(link) // 2]
    elif spoilt == "other":  # another installation's
        link = link_to(b"x" * 32, hall.TOWN, "main", person=OWN)
    else:  # signed here, for something else
        data = {"programme_id": hall.TOWN, "map_id": "main", "until": 2e9}
        link = f"/see/{signing.sealed(server.store.secret(), 'ticket', data)}"
    answer = server.stranger.get(link)
    assert (answer.status_code, answer.text) == (403, NO_LINK)


def test_a_saved_view_that_is_gone_ends_its_link(server):
    view = SavedView(id="v1", name="Sleep", parameters={"focus": "sleep"})
    add = append(view)
    server.store.apply(hall.TOWN, [add], actor=Actor("x", "admin"), label="Keep")
    link = server.link(view_id="v1")
    assert server.stranger.get(link).status_code == 200
    server.store.undo(hall.TOWN, 2, actor=Actor("x", "admin"))
    assert server.stranger.get(link).text == OVER
