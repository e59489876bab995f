"""The phrase table: English whole, another language added by a column."""

import re
from importlib.resources import files

from app.rooms._room import OPEN_ROOMS
from app.rooms._room_phrases import direction, phrases, phrases_from


def test_every_phrase_the_pages_use_is_in_the_table_and_none_is_idle():
    folder = files("app.rooms").joinpath("templates")
    used = set()
    for page in folder.iterdir():
        used |= set(re.findall(r"words\.(\w+)", page.read_text(encoding="utf-8")))
    known = set(phrases()["en-GB"])
    assert used <= known
    in_code = {
        "language",
        "closed",
        "not_saved",
        "not_saved_title",
        "away",
        "away_title",
        "not_open",
        "not_sent",
        *(f"room_{r}" for r in OPEN_ROOMS),
    }
    assert known - used - in_code == set()


def test_a_column_adds_a_language_and_gaps_stay_english():
    table = (
        "key,where,en-GB,ur\nlanguage,list,English,اردو\n"
        "capture_button,capture,Send,بھیجیں\nsaved,all,Saved,\n"
    )
    read = phrases_from(table)
    assert list(read) == ["en-GB", "ur"]
    assert read["ur"] == {
        "language": "اردو",
        "capture_button": "بھیجیں",
        "saved": "Saved",
    }
    assert (direction("ur"), direction("pl")) == ("rtl", "ltr")


def test_a_phone_reads_the_language_it_chose(hall, monkeypatch):
    from app.rooms import _room, join

    table = {
        "en-GB": phrases()["en-GB"],
        "pl": {**phrases()["en-GB"], "language": "Polski", "capture_button": "Wyślij"},
    }
    for module in (_room, join):
        monkeypatch.setattr(module, "phrases", lambda: table)
    phone = hall.phone()
    page = phone.open("/j/amber-kettle-river")
    assert '<option value="pl" lang="pl">Polski</option>' in page.text
    page = phone.join(language="pl")
    assert '<html lang="pl" dir="ltr">' in page.text
    assert "<button>Wyślij</button>" in page.text
