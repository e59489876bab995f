"""A council's plan as it is pasted: what is read, joined, told apart and guessed."""

import pytest

from systemmap.formats.plans.plan_text import FORMAT
from systemmap.formats.sighting import Sighting
from systemmap.model.plan import Phase, Workstream
from systemmap.model.response import Action
from tests.council_papers import PLAN


@pytest.fixture(scope="module")
def reading():
    return FORMAT.read(Sighting(PLAN.read_bytes(), PLAN.name))


@pytest.fixture(scope="module")
def actions(reading):
    return [record for record in reading.records if isinstance(record, Action)]


@pytest.fixture(scope="module")
def phases(reading):
    return [record for record in reading.records if isinstance(record, Phase)]


def test_two_workstreams_keep_their_purpose_and_the_address_in_angle_brackets(reading):
    active, weight = [r for r in reading.records if isinstance(r, Workstream)]
    assert (active.name, active.kind) == ("fair chances to be active", "actions")
    assert (weight.name, weight.kind) == (
        "a whole systems approach to healthier weight",
        "phases",
    )
    assert active.purpose.startswith("Workstream 1 looks at who can be active")
    assert "<https://www.aldermere.example/healthy-places/six-phases>" in weight.purpose
    assert weight.headings[:2] == ("Phases of development", "Aims and actions")


def test_there_are_six_actions_three_phases_and_three_phases_put_off(actions, phases):
    assert [action.ref for action in actions] == ["1", "2", "3", "4", "5", "6"]
    assert [phase.number for phase in phases] == [1, 2, 3, 4, 5, 6]
    assert [phase.status for phase in phases[3:]] == ["not_planned"] * 3
    assert [phase.due for phase in phases[3:]] == [None] * 3
    assert phases[3].extra["deferred"].startswith("Future phases, to be planned")


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
    assert typed.startswith('<ul style="list-style-type: none"> Learn what parks')
    assert typed.endswith("session. ")


def test_rows_after_the_page_break_join_the_row_above(actions, phases):
    assert (
        actions[2]
        .aims[2]
        .endswith(
            "Quay and Hillside estates and of the two coastal villages asked for, building on action 2."
        )
    )
    assert (
        phases[1].aims[2]
        == "Begin a list of clubs, kitchens and other places that help, with what they could take on."
    )
    (part,) = phases[1].extra["continued"]
    assert part == {
        "Aims (and actions)": "and other places that help, with what they could take on."
    }


def test_number_name_and_goal_are_parted_at_the_dash(phases):
    assert phases[0].name == "Set-up"  # typed "Setup"
    assert phases[0].goal.startswith("Find a sponsor, agree")
    assert phases[2].name == "Mapping the local system"  # parted at "-", not "–"
    assert phases[2].goal.startswith("Bring residents and partners together")


def test_due_dates_keep_their_words_month_precision_and_qualifier(actions):
    dues = [
        (d.raw, d.start, d.precision, d.qualifier) for d in (a.due for a in actions)
    ]
    assert dues == [
        ("Oct 26", "2026-10", "month", ""),
        ("Jan 27", "2027-01", "month", ""),
        ("Jan 27", "2027-01", "month", ""),
        ("March 27 meeting", "2027-03", "month", "meeting"),
        ("March 27 meeting", "2027-03", "month", "meeting"),
        ("April 27 onwards", "2027-04", "month", "onwards"),
    ]
    assert not any(
        action.due.guessed for action in actions
    )  # they vouch for each other


def test_progress_is_a_status_and_a_note_and_blank_is_no_update(actions, phases):
    assert (actions[0].status, actions[0].status_note) == ("complete", "")
    assert (actions[1].status, actions[1].progress_raw) == ("", "")
    assert (actions[2].status, actions[2].status_note) == (
        "ongoing",
        "hall booked for the last week of Jan 27.",
    )
    assert phases[0].status_note.endswith("on people who ask ‘why us’.")


def test_owners_are_several_and_all_partners_is_no_named_lead(reading, actions):
    assert [action.owners for action in actions] == [
        ("Public Health", "partners"),
        ("Public Health", "partners"),
        ("HWB", "wider partners"),
        ("Healthy Places Group",),
        ("Public Health", "Healthy Places Group"),
        ("All partners",),
    ]
    assert actions[4].owners_raw == "Public Health and Healthy Places Group"
    unled = [p.where for p in reading.problems if p.what.startswith("No named lead")]
    assert unled == ["line 22, column Responsible", "line 38, column Responsible"]


def test_the_summary_balances(reading):
    assert reading.items == reading.read + reading.skipped + reading.blank == 14
