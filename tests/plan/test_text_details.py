"""Plans pasted as text: bars, columns held apart by spaces, quotes and broken lines."""

from __future__ import annotations

import pytest

from systemmap.formats import accept, read
from systemmap.formats.plans import plan_text
from systemmap.formats.sighting import Sighting
from systemmap.model.plan import Phase, Workstream
from systemmap.model.response import Action, Update
from systemmap.testing import programme_of

BARS = """# Sampleshire plan

## Workstream 1: Food

| Action/Phase | Aims | Responsible | Due date | Progress | Outcomes |
|---|:--|---|---|--:|---|
| 1. Map the shops | Count them.<br>Ask people \\| traders | Public Health | Oct 22 | Complete - in May | A list |
| 2. Talk to schools |  | Schools |  | Ongoing |  |

## Workstream 2: Active travel

| Action/Phase | Aims | Responsible | Due date | Progress | Outcomes |
|---|---|---|---|---|---|
| 1. Count bikes | All of them | Highways | March 23 | | |
"""
SPACES = """\
Action              Aims                    Responsible      Due date
1. Map the shops    Count them              Public Health    Oct 22
                    Ask people
2. Talk to schools                          Schools          March 23 meeting
"""
TABS = "Action\tAims\tResponsible\tDue date\n"


def of(text, kind=Action):
    reading = plan_text.read(Sighting(text.encode(), "plan.txt"))
    return [r for r in reading.records if isinstance(r, kind)], reading


def guesses(reading):
    return [p.what for p in reading.problems if p.kind == "guessed"]


def test_a_plan_in_bars_keeps_its_workstreams_breaks_and_inner_bars():
    actions, reading = of(BARS)
    assert reading.dialect == "bars between columns"
    assert [a.title for a in actions] == [
        "Map the shops",
        "Talk to schools",
        "Count bikes",
    ]
    assert actions[0].aims == ("Count them.", "Ask people | traders")
    assert (actions[0].status, actions[0].due.start) == ("complete", "2022-10")
    streams, _ = of(BARS, Workstream)
    assert [s.name for s in streams] == ["Food", "Active travel"]
    assert [a.workstream_id for a in actions] == [streams[0].id] * 2 + [streams[1].id]


def test_bars_without_outer_bars_are_read_too():
    actions, _ = of(
        "Action | Responsible | Due date\n--- | --- | ---\nMap shops | Public Health | Oct 22\n"
    )
    assert [(a.title, a.owners, a.due.start) for a in actions] == [
        ("Map shops", ("Public Health",), "2022-10")
    ]


def test_columns_held_apart_by_spaces_are_read_by_their_place_and_guessed():
    actions, reading = of(SPACES)
    assert [a.title for a in actions] == ["Map the shops", "Talk to schools"]
    assert actions[0].aims == ("Count them", "Ask people")
    assert (actions[1].aims, actions[1].owners) == ((), ("Schools",))
    assert actions[1].due.qualifier == "meeting"
    assert any("runs of spaces" in what for what in guesses(reading))


def test_a_cell_excel_put_in_quotes_keeps_its_lines_and_quotes():
    (action,), _ = of(
        TABS + '1. Map\t"Count ""all"" shops\nAsk people"\tPublic Health\tOct 22\n'
    )
    assert action.aims == ('Count "all" shops', "Ask people")
    assert action.owners == ("Public Health",)


def test_a_line_with_fewer_tabs_goes_on_the_cell_above_and_is_guessed():
    (action,), reading = of(
        TABS + "1. Map\tCount them\nAsk people\tPublic Health\tOct 22\n"
    )
    assert action.aims == ("Count them", "Ask people")
    assert action.due.start == "2022-10"
    assert any("fewer tabs" in what for what in guesses(reading))


@pytest.mark.parametrize(
    "text", [BARS, SPACES, TABS + "1. Map\tCount\tPublic Health\tOct 22\n"]
)
@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_line_ends_and_encodings_change_nothing(text, line_end, encoding):
    plain = read(text.encode(), "plan.txt")
    other = read(text.replace("\n", line_end).encode(encoding), "plan.txt")
    assert other.records == plain.records
    assert plain.format == "plan_text"


@pytest.mark.parametrize(
    "sign", ["•", "·", "▪", "-", "–", "*", "o\t", "\uf0b7", "1.", "a)", "(i)"]
)
def test_every_bullet_sign_is_stripped_and_wrapped_lines_join(sign):
    cell = f'"{sign} Count the\nshops\n{sign} Ask people"'
    (action,), _ = of(TABS + f"1. Map\t{cell}\tPublic Health\tOct 22\n")
    assert action.aims == ("Count the shops", "Ask people")


@pytest.mark.parametrize(
    ("first", "numbers"),
    [
        ("Phase 3: Map", [3]),
        ("Phase three - Map", [3]),
        ("3. Map", [3]),
        ("Phases 4–6", [4, 5, 6]),
        ("Phases 1 and 3", [1, 3]),
    ],
)
def test_phase_numbers_come_in_words_figures_and_ranges(first, numbers):
    phases, _ = of(f"Phase\tAims\tResponsible\n{first}\tx\tPublic Health\n", Phase)
    assert [phase.number for phase in phases] == numbers


@pytest.mark.parametrize(
    "typed", ["30 Feb", "00/00/00", "Jan 1900", "🙂", "next meeting", "TBC", "22 Oct"]
)
def test_no_date_is_refused_and_none_is_invented(typed):
    (action,), _ = of(TABS + f"1. Map\tx\tPublic Health\t{typed}\n")
    assert action.due.raw == typed
    assert action.due.start in (None, "1900-01")


def test_a_row_with_more_cells_than_headings_keeps_them():
    (action,), reading = of(TABS + "1. Map\tx\tPublic Health\tOct 22\tand more\n")
    assert action.extra["columns"] == {"Column 5": "and more"}
    assert any("5 cells but the heading has 4" in p.what for p in reading.problems)


DATED = """Action\tResponsible\tDue date\tProgress
Walks\tParks\tOct 26\t"14/09/2026: two leaders found
3 November 2026 – first walk, 12 people
Oct 26: a month is no day
Ongoing: no day either"
"""


def test_lines_of_progress_that_begin_with_a_day_are_updates_of_that_day():
    found, reading = of(DATED, Update)
    assert [(str(u.on), u.text) for u in found] == [
        ("2026-09-14", "two leaders found"),
        ("2026-11-03", "first walk, 12 people"),
    ]
    draft = programme_of()
    accept(draft, reading)
    (action,) = draft.actions.values()
    assert {u.action_id for u in draft.all(Update).values()} == {action.id}
    assert "a month is no day" in action.progress_raw
    accept(draft, reading)  # brought in again
    assert len(draft.all(Update)) == 2
