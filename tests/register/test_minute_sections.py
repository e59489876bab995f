"""A line of a minute that was taken for something else is sorted anew, both ways."""

from __future__ import annotations

from datetime import date

import pytest

from systemmap.editing.minute_sections import decision_from_point, point_from_decision
from systemmap.errors import InvalidValue
from systemmap.model.due import read_due
from systemmap.model.meetings import Board, DecisionTie, Event, EventPoint
from systemmap.model.plan import Decision
from systemmap.model.response import Action
from systemmap.testing import programme_of


@pytest.fixture
def minute():
    return programme_of(
        None,
        Action(id="walks", title="Walks"),
        Board(id="hwb", name="Health and Wellbeing Board"),
        Event(id="e", title="HWB", board_id="hwb", on=read_due("14 September 2026")),
        EventPoint(
            id="p",
            event_id="e",
            text="That walks be endorsed",
            section="next_step",
            actions=("walks",),
        ),
    )


def test_a_point_becomes_a_decision_of_its_event_and_a_point_again(minute):
    made = decision_from_point(minute, "p")
    assert not minute.all(EventPoint)
    assert (made.text, made.body) == (
        "That walks be endorsed",
        "Health and Wellbeing Board",
    )
    assert (made.on, made.verb) == (date(2026, 9, 14), "")  # which verb, a person says
    tie = minute.find(DecisionTie, made.id)
    assert (tie.event_id, tie.actions) == ("e", ("walks",))
    again = point_from_decision(minute, made.id, "message")
    assert (again.section, again.event_id, again.actions) == (
        "message",
        "e",
        ("walks",),
    )
    assert not minute.all(Decision)
    assert not minute.all(DecisionTie)


def test_a_decision_of_no_event_stays_until_one_is_said(minute):
    minute.add(Decision(id="d", text="That it be noted"))
    with pytest.raises(InvalidValue, match="Say first at which event it was"):
        point_from_decision(minute, "d", "message")
