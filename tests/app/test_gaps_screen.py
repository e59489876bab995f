"""Gaps: agree an action, leave a gap with a reason, reopen it, undo all of it."""

import pytest

from app.workspace import FACILITATOR
from systemmap.bundled.examples import example
from systemmap.gaps import find_gaps
from systemmap.model.response import ActionFactor, GapDecision
from systemmap.model.values import now

STRESS = "gap.factor:stress"


@pytest.fixture
def gaps(open_screen):
    return open_screen("gaps", example())


def test_the_finding_counts_what_has_no_action(gaps):
    assert (
        gaps.title[0].value
        == "5 of 41 causes have no action listed; 3 of them matter most here\\."
    )


def test_an_agreed_action_is_tied_and_the_gap_says_so(gaps, store):
    gaps.text_input(key=f"{STRESS}.agree.title").set_value("Breathing space at work")
    gaps.text_input(key=f"{STRESS}.agree.due").set_value("March 2027")
    _press(gaps, "Agree this action", STRESS)
    programme = store.load("sampleshire")
    (made,) = [
        a for a in programme.actions.values() if a.title == "Breathing space at work"
    ]
    assert (made.due.raw, made.origin, made.status) == (
        "March 2027",
        "gap",
        "not_started",
    )
    assert f"{made.id}/main/stress" in programme.all(ActionFactor)
    (decision,) = [
        d for d in programme.all(GapDecision).values() if d.action_id == made.id
    ]
    assert decision.state == "agreed"
    assert "4 of 41 causes have no action listed" in gaps.title[0].value


def test_no_finding_is_chosen_for_people_and_none_is_refused(gaps, store):
    chosen = gaps.multiselect(key=f"{STRESS}.leave.rules")
    assert chosen.value == []
    gaps.text_area(key=f"{STRESS}.leave.reason").set_value("Later.")
    _press(gaps, "Keep this decision", STRESS)
    assert "Choose which findings you leave" in gaps.error[0].value
    assert store.revision("sampleshire") == 1


def test_a_card_says_the_name_once(gaps):
    said = [m.value for m in gaps.markdown if "No asset listed" in m.value]
    assert said[0].startswith("No asset listed\\.")


def test_a_gap_is_not_left_without_a_reason(gaps, store):
    _choose_all(gaps)
    _press(gaps, "Keep this decision", STRESS)
    assert "Say why, in one line" in gaps.error[0].value
    assert store.revision("sampleshire") == 1


def test_a_gap_left_on_purpose_stands_apart_and_can_be_reopened(gaps, store):
    gaps.text_area(key=f"{STRESS}.leave.reason").set_value("The ICB is already on it.")
    _choose_all(gaps)
    _press(gaps, "Keep this decision", STRESS)
    report = find_gaps(store.load("sampleshire"), today=now().date())
    left = [g for g in report.gaps if g.subject == "factor:stress"]
    assert {str(g.state) for g in left} == {"accepted"}
    for gap in left:
        gaps.button(key=f"gaps.reopen.{gap.rule}.factor:stress").click().run()
    report = find_gaps(store.load("sampleshire"), today=now().date())
    assert {str(g.state) for g in report.gaps if g.subject == "factor:stress"} == {
        "open"
    }


def test_a_number_in_the_grid_opens_its_list(gaps):
    gaps.button(key="gaps.cell.high.0").click().run()
    assert "Matters most here, nobody has listed an action\\: 3 causes" in [
        h.value for h in gaps.header
    ]
    assert [s.value for s in gaps.subheader] == [
        "Eating for comfort",
        "Quality of sleep",
        "Stress",
    ]


def test_undo_takes_the_decision_back(gaps, store):
    gaps.text_area(key=f"{STRESS}.leave.reason").set_value("Later.")
    _choose_all(gaps)
    _press(gaps, "Keep this decision", STRESS)
    undo = gaps.button(key="frame.undo")
    assert (
        undo.label == "Undo\\: Leave the gap “Stress”"
        or "Leave the gap “Stress”" in undo.label
    )
    undo.click().run()
    programme = store.load("sampleshire")
    assert not [
        d for d in programme.all(GapDecision).values() if d.subject == "factor:stress"
    ]


def test_a_change_refused_by_the_store_keeps_what_was_typed(gaps, store):
    gaps.text_input(key=f"{STRESS}.agree.owner").set_value("Public Health")
    _press(gaps, "Agree this action", STRESS)
    assert "Say in a few words what is done" in gaps.error[0].value
    assert gaps.text_input(key=f"{STRESS}.agree.owner").value == "Public Health"
    assert store.history("sampleshire")[0].actor == FACILITATOR.name


def _press(at, label, form):
    (button,) = [b for b in at.button if b.label == label and form in (b.form_id or "")]
    button.click().run()


def _choose_all(at):
    chosen = at.multiselect(key=f"{STRESS}.leave.rules")
    rules = [
        gap.rule
        for gap in find_gaps(example(), today=now().date()).open
        if gap.subject == "factor:stress"
    ]
    chosen.set_value(rules)
