"""Who gets in: codes cannot be guessed, nothing names a device, the big screen stays here."""

import re

import pytest

from app.canvas.tickets import mint
from app.rooms._passes import COOKIE, Pass, seal, unseal
from app.signing import NotSigned, RunOut, opened, sealed
from systemmap.model.workshop import Workshop
from systemmap.store import Actor
from tests.forging import forged
from tests.rooms.conftest import SECRET, WORDS


def test_no_address_is_kept_anywhere(hall):
    phone = hall.phone(peer="203.0.113.77")
    phone.open("/j/wrong-words-here")
    phone.join()
    phone.send("/room/capture", text="Stress")
    kept = repr(hall.store.history("testtown", rows=True)) + repr(
        vars(hall.venue.guesses)
    )
    assert "203.0.113" not in kept
    assert hall.notes()[0].participant not in phone.client.cookies.values()


def test_join_asks_for_nothing_that_identifies(hall):
    fields = set()
    for path in ("/j", f"/j/{WORDS}"):
        fields |= set(re.findall(r'name="(\w+)"', hall.phone().open(path).text))
    assert fields - {"viewport", "robots"} == {"words", "table", "sector"}


def test_the_privacy_words_stand_before_going_in(hall):
    page = hall.phone().open(f"/j/{WORDS}")
    assert "freedom of information" in page.text
    assert "do not write anyone" in page.text


def test_words_that_were_changed_open_nothing_but_those_inside_stay(hall):
    phone = hall.phone()
    phone.join()

    def change(draft):
        from systemmap.workshops.running import change_words

        change_words(draft, "w1")

    hall.change(change)
    assert hall.phone().open(f"/j/{WORDS}").status_code == 404
    assert phone.send("/room/capture", text="Stress").status_code == 200


@pytest.mark.parametrize("spoilt", ["", "x", "a.b", "..", "é.é", "eyJhIjoxfQ.x" * 50])
def test_a_spoilt_cookie_opens_nothing(spoilt):
    assert unseal(spoilt, SECRET) is None


def test_a_pass_ends_after_twelve_hours_and_with_another_secret():
    room_pass = Pass(programme_id="p", workshop_id="w")
    assert unseal(seal(room_pass, SECRET), SECRET) == room_pass
    assert unseal(seal(room_pass, SECRET), b"o" * 32) is None
    old = Pass(programme_id="p", workshop_id="w", until=1)
    with pytest.raises(RunOut):
        unseal(seal(old, SECRET), SECRET)
    with pytest.raises(NotSigned) as refused:  # too old and forged is forged
        opened(b"o" * 32, "phone", seal(old, SECRET))
    assert type(refused.value) is NotSigned


def test_a_word_signed_for_one_purpose_is_none_for_another():
    word = sealed(SECRET, "ticket", {"until": 1e12})
    assert opened(SECRET, "ticket", word) == {"until": 1e12}
    with pytest.raises(NotSigned):
        opened(SECRET, "phone", word)


def test_a_phone_whose_pass_ran_out_is_told_so_and_a_forged_one_is_not(hall):
    phone = hall.phone()
    phone.join()
    old = Pass(programme_id="testtown", workshop_id="w1", until=1)
    for cookie, why in (
        (seal(old, SECRET), "joined more than 12 hours ago"),
        ("forged.word", "has not joined"),
    ):
        phone.client.cookies.clear()
        phone.client.cookies.set(COOKIE, cookie)
        answer = phone.send("/room/capture", token="", text="Stress")
        assert answer.status_code == 401
        assert why in answer.text


