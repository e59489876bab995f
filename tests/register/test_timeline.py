"""The plan in time: what is drawn, and what cannot be."""

from __future__ import annotations

from datetime import date

from systemmap.editing.actions import new_action
from systemmap.model.due import read_due
from systemmap.model.meetings import Event
from systemmap.overview.timeline import timeline_of
from systemmap.testing import programme_of

TODAY = date(2026, 11, 28)


def test_an_event_that_goes_on_is_drawn_where_it_begins():
    talks = Event(id="talks", title="Talks", on=read_due("February 27 onwards"))
    found = timeline_of(programme_of(None, talks), TODAY)
    assert [(m.name, m.on) for m in found.milestones] == [("Talks", date(2027, 2, 1))]
    assert found.undated_events == ()


def test_the_timeline_draws_what_has_a_date_and_lists_what_has_none():
    town = programme_of(None, Event(id="launch", title="Launch", on=read_due("soon")))
    new_action(town, "Walks", due="March 26")
    new_action(town, "Whenever", due="when funded")
    open_ended = new_action(town, "On and on", due="April 27 onwards")
    found = timeline_of(town, TODAY)
    assert [(b.name, b.state, b.open_ended) for b in found.bars] == [
        ("Walks", "late", False),
        (open_ended.title, "ahead", True),
    ]
    assert (found.undated, found.undated_events) == (("Whenever",), ("Launch",))
    assert found.sentence == (
        "2 of 3 phases and actions have a date that was read; 1 past its date."
    )
    assert found.span == (date(2026, 3, 1), date(2027, 4, 30))
