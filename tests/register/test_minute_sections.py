"""A line of a minute that was taken for something else is sorted anew, both ways."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from systemmap.editing.governance import DECISIONS
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


def test_a_decision_moved_to_a_section_and_back_has_lost_nothing(minute):
    minute.add(EventPoint(id="q", event_id="e", text="Light the path", position=3))
    minute.add(
        Decision(
            id="d",
            number="7",
            text="That it be noted",
            verb="note",
            body="Place board",
            on=date(2026, 9, 15),
        )
    )
    minute.add(
        DecisionTie(
            decision_id="d", event_id="e", actions=("walks",), points=("q",), note="N"
        )
    )
    before = minute.copy()
    point = point_from_decision(minute, "d", "message")
    assert not minute.all(Decision)
    decision_from_point(minute, point.id)
    for kind in (Decision, DecisionTie, EventPoint):
        assert minute.all(kind) == before.all(kind)


def test_a_point_moved_to_the_decisions_and_back_has_lost_nothing(minute):
    minute.replace(
        EventPoint(
            id="p",
            event_id="e",
            text="That walks be endorsed",
            section="next_step",
            position=4,
            said_by=310,
            actions=("walks",),
            populations=("night-workers",),
            frameworks=("five.close",),
            note="As said",
            extra={"line": 12},
        )
    )
    minute.add(Decision(id="d", text="That the next steps be endorsed"))
    minute.add(DecisionTie(decision_id="d", event_id="e", points=("p",)))
    before = minute.copy()
    made = decision_from_point(minute, "p")
    minute.replace(Decision(id=made.id, text="That walks be endorsed", verb="endorse"))
    again = point_from_decision(minute, made.id, "next_step")
    assert {**again.extra, "sorted_anew": 0} == {"line": 12, "sorted_anew": 0}
    held = before.find(EventPoint, "p")
    assert EventPoint(**{**vars_of(again), "extra": held.extra}) == held
    assert minute.all(DecisionTie) == before.all(DecisionTie)
    assert minute.all(Event) == before.all(Event)
    assert decision_from_point(minute, "p").verb == "endorse"  # said while it was one


def test_what_was_changed_meanwhile_stays_changed(minute):
    made = decision_from_point(minute, "p")
    minute.replace(Decision(id=made.id, text="That walks be noted", verb="note"))
    minute.replace(DecisionTie(decision_id=made.id, event_id="e"))
    again = point_from_decision(minute, made.id, "message")
    assert (again.id, again.text, again.actions) == ("p", "That walks be noted", ())


def test_a_decision_that_is_removed_takes_what_it_was_with_it(minute):
    made = decision_from_point(minute, "p")
    assert minute.find(Event, "e").extra
    DECISIONS.remove(minute, made.id)
    assert not minute.find(Event, "e").extra


def vars_of(record):
    return {field.name: getattr(record, field.name) for field in fields(record)}
