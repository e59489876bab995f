"""Whatever a stranger sends is done or refused in words: never an error of the server."""

from __future__ import annotations

import re
import time

import pytest

from app.rooms import ROOMS
from systemmap.model.workshop import WorkshopTable
from tests.rooms.hall import TOWN, WORDS, Hall
from tests.sizes import WHOLE

TEXTS = ["", "\x00", "9" * 400, "💥" * 300, "<b>", "%ff", "a/b", "=1+1", "\u202e"]


@pytest.fixture
def hall():
    made = Hall()
    yield made
    made.close()


PASSED_OVER = [
    "{}",
    '{"at": 5}',
    '{"at": {}}',
    '{"ops": 7}',
    '{"ops": {}}',
    '{"ops": [null, 5, []]}',
    '{"ops": [{"nonce": [], "seq": 1}]}',
    '{"ops": [{"nonce": "n", "seq": "1"}]}',
    '{"ops": [{"nonce": "n", "seq": 1.5, "op": "tidy"}]}',
]


@pytest.mark.parametrize("text", PASSED_OVER)
def test_an_odd_message_is_passed_over(hall, text):
    with hall.device().socket() as line:
        line.socket.send_text(text)
        line.act(
            {"op": "add_factor", "label": "After"}
        )  # it may hear the first's answer
        deadline = time.monotonic() + 60
        while not hall.labels("m1") and time.monotonic() < deadline:
            time.sleep(0.02)
    assert hall.labels("m1") == ["After"]


@pytest.mark.parametrize("text", ["null", "[" * 50_000, f"[1{'0' * 5_000}]"])
def test_a_message_that_is_none_ends_the_line(hall, text):
    with hall.device().socket() as line:
        line.socket.send_text(text)
        assert line.until_shut()[1] == 1003


@pytest.mark.parametrize("room", ROOMS)
def test_an_odd_form_is_taken_or_refused_in_words(hall, room):
    phone = hall.device().client
    path = ROOMS[room].path.format(programme=TOWN, workshop="w1")
    page = phone.get(path).text
    token = re.search(r'name="token" value="([^"]*)"', page)
    names = {
        *re.findall(r'name="(\w+)"', page),
        "round",
        "back",
        "add",
        "list",
        "table",
        "lang",
    }
    for at, name in enumerate(sorted(names - {"token"})):
        for text in TEXTS if WHOLE else TEXTS[at % 5 :: 5]:  # each text, each name
            fields = {"token": token[1] if token else "", "key": "k", name: text}
            for answer in (
                phone.post(path, data=fields),
                phone.get(path, params={name: text}),
            ):
                assert answer.status_code < 500, (name, text)
                assert len(answer.text) > 50
    many = "&".join(f"f{n}=1" for n in range(400))
    assert phone.get(f"{path}?{many}").status_code < 500
    assert phone.post(path, content=many).status_code < 500


@pytest.mark.parametrize("path", [f"/j/{WORDS}", "/j", "/room/capture", "/room/check"])
@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:9", "null"]
)
def test_a_form_from_another_site_is_refused_in_words(hall, path, origin):
    phone = hall.device("t1").client
    before = phone.cookies.get("systemmap_room")
    answer = phone.post(path, data={"table": "t2"}, headers={"origin": origin})
    assert answer.status_code == 403
    assert "another page" in answer.text
    assert phone.cookies.get("systemmap_room") == before


def test_a_form_of_our_own_page_is_taken(hall):
    phone = hall.visitor()
    own = {"origin": "http://127.0.0.1"}
    answer = phone.post(f"/j/{WORDS}", data={"table": "t2"}, headers=own)
    assert answer.status_code == 200
    assert phone.cookies.get("systemmap_room")


@pytest.mark.parametrize("table", ["", "t9", "w1", "t1/..", "é" * 500])
def test_a_table_that_is_not_there_is_asked_for_again(hall, table):
    phone = hall.visitor()
    answer = phone.post(f"/j/{WORDS}", data={"table": table})
    assert answer.status_code == 422
    assert "Choose the table you sit at" in answer.text
    assert not phone.cookies.get("systemmap_room")


def test_who_sits_at_a_table_that_was_taken_away_is_told(hall):
    phone = hall.device("t1")
    hall.change(lambda draft: draft.remove(WorkshopTable, "t1"))
    for path in ("/room/capture", "/room/links", "/room/draw", "/room/vote"):
        answer = phone.client.get(path)
        assert (answer.status_code, "choose another table" in answer.text) == (
            403,
            True,
        )
    assert phone.client.get("/room/others").status_code == 200
