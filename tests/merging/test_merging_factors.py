"""Merging two factors: nothing said is lost, opposite signs are disputed, undo is exact."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from systemmap.editing.merge_factors import flip_factor, merge_factors, merge_opposites
from systemmap.errors import InvalidValue, UnknownItem
from systemmap.model.elements import Factor, Link
from systemmap.model.plan import SavedView
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.rows import data_from
from systemmap.model.values import Claim, Confidence, Polarity, Strength, Wording
from systemmap.model.workshop import (
    Contribution,
    LinkStatement,
    Proposal,
    Vote,
    VoteRound,
    Workshop,
)
from systemmap.store.memory import MemoryStore
from systemmap.store.protocol import Actor
from systemmap.testing import map_from, programme_of

AT = datetime(2026, 11, 3, 12, tzinfo=UTC)
ACTOR = Actor("Public health")


def dots(*votes):
    """Return dots from "voter:choice" texts."""
    return [
        Vote(
            id=f"v{n}",
            round_id="dots",
            voter=text.partition(":")[0],
            choice=text.partition(":")[2],
            at=AT,
        )
        for n, text in enumerate(votes)
    ]


def full_programme():
    system_map = map_from(
        "price -> snacking +\n cost -> snacking -\n cost -> stress + (delay)\n cost -> price +\n stress -> cost ?",
        outcome="cost",
    )
    system_map.replace_link(
        replace(
            system_map.link("price", "snacking"),
            mentions=2,
            claims=(Claim(polarity=Polarity.SAME, table="Oak", count=2),),
        )
    )
    system_map.replace_factor(
        replace(
            system_map.factor("cost"),
            mentions=3,
            wordings=(Wording(text="pricey food", table="Elm"),),
        )
    )
    return programme_of(
        system_map,
        Workshop(id="w1", title="Mapping", focus="factor:cost"),
        Action(id="a1", title="Vouchers"),
        Action(id="a2", title="Market"),
        ActionFactor(
            action_id="a1", factor_id="price", reason="lowers it", direction="lower"
        ),
        ActionFactor(
            action_id="a1", factor_id="cost", reason="helps families", direction="lower"
        ),
        ActionFactor(action_id="a2", factor_id="cost", direction="raise"),
        Asset(id="pantry", name="Pantry"),
        AssetFactor(asset_id="pantry", factor_id="cost", reason="cheap food"),
        Contribution(
            id="c1",
            workshop_id="w1",
            text="pricey food",
            at=AT,
            map_id="main",
            factor_id="cost",
        ),
        LinkStatement(
            id="s1",
            workshop_id="w1",
            source_raw="cost",
            target_raw="stress",
            at=AT,
            map_id="main",
            source="cost",
            target="stress",
        ),
        LinkStatement(
            id="s2",
            workshop_id="w1",
            source_raw="cost",
            target_raw="price",
            at=AT,
            map_id="main",
            source="cost",
            target="price",
        ),
        VoteRound(
            id="dots",
            workshop_id="w1",
            question="Which?",
            options=("price", "cost", "stress"),
            state="closed",
        ),
        *dots("ann:price", "ann:cost", "bob:cost", "bob:stress", "cas:cost"),
        Proposal(
            id="p1", workshop_id="w1", subject="loop:cost,stress", title="Talk", at=AT
        ),
        SavedView(
            id="v1",
            name="Story",
            kind="story",
            parameters={"focus": "cost", "theme": "cost", "starts": ["cost", "price"]},
        ),
    )


def everything(programme):
    """Return all records as bytes, in the order of their keys."""
    rows = sorted(
        (kind.name, kind.key_of(record), data_from(record))
        for kind, record in programme.records()
    )
    return json.dumps(rows, sort_keys=True).encode()


@pytest.fixture
def merged():
    draft = full_programme()
    return draft, merge_factors(draft, "main", "price", "cost")


def test_links_move_and_opposite_signs_become_disputed_with_both_claims(merged):
    draft, merge = merged
    system_map = draft.system_map()
    assert set(system_map.links) == {
        ("price", "snacking"),
        ("price", "stress"),
        ("stress", "price"),
    }
    link = system_map.link("price", "snacking")
    assert (link.polarity, link.confidence) == (Polarity.UNKNOWN, Confidence.DISPUTED)
    assert [(c.polarity, c.table, c.count) for c in link.claims] == [
        ("+", "Oak", 2),
        ("-", "", 1),
    ]
    assert system_map.link("price", "stress").delay is True
    assert (merge.moved, merge.joined, merge.disputed, merge.dropped) == (3, 1, 1, 1)


def test_the_merge_is_told_in_one_sentence(merged):
    assert merged[1].sentence == (
        "“Cost” is now part of “Price”: 3 links moved, 1 met a link already there, "
        "1 is now disputed, 1 link between the two left out, 3 ties moved, 3 notes moved."
    )


def test_wordings_become_aliases_and_counts_add_up(merged):
    factor = merged[0].system_map().factor("price")
    assert [(w.text, w.table, w.count) for w in factor.wordings] == [
        ("pricey food", "Elm", 1),
        ("Cost", "", 2),
    ]
    assert factor.mentions == 3


def test_picking_another_wording_keeps_both_old_names_as_aliases():
    draft = full_programme()
    merge_factors(draft, "main", "price", "cost", "  Cost of  healthy food ")
    factor = draft.system_map().factor("price")
    assert factor.label == "Cost of healthy food"
    assert {w.text for w in factor.wordings} == {"pricey food", "Cost", "Price"}


def test_ties_follow_and_two_ties_of_one_action_become_one(merged):
    draft, _ = merged
    ties = {t.action_id: t for t in draft.all(ActionFactor).values()}
    assert (ties["a1"].factor_id, ties["a1"].reason, ties["a1"].direction) == (
        "price",
        "lowers it; helps families",
        "lower",
    )
    assert ties["a2"].factor_id == "price"
    assert [t.factor_id for t in draft.all(AssetFactor).values()] == ["price"]


def test_notes_follow_with_their_words_untouched(merged):
    draft, _ = merged
    note = draft.find(Contribution, "c1")
    assert (note.text, note.factor_id) == ("pricey food", "price")
    statement, between = (draft.find(LinkStatement, s) for s in ("s1", "s2"))
    assert (statement.source, statement.source_raw) == ("price", "cost")
    assert (between.source, between.target, between.target_raw) == (None, None, "price")


def test_one_voter_keeps_one_vote(merged):
    draft, _ = merged
    votes = sorted((v.voter, v.choice) for v in draft.all(Vote).values())
    assert votes == [
        ("ann", "price"),
        ("bob", "price"),
        ("bob", "stress"),
        ("cas", "price"),
    ]
    assert draft.find(VoteRound, "dots").options == ("price", "stress")


def test_priority_is_counted_again_from_the_dots():
    draft = full_programme()
    draft.add(Vote(id="late", round_id="dots", voter="dan", choice="price", at=AT))
    for name, dots_before in (("price", 2), ("cost", 3)):
        draft.replace(replace(draft.find(Factor, f"main/{name}"), priority=dots_before))
    merge_factors(draft, "main", "price", "cost")
    assert draft.system_map().factor("price").priority == 4


def test_the_outcome_proposals_focus_and_views_follow(merged):
    draft, _ = merged
    assert draft.system_map().outcome == "price"
    assert draft.find(Proposal, "p1").subject == "loop:price,stress"
    assert draft.find(Workshop, "w1").focus == "factor:price"
    assert draft.find(SavedView, "v1").parameters == {
        "focus": "price",
        "theme": "cost",
        "starts": ["price"],
    }


def test_the_same_sign_twice_is_one_link_with_both_counts():
    draft = programme_of(map_from("a -> c +\n b -> c +"))
    merge_factors(draft, "main", "a", "b")
    link = draft.system_map().link("a", "c")
    assert (link.polarity, link.confidence, len(link.claims)) == (
        Polarity.SAME,
        Confidence.STATED,
        2,
    )


def test_a_known_sign_beside_an_unknown_one_stands_and_both_claims_are_kept():
    draft = programme_of(map_from("a -> c ?\n b -> c -"))
    merge_factors(draft, "main", "a", "b")
    link = draft.system_map().link("a", "c")
    assert link.polarity is Polarity.OPPOSITE
    assert [claim.polarity for claim in link.claims] == ["?", "-"]


def test_what_was_disputed_stays_disputed():
    system_map = map_from("a -> c ?\n b -> c +")
    system_map.replace_link(
        replace(system_map.link("a", "c"), confidence=Confidence.DISPUTED)
    )
    draft = programme_of(system_map)
    merge_factors(draft, "main", "b", "a")
    link = draft.system_map().link("b", "c")
    assert (link.polarity, link.confidence) == (Polarity.UNKNOWN, Confidence.DISPUTED)


def test_ratings_that_differ_are_left_open_and_noted():
    system_map = map_from("a -> c +\n b -> c +")
    for source, strength in (("a", Strength.WEAK), ("b", Strength.STRONG)):
        system_map.replace_link(
            replace(system_map.link(source, "c"), strength=strength)
        )
    draft = programme_of(system_map)
    merge_factors(draft, "main", "a", "b")
    link = draft.system_map().link("a", "c")
    assert link.strength is Strength.UNRATED
    assert link.note == "Strength was given as weak and as strong before merging"


def stored():
    store = MemoryStore()
    store.create(full_programme(), actor=ACTOR)
    return store


@pytest.mark.parametrize("verb", [merge_factors, merge_opposites])
def test_merge_then_undo_gives_back_every_byte(verb):
    store = stored()
    before = everything(store.load("testtown"))
    with store.editing("testtown", actor=ACTOR, label="Merge") as draft:
        verb(draft, "main", "price", "cost", "Cost of food")
    assert everything(store.load("testtown")) != before
    store.undo("testtown", store.revision("testtown"), actor=ACTOR)
    assert everything(store.load("testtown")) == before


def test_a_merge_can_be_undone_after_later_edits_elsewhere():
    store = stored()
    before = store.load("testtown")
    with store.editing("testtown", actor=ACTOR, label="Merge") as draft:
        merge_factors(draft, "main", "price", "cost")
    revision = store.revision("testtown")
    with store.editing("testtown", actor=ACTOR, label="Rename") as draft:
        draft.replace(replace(draft.find(Factor, "main/stress"), label="Daily stress"))
    store.undo("testtown", revision, actor=ACTOR)
    before.replace(replace(before.find(Factor, "main/stress"), label="Daily stress"))
    assert everything(store.load("testtown")) == everything(before)


def test_flipping_turns_signs_claims_and_ties_and_keeps_the_old_name():
    system_map = map_from(
        "no-time -> cooking -\n work -> no-time ?\n no-time -> stress +"
    )
    claim = Claim(polarity=Polarity.OPPOSITE, table="Oak")
    system_map.replace_link(
        replace(system_map.link("no-time", "cooking"), claims=(claim,))
    )
    draft = programme_of(
        system_map,
        Action(id="a", title="A"),
        ActionFactor(action_id="a", factor_id="no-time", direction="lower"),
    )
    flip_factor(draft, "main", "no-time", "Time available")
    flipped = draft.system_map()
    assert {pair: link.polarity for pair, link in flipped.links.items()} == {
        ("no-time", "cooking"): "+",
        ("work", "no-time"): "?",
        ("no-time", "stress"): "-",
    }
    assert flipped.link("no-time", "cooking").claims == (
        replace(claim, polarity=Polarity.SAME, source_raw="No time"),
    )
    assert flipped.factor("no-time").label == "Time available"
    assert [w.text for w in flipped.factor("no-time").wordings] == ["No time"]
    assert next(iter(draft.all(ActionFactor).values())).direction == "raise"


def test_two_flipped_ends_leave_the_sign_as_it_was():
    draft = programme_of(map_from("a -> b +"))
    flip_factor(draft, "main", "a", "Other a")
    assert draft.system_map().link("a", "b").polarity is Polarity.OPPOSITE
    flip_factor(draft, "main", "b", "Other b")
    assert draft.system_map().link("a", "b").polarity is Polarity.SAME


def test_opposite_wordings_merge_in_one_step_with_flipped_links():
    draft = programme_of(
        map_from(
            "time -> cooking +\n lack-of-time -> cooking -\n lack-of-time -> stress +"
        )
    )
    merge = merge_opposites(draft, "main", "time", "lack-of-time")
    links = {
        pair: (link.polarity, link.confidence)
        for pair, link in draft.system_map().links.items()
    }
    assert links == {
        ("time", "cooking"): ("+", "stated"),
        ("time", "stress"): ("-", "stated"),
    }
    assert merge.sentence.startswith("“Lack of time” is now part of “Time”")
    assert [w.text for w in draft.system_map().factor("time").wordings] == [
        "Lack of time"
    ]


@pytest.mark.parametrize(
    ("keep", "drop", "label", "error", "words"),
    [
        ("price", "price", None, InvalidValue, "two different factors"),
        ("price", "cots", None, UnknownItem, "Did you mean 'main/cost'"),
        ("price", "cost", "  ", InvalidValue, "needs a name"),
    ],
)
def test_a_refused_merge_changes_nothing(keep, drop, label, error, words):
    draft = full_programme()
    before = everything(draft)
    for verb in (merge_factors, merge_opposites):
        with pytest.raises(error, match=words):
            verb(draft, "main", keep, drop, label)
    assert everything(draft) == before


def test_a_merge_on_a_table_map_leaves_votes_about_the_main_map_alone():
    draft = full_programme()
    draft.put_map(draft.system_map().copy(replace(draft.maps["main"], id="oak")))
    merge_factors(draft, "oak", "price", "cost")
    assert sum(v.choice == "cost" for v in draft.all(Vote).values()) == 3
    assert "cost" in draft.system_map().factors
    assert all(
        isinstance(link, Link) for link in draft.system_map("oak").links.values()
    )
