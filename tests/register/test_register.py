"""What people type about actions, phases and gaps becomes records, and nothing is invented."""

from datetime import date

import pytest

from systemmap.analysis.neighbours import nearby
from systemmap.editing.actions import new_action, revise_action, tie, ties_of, untie
from systemmap.editing.phases import revise_phase
from systemmap.errors import InvalidValue, UnknownItem
from systemmap.gaps.decisions import decide
from systemmap.model.due import read_due
from systemmap.model.plan import Phase
from systemmap.model.response import Action, ActionFactor
from systemmap.testing import map_from, programme_of

DAY = date(2026, 11, 21)


@pytest.fixture
def programme():
    return programme_of(
        map_from("stress -> snacking +"), Action(id="walks", title="Walks")
    )


def test_a_blank_stays_blank(programme):
    made = new_action(programme, " Park  walks ")
    assert (made.id, made.title, made.owners, made.due, made.status) == (
        "park-walks",
        "Park walks",
        (),
        None,
        "",
    )


def test_an_action_needs_words(programme):
    with pytest.raises(InvalidValue, match="Say in a few words what is done"):
        new_action(programme, "  ")


def test_two_actions_of_one_title_get_ids_of_their_own(programme):
    assert new_action(programme, "Walks").id == "walks-2"


def test_tying_twice_keeps_one_tie_with_the_new_reason(programme):
    tie(programme, "walks", "stress", reason="First.")
    tie(programme, "walks", "stress", reason="Second.")
    assert [made.reason for made in ties_of(programme, "walks")] == ["Second."]
    untie(programme, "walks", ["stress"])
    assert not programme.all(ActionFactor)


def test_a_tie_to_nothing_names_the_nearest(programme):
    with pytest.raises(UnknownItem, match="Did you mean 'main/stress'"):
        tie(programme, "walks", "stres")


def test_an_unchanged_date_keeps_the_reading_a_person_confirmed():
    due = read_due("Oct 22")
    action = Action(
        id="a",
        title="A",
        due=due,
        owners=("X",),
        owners_raw="Mr X",
        as_typed={"Due": "Oct 22"},
    )
    fields = {
        "title": "A",
        "owner": "Mr X",
        "due": "Oct 22",
        "status": "",
        "status_note": "",
        "outcomes": "",
    }
    assert revise_action(action, **fields) == action


def test_a_changed_rating_is_dated_today_and_an_unchanged_one_keeps_its_date():
    before = Phase(
        id="p", number=1, name="P", rating="green", rated_on=date(2026, 1, 1)
    )
    fields = {
        "owner": "",
        "due": "",
        "status": "ongoing",
        "status_note": "",
        "today": DAY,
    }
    kept = revise_phase(before, rating="green", rating_reason="", **fields)
    assert kept.rated_on == date(2026, 1, 1)
    changed = revise_phase(before, rating="amber", rating_reason="Late.", **fields)
    assert (changed.rating, changed.rated_on) == ("amber", DAY)
    assert revise_phase(before, rating="", rating_reason="", **fields).rated_on is None


@pytest.mark.parametrize("state", ["accepted", "dismissed"])
def test_leaving_a_gap_needs_a_reason_and_a_role(programme, state):
    gap = ("g1", "factor:stress")
    with pytest.raises(InvalidValue, match="Say why"):
        decide(programme, gap, state, on=DAY, role="Public Health")
    with pytest.raises(InvalidValue, match="Say in which role or group"):
        decide(programme, gap, state, on=DAY, reason="The ICB is on it.")


def test_a_decision_is_one_of_the_four(programme):
    with pytest.raises(InvalidValue, match="'perhaps' is not a decision"):
        decide(programme, ("g1", "factor:stress"), "perhaps", on=DAY, reason="Hm.")


def test_nearby_goes_both_ways_and_counts_steps():
    chain = map_from("a -> b +\n c -> b -\n c -> d +\n d -> e +")
    assert nearby(chain, "a", within=3) == {"a": 0, "b": 1, "c": 2, "d": 3}
    with pytest.raises(UnknownItem, match="No factor with id 'z'"):
        nearby(chain, "z")
