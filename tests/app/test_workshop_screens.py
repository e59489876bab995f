"""The facilitator plans, opens, merges, votes and writes up, screen by screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.canvas import tickets
from app.server import dot_addresses
from app.server.dot_addresses import DotAddresses
from app.workspace import FACILITATOR
from systemmap.model.elements import Factor
from systemmap.model.response import ActionFactor
from systemmap.model.values import Polarity, now
from systemmap.model.workshop import (
    Contribution,
    Proposal,
    Vote,
    VoteRound,
    Workshop,
    WorkshopTable,
)
from systemmap.testing import map_from, programme_of
from systemmap.workshops.kits import kit
from systemmap.workshops.notes import notes_from
from systemmap.workshops.proposals import proposal_from
from systemmap.workshops.running import open_room, plan_workshop, tables_of
from systemmap.workshops.said_links import statement_from
from tests.app.shown import on_tab

SCREENS = ("workshops", "inbox", "votes", "write_up")


def town(*, opened=False):
    """Testtown after activity 1: two tables said what causes obesity."""
    programme = programme_of(map_from("stress -> snacking +\n sleep -> stress -"))
    planned = plan_workshop(
        programme, kit("mapping_workshop"), tables=["Table 1", "Table 2"]
    )
    if opened:
        open_room(programme, planned.id, address="http://192.168.1.20:8501")
    one, two = tables_of(programme, planned.id)
    said = {
        one.id: ["Lack of time to cook", "Ring 01709 382121", "Buses stop at six"],
        two.id: ["Time to cook"],
    }
    for table_id, texts in said.items():
        programme.add(*notes_from(planned, texts, key=table_id, table_id=table_id))
    for table_id, sign in ((one.id, Polarity.SAME), (two.id, Polarity.OPPOSITE)):
        programme.add(
            statement_from(
                planned,
                "Sleep",
                "Buses",
                polarity=sign,
                key=table_id,
                table_id=table_id,
            )
        )
    programme.add(
        proposal_from(planned, {"title": "Later buses", "owner": "Transport"}, key="p")
    )
    return programme


def pressed(at, label):
    """Press the button whose label begins so."""
    (button,) = [b for b in at.button if b.label.startswith(label)]
    return button.click().run()


@pytest.mark.parametrize("key", SCREENS)
def test_each_screen_draws_without_and_with_a_workshop(open_screen, key):
    at = open_screen(key, programme_of())
    assert not at.exception
    assert "No workshop is planned yet" in at.title[0].value


@pytest.mark.parametrize("key", [key for key in SCREENS if key != "workshops"])
def test_each_screen_opens_with_its_finding(open_screen, key):
    at = open_screen(key, town())
    assert not at.exception
    expected = {
        "inbox": "3 notes in 3 different wordings, none on the map yet",
        "votes": "1 link said in 2 sentences; tables disagree on 1",
        "write_up": "3 notes became 3 different causes",
    }
    assert expected[key].split("\\")[0] in at.title[0].value


def test_a_workshop_is_planned_from_a_kit_with_its_tables(open_screen, store):
    at = open_screen("workshops", programme_of())
    pressed(at, "Plan this workshop")
    programme = store.load("testtown")
    assert len(programme.all(WorkshopTable)) == 6
    (workshop,) = programme.all(Workshop).values()
    assert sum(item.minutes for item in workshop.agenda) == 190
    assert all(
        t.map_id in programme.maps for t in programme.all(WorkshopTable).values()
    )


def test_opening_the_room_makes_three_words(open_screen, store):
    at = open_screen("workshops", town())
    pressed(at, "Open the room")
    (workshop,) = store.load("testtown").all(Workshop).values()
    assert workshop.open
    assert len(workshop.join_words.split("-")) == 3


@pytest.mark.parametrize("held", [False, True])
def test_after_a_workshop_its_write_up_comes_first(open_screen, held):
    planned = town()
    if not held:
        planned = programme_of()
        plan_workshop(planned, kit("mapping_workshop"), tables=["Table 1"])
    at = open_screen("workshops", planned)
    (door,) = [b for b in at.button if b.label == "Open the room"]
    assert door.proto.type == ("secondary" if held else "primary")
    first = [b.proto.type for b in at.button if b.label == "Make the write-up"]
    assert first == ["primary"] * held


def test_table_cards_can_be_printed_while_planning_and_stay_true(open_screen, store):
    at = open_screen("workshops", town())
    at = pressed(at, "Make the table cards")
    (workshop,) = store.load("testtown").all(Workshop).values()
    printed = workshop.join_words
    assert not workshop.open
    assert "Table cards (PDF)" in [b.label for b in at.button]
    pressed(at, "Open the room")
    (workshop,) = store.load("testtown").all(Workshop).values()
    assert (workshop.open, workshop.join_words) == (True, printed)


def test_while_a_room_is_open_the_screen_is_the_page_that_runs_it(open_screen, store):
    at = open_screen("workshops", town(opened=True))
    assert not at.exception
    (workshop,) = store.load("testtown").all(Workshop).values()
    held = at.session_state[f"room.ticket.testtown.{workshop.id}"]
    ticket = tickets.read(store.secret(), held)
    assert (ticket.programme_id, ticket.workshop_id) == ("testtown", workshop.id)


@pytest.mark.parametrize("key", ["inbox", "votes", "opportunities"])
def test_while_a_room_is_open_its_one_screen_replaces_the_others(open_screen, key):
    at = open_screen(key, town(opened=True))
    assert not at.exception
    assert "it is run from one screen" in at.title[0].value
    assert [b.label for b in at.button if b.proto.type == "primary"] == ["Run the room"]
    assert [box.key for box in at.selectbox] == ["search.what"]


def test_a_held_note_is_let_through_as_it_is(open_screen, store):
    at = open_screen("inbox", town())
    at = on_tab(at, "Waiting")
    pressed(at, "Let it through")
    held = [n for n in store.load("testtown").all(Contribution).values() if n.held]
    assert held == []


def test_a_merge_keeps_both_wordings_and_is_undone_as_one(open_screen, store):
    before = town()
    at = open_screen("inbox", before)
    at = on_tab(at, "Look-alikes")
    assert any("Opposite wording" in text.value for text in at.markdown)
    at = pressed(at, "Merge these 2")
    programme = store.load("testtown")
    factor = programme.find(Factor, "main/time-to-cook")
    assert {w.text for w in factor.wordings} == {"Lack of time to cook", "Time to cook"}
    assert {w.table for w in factor.wordings} == {"Table 1", "Table 2"}
    assert factor.mentions == 2
    store.undo("testtown", programme.revision, actor=FACILITATOR)
    assert store.load("testtown") == before


def test_opposite_sentences_become_one_disputed_link(open_screen, store):
    at = open_screen("votes", town())
    pressed(at, "Put 1 link on the map")
    link = store.load("testtown").system_map().link("sleep", "buses")
    assert (link.polarity, link.confidence, link.mentions) == ("?", "disputed", 2)
    assert {c.table for c in link.claims} == {"Table 1", "Table 2"}


def test_a_closed_vote_becomes_the_factors_priority(open_screen, store):
    at = open_screen("votes", town())
    at = on_tab(at, "Votes")
    at = pressed(at, "Open the vote")
    (vote_round,) = store.load("testtown").all(VoteRound).values()
    with store.editing("testtown", actor=FACILITATOR, label="Dots") as draft:
        for n in range(3):
            draft.add(
                Vote(
                    id=f"v{n}",
                    round_id=vote_round.id,
                    choice="stress",
                    voter=f"phone{n % 2}",
                    at=vote_round.opened_at,
                )
            )
    at.run()
    pressed(at, "Close the vote")
    factors = store.load("testtown").system_map().factors
    assert [factors[f].priority for f in ("stress", "snacking")] == [3, 0]
    assert "2 people voted" in factors["stress"].priority_method


def test_dots_that_may_be_one_persons_are_told_before_and_after_the_close(
    open_screen, store, monkeypatch
):
    seen = DotAddresses()
    monkeypatch.setattr(dot_addresses, "seen", seen)
    programme = town()
    (workshop,) = programme.all(Workshop).values()
    vote_round = VoteRound(
        id="r",
        workshop_id=workshop.id,
        question="Which?",
        options=("stress", "snacking"),
        dots=3,
        state="open",
    )
    programme.add(vote_round)
    for number, (voter, address) in enumerate(
        [("a", "one"), ("a", "one"), ("b", "one"), ("c", "two")]
    ):
        programme.add(
            Vote(id=f"v{number}", round_id="r", choice="stress", voter=voter, at=now())
        )
        seen.voted("testtown", "r", voter, address)
    at = on_tab(open_screen("votes", programme), "Votes")
    (said,) = [w.value for w in at.warning]
    assert said.startswith(
        "3 dots of 4 came from one address, by a phone that joined 2"
    )
    at = pressed(at, "Close the vote")
    assert [w.value for w in at.warning] == [said]


def test_a_tables_map_is_brought_in_and_disagreement_stays_open(open_screen, store):
    programme = town()
    table = next(iter(programme.all(WorkshopTable).values()))
    drawn = map_from("stress -> snacking -\n stress -> worry +")
    programme.put_map(drawn.copy(programme.maps[table.map_id]))
    at = open_screen("inbox", programme)
    at = on_tab(at, "Tables' maps")
    pressed(at, "Bring in Table 1")
    main = store.load("testtown").system_map()
    assert main.link("stress", "snacking").confidence == "disputed"
    assert main.link("stress", "worry").claims[0].table == "Table 1"
    assert table.map_id in main.version.parents


@pytest.mark.parametrize("kind", ["factor", "theme", "loop"])
def test_where_to_act_shows_what_is_known_of_each_kind(open_screen, kind):
    programme = town()
    programme.put_map(
        map_from("stress -> snacking +\n snacking -> stress +\n sleep -> stress -")
    )
    stress = programme.find(Factor, "main/stress")
    programme.replace(replace(stress, theme="mental_wellbeing"))
    at = open_screen("opportunities", programme)
    at.selectbox(key="opportunities.kind").set_value(kind).run()
    assert not at.exception
    assert "0 actions listed" in at.title[0].value
    if kind == "factor":
        at.selectbox(key="opportunities.factor").set_value("stress").run()
    told = " ".join(text.value for text in at.markdown)
    assert "More sleep leads to less stress" in told


def test_an_action_written_here_is_tied_to_the_factor_with_its_reason(
    open_screen, store
):
    at = open_screen("opportunities", town())
    at.selectbox(key="opportunities.factor").set_value("stress").run()
    for field, text in (
        ("What could be done", "Quiet rooms"),
        ("Who could lead it (organisation or role)", "HR"),
        ("Why it would act on this", "A place to rest"),
    ):
        (box,) = [b for b in at.text_input if b.label == field]
        box.set_value(text)
    pressed(at, "Add it to the register")
    programme = store.load("testtown")
    (tie,) = programme.all(ActionFactor).values()
    assert (tie.factor_id, tie.reason) == ("stress", "A place to rest")
    assert programme.actions[tie.action_id].status == "proposed"


def test_showing_a_factor_puts_it_on_the_big_screen_and_opens_ideas(open_screen, store):
    at = open_screen("opportunities", town())
    at.selectbox(key="opportunities.factor").set_value("sleep").run()
    pressed(at, "Show it on the big screen")
    (workshop,) = store.load("testtown").all(Workshop).values()
    assert (workshop.focus, workshop.screen) == ("factor:sleep", "focus")
    assert "proposals" in workshop.rooms


def test_typed_up_notes_keep_their_source_and_table(open_screen, store):
    at = open_screen("write_up", town())
    (area,) = [a for a in at.text_area if a.label == "Notes"]
    area.set_value("1. Cheap food\n2. No parks")
    pressed(at, "Keep these notes")
    notes = [
        n
        for n in store.load("testtown").all(Contribution).values()
        if n.source == "paper"
    ]
    assert [(n.text, n.table_id is not None) for n in notes] == [
        ("Cheap food", True),
        ("No parks", True),
    ]


def test_an_idea_enters_the_register_as_proposed_with_its_lead(open_screen, store):
    at = open_screen("write_up", town())
    at = on_tab(at, "Ideas to actions")
    pressed(at, "Put into the register")
    programme = store.load("testtown")
    (action,) = programme.actions.values()
    assert (action.title, action.status, action.owners) == (
        "Later buses",
        "proposed",
        ("Transport",),
    )
    (idea,) = programme.all(Proposal).values()
    assert idea.action_id == action.id
