"""The known answers of the Rutland plan (domain guide, section 7)."""

import pytest

from systemmap.formats.plan_text import FORMAT
from systemmap.model.plan import Phase, Workstream
from systemmap.model.response import Action
from tests.seeds import seed


@pytest.fixture(scope="module")
def reading():
    return FORMAT.read(seed("rutland_plan.txt"), "rutland_plan.txt")


@pytest.fixture(scope="module")
def actions(reading):
    return [record for record in reading.records if isinstance(record, Action)]


@pytest.fixture(scope="module")
def phases(reading):
    return [record for record in reading.records if isinstance(record, Phase)]


def test_two_workstreams_keep_their_purpose_and_the_address_in_angle_brackets(reading):
    health, obesity = [r for r in reading.records if isinstance(r, Workstream)]
    assert (health.name, health.kind) == ("tackling health inequalities", "actions")
    assert (obesity.name, obesity.kind) == (
        "whole system approach to obesity",
        "phases",
    )
    assert health.purpose.startswith("Workstream 1 will focus on engaging senior")
    assert (
        "<https://www.gov.uk/government/publications/whole-systems-approach-to-obesity>"
        in obesity.purpose
    )
    assert obesity.headings[:2] == ("Phases of development", "Aims and actions")


def test_there_are_six_actions_three_phases_and_three_phases_put_off(actions, phases):
    assert [action.ref for action in actions] == ["1", "2", "3", "4", "5", "6"]
    assert [phase.number for phase in phases] == [1, 2, 3, 4, 5, 6]
    assert [phase.status for phase in phases[3:]] == ["not_planned"] * 3
    assert [phase.due for phase in phases[3:]] == [None] * 3
    assert phases[3].extra["deferred"].startswith("Future phases to be incorporated")


def test_aims_are_told_apart(actions, phases):
    assert [len(action.aims) for action in actions] == [1, 3, 4, 3, 3, 0]
    assert [len(phase.aims) for phase in phases[:3]] == [2, 3, 2]


def test_there_are_fourteen_bullets(reading):
    assert reading.summary["bullets"] == 14


def test_a_split_that_nothing_marks_is_a_guess_and_the_original_stays(reading, actions):
    guesses = [
        p for p in reading.problems if p.kind == "guessed" and "full stops" in p.what
    ]
    assert [guess.where for guess in guesses] == [
        "line 16, column Aims (and actions)",
        "line 17, column Aims (and actions)",
    ]
    typed = actions[1].as_typed["Aims (and actions)"]
    assert typed.startswith('<ul style="list-style-type: none"> Understand the current')
    assert typed.endswith("session. ")


def test_rows_after_the_page_break_join_the_row_above(actions, phases):
    assert (
        actions[2]
        .aims[2]
        .endswith(
            "different populations and geographical areas identified as most in need, supporting action 2."
        )
    )
    assert (
        phases[1].aims[2]
        == "Start to understand local assets including community capacity and interest."
    )
    (part,) = phases[1].extra["continued"]
    assert part == {
        "Aims (and actions)": "assets including community capacity and interest."
    }


def test_number_name_and_goal_are_parted_at_the_dash(phases):
    assert phases[0].name == "Set-up"  # typed "Setup"
    assert phases[0].goal.startswith("Secure senior-level support")
    assert phases[2].name == "Mapping the local system"  # parted at "-", not "–"
    assert phases[2].goal.startswith("Bring stakeholders together")


def test_due_dates_keep_their_words_month_precision_and_qualifier(actions):
    dues = [
        (d.raw, d.start, d.precision, d.qualifier) for d in (a.due for a in actions)
    ]
    assert dues == [
        ("Oct 22", "2022-10", "month", ""),
        ("Jan 23", "2023-01", "month", ""),
        ("Jan 23", "2023-01", "month", ""),
        ("March 23 meeting", "2023-03", "month", "meeting"),
        ("March 23 meeting", "2023-03", "month", "meeting"),
        ("April 23 onwards", "2023-04", "month", "onwards"),
    ]
    assert not any(
        action.due.guessed for action in actions
    )  # they vouch for each other


def test_progress_is_a_status_and_a_note_and_blank_is_no_update(actions, phases):
    assert (actions[0].status, actions[0].status_note) == ("complete", "")
    assert (actions[1].status, actions[1].progress_raw) == ("", "")
    assert (actions[2].status, actions[2].status_note) == (
        "ongoing",
        "board session booked for end of Jan 23.",
    )
    assert phases[0].status_note.endswith("to support the ‘why’.")


def test_owners_are_several_and_all_partners_is_no_named_lead(reading, actions):
    assert [action.owners for action in actions] == [
        ("Public Health", "partners"),
        ("Public Health", "partners"),
        ("HWB", "wider partners"),
        ("Staying Healthy Partnership",),
        ("Public Health", "Staying Healthy Partnership"),
        ("All partners",),
    ]
    assert actions[4].owners_raw == "Public Health and Staying Healthy Partnership"
    unled = [p.where for p in reading.problems if p.what.startswith("No named lead")]
    assert unled == ["line 22, column Responsible", "line 38, column Responsible"]


def test_the_summary_balances(reading):
    assert reading.items == reading.read + reading.skipped + reading.blank == 14
