"""Look-alikes and paper are worked on in the room's own page, on exactly what it shows."""

import html
import json
import re

import pytest

from benchmarks._rendered_walls import sheet, wall
from benchmarks.photos import sheet_pages
from systemmap.model.elements import Factor
from systemmap.model.workshop import NotePicture
from systemmap.workshops.note_places import unplaced
from tests.rooms.conftest import RUN, say


def forms(desk, act):
    """The forms of the look-alikes' page that one of its acts sends, as their fields."""
    page = desk.page("alike").partition("<main")[2]
    found = [f for f in re.findall(r"<form.*?</form>", page, re.S) if f'"{act}"' in f]
    return [_fields(form) for form in found]


def _fields(form):
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        ticked = said.get("type") != "checkbox" or tag.rstrip(">").endswith("checked")
        if ticked and said["name"] != "act":
            sent.setdefault(said["name"], []).append(html.unescape(said["value"]))
    return sent


def causes(hall):
    return {f.label: f.mentions for f in hall.programme().system_map().factors.values()}


def test_look_alikes_merge_in_the_room_on_what_was_shown_and_go_back_in_one_undo(
    hall, desk
):
    say(hall, "Takeaways nearby")
    say(hall, "Take-aways nearby", "t2")
    before = hall.programme().system_map()
    (shown,) = forms(desk, "merge")
    assert sorted(shown["wish"]) == ["Take-aways nearby", "Takeaways nearby"]
    say(hall, "takeaways nearby", "t2")
    said = desk.act("merge", **shown)["said"]
    assert "2 wordings are one cause now: “Take" in said
    assert "1 more came in and was left as it was." in said
    assert 2 in causes(hall).values()
    assert [n.text for n in unplaced(hall.programme())] == ["takeaways nearby"]
    desk.act("undo", revision=hall.store.revision("testtown"))
    assert hall.programme().system_map() == before


def test_a_group_whose_words_changed_since_is_not_merged(hall, desk):
    say(hall, "Takeaways nearby")
    say(hall, "Take-aways nearby", "t2")
    (shown,) = forms(desk, "merge")
    say(hall, "Takeaway nearby", "t2")
    before = hall.store.revision("testtown")
    for act in ("merge", "apart", "certain"):
        assert "have changed since" in desk.act(act, **shown)["problem"]
    assert hall.store.revision("testtown") == before
    (now,) = forms(desk, "merge")
    assert len(now["wish"]) == 3


def test_look_alikes_kept_apart_are_not_proposed_again(hall, desk):
    say(hall, "Lack of time to cook")
    say(hall, "Time to cook", "t2")
    (shown,) = forms(desk, "merge")
    assert "problem" in desk.act("merge", **{**shown, "label": " "})
    assert "Kept apart" in desk.act("apart", **shown)["said"]
    assert forms(desk, "merge") == []
    assert len(unplaced(hall.programme())) == 2


def test_a_wording_that_is_not_ticked_stays_out_and_the_name_is_the_one_written(
    hall, desk
):
    for text in ("Takeaways nearby", "Take-aways nearby", "Takeaway nearby"):
        say(hall, text)
    (shown,) = forms(desk, "merge")
    shown |= {"wish": shown["wish"][:2], "label": "Number of takeaways"}
    desk.act("merge", **shown)
    assert causes(hall)["Number of takeaways"] == 2
    assert len(unplaced(hall.programme())) == 1


def test_all_certain_ones_become_causes_at_once(hall, desk):
    for text in ("Dark parks", "Dark park", "Bus fares", "Bus-fares"):
        say(hall, text)
    (shown,) = forms(desk, "certain")
    say(hall, "dark parks", "t2")
    said = desk.act("certain", **shown)["said"]
    assert "2 groups of the same words made one cause each. 1 more came in" in said
    assert sorted(causes(hall).values())[-2:] == [2, 2]


def test_notes_like_no_other_become_causes_and_those_said_since_wait(hall, desk):
    say(hall, "No benches")
    (shown,) = forms(desk, "singly")
    say(hall, "no benches", "t2")
    said = desk.act("singly", **shown)["said"]
    assert said == "1 cause put on the map. 1 more came in and was left as it was."
    assert causes(hall)["No benches"] == 1
    assert "on the map or gone" in desk.act("singly", **shown)["problem"]
    assert "Tick the notes" in desk.act("singly")["problem"]


def test_a_form_that_names_every_note_of_a_large_room_is_taken(hall, desk):
    phone = hall.phone()
    phone.join()
    for block in range(3):
        lines = "\n".join(f"Cause number {block} {n}" for n in range(150))
        assert (
            desk.act("type", text=lines, table="t1")["said"] == "150 kept for Table 1."
        )
    ids = [note.id for note in hall.notes()]
    theme = "food_environment"
    assert "450 notes sorted" in desk.act("sort", note=ids, theme=theme)["said"]
    stranger = phone.client.post(RUN, data={"act": "sort", "note": ids})
    assert stranger.status_code in (403, 413)
    assert {n.theme for n in hall.notes()} == {theme}


