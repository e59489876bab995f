"""The clock: steps, pauses and extra minutes."""

from datetime import UTC, datetime, time, timedelta

import pytest

from systemmap.errors import InvalidValue
from systemmap.model.values import AgendaItem
from systemmap.model.workshop import Workshop
from systemmap.workshops.agenda import (
    add_minutes,
    agenda_from,
    agenda_lines,
    begin_step,
    go_on,
    pause,
    plan_start,
    running,
    timetable,
)

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


def test_the_times_follow_the_clock_and_a_step_that_runs_over_puts_the_rest_off():
    planned = plan_start(WORKSHOP, time(13, 30))
    assert [f"{at:%H:%M}" for at in timetable(planned, NOON)] == ["13:30", "13:35"]
    assert timetable(WORKSHOP, NOON) == [None, None]
    begun = begin_step(planned, 0, after(100))
    shown = [f"{at:%H:%M}" for at in timetable(begun, after(102))]
    assert shown == ["13:40", "13:45"]
    shown = [f"{at:%H:%M}" for at in timetable(begun, after(109))]
    assert shown == ["13:40", "13:49"]
    later = begin_step(begun, 1, after(110))
    assert [f"{at:%H:%M}" for at in timetable(later, after(111))] == ["13:40", "13:50"]


def test_an_agenda_is_edited_as_lines_and_a_wrong_line_is_named():
    said = (AgendaItem(title="Causes", minutes=15, text="Say them", room="capture"),)
    assert agenda_from(agenda_lines(said), said, parts=("capture",)) == said
    for line, words in [
        ("soon | Causes", "Line 1"),
        ("15 | Causes | cinema", "no part “cinema”"),
        ("15", "is no step"),
        (" ", "at least one step"),
    ]:
        with pytest.raises(InvalidValue, match=words):
            agenda_from(line, said, parts=("capture",))