def test_the_big_screen_opens_on_this_computer_or_with_a_ticket(hall):
    path = "/room/present/testtown/w1"
    assert hall.phone(peer="127.0.0.1").open(path).status_code == 200
    stranger = hall.phone()
    assert stranger.open(path).status_code == 403

    def ticket(workshop, role, minutes=60):
        actor = Actor("Somebody", role)
        return mint(
            SECRET, "testtown", "main", actor, workshop_id=workshop, minutes=minutes
        )

    right = ticket("w1", "facilitator")
    assert stranger.open(f"{path}?ticket={right}").status_code == 200
    for wrong in (
        forged(right),
        ticket("w2", "facilitator"),
        ticket("w1", "room"),
        ticket("w1", "facilitator", minutes=-1),
        "",
    ):
        assert stranger.open(f"{path}?ticket={wrong}").status_code == 403


def test_on_a_server_this_computer_is_no_proof(hall):
    hall.venue.laptop = False
    near = hall.phone(peer="127.0.0.1")
    assert near.open("/room/present/testtown/w1").status_code == 403


@pytest.mark.parametrize(
    "screen",
    ["welcome", "agenda", "wall", "links", "vote", "focus", "proposals", "thanks"],
)
def test_the_big_screen_shows_every_step_before_anything_was_said(hall, screen):
    def choose(draft):
        from dataclasses import replace

        draft.replace(
            replace(draft.find(Workshop, "w1"), screen=screen, focus="factor:stress")
        )

    hall.change(choose)
    page = hall.phone(peer="127.0.0.1").open("/room/present/testtown/w1")
    assert page.status_code == 200
    assert "<h1>" in page.text
    assert len(page.content) < 30_000


def test_markup_in_a_note_is_shown_as_it_was_typed(hall):
    phone = hall.phone()
    phone.join()
    page = phone.send("/room/capture", text="<script>alert(1)</script> & <b>x")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;x" in page.text
    assert "<script>alert" not in page.text


def test_a_form_that_is_far_too_long_is_refused(hall):
    phone = hall.phone()
    phone.join()
    page = phone.send("/room/capture", text="a" * 300_000)
    assert page.status_code == 413
    assert hall.notes() == []


def test_a_programme_that_was_deleted_lets_nobody_in_and_says_so(hall, monkeypatch):
    from app import programmes

    phone = hall.phone()
    phone.join()
    monkeypatch.setattr(programmes, "ASK_EVERY", -1.0)
    hall.store.delete("testtown", actor=Actor("Lead", "admin"))
    assert phone.open("/room/capture").url.path == "/j"
    assert phone.open(f"/j/{WORDS}").status_code == 404
    assert phone.client.post("/room/capture", data={"text": "x"}).status_code == 401


@pytest.fixture
def behind_the_shield(hall):
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.testclient import TestClient

    from app.rooms import routes
    from app.server.shield import Shield

    app = Starlette(
        routes=routes(lambda: hall.venue),
        middleware=[Middleware(Shield, hosts={"10.0.0.7"})],
    )

    def visitor(**headers):
        return TestClient(
            app,
            base_url="http://10.0.0.7:8501",
            client=("10.0.0.99", 50000),
            headers=headers,
            follow_redirects=False,
        )

    return visitor


def test_phones_reach_every_room_but_the_big_screen(behind_the_shield):
    from app.rooms import ROOMS

    phone = behind_the_shield()
    answers = {}
    for room in ROOMS.values():
        path = room.path.format(programme="testtown", workshop="w1")
        answers[room.key] = phone.get(path).status_code
    assert answers.pop("present") == 403
    assert answers.pop("run") == 404  # the facilitator's computer only
    assert (answers.pop("join"), answers.pop("check")) == (200, 200)
    assert set(answers.values()) == {303}  # to the joining page


@pytest.mark.parametrize(
    "headers", [{"host": "evil.example"}, {"x-forwarded-for": "127.0.0.1"}]
)
def test_a_foreign_host_or_a_proxy_is_told_nothing(behind_the_shield, headers):
    visitor = behind_the_shield(**headers)
    for path in ("/j", "/room/check", "/room/present/testtown/w1"):
        assert visitor.get(path).status_code == 404