def test_paper_is_typed_up_by_blocks_and_a_second_sending_is_one(hall, desk):
    page = desk.page("paper")
    assert re.search(r'<option value="t2">Table 2', page)
    text = "- Stress\n2. Sleep\nTable 2:\nRing Jo on 01709 382121\nNo buses"
    sent = {"text": text, "table": "t1", "source": "paper", "kind": "cause", "key": "k"}
    told = "2 kept for Table 1; 2 kept for Table 2, 1 held."
    assert desk.act("type", **sent)["said"] == told
    assert "kept before" in desk.act("type", **sent)["said"]
    assert [(n.text, n.table_id, n.held) for n in hall.notes()] == [
        ("Stress", "t1", False),
        ("Sleep", "t1", False),
        ("Ring Jo on 01709 382121", "t2", True),
        ("No buses", "t2", False),
    ]
    assert {n.source for n in hall.notes()} == {"paper"}
    revision = hall.store.revision("testtown")
    for wrong in ({"text": " "}, {"table": "t9"}):
        assert "problem" in desk.act("type", **{**sent, **wrong})
    desk.act("undo", revision=revision)
    assert hall.notes() == []


def test_a_list_of_notes_is_brought_in_with_its_tables(hall, desk):
    rows = b"Table,Cause\nTable 2,Dark parks\n,Bus fares\nTable 9,Long shifts\n"
    told = desk.send_file("bring-notes", rows, name="notes.csv", table="t1")
    assert "1 kept for Table 1" in told["said"]
    assert "1 kept for Table 2" in told["said"]
    assert "1 kept for Table 9" in told["said"]
    again = desk.send_file("bring-notes", rows, name="notes.csv", table="t1")
    assert "kept before" in again["said"]
    assert "problem" in desk.send_file("bring-notes", b"", name="notes.csv", table="t1")
    assert len(hall.notes()) == 3


def test_a_photo_is_parted_put_right_kept_and_typed(hall, desk):
    made = wall(11, notes=6, megapixels=1.2)
    found = desk.send_file("part", made.jpeg)
    assert found["said"] == "6 notes found."
    assert hall.programme().all(NotePicture) == {}
    cuts = json.dumps([{**cut, "picture": ""} for cut in found["cuts"]])
    many = {
        way: len(desk.send_file("part", made.jpeg, cuts=cuts, at="1", **more)["cuts"])
        for way, more in {
            "across": {"way": "across"},
            "out": {"way": "out"},
            "join": {"way": "join", "with": "0"},
        }.items()
    }
    assert many == {"across": 7, "out": 5, "join": 5}
    for _ in range(2):
        told = desk.send_file("photo", made.jpeg, cuts=cuts, table="t2")["said"]
        assert told == "6 pictures kept to type."
    kept = list(hall.programme().all(NotePicture))
    assert len(kept) == 6
    picture = f"{RUN}/picture/{kept[0]}?ticket={desk.ticket}"
    assert desk.client.get(picture).content.startswith(b"\xff\xd8")
    assert desk.client.get(f"{RUN}/picture/{kept[0]}").status_code == 403
    assert desk.client.get(picture.replace(kept[0], "p-x")).status_code == 404
    assert desk.page("paper").count("/picture/p-") == 6
    typed = {"picture": kept, f"text {kept[0]}": "Dark parks"}
    assert desk.act("pictures", **typed)["said"] == "1 kept."
    assert "Nothing is typed" in desk.act("pictures", picture=kept)["problem"]
    assert "has its note by now" in desk.act("drop", drop=kept[0])["problem"]
    desk.act("drop", drop=kept[1])
    (note,) = hall.notes()
    assert (note.text, note.table_id, note.source) == ("Dark parks", "t2", "photo")
    assert desk.page("paper").count("/picture/p-") == 4


def test_a_printed_sheet_finds_its_table_from_the_room(hall, desk):
    made = sheet(5, sheet_pages(["Table 1", "Table 2"])[2], 1, 2.0)
    found = desk.send_file("part", made.jpeg)
    cuts = json.dumps([{**cut, "picture": ""} for cut in found["cuts"]])
    desk.send_file("photo", made.jpeg, cuts=cuts, table="t1")
    kept = hall.programme().all(NotePicture).values()
    assert [one.table_id for one in kept] == ["t2"] * len(made.boxes)


@pytest.mark.parametrize(
    "sent",
    [
        {"cuts": "no list"},
        {"cuts": '[{"left": 1}]'},
        {"cuts": "[]", "at": "0", "way": "out"},
        {"cuts": "[]", "at": "x", "way": "out"},
    ],
)
def test_a_photo_put_right_without_sense_is_refused_in_words(desk, sent):
    assert "problem" in desk.send_file("part", b"\xff\xd8nothing", **sent)


def test_nobody_without_the_ticket_may_send_a_file(hall, desk):
    stranger = hall.phone().client
    heads = {"content-type": "application/octet-stream"}
    body = b"act=part\n" + bytes(100_000)
    assert stranger.post(RUN, content=body, headers=heads).status_code in (403, 413)
    assert hall.programme().find(Factor, "main/stress")
