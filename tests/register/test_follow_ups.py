"""What follows: carried forward, begun again, acted on, and what hangs on it when it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from systemmap.bundled.examples import example, from_template
from systemmap.editing.actions import new_action, remove_action, tie
from systemmap.editing.dated_updates import UPDATES, add_update
from systemmap.editing.follow_ups import (
    begin_next_cycle,
    carry_forward,
    likely_actions,
    link_actions,
    progress_from_point,
)
from systemmap.editing.framework_lists import FRAMEWORKS
from systemmap.editing.governance import BOARDS, DECISIONS, EVENTS, POINTS
from systemmap.editing.list_grids import ACTIONS
from systemmap.editing.merge_factors import merge_factors
from systemmap.editing.plan_grid import PLAN
from systemmap.errors import InvalidValue
from systemmap.formats import accept, read
from systemmap.language.progress_words import is_blank, progress_words
from systemmap.model.due import read_due
from systemmap.model.meetings import Board, DecisionTie, Event, EventPoint
from systemmap.model.plan import Phase, PhaseUpdate, Step, Workstream
from systemmap.model.response import Action, ActionFactor, ActionLink, Update
from systemmap.overview.framework_use import framework_use
from systemmap.overview.reported import history_of, reported_since, took_place
from systemmap.overview.reporting_lines import point_words
from systemmap.overview.summary import latest_phases
from systemmap.testing import map_from, programme_of

TODAY = date(2026, 11, 28)


@pytest.fixture
def town():
    programme = programme_of(map_from("stress -> snacking +"))
    walks = new_action(programme, "Walks", owner="Parks", due="March 26")
    programme.replace(replace(walks, status="ongoing", stage="delivering"))
    tie(programme, "walks", "stress", reason="Calms")
    return programme


def test_an_action_carried_forward_begins_anew_and_names_the_one_before(town):
    made = carry_forward(town, "walks", due="March 27")
    before = town.actions["walks"]
    assert before.status == "carried_forward"
    assert (made.carried_from, made.status, made.stage) == ("walks", "", "")
    assert (made.due.raw, made.owners) == ("March 27", ("Parks",))
    ties = [t.action_id for t in town.all(ActionFactor).values()]
    assert ties == ["walks", made.id]
    with pytest.raises(InvalidValue, match="carried forward already, as “Walks”"):
        carry_forward(town, "walks")


def test_a_cell_that_names_the_earlier_action_carries_it_forward(town):
    made = new_action(town, "Walks again")
    ACTIONS.change(town, made.id, {"carried_from": "Walks"})
    assert town.actions["walks"].status == "carried_forward"


def test_a_phase_begun_again_keeps_its_steps_and_none_of_its_progress():
    programme = programme_of()
    programme.add(
        Phase(id="p1", number=1, name="Set-up", status="complete", rating="blue"),
        Step(id="s", phase_id="p1", text="Find a sponsor", status="complete"),
    )
    made = begin_next_cycle(programme, "p1", due="2028")
    assert (made.cycle, made.status, made.rating) == (2, "not_started", "")
    steps = [s for s in programme.all(Step).values() if s.phase_id == made.id]
    assert [(s.text, s.status) for s in steps] == [("Find a sponsor", "")]
    assert latest_phases(programme) == [made]
    with pytest.raises(InvalidValue, match="Cycle 2 of “Set-up” has begun already"):
        begin_next_cycle(programme, "p1")


def test_updates_answer_for_days_before_anything_was_kept(town):
    add_update(town, "action:walks", "Ongoing – 12 came", on=date(2019, 5, 1))
    add_update(town, "action:walks", "Once more", on=None)
    found = reported_since(town, date(2019, 1, 1), date(2019, 12, 31))
    (line,) = found.lines
    assert (line.about, line.status, found.undated) == ("Walks", "ongoing", 1)
    assert [each.text for each in history_of(town, "action:walks")] == [
        "Ongoing – 12 came",
        "Once more",
    ]


def test_what_was_just_reported_is_the_progress_of_an_action_that_said_nothing(town):
    new_action(town, "Swim")
    add_update(town, "action:swim", "The lido leaks", on=None, kind="side_effect")
    assert is_blank(town.actions["swim"])
    add_update(town, "action:swim", "200 came", on=date(2026, 5, 1))
    add_update(town, "action:swim", "90 came", on=date(2026, 2, 1))
    assert progress_words(town.actions["swim"]) == "200 came"
    add_update(town, "action:swim", "310 came", on=date(2026, 8, 1))
    assert progress_words(town.actions["swim"]) == "310 came"
    add_update(town, "action:walks", "Rained off", on=date(2026, 8, 1))
    assert progress_words(town.actions["walks"]) == "Ongoing"  # as somebody said


def test_an_update_of_a_phase_is_kept_with_the_phase():
    programme = programme_of()
    programme.add(Phase(id="p1", number=1, name="Set-up"))
    UPDATES.add(programme, {"about": "Phase 1: Set-up", "text": "Sponsor found"})
    (made,) = programme.all(PhaseUpdate).values()
    assert (made.phase_id, made.on, made.kind) == ("p1", None, "activity")


def test_progress_of_a_minute_has_the_day_of_the_meeting(town):
    town.add(
        Event(id="e", title="Board", on=read_due("14 September 2026")),
        EventPoint(id="p", event_id="e", text="Walks are full", section="progress"),
    )
    progress_from_point(town, "p", "walks")
    (made,) = town.all(Update).values()
    assert (made.on, made.action_id) == (date(2026, 9, 14), "walks")
    assert len(reported_since(town, None).lines) == 1  # told once, not twice


def test_what_took_place_counts_by_its_last_day_and_what_has_none_by_no_day(town):
    for key, words in (("a", "June 2026"), ("b", "1 July 2026"), ("c", "when funded")):
        town.add(Event(id=key, title=f"Board {key}", on=read_due(words)))
    first, last = date(2026, 6, 30), date(2026, 7, 1)
    assert [e.id for e in took_place(town, first, last)] == ["b", "a"]
    assert [e.id for e in took_place(town, last)] == ["b"]
    assert [e.id for e in took_place(example(), date(2026, 9, 1), date(2026, 11, 1))]


def test_two_plans_brought_in_one_after_the_other_are_not_mixed_in_the_grid():
    programme = programme_of(
        None,
        *(Workstream(id=key, name=key) for key in ("ours", "minute")),
        *(
            Action(id=f"{key}-{n}", title=f"{key} {n}", workstream_id=key, position=n)
            for n in range(2)
            for key in ("ours", "minute")
        ),
    )
    titles = [row["title"] for row in PLAN.rows(programme).values()]
    assert titles == ["ours 0", "ours 1", "minute 0", "minute 1"]


def test_a_point_that_is_an_action_itself_does_not_say_its_words_twice(town):
    town.add(
        Event(id="e", title="Board"),
        EventPoint(id="p", event_id="e", text="Walks.", actions=("walks",)),
        EventPoint(id="q", event_id="e", text="Move more", actions=("walks",)),
    )
    said = [point_words(town, p) for p in town.all(EventPoint).values()]
    assert said == ["Walks (an action here).", "Move more (led to “Walks”)."]


def test_a_phase_that_a_plan_only_names_keeps_the_goal_of_the_guide():
    draft = from_template("starter", "Testtown")
    before = {p.number: p.goal for p in draft.all(Phase).values()}
    text = "Phases of development\tResponsible\tDue date\nPhase 1: Set-up – Begin\tParks\tJan 27\nPhase 4: Action\t\t\n"
    accept(draft, read(text.encode(), "p.txt"), file_name="p.txt")
    after = {p.number: p.goal for p in draft.all(Phase).values()}
    assert after[1] == "Begin"
    assert after[4] == before[4] != ""


def test_a_name_of_short_words_is_recognised_and_a_common_word_is_not(town):
    new_action(town, "Tell people about the Say Yes page")
    (likely,) = likely_actions(town, "Launch of the Say Yes campaign")
    assert likely.words == ("say", "yes")
    assert likely_actions(town, "Work with the development of delivery") == ()


def test_an_action_that_goes_is_named_nowhere_any_more(town):
    later = new_action(town, "Later")
    link_actions(town, later.id, "needs", ["walks"])
    town.add(
        Event(id="e", title="Board"),
        EventPoint(id="p", event_id="e", text="Walk", actions=("walks", later.id)),
    )
    DECISIONS.add(town, {"text": "That it go on", "actions": "Walks; Later"})
    remove_action(town, "walks")
    assert not town.all(ActionLink)
    assert town.find(EventPoint, "p").actions == (later.id,)
    (decided,) = town.all(DecisionTie).values()
    assert decided.actions == (later.id,)


def test_an_action_cannot_need_itself(town):
    with pytest.raises(InvalidValue, match="cannot be tied to itself"):
        link_actions(town, "walks", "needs", ["walks"])


def test_an_event_takes_what_was_said_there_with_it(town):
    key = EVENTS.add(town, {"title": "Board", "on": "March 27 meeting"})
    point = POINTS.add(town, {"text": "Walk more", "event_id": key})
    DECISIONS.add(town, {"text": "So be it", "event_id": key, "points": point})
    EVENTS.remove(town, key)
    assert not town.all(EventPoint)
    (tied,) = town.all(DecisionTie).values()
    assert (tied.event_id, tied.points) == (None, ())


def test_people_are_counts_and_not_counted_is_not_nought(town):
    key = EVENTS.add(town, {"title": "Board", "attended": "1,240", "organisations": ""})
    event = town.find(Event, key)
    assert (event.attended, event.organisations) == (1240, None)
    with pytest.raises(InvalidValue, match="not a count for People"):
        EVENTS.change(town, key, {"attended": "many"})


def test_a_board_cannot_report_to_itself_in_the_end(town):
    BOARDS.add(town, {"name": "Upper"})
    BOARDS.add(town, {"name": "Lower", "reports_to": "Upper"})
    with pytest.raises(InvalidValue, match="would report to itself"):
        BOARDS.change(town, "upper", {"reports_to": "Lower"})
    BOARDS.remove(town, "upper")
    assert town.find(Board, "lower").reports_to == ""


def test_a_point_follows_a_cause_that_is_merged(town):
    town.add(
        Event(id="e", title="Talks"),
        EventPoint(id="p", event_id="e", text="Worry", causes=("stress", "snacking")),
    )
    merge_factors(town, "main", keep="snacking", drop="stress")
    assert town.find(EventPoint, "p").causes == ("snacking",)


def test_an_item_counts_for_its_framework_and_a_free_tag_stays_as_typed(town):
    FRAMEWORKS.add(town, {"framework": "Our aims"})
    FRAMEWORKS.add(town, {"framework": "Our aims", "item": "Close to home"})
    ACTIONS.change(town, "walks", {"frameworks": "Our aims: Close to home; Odd tag"})
    use = framework_use(town)
    assert {row.name: len(row.actions) for row in use.rows} == {
        "Our aims": 1,
        "Our aims: Close to home": 1,
        "Odd tag": 1,
    }
    assert use.sentence == "1 of 1 action carries a framework."
    with pytest.raises(InvalidValue, match="still has 1 of its items"):
        FRAMEWORKS.remove(town, "our_aims")


def test_a_shipped_item_is_the_same_everywhere(town):
    with pytest.raises(InvalidValue, match="came with systemmap"):
        FRAMEWORKS.remove(town, "place_plan")
