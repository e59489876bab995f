"""Kits are plain files: complete, with Dundee's minutes, and refused in words."""

import re

import pypdfium2
import pytest

from systemmap.errors import ReadError, UnknownItem
from systemmap.testing import programme_of
from systemmap.vocab import terms
from systemmap.workshops.join_words import join_words_from, new_join_words, word_list
from systemmap.workshops.kits import kit, kit_from_folder, kits
from systemmap.workshops.running import (
    change_words,
    open_room,
    plan_workshop,
    tables_of,
)
from systemmap.workshops.sheets import (
    note_sheets_pdf,
    participant_sheet_pdf,
    table_cards_pdf,
)
from tests.reports.tag_tree import tree_of, unmarked


@pytest.mark.parametrize("key", kits())
def test_a_kit_is_complete(key):
    found = kit(key)
    assert found.type in terms("workshop_types")
    assert found.agenda
    assert found.prompts
    assert found.tables
    assert found.guide.startswith("# ")
    assert found.guide_below_title in found.guide
    assert not found.guide_below_title.startswith(("# ", "\n"))
    assert found.sheet.startswith("# ")


def test_the_mapping_workshop_has_the_minutes_of_dundee():
    minutes = [item.minutes for item in kit("mapping_workshop").agenda]
    assert minutes == [10, 5, 10, 15, 15, 25, 5, 20, 15, 45, 20, 5]
    assert sum(minutes) == 190  # 09:50 to 13:00


def test_the_action_workshop_has_the_minutes_of_dundee():
    minutes = [item.minutes for item in kit("action_workshop").agenda]
    assert minutes == [5, 20, 5, 10, 5, 30, 5, 10]
    assert sum(minutes) == 90  # 11:30 to 13:00


def test_our_own_kits_use_words_that_put_people_first():
    texts = [k.guide + k.sheet + k.summary for k in kits().values()]
    avoided = (
        "obese people",
        "the obese",
        "hard to reach",
        "lifestyle choice",
        "leverage",
    )
    assert [word for word in avoided for text in texts if word in text.lower()] == []


def test_an_unusable_kit_lists_every_problem(tmp_path):
    for name in ("facilitator-guide.md", "participant-sheet.md"):
        (tmp_path / name).write_text("# Ours")
    (tmp_path / "kit.toml").write_text(
        'title = "Ours"\ntype = "party"\n[[agenda]]\ntitle = "Dance"\nminutes = "ten"\nroom = "floor"\n'
    )
    with pytest.raises(ReadError) as refused:
        kit_from_folder(tmp_path)
    told = str(refused.value)
    assert "'party' is not one of: mapping, action" in told
    assert "step 1 of the agenda: needs its minutes" in told
    assert "opens 'floor', which is not one of" in told


def test_a_missing_kit_names_the_nearest():
    with pytest.raises(UnknownItem, match="Did you mean 'mapping_workshop'"):
        kit("maping_workshop")


def test_there_are_2048_different_clear_words():
    words = word_list()
    assert len(words) == len(set(words)) == 2048
    assert list(words) == sorted(words)
    assert all(w.isalpha() and w.islower() and 3 <= len(w) <= 9 for w in words)


def test_new_words_are_three_different_ones_and_read_as_typed():
    words = new_join_words()
    parts = words.split("-")
    assert len(set(parts)) == 3
    assert set(parts) <= set(word_list())
    assert join_words_from(f"  {parts[0].upper()}, {parts[1]}  {parts[2]}. ") == words


def test_a_room_opened_again_keeps_its_words_until_they_are_changed():
    programme = programme_of()
    planned = plan_workshop(programme, kit("focus_group"))
    first = open_room(programme, planned.id).join_words
    assert open_room(programme, planned.id).join_words == first
    assert change_words(programme, planned.id).join_words != first


def test_each_table_has_an_empty_map_of_its_own():
    programme = programme_of()
    planned = plan_workshop(programme, kit("action_workshop"))
    maps = [programme.maps[t.map_id] for t in tables_of(programme, planned.id)]
    assert len(maps) == 4
    assert {m.kind for m in maps} == {"workshop_table"}


def test_a_card_is_printed_for_each_table_with_its_code():
    programme = programme_of()
    planned = plan_workshop(programme, kit("mapping_workshop"))
    opened = open_room(programme, planned.id)
    made = table_cards_pdf(opened, ["Table 1", "Table <2>"], "http://10.0.0.7:8501")
    texts = [p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(made)]
    assert len(texts) == 2
    assert "Table <2>" in texts[1]
    assert "10.0.0.7:8501/j" in texts[0]
    assert opened.join_words.replace("-", " ") in texts[0].replace("\r\n", " ")
    code = f"A square code that opens http://10.0.0.7:8501/j/{opened.join_words}"
    assert tree_of(made).count(("Figure", code)) == 2
    _is_tagged(made, f"Table cards: {opened.title}")


def test_each_box_of_the_sheets_for_notes_is_said_to_be_empty():
    programme = programme_of()
    planned = plan_workshop(programme, kit("mapping_workshop"))
    made = note_sheets_pdf(planned, ["Table 1"])
    said = ["Document", "H1", "P", "Figure"]
    assert [kind for kind, _ in tree_of(made)] == said * 2
    _is_tagged(made, f"Sheets for notes: {planned.title}")


def _is_tagged(data, title):
    assert unmarked(data) == []
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"/Lang (en-GB)" in data
    assert pypdfium2.PdfDocument(data).get_metadata_value("Title") == title


@pytest.mark.parametrize("key", kits())
def test_the_participant_sheet_fits_one_page(key):
    found = kit(key)
    made = participant_sheet_pdf(found.sheet, found.title)
    assert len(pypdfium2.PdfDocument(made)) == 1
    kinds = [kind for kind, _ in tree_of(made)]
    assert kinds.count("LI") == len(re.findall(r"(?m)^ *(?:-|\d+\.) ", found.sheet))
    assert kinds[1] == "H1"
    _is_tagged(made, found.title)
