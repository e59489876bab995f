"""Gaps: a grid beside a list; agree an action, leave gaps, give them away, undo it."""

import json

import pytest

from app.workspace import FACILITATOR
from systemmap.bundled.examples import example
from systemmap.gaps import find_gaps
from systemmap.model.response import ActionFactor, GapDecision
from systemmap.model.values import now
from systemmap.testing import map_from, programme_of
from tests.app.shown import told_late
from tests.drawing.foresight import foresight

STRESS = "gap.factor:stress"


@pytest.fixture
def gaps(open_screen):
    return open_screen("gaps", example())


@pytest.fixture
def stress(gaps):
    """The screen with the card of one cause open."""
    return gaps.button(key="gaps.open.factor:stress").click().run()


def lines(at):
    """The keys of the lines that are listed, in their order."""
    return [b.key for b in at.button if (b.key or "").startswith("gaps.open.")]


def spoken(at):
    """What the screen says aloud, and where it puts the keyboard."""
    sent = [json.loads(one.proto.json) for one in at.get("bidi_component")]
    (data,) = [one for one in sent if "said" in one]
    return data


def deciding(at, tab):
    at.session_state["gaps.deciding"] = tab
    return at.run()


def test_the_finding_counts_what_has_no_action(gaps):
    assert (
        gaps.title[0].value
        == "5 of 41 causes have no action listed; 3 of them matter most here\\."
    )


def test_until_causes_are_sorted_the_headline_says_so_and_leads_there(open_screen):
    at = open_screen("gaps", programme_of(map_from("stress -> snacking +")))
    said = " ".join(m.value for m in at.markdown).replace("\\", "")
    assert (
        "2 causes in the grid not counted: nobody has said yet who could change them."
        in said
    )
    at.button(key="gaps.sort").click().run()
    at.session_state["test.screen"] = "programme"
    at.run()
    assert list(at.data_editor[0].value["label"]) == ["Snacking", "Stress"]


def test_the_list_begins_with_what_matters_and_says_repeated_findings_once(gaps):
    assert lines(gaps)[:3] == [
        "gaps.open.factor:comfort-eating",
        "gaps.open.factor:sleep",
        "gaps.open.factor:stress",
    ]
    labels = [b.label for b in gaps.button]
    assert "**Stress** · No action listed" in labels
    assert "No indicator listed: see all 38 causes" in labels


def test_foresight_is_a_few_lines_not_hundreds_of_cards(open_screen):
    at = open_screen("gaps", foresight())
    again = told_late(at)
    assert len(lines(at)) <= 6
    repeated = [b.label for b in at.button if "see all" in b.label]
    assert any(label.startswith("No indicator listed: see all") for label in repeated)
    assert len(repeated) <= 6
    at.button(key="gaps.rule.g9_no_indicator").click().run()
    again()
    (finding,) = [box for box in at.selectbox if box.label == "Finding"]
    assert finding.value == "g9_no_indicator"
    assert len(lines(at)) == 30
    assert at.button(key="gaps.more").label.startswith("Show 30 more of 1")


def test_a_card_opens_on_choice_takes_the_keyboard_and_leads_on(gaps):
    at = gaps.button(key="gaps.open.factor:stress").click().run()
    assert "Stress" in [h.value for h in at.header]
    assert spoken(at)["focus"] == "gaps-card"
    assert lines(at) == []
    at.button(key="gaps.back").click().run()
    assert spoken(at)["focus"] == "gaps-open-factor-stress"
    assert "gaps.open.factor:stress" in lines(at)


def test_filters_narrow_the_list_and_say_the_count(gaps):
    everything = spoken(gaps)["said"]
    assert everything == "120 findings open."
    rule = gaps.selectbox(key="gaps.filter.Finding")
    at = rule.select("g5_unowned").run()
    assert len(lines(at)) == 5
    assert spoken(at)["said"] == "5 findings found."


def test_one_action_answers_several_gaps_at_once(gaps, store):
    for cause in ("stress", "sleep"):
        gaps.checkbox(key=f"gaps.pick.factor:{cause}").check()
    at = gaps.run()
    at.button(key="gaps.decide").click().run()
    assert "2 causes" in [h.value for h in at.header]
    form = "gap.several.2"
    at.text_input(key=f"{form}.agree.title").set_value("Calm rooms")
    _press(at, "Agree this action", form)
    programme = store.load("sampleshire")
    (made,) = [a for a in programme.actions.values() if a.title == "Calm rooms"]
    tied = {
        t.factor_id
        for t in programme.all(ActionFactor).values()
        if t.action_id == made.id
    }
    assert tied == {"stress", "sleep"}
    assert store.history("sampleshire")[0].label == "Agree an action for 2 causes"
    assert spoken(at)["said"].startswith("Saved.")


