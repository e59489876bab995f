"""A store that is locked or starts again: never a failure, always the words kept.

Each room's form is sent by a phone with scripts off and by one with scripts,
while the store does not answer; what comes back is sent again, as people do.
"""

from __future__ import annotations

import html
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.programmes import Programmes
from app.rooms import routes
from app.rooms._venue import Venue
from systemmap.model.workshop import (
    Contribution,
    LinkStatement,
    Proposal,
    Vote,
    VoteRound,
)
from systemmap.store.database import DatabaseStore
from systemmap.store.sql import sqlite
from tests.rooms.conftest import EDITOR, SECRET, WORDS, Phone, town
from tests.store.places import migrated

FORMS = {
    "/room/capture": {"text": "Takeaways <on> every corner"},
    "/room/links": {"source": "Stress", "target": "Snacking", "sign": "more"},
    "/room/proposals": {"title": "A garden & kitchen", "owner": "Parks"},
    "/room/vote": {"round": "v1", "add": "stress"},
}
KEPT = (Contribution, LinkStatement, Proposal, Vote)
ASKED = "Not saved yet. Your words are kept on this page."


def made():
    programme = town()
    programme.add(
        VoteRound(
            id="v1",
            workshop_id="w1",
            question="Which matters?",
            options=("stress", "diet"),
            state="open",
        )
    )
    return programme


class Shaky:
    """A town on a real database that can be made not to answer."""

    def __init__(self, store, silent):
        store.create(made(), actor=EDITOR)
        self.store, self.silent = store, silent
        self.begin_again()

    def begin_again(self):
        """As after a start of the app: nothing read yet."""
        self.venue = Venue(Programmes(self.store), SECRET)

    def phone(self):
        app = Starlette(routes=routes(lambda: self.venue))
        made = TestClient(app, base_url="http://127.0.0.1", client=("10.0.0.5", 50000))
        phone = Phone(made)
        phone.join()
        return phone

    def kept(self):
        programme = self.store.load("testtown")
        return [r for kind in KEPT for r in programme.all(kind).values()]


@contextmanager
def locked(path, how):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(f"BEGIN {how}")
    try:
        yield
    finally:
        other.close()


@pytest.fixture(params=["IMMEDIATE", "EXCLUSIVE", "postgres"])
def shaky(request, tmp_path, monkeypatch):
    if request.param == "postgres":
        running = request.getfixturevalue("postgres")

        @contextmanager
        def silent():
            running.stop()
            try:
                yield
            finally:
                running.start()

        store = DatabaseStore(migrated(running), backups=tmp_path)
    else:
        monkeypatch.setattr(sqlite, "BUSY_MS", 50)
        path = tmp_path / "a.db"
        store = DatabaseStore(path)

        def silent():
            return locked(path, request.param)

    found = Shaky(store, silent)
    yield found
    store.close()


def fields_of(page):
    """Return what a browser would send if the page's first form were sent as it is."""
    form = re.search(r"<form method=\"post\".*?</form>", page.text, re.S)[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (
            re.search(r'name="([^"]*)"', tag),
            re.search(r'value="([^"]*)"', tag),
        )
        unticked = re.search(r'type="(radio|checkbox)"', tag) and " checked" not in tag
        if name and not unticked:
            found[name[1]] = html.unescape(value[1]) if value else ""
    for name, text in re.findall(
        r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.S
    ):
        found[name] = html.unescape(text)
    return found


def told(reply):
    assert reply.status_code == 503
    assert int(reply.headers["retry-after"]) > 0


def opened(shaky):
    """Return each room's phone, with the form it has open."""
    phones = {path: shaky.phone() for path in FORMS}
    return {
        path: (phone, fields_of(phone.open(path))) for path, phone in phones.items()
    }


def at_once(work, items):
    with ThreadPoolExecutor(len(items)) as pool:
        return dict(zip(items, pool.map(work, items), strict=True))


def sent_without_scripts(shaky, *, anew):
    open_now = opened(shaky)
    if anew:
        shaky.begin_again()

    def send(path):
        phone, form = open_now[path]
        return phone.client.post(path, data={**form, **FORMS[path]})

    with shaky.silent():
        pages = at_once(send, list(FORMS))
    assert shaky.kept() == []
    for path, page in pages.items():
        told(page)
        assert ASKED in html.unescape(page.text)
        phone, form = open_now[path]
        again = fields_of(page)
        assert again["key"] == form["key"]
        if path == "/room/vote" and "add" not in again:  # a button is pressed
            again |= FORMS[path]
        assert FORMS[path].items() <= again.items()
        for _ in range(2):  # and an impatient second tap
            assert phone.client.post(path, data=again).status_code == 200
    assert len(shaky.kept()) == len(FORMS)


def test_without_scripts_the_page_comes_back_with_its_words_and_saves_once(shaky):
    sent_without_scripts(shaky, anew=False)


def test_without_scripts_words_survive_an_app_that_began_again(shaky):
    sent_without_scripts(shaky, anew=True)


def test_with_scripts_the_outbox_is_told_to_keep_and_saves_once(shaky):
    open_now = opened(shaky)

    def send(path):
        phone, form = open_now[path]
        sending = {"token": form["token"], "key": "k1", **FORMS[path]}
        headers = {"accept": "application/json"}
        return phone.client.post(path, data=sending, headers=headers)

    with shaky.silent():
        replies = at_once(send, list(FORMS))
        shaky.begin_again()
        later = at_once(send, list(FORMS))
    assert shaky.kept() == []
    for reply in (*replies.values(), *later.values()):
        told(reply)
        assert reply.json()["problem"].startswith(ASKED)
    for _ in range(2):
        assert {r.status_code for r in at_once(send, list(FORMS)).values()} == {200}
    assert len(shaky.kept()) == len(FORMS)


PAGES = (*FORMS, "/room/others", "/room/present/testtown/w1", "/room/check", "/j")


def test_pages_are_shown_as_last_read_or_say_that_they_will_come(shaky):
    phone = shaky.phone()
    phone.client.get("/room/capture")
    screen = TestClient(
        Starlette(routes=routes(lambda: shaky.venue)),
        base_url="http://127.0.0.1",
        client=("127.0.0.1", 50000),
    )

    def look(path):
        return (screen if "present" in path else phone.client).get(path)

    with shaky.silent():
        assert {p: look(p).status_code for p in PAGES} == dict.fromkeys(PAGES, 200)
        shaky.begin_again()
        for path in PAGES:
            page = look(path)
            if path in ("/room/check", "/j"):
                assert page.status_code == 200
            elif page.status_code != 200:  # IMMEDIATE leaves readers alone
                told(page)
                assert "cannot be reached just now" in html.unescape(page.text)


def test_who_joins_just_then_is_asked_to_try_again_with_the_words_kept(shaky):
    with shaky.silent():
        page = TestClient(
            Starlette(routes=routes(lambda: shaky.venue)), base_url="http://127.0.0.1"
        ).post("/j", data={"words": WORDS})
    if page.status_code != 200:
        told(page)
        assert f'action="/j/{WORDS}"' in page.text
