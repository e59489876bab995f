"""What a canvas sends counts once, in order, or is refused in words."""

from dataclasses import replace

import pytest

from systemmap.editing.canvas_operations import apply_ops
from systemmap.model.response import Action, ActionFactor
from systemmap.store import Actor, MemoryStore, open_store
from systemmap.testing import map_from, programme_of

EDITOR = Actor("this computer", "facilitator")


@pytest.fixture(params=["memory", "disk"])
def store(request, tmp_path):
    made = (
        MemoryStore() if request.param == "memory" else open_store(tmp_path / "map.db")
    )
    made.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=EDITOR)
    yield made
    made.close()


def sent(*ops, nonce="n1", start=1):
    return [{"nonce": nonce, "seq": start + at, **op} for at, op in enumerate(ops)]


def apply(store, ops, **more):
    return apply_ops(store, "testtown", "main", ops, actor=EDITOR, **more)


def test_three_acts_become_three_changes(store):
    told = apply(
        store,
        sent(
            {"op": "add_factor", "label": "Cost of food", "x": 10, "y": 20},
            {
                "op": "add_link",
                "source": "cost-of-food",
                "target": "stress",
                "polarity": "+",
            },
            {"op": "rename_factor", "id": "sleep", "label": "Hours of sleep"},
        ),
    )
    town = store.load("testtown").system_map()
    assert told.ack == {"n1": 3}
    assert told.made == {"n1:1": "cost-of-food"}
    assert list(told.revisions.values()) == [2, 3, 4]
    assert town.link("cost-of-food", "stress").polarity == "+"
    assert town.factor("sleep").label == "Hours of sleep"


def test_sent_again_after_a_reload_an_operation_counts_once(store):
    ops = sent(
        {"op": "add_factor", "label": "Cost of food"},
        {"op": "add_link", "source": "sleep", "target": "stress"},
    )
    first = apply(store, ops)
    again = apply(store, ops)  # a new session knows of no acknowledgement
    assert again.refused == ()
    assert (again.made, again.revision) == (first.made, first.revision)
    assert len(store.load("testtown").system_map().factors) == 4


def test_what_was_acknowledged_is_not_even_looked_at(store):
    told = apply(store, sent({"op": "nonsense"}), ack={"n1": 1})
    assert told.refused == ()


def test_a_refused_act_changes_nothing_and_the_next_goes_on(store):
    told = apply(
        store,
        sent(
            {"op": "add_link", "source": "stress", "target": "nowhere"},
            {"op": "remove_factor", "id": "sleep"},
        ),
    )
    assert "No factor with id 'nowhere'" in told.refused[0].message
    assert told.ack == {"n1": 2}
    assert "sleep" not in store.load("testtown").system_map().factors


def test_the_second_to_rename_is_told_what_the_first_wrote(store):
    apply(
        store,
        sent({"op": "rename_factor", "id": "sleep", "label": "Rest", "was": "Sleep"}),
    )
    told = apply(
        store,
        sent(
            {"op": "rename_factor", "id": "sleep", "label": "Naps", "was": "Sleep"},
            nonce="n2",
        ),
    )
    assert (told.refused[0].theirs, told.refused[0].yours) == ("Rest", "Naps")
    assert store.load("testtown").system_map().factor("sleep").label == "Rest"


def test_undo_and_redo_are_changes_of_their_own_and_count_once(store):
    added = apply(store, sent({"op": "add_factor", "label": "Rest"}))
    change = added.revisions["n1:1"]
    undone = apply(store, sent({"op": "undo", "revision": change}, start=2))
    assert "rest" not in store.load("testtown").system_map().factors
    twice = apply(store, sent({"op": "undo", "revision": change}, nonce="n9"))
    assert twice.revision == undone.revision
    assert twice.refused == ()
    apply(store, sent({"op": "undo", "revision": undone.revisions["n1:2"]}, start=3))
    assert "rest" in store.load("testtown").system_map().factors


def test_moving_one_factor_stores_the_places_everybody_saw(store):
    apply(store, sent({"op": "move", "moves": [{"id": "sleep", "x": 5, "y": 7.25}]}))
    factors = store.load("testtown").system_map().factors
    assert (factors["sleep"].x, factors["sleep"].y) == (5, 7.2)
    assert all(f.x is not None for f in factors.values())


