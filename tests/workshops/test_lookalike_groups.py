"""Notes become causes: suggested with a reason, decided by people, counted to the end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from systemmap.errors import InvalidValue
from systemmap.model.elements import Factor
from systemmap.model.values import Polarity
from systemmap.model.workshop import Contribution, Workshop
from systemmap.testing import map_from, programme_of
from systemmap.workshops.kits import kit
from systemmap.workshops.lookalike_groups import (
    accept_certain,
    accept_group,
    keep_apart,
    lookalike_groups,
)
from systemmap.workshops.note_places import place_singles, unplaced
from systemmap.workshops.notes import notes_from
from systemmap.workshops.running import plan_workshop, tables_of
from systemmap.workshops.sums import account_of, sums_of


def room(*said, system_map=None):
    """A workshop in which each list of texts was said at its own table."""
    programme = programme_of(system_map)
    planned = plan_workshop(
        programme, kit("mapping_workshop"), tables=["Table 1", "Table 2", "Table 3"]
    )
    for number, texts in enumerate(said):
        table = tables_of(programme, planned.id)[number]
        programme.add(*notes_from(planned, texts, key=str(number), table_id=table.id))
    return programme, planned.id


def group_of(programme, workshop, *texts):
    """Return the proposal that holds exactly these wordings."""
    (found,) = [
        g
        for g in lookalike_groups(programme, workshop)
        if {w.text for w in g.wishes} == set(texts)
    ]
    return found


def test_opposite_wordings_come_first_with_the_neutral_one_suggested():
    programme, w = room(["Lack of time to cook"], ["Time to cook"], ["Cheap takeaways"])
    first = lookalike_groups(programme, w)[0]
    assert first.reason.startswith("opposite wording")
    assert first.suggested == "Time to cook"


def test_an_accepted_group_keeps_words_tables_and_counts():
    programme, w = room(["Cheap takeaways"], ["cheap takeaways", "Cheap takeaways!"])
    group = lookalike_groups(programme, w)[0]
    factor = accept_group(programme, group, "Price of takeaways")
    assert [(x.text, x.table) for x in factor.wordings] == [
        ("Cheap takeaways", "Table 1"),
        ("cheap takeaways", "Table 2"),
        ("Cheap takeaways!", "Table 2"),
    ]
    assert factor.mentions == 3
    assert {n.text for n in programme.all(Contribution).values()} == {
        "Cheap takeaways",
        "cheap takeaways",
        "Cheap takeaways!",
    }


def test_a_wording_left_out_stays_in_the_inbox():
    programme, w = room(["Cheap takeaways"], ["Cheap take aways"])
    group = group_of(programme, w, "Cheap takeaways", "Cheap take aways")
    accept_group(programme, group, "Takeaways", leave_out=["Cheap take aways"])
    assert [n.text for n in unplaced(programme, w)] == ["Cheap take aways"]


def test_a_factor_that_says_the_opposite_has_its_links_flipped():
    programme, w = room(
        ["Time to cook"], system_map=map_from("lack-of-time-to-cook -> snacking +")
    )
    group = group_of(programme, w, "Time to cook", "Lack of time to cook")
    factor = accept_group(programme, group, "Time to cook")
    (link,) = programme.system_map().links.values()
    assert (link.source, link.polarity) == (factor.id, Polarity.OPPOSITE)


def test_a_group_kept_apart_does_not_come_back():
    programme, w = room(["Lack of time to cook"], ["Time to cook"])
    keep_apart(programme, w, lookalike_groups(programme, w)[0])
    assert lookalike_groups(programme, w) == []


def test_a_rejected_proposal_does_not_come_back_beside_a_third_wording():
    programme, w = room(["Lack of time to cook"], ["Time to cook"])
    keep_apart(programme, w, lookalike_groups(programme, w)[0])
    later = notes_from(programme.find(Workshop, w), ["Time to cook!"], key="9")
    programme.add(*later)
    (again,) = lookalike_groups(programme, w)
    assert {x.text for x in again.wishes} <= {"Time to cook", "Time to cook!"}
    accept_group(programme, again, "Time to cook")
    assert lookalike_groups(programme, w) == []  # as a cause it is still apart
    kept = str(programme.find(Workshop, w).extra)
    assert "cook" not in kept.casefold()  # a purge leaves no word behind


def test_a_wording_left_out_is_not_proposed_for_the_same_cause_again():
    programme, w = room(["Cheap takeaways"], ["Cheap take aways"])
    group = group_of(programme, w, "Cheap takeaways", "Cheap take aways")
    accept_group(programme, group, "Cheap takeaways", leave_out=["Cheap take aways"])
    assert lookalike_groups(programme, w) == []


def test_all_certain_groups_are_accepted_at_once_and_no_other():
    programme, w = room(
        ["Cheap takeaways", "Lack of time"], ["Cheap take aways", "Time"], ["5 a day"]
    )
    programme.add(*notes_from(programme.find(Workshop, w), ["Five-a-day"], key="more"))
    assert accept_certain(programme, lookalike_groups(programme, w)) == 2
    assert len(programme.system_map().factors) == 2
    (left,) = lookalike_groups(programme, w)
    assert left.reason == "opposite wording: rename"


def test_the_reason_counts_the_links_that_would_be_flipped():
    programme, w = room(
        ["Time to cook"],
        system_map=map_from(
            "lack-of-time-to-cook -> snacking +\n work -> lack-of-time-to-cook +"
        ),
    )
    group = group_of(programme, w, "Time to cook", "Lack of time to cook")
    assert (group.suggested, group.reason) == (
        "Time to cook",
        "opposite wording: rename and flip 2 links",
    )


def test_a_merge_needs_a_name_and_something_to_merge():
    programme, w = room(["Lack of time to cook"], ["Time to cook"])
    (group,) = lookalike_groups(programme, w)
    with pytest.raises(InvalidValue, match="neutral name"):
        accept_group(programme, group, "  ")
    with pytest.raises(InvalidValue, match="Everything was left out"):
        accept_group(programme, group, "Time", leave_out=[x.text for x in group.wishes])


def test_notes_that_stand_alone_become_causes_as_they_were_said():
    programme, w = room(["No benches"], ["Dark parks", "dark parks"])
    shown = [note.id for note in unplaced(programme, w)]
    assert place_singles(programme, w, shown[:2]) == 2
    assert programme.find(Factor, "main/dark-parks").mentions == 1
    assert [note.text for note in unplaced(programme, w)] == ["dark parks"]
    assert place_singles(programme, w, shown) == 1
    assert programme.find(Factor, "main/dark-parks").mentions == 2
    assert unplaced(programme, w) == []


def test_held_notes_are_in_no_sum_but_are_counted_apart():
    programme, w = room(["Ring 01709 382121", "Stress"])
    sums = sums_of(programme, w)
    assert (sums.notes, sums.held) == (1, 1)


def test_the_sums_can_be_read_aloud():
    programme, w = room(
        ["Cheap takeaways", "Stress"], ["cheap takeaways", "Cheap take aways"]
    )
    group = group_of(programme, w, "Cheap takeaways", "Cheap take aways")
    accept_group(programme, group, "Price of takeaways")
    assert sums_of(programme, w).sentence == (
        "You wrote 4 notes about causes. 1 of them used the very words of another. "
        "1 said much the same as another. Put together, they name 2 different causes. "
        "Nothing was deleted: every note is in the appendix."
    )


texts = st.lists(
    st.sampled_from(
        [
            "Stress",
            "stress",
            "Lack of time",
            "Time",
            "Cheap food",
            "Cheap foods",
            "Parks",
        ]
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(said=st.tuples(texts, texts), decisions=st.lists(st.booleans(), max_size=6))
def test_the_sums_add_up_whatever_people_decide(said, decisions):
    programme, w = room(*(rows for rows in said if rows))
    total = len(programme.all(Contribution))
    for accept in decisions:
        groups = lookalike_groups(programme, w)
        if not groups:
            break
        if accept:
            accept_group(programme, groups[0], groups[0].suggested)
        else:
            keep_apart(programme, w, groups[0])
    sums = sums_of(programme, w)
    assert sums.notes == total
    assert sums.notes - sums.repeats == sums.different
    assert sums.different - sums.merged == sums.causes
    assert min(sums.repeats, sums.merged) >= 0
    assert sum(f.mentions for f in programme.all(Factor).values()) == total - len(
        unplaced(programme, w)
    )
    assert sum(len(notes) for _, notes in account_of(programme, w).notes) == total


def test_a_later_note_is_proposed_for_the_cause_its_words_were_merged_into():
    programme, w = room(["Cheap takeaways"], ["Cheap take aways"])
    group = group_of(programme, w, "Cheap takeaways", "Cheap take aways")
    accept_group(programme, group, "Price of food on the way home")
    table = tables_of(programme, w)[0]
    programme.add(
        *notes_from(
            programme.find(Workshop, w), ["cheap takeaways"], key="9", table_id=table.id
        )
    )
    (again,) = lookalike_groups(programme, w)
    assert {wish.text for wish in again.wishes} == {
        "cheap takeaways",
        "Price of food on the way home",
    }
    accept_group(programme, again, again.suggested)
    assert list(programme.system_map().factors) == ["price-of-food-on-the-way-home"]
    assert lookalike_groups(programme, w) == []


def test_two_causes_of_the_room_whose_names_say_the_same_are_proposed_again():
    programme, w = room(["Stress"], ["Level of stress"])
    place_singles(programme, w, [note.id for note in unplaced(programme, w)])
    group = group_of(programme, w, "Stress", "Level of stress")
    accept_group(programme, group, "Stress")
    assert [f.label for f in programme.system_map().factors.values()] == ["Stress"]
