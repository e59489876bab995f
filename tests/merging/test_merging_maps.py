"""Tables' maps into the main map: who said what stays, disagreement shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from systemmap.editing.merge_maps import merge_maps
from systemmap.errors import InvalidValue, UnknownItem
from systemmap.model.elements import MapVersion
from systemmap.model.values import Confidence, MapKind, Polarity
from systemmap.model.workshop import (
    Contribution,
    LinkStatement,
    Workshop,
    WorkshopTable,
)
from systemmap.testing import map_from, programme_of

AT = datetime(2026, 11, 3, 12, tzinfo=UTC)


def room(main="", **tables):
    programme = programme_of(map_from(main), Workshop(id="w1", title="Mapping"))
    for name, notation in tables.items():
        version = MapVersion(
            id=name,
            name=f"{name.title()} map",
            kind=MapKind.WORKSHOP_TABLE,
            workshop_id="w1",
        )
        programme.put_map(map_from(notation).copy(version))
        programme.add(
            WorkshopTable(
                id=f"t-{name}", workshop_id="w1", name=name.title(), map_id=name
            )
        )
    return programme


def test_the_same_name_is_one_factor_and_opposite_signs_are_disputed():
    draft = room(
        oak="stress -> snacking +", elm="stress -> snacking -\n sleep -> stress -"
    )
    merges = merge_maps(draft, ["oak", "elm"])
    main = draft.system_map()
    link = main.link("stress", "snacking")
    assert set(main.factors) == {"stress", "snacking", "sleep"}
    assert (link.polarity, link.confidence, link.mentions) == (
        Polarity.UNKNOWN,
        Confidence.DISPUTED,
        2,
    )
    assert [(c.polarity, c.table, c.workshop) for c in link.claims] == [
        ("+", "Oak", "w1"),
        ("-", "Elm", "w1"),
    ]
    assert [merge.sentence for merge in merges] == [
        "“Oak map”: 2 factors new, 0 already there; 1 link new, 0 already there.",
        "“Elm map”: 1 factor new, 2 already there; 1 link new, 1 already there, of which 1 now disputed.",
    ]


def test_wordings_and_counts_say_which_table_named_a_factor():
    draft = room(oak="stress", elm="stress")
    merge_maps(draft, ["oak", "elm"])
    factor = draft.system_map().factor("stress")
    assert factor.mentions == 2
    assert {(w.text, w.table, w.count) for w in factor.wordings} == {
        ("Stress", "Oak", 1),
        ("Stress", "Elm", 1),
    }


def test_look_alikes_come_in_as_two_unless_a_person_matched_them():
    kept_apart = room("cost-of-food", oak="food-cost")
    merge_maps(kept_apart, ["oak"])
    assert set(kept_apart.system_map().factors) == {"cost-of-food", "food-cost"}
    matched = room("cost-of-food", oak="food-cost -> stress +")
    merge_maps(matched, ["oak"], matches={("oak", "food-cost"): "cost-of-food"})
    assert set(matched.system_map().links) == {("cost-of-food", "stress")}


def test_an_id_taken_by_another_name_gets_a_new_one():
    draft = room("stress", oak="stress -> sleep -")
    oak = draft.system_map("oak")
    oak.replace_factor(replace(oak.factor("stress"), label="Work pressure"))
    draft.put_map(oak)
    merge_maps(draft, ["oak"])
    assert set(draft.system_map().links) == {("work-pressure", "sleep")}


def test_a_link_whose_ends_became_one_factor_is_left_out_and_counted():
    draft = room("stress", oak="stress -> worry +")
    (merge,) = merge_maps(draft, ["oak"], matches={("oak", "worry"): "stress"})
    assert draft.system_map().links == {}
    assert "1 link left out" in merge.sentence


def test_the_table_keeps_its_own_map_and_notes_follow_to_the_main_one():
    draft = room(oak="stress -> snacking +")
    draft.add(
        Contribution(
            id="c1",
            workshop_id="w1",
            text="always stressed",
            at=AT,
            map_id="oak",
            factor_id="stress",
        ),
        LinkStatement(
            id="s1",
            workshop_id="w1",
            source_raw="stress",
            target_raw="snacks",
            at=AT,
            map_id="oak",
            source="stress",
            target="snacking",
        ),
    )
    before = draft.system_map("oak")
    merge_maps(draft, ["oak"])
    assert draft.system_map("oak") == before
    assert draft.find(Contribution, "c1").map_id == "main"
    assert draft.find(LinkStatement, "s1").map_id == "main"
    assert draft.maps["main"].parents == ("oak",)


@pytest.mark.parametrize(
    ("map_ids", "matches", "error", "words"),
    [
        (["oak", "oak"], {}, InvalidValue, "into itself"),
        (["main"], {}, InvalidValue, "into itself"),
        (["ok"], {}, UnknownItem, "Did you mean 'oak'"),
        (["oak"], {("oak", "stress"): "strss"}, UnknownItem, "Did you mean 'stress'"),
    ],
)
def test_a_refused_merge_of_maps_changes_nothing(map_ids, matches, error, words):
    draft = room("stress", oak="stress -> sleep -")
    before = draft.copy()
    with pytest.raises(error, match=words):
        merge_maps(draft, map_ids, matches=matches)
    assert draft == before


def test_a_map_is_not_counted_twice():
    draft = room(oak="stress")
    merge_maps(draft, ["oak"])
    with pytest.raises(InvalidValue, match="merged into this map before"):
        merge_maps(draft, ["oak"])
