"""A table's notes stand as cards on its own drawing; nothing is typed twice."""

from dataclasses import replace

import pytest

from systemmap.drawing.layout.boxes import box_of
from systemmap.model.elements import Link, MapVersion
from systemmap.model.values import MapKind, Polarity
from systemmap.model.workshop import Contribution, Workshop, WorkshopTable
from systemmap.store import Actor
from systemmap.store.memory import MemoryStore
from systemmap.testing import programme_of
from systemmap.workshops.lookalike_groups import accept_group, lookalike_groups
from systemmap.workshops.moderation import (
    correct,
    hide,
    let_through,
    move_to_table,
    take_away,
)
from systemmap.workshops.notes import notes_from
from systemmap.workshops.sums import sums_of
from systemmap.workshops.table_cards import cards_follow, stand_cards
from systemmap.workshops.table_maps import bring_together, joining

LEAD = Actor("This computer", "admin")
WORKSHOP = Workshop(id="w1", title="Mapping", open=True, rooms=("draw",))


@pytest.fixture
def draft():
    programme = programme_of(None, WORKSHOP)
    for n in (1, 2):
        kind = MapKind.WORKSHOP_TABLE
        programme.add(
            MapVersion(id=f"m{n}", name=f"Table {n}", kind=kind, workshop_id="w1"),
            WorkshopTable(
                id=f"t{n}", workshop_id="w1", name=f"Table {n}", map_id=f"m{n}"
            ),
        )
    return programme


def say(draft, *texts, table="t1", key="k"):
    notes = notes_from(WORKSHOP, texts, key=f"{table}{key}", table_id=table)
    draft.add(*notes)
    return [note.id for note in notes]


def cards(draft, map_id="m1"):
    return {f.label: f for f in draft.system_map(map_id).factors.values()}


def test_each_tables_notes_stand_on_its_own_drawing_and_none_covers_another(draft):
    say(draft, *(f"Cause number {n} with some more words" for n in range(25)))
    say(draft, "Dark streets", table="t2")
    assert stand_cards(draft, "w1") == 26
    found = list(cards(draft).values())
    assert set(cards(draft, "m2")) == {"Dark streets"}
    for one in found:
        for other in found:
            if one.id < other.id:
                a, b = box_of(one.label), box_of(other.label)
                apart = abs(one.x - other.x) >= (a.width + b.width) / 2 or (
                    abs(one.y - other.y) >= (a.height + b.height) / 2
                )
                assert apart, (one.label, other.label)


def test_the_same_words_are_one_card_that_holds_both_notes(draft):
    ids = say(draft, "Stress", "stress", "Sleep")
    stand_cards(draft, "w1")
    card = cards(draft)["Stress"]
    assert [w.contribution_id for w in card.wordings] == ids[:2]
    assert card.mentions == 2
    assert stand_cards(draft, "w1") == 0


def test_a_card_that_somebody_took_away_does_not_come_back(draft):
    say(draft, "Stress", "Sleep")
    stand_cards(draft, "w1")
    draft.remove_factor("m1", cards(draft)["Sleep"].id)
    say(draft, "Shifts", key="later")
    assert cards_follow(draft, "w1") == 1
    assert set(cards(draft)) == {"Stress", "Shifts"}


def test_no_card_comes_while_tables_do_not_draw(draft):
    draft.replace(replace(WORKSHOP, rooms=("capture",)))
    say(draft, "Stress")
    assert cards_follow(draft, "w1") == 0
    assert cards(draft) == {}


def test_a_hidden_note_goes_from_the_drawing_and_comes_back(draft):
    (rude, mild) = say(draft, "Rude words", "Mild words")
    stand_cards(draft, "w1")
    ends = (cards(draft)[name].id for name in ("Rude words", "Mild words"))
    draft.add(_link(*ends))
    hide(draft, [rude])
    assert set(cards(draft)) == {"Mild words"}
    assert draft.find(Contribution, rude).text == "Rude words"
    let_through(draft, [rude])
    assert set(cards(draft)) == {"Mild words", "Rude words"}
    assert mild in {w.contribution_id for w in cards(draft)["Mild words"].wordings}


def _link(source, target):
    return Link(map_id="m1", source=source, target=target, polarity=Polarity.SAME)


def test_a_card_that_others_said_too_or_renamed_stays_without_the_words(draft):
    one, two = say(draft, "Stress", "stress")
    stand_cards(draft, "w1")
    hide(draft, [one])
    assert [w.contribution_id for w in cards(draft)["Stress"].wordings] == [two]
    card = cards(draft)["Stress"]
    draft.replace(replace(card, label="Stress at work"))
    take_away(draft, [two])
    assert cards(draft)["Stress at work"].wordings == ()


def test_a_note_moved_to_another_table_takes_its_card_along(draft):
    ids = say(draft, "Stress", "Sleep")
    stand_cards(draft, "w1")
    move_to_table(draft, ids[:1], "t2")
    assert (set(cards(draft)), set(cards(draft, "m2"))) == ({"Sleep"}, {"Stress"})


def test_notes_count_once_however_they_came_to_the_main_map(draft):
    ids = say(draft, "Time to cook", "Takeaways", table="t1")
    ids += say(draft, "time for cooking", "Take-aways", table="t2")
    stand_cards(draft, "w1")
    (group,) = [
        g
        for g in lookalike_groups(draft, "w1")
        if {w.text for w in g.wishes} == {"Takeaways", "Take-aways"}
    ]  # decided on the screen while the tables draw on
    accept_group(draft, group, "Takeaways nearby")
    shown = {
        j.waiting.map_id: (j.waiting.factors, j.waiting.links)
        for j in joining(draft, "w1")
    }
    bring_together(draft, "w1", matches={}, shown=shown)
    main = cards(draft, "main")
    assert set(main) == {"Takeaways nearby", "Time to cook", "time for cooking"}
    assert main["Takeaways nearby"].mentions == 2
    held = [w.contribution_id for f in main.values() for w in f.wordings]
    assert sorted(filter(None, held)) == sorted(ids)
    assert all(draft.find(Contribution, i).map_id == "main" for i in ids)
    sums = sums_of(draft, "w1")
    assert (sums.notes, sums.causes, sums.on_map) == (4, 3, 3)


def test_long_words_are_shortened_at_a_word_and_kept_whole_inside(draft):
    text = "There is " + "nothing to do for young people here " * 20
    say(draft, text)
    stand_cards(draft, "w1")
    (card,) = cards(draft).values()
    assert card.label.endswith("…")
    assert card.wordings[0].text == text.strip()


def test_personal_details_are_taken_out_of_the_card_as_well(draft):
    store = MemoryStore()
    (note,) = say(draft, "Jane Doe says no")
    stand_cards(draft, "w1")
    store.create(draft, actor=LEAD)
    correct(store, draft.id, note, "Somebody says no", actor=LEAD)
    kept = store.load(draft.id)
    (card,) = kept.system_map("m1").factors.values()
    assert (card.label, card.wordings[0].text) == ("Somebody says no",) * 2
    told = repr(store.history(draft.id, rows=True))
    assert "jane" not in told.casefold()
    assert store.verify(draft.id).problems == ()
