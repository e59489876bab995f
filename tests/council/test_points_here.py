"""What a minute says names the actions as they are here, whatever their ids were."""

from __future__ import annotations

from systemmap.formats import read
from systemmap.formats.acceptance import accept
from systemmap.model.meetings import EventPoint
from systemmap.model.response import Action
from systemmap.testing import programme_of
from tests.council_papers import MINUTE


def test_points_name_the_actions_under_the_ids_they_have_here():
    taken = Action(id="reopen-the-lido-for-family-swimming", title="Another thing")
    programme = programme_of(None, taken)
    data = MINUTE.read_bytes()
    accept(programme, read(data, MINUTE.name), data=data)
    named = {
        programme.actions[key].title: point.text
        for point in programme.all(EventPoint).values()
        for key in point.actions
    }
    assert len(named) == 12 + 7
    assert all(title == text for title, text in named.items())


def test_the_same_minute_twice_adds_nothing():
    programme = programme_of()
    data = MINUTE.read_bytes()
    accept(programme, read(data, MINUTE.name), data=data)
    again = accept(programme, read(data, MINUTE.name), data=data)
    assert (again.new, again.changed, again.conflicts) == (0, 0, ())