def test_saying_a_direction_settles_a_dispute(store):
    apply(
        store,
        sent(
            {
                "op": "edit_link",
                "source": "stress",
                "target": "snacking",
                "confidence": "disputed",
            },
            {
                "op": "edit_link",
                "source": "stress",
                "target": "snacking",
                "polarity": "-",
            },
        ),
    )
    link = store.load("testtown").system_map().link("stress", "snacking")
    assert (link.polarity, link.confidence) == ("-", "stated")


def test_merging_by_dropping_keeps_the_other_wording(store):
    apply(store, sent({"op": "merge", "keep": "snacking", "drop": "sleep"}))
    kept = store.load("testtown").system_map().factor("snacking")
    assert "Sleep" in [wording.text for wording in kept.wordings]


def test_a_viewer_is_refused_by_the_store(store):
    told = apply_ops(
        store,
        "testtown",
        "main",
        sent({"op": "remove_factor", "id": "sleep"}),
        actor=Actor("Board", "viewer"),
    )
    assert "may not change" in told.refused[0].message
    assert "sleep" in store.load("testtown").system_map().factors


def test_an_id_that_was_only_proposed_gives_way_to_the_real_one(store):
    apply(store, sent({"op": "add_factor", "id": "item", "label": "睡眠"}, nonce="n1"))
    by = {"item": "n2:1"}
    ops = sent(
        {"op": "add_factor", "id": "item", "label": "压力"},
        {"op": "add_link", "source": "item", "target": "stress", "made_by": by},
        {"op": "move", "moves": [{"id": "item", "x": 9, "y": 9}], "made_by": by},
        {"op": "pin", "ids": ["item"], "pinned": True, "made_by": by},
        nonce="n2",
    )
    first = apply(store, ops[:1])
    assert first.made == {"n2:1": "item-2"}
    told = apply(store, ops, ack=first.ack)  # the rest comes in a later message
    assert told.refused == ()
    town = store.load("testtown").system_map()
    assert ("item-2", "stress") in town.links
    assert ("item", "stress") not in town.links
    assert (town.factor("item-2").x, town.factor("item-2").pinned) == (9, True)
    assert town.factor("item").pinned is False


@pytest.mark.parametrize("by", [{"item": "n9:9"}, {"item": 5}, "nonsense", None])
def test_a_wrong_note_of_who_made_an_id_changes_nothing(store, by):
    op = {"op": "rename_factor", "id": "sleep", "label": "Rest", "made_by": by}
    assert apply(store, sent(op)).refused == ()
    assert store.load("testtown").system_map().factor("sleep").label == "Rest"


def test_tying_again_on_the_canvas_keeps_what_the_tie_carries(store):
    with store.editing("testtown", actor=EDITOR, label="A tie") as draft:
        draft.add(Action(id="walks", title="Walks"))
        tie = ActionFactor(
            action_id="walks",
            factor_id="stress",
            direction="lower",
            extra={"Evidence": "a trial"},
        )
        draft.add(tie)
    op = {"op": "tie_action", "action_id": "walks", "factor_id": "stress"}
    told = apply(store, sent({**op, "reason": "Calm  walks."}))
    assert told.refused == ()
    (kept,) = store.load("testtown").all(ActionFactor).values()
    assert kept == replace(tie, reason="Calm walks.")


def test_the_opposite_of_a_drawn_link_is_asked_about_and_both_can_be_kept(store):
    link = {"source": "sleep", "target": "stress"}
    apply(store, sent({"op": "add_link", "polarity": "-", **link}, nonce="one"))
    told = apply(store, sent({"op": "add_link", "polarity": "+", **link}, nonce="two"))
    (refused,) = told.refused
    assert refused.theirs == "more “Sleep” leads to less “Stress”"
    assert refused.yours == "more “Sleep” leads to more “Stress”"
    assert "sleep ->" not in refused.message
    both = {"op": "edit_link", "polarity": "?", "confidence": "disputed", **link}
    apply(store, sent(both, nonce="two", start=2))
    kept = store.load("testtown").system_map().link("sleep", "stress")
    assert (kept.polarity, kept.confidence) == ("?", "disputed")
    again = apply(store, sent({"op": "add_link", "polarity": "+", **link}, nonce="x"))
    assert "Others drew this link already" in again.refused[0].message