def test_a_gap_given_to_somebody_stays_open_and_is_found_as_theirs(stress, store):
    at = deciding(stress, "Give it to somebody")
    at.text_input(key=f"{STRESS}.assign.role").set_value("Mind Sampleshire")
    _press(at, "Give 3 findings to them", STRESS)
    report = find_gaps(store.load("sampleshire"), today=now().date())
    mine = [g for g in report.gaps if g.subject == "factor:stress"]
    assert {str(g.state) for g in mine} == {"open"}
    assert mine[0].state_sentence.startswith("Given to Mind Sampleshire since ")
    at.button(key="gaps.back").click().run()
    at.selectbox(key="gaps.filter.Mine").select("Mind Sampleshire").run()
    assert lines(at) == ["gaps.open.factor:stress"]


def test_an_agreed_action_is_tied_and_the_gap_says_so(stress, store):
    gaps = stress
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


def test_an_action_agreed_since_a_kept_list_is_counted_as_agreed_and_opens_nothing(
    gaps,
):
    at = gaps
    at.session_state["test.screen"] = "compare"
    at.session_state["compare.which"] = "Gap lists"
    at.run().button(key="compare.keep").click().run()
    at.session_state["test.screen"] = "gaps"
    at.run().button(key="gaps.open.factor:stress").click().run()
    at.text_input(key=f"{STRESS}.agree.title").set_value("Breathing space at work")
    _press(at, "Agree this action", STRESS)
    at.session_state["test.screen"] = "compare"
    at.session_state["compare.which"] = "Gap lists"
    at.run()
    assert "0 gaps opened, 1 agreed, 1 closed" in at.title[0].value
    said = " ".join(block.value for block in at.markdown).replace("\\", "")
    assert "Stress: “No action listed” for “Stress”: Agreed" in said
    assert "“Breathing space at work”" in said
    assert "importance" not in said.lower()


def test_no_finding_is_chosen_for_people_and_none_is_refused(stress, store):
    gaps = deciding(stress, "Leave, because…")
    chosen = gaps.multiselect(key=f"{STRESS}.leave.rules")
    assert chosen.value == []
    gaps.text_area(key=f"{STRESS}.leave.reason").set_value("Later.")
    gaps.text_input(key=f"{STRESS}.leave.role").set_value("Public Health")
    _press(gaps, "Keep this decision", STRESS)
    assert "Choose which findings you leave" in gaps.error[0].value
    assert store.revision("sampleshire") == 1


def test_a_card_says_the_name_once(stress):
    gaps = stress
    said = [m.value for m in gaps.markdown if "No asset listed" in m.value]
    assert said[0].startswith("No asset listed\\.")


def test_a_gap_is_not_left_without_a_reason(stress, store):
    gaps = deciding(stress, "Leave, because…")
    _choose_all(gaps)
    _press(gaps, "Keep this decision", STRESS)
    assert "Say why, in one line" in gaps.error[0].value
    assert store.revision("sampleshire") == 1


def test_a_gap_left_on_purpose_stands_apart_and_can_be_reopened(stress, store):
    gaps = deciding(stress, "Leave, because…")
    gaps.text_area(key=f"{STRESS}.leave.reason").set_value("The ICB is already on it.")
    gaps.text_input(key=f"{STRESS}.leave.role").set_value("Public Health")
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
    number = gaps.button(key="gaps.cell.high.0")
    assert number.label == "**3** · Matters most here, nobody has listed an action"
    at = number.click().run()
    assert lines(at) == [
        f"gaps.open.factor:{cause}" for cause in ("comfort-eating", "sleep", "stress")
    ]
    at.button(key="gaps.all").click().run()
    assert "No indicator listed: see all 38 causes" in [b.label for b in at.button]


def test_undo_takes_the_decision_back(stress, store):
    gaps = deciding(stress, "Leave, because…")
    gaps.text_area(key=f"{STRESS}.leave.reason").set_value("Later.")
    gaps.text_input(key=f"{STRESS}.leave.role").set_value("Public Health")
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


def test_a_change_refused_by_the_store_keeps_what_was_typed(stress, store):
    gaps = stress
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
