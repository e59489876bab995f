"""People say causes on their phones; nothing is lost and nothing counts twice."""

import pytest

from app.rooms._passes import COOKIE
from systemmap.errors import StoreError
from tests.forging import forged


def test_a_phone_joins_chooses_a_table_and_sees_the_question(hall):
    page = hall.phone().join()
    assert page.url.path == "/room/capture"
    assert "What causes obesity here?" in page.text
    assert "<strong>Table 1</strong>" in page.text


def test_a_note_is_kept_with_its_table_and_shown_to_the_table(hall):
    phone, other = hall.phone(), hall.phone()
    phone.join()
    page = phone.send("/room/capture", text="Takeaways on every corner", special="1")
    (note,) = hall.notes()
    assert (note.text, note.table_id, note.special) == (
        "Takeaways on every corner",
        "t1",
        True,
    )
    assert "Saved" in page.text
    other.join(table="t1")
    assert "Takeaways on every corner" in other.open("/room/capture").text
    other.join(table="t2")
    assert "Takeaways on every corner" not in other.open("/room/capture").text


def test_the_same_sending_again_counts_once(hall):
    phone = hall.phone()
    phone.join()
    for _ in range(3):
        reply = phone.send(
            "/room/capture", accept="application/json", text="Stress", key="k1"
        )
        assert reply.json()["saved"]
    assert [note.text for note in hall.notes()] == ["Stress"]


def test_a_pasted_list_becomes_one_note_a_line(hall):
    phone = hall.phone()
    phone.join()
    phone.send("/room/capture", text="1. Cheap food\n\n2) No parks\n- Stress", list="1")
    assert [note.text for note in hall.notes()] == ["Cheap food", "No parks", "Stress"]


def test_a_note_with_a_telephone_number_waits_for_the_facilitator(hall):
    phone, other = hall.phone(), hall.phone()
    phone.join()
    other.join()
    page = phone.send("/room/capture", text="Ring Cllr on 01709 382121")
    (note,) = hall.notes()
    assert note.held
    assert "telephone number" in note.held_reason
    assert "waits for the facilitator" in page.text
    assert "01709" not in other.open("/room/capture").text


def test_a_note_too_long_is_refused_in_words_beside_the_field(hall):
    phone = hall.phone()
    phone.join()
    page = phone.send("/room/capture", text="x" * 1_001)
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert '<a href="#text">' in page.text
    assert "has 1,001 characters" in page.text
    assert "<title>Error:" in page.text
    assert hall.notes() == []


def test_when_the_store_refuses_the_words_come_back_in_the_field(hall, monkeypatch):
    phone = hall.phone()
    phone.join()

    def full(*_args, **_more):
        raise StoreError("The disk is full.")

    monkeypatch.setattr(hall.store, "apply", full)
    page = phone.send("/room/capture", text="Do not lose me", key="k9")
    assert page.status_code == 503
    assert "Not saved yet. Your words are kept" in page.text
    assert ">Do not lose me</textarea>" in page.text
    assert 'value="k9"' in page.text


def test_a_form_without_its_token_is_refused(hall):
    phone = hall.phone()
    phone.join()
    assert (
        phone.send("/room/capture", text="Stress", token="wrong").status_code  # noqa: S106
        == 403
    )
    assert hall.notes() == []


def test_a_forged_cookie_is_no_pass(hall):
    phone = hall.phone()
    phone.join()
    value = phone.client.cookies[COOKIE]
    phone.client.cookies.clear()
    phone.client.cookies.set(COOKIE, forged(value))
    assert phone.open("/room/capture").url.path == "/j"


def test_the_cookie_is_http_only_strict_and_lasts_twelve_hours(hall):
    phone = hall.phone()
    reply = phone.client.post(
        "/j/amber-kettle-river", data={"table": "t1"}, follow_redirects=False
    )
    cookie = reply.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "max-age=43200" in cookie or "max-age=43199" in cookie


def test_a_closed_room_says_so_and_keeps_what_was_sent(hall):
    phone = hall.phone()
    phone.join()
    phone.send("/room/capture", text="Stress")
    hall.change(_close)
    assert "This room is closed" in phone.open("/room/capture").text
    assert len(hall.notes()) == 1


def _close(draft):
    from dataclasses import replace

    from systemmap.model.workshop import Workshop

    draft.replace(replace(draft.find(Workshop, "w1"), open=False))


@pytest.mark.parametrize("path", ["/j", "/j/amber-kettle-river", "/room/capture"])
def test_pages_are_small_and_talk_to_nobody(hall, path):
    phone = hall.phone()
    phone.join()
    page = phone.open(path)
    assert len(page.content) < 30_000
    assert "http://" not in page.text
    assert "https://" not in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert 'lang="en-GB"' in page.text


def test_going_back_and_writing_something_else_is_a_new_note(hall):
    phone = hall.phone()
    phone.join()
    for text in ("Stress", "Sleep", "Stress"):
        phone.send("/room/capture", text=text, key="the old page's key")
    assert [note.text for note in hall.notes()] == ["Stress", "Sleep"]


def test_a_form_without_a_key_loses_nothing(hall):
    phone = hall.phone()
    phone.join()
    for text in ("Stress", "Sleep"):
        assert phone.send("/room/capture", text=text).status_code == 200
    assert len(hall.notes()) == 2
