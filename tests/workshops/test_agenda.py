"""The clock: steps, pauses and extra minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from systemmap.errors import InvalidValue
from systemmap.model.values import AgendaItem
from systemmap.model.workshop import Workshop
from systemmap.workshops.agenda import add_minutes, begin_step, go_on, pause, running

NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
WORKSHOP = Workshop(
    id="w",
    title="W",
    agenda=(
        AgendaItem(title="Welcome", minutes=5),
        AgendaItem(title="Causes", minutes=15, room="capture"),
    ),
)


def after(minutes):
    return NOON + timedelta(minutes=minutes)


def test_a_step_counts_down_and_then_over():
    begun = begin_step(WORKSHOP, 1, NOON)
    assert [running(begun, after(m)).seconds_left for m in (0, 14, 16)] == [
        900,
        60,
        -60,
    ]
    assert (begun.rooms, begun.screen) == (("capture",), "wall")


def test_a_pause_does_not_count():
    begun = pause(begin_step(WORKSHOP, 1, NOON), after(5))
    assert running(begun, after(30)).seconds_left == 600
    assert running(go_on(begun, after(30)), after(31)).seconds_left == 540


def test_more_minutes_go_to_the_running_step_only():
    begun = add_minutes(begin_step(WORKSHOP, 1, NOON), 5)
    assert [item.minutes for item in begun.agenda] == [5, 20]


def test_nothing_runs_before_the_first_step():
    assert running(WORKSHOP, NOON) is None


def test_a_step_that_does_not_exist_is_refused():
    with pytest.raises(InvalidValue, match="there is no step 3"):
        begin_step(WORKSHOP, 2, NOON)
