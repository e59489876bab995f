"""Where a programme stands, in sentences that are computed."""

from datetime import date

import pytest

from systemmap.editing.actions import tie
from systemmap.gaps import find_gaps
from systemmap.model.due import read_due
from systemmap.model.elements import Factor
from systemmap.model.meetings import Event
from systemmap.model.plan import Phase
from systemmap.model.response import Action
from systemmap.model.values import Influence
from systemmap.overview.summary import (
    coming_up,
    is_past,
    overdue,
    phases_sentence,
    register_sentence,
    summary_of,
)
from systemmap.testing import map_from, programme_of

DAY = date(2026, 11, 21)


def programme(*records):
    return programme_of(
        map_from("stress -> snacking +\n snacking -> weight +"), *records
    )


def action(name, **fields):
    return Action(id=name, title=name.capitalize(), **fields)


def said(made):
    return summary_of(made, find_gaps(made, today=DAY)).sentence


def test_a_map_without_actions_says_so():
    assert said(programme()) == "3 causes to act on, and no action listed yet."


def test_a_plan_without_a_map_says_so():
    made = programme_of(None, action("walks"))
    assert said(made) == "1 action in the plan, and no map to set them against yet."


def test_what_has_no_action_is_counted_with_its_denominator():
    made = programme(action("walks", status="ongoing"))
    tie(made, "walks", "stress")
    assert said(made) == "2 of 3 causes have no action listed."


def test_a_cause_nobody_here_can_change_is_not_in_the_denominator():
    made = programme(action("walks", status="ongoing"))
    made.add(Factor(id="weather", label="Weather", influence=Influence.NOT_MODIFIABLE))
    tie(made, "walks", "stress")
    assert said(made).startswith("2 of 3 causes")


def test_nothing_left_without_an_action_is_said_as_that():
    made = programme(action("walks", status="ongoing"))
    for factor in ("stress", "snacking", "weight"):
        tie(made, "walks", factor)
    assert said(made).startswith(
        "Each of the 3 causes that can be changed here has an action"
    )


@pytest.mark.parametrize(
    ("due", "status", "late"),
    [
        ("October 2026", "ongoing", True),
        ("November 2026", "ongoing", False),  # the month is not over
        ("October 2026", "complete", False),
        ("October 2026", "stopped", False),
        ("October 2026 onwards", "ongoing", False),
        ("when staff allow", "ongoing", False),
        ("", "ongoing", False),
    ],
)
def test_overdue_means_that_the_last_possible_day_has_passed(due, status, late):
    made = programme(action("walks", due=read_due(due), status=status))
    assert bool(overdue(made, DAY)) is late


def test_a_finished_policy_that_stays_in_force_is_not_overdue():
    done = action("policy", due=read_due("2024"), status="complete", in_force=True)
    assert overdue(programme(done), DAY) == ()


def test_what_comes_next_is_sorted_by_date_and_worded_as_typed():
    made = programme(
        action("later", due=read_due("March 2027")),
        action("sooner", due=read_due("Dec 26")),
        action("past", due=read_due("2024")),
        Phase(id="p", number=4, name="Action", due=read_due("Feb 2027")),
        Event(id="e", title="Cabinet", on=read_due("14 January 2027")),
        Event(id="held", title="Board", on=read_due("June 2026")),
    )
    assert [(c.what, c.when) for c in coming_up(made, DAY)] == [
        ("Sooner", "Dec 26"),
        ("Cabinet", "14 January 2027"),
        ("Phase 4, Action", "Feb 2027"),
        ("Later", "March 2027"),
    ]


@pytest.mark.parametrize("status", ["complete", "stopped", "carried_forward"])
def test_what_is_done_is_not_coming_up_even_if_it_stays_in_force(status):
    made = programme(
        action("policy", due=read_due("2028"), status=status, in_force=True),
        Phase(id="p", number=1, name="P", due=read_due("2028"), status=status),
        action("walks", due=read_due("2028"), status="ongoing"),
    )
    assert [item.what for item in coming_up(made, DAY)] == ["Walks"]


def test_red_comes_before_amber_whatever_the_order_of_phases():
    amber = Phase(
        id="a", number=1, name="A", rating="amber", rating_reason="Slow.", rated_on=DAY
    )
    red = Phase(
        id="b",
        number=2,
        name="B",
        rating="red",
        rating_reason="No money.",
        rated_on=DAY,
    )
    assert phases_sentence(programme(amber, red)) == "Phase 2 is red. No money."


def test_not_planned_is_counted_apart_from_not_complete():
    made = programme(
        Phase(id="a", number=1, name="A", status="complete"),
        Phase(id="b", number=2, name="B"),
        Phase(id="c", number=3, name="C", status="not_planned"),
    )
    assert phases_sentence(made) == "1 of 3 phases complete; 1 not planned yet."


def test_the_register_counts_live_late_and_loose_actions():
    made = programme(
        action("walks", status="ongoing", due=read_due("2025")),
        action("talks", status="proposed"),
    )
    tie(made, "walks", "stress")
    assert register_sentence(made, DAY) == (
        "2 actions listed, 1 of them live; 1 overdue; 1 not tied to a cause."
    )


def test_a_phase_whose_date_has_passed_is_counted_until_it_is_done():
    past = read_due("Jan 23")
    made = programme(
        Phase(id="a", number=1, name="A", status="complete", due=past),
        Phase(id="b", number=2, name="B", status="ongoing", due=past),
        Phase(id="c", number=3, name="C"),
    )
    assert phases_sentence(made, DAY) == "1 of 3 phases complete; 1 past its date."
    found = [is_past(phase, DAY) for phase in made.all(Phase).values()]
    assert found == [False, True, False]
    assert phases_sentence(made) == "1 of 3 phases complete."
