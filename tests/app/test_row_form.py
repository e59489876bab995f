"""One row of a grid as a form, and the lists that are written there."""

from __future__ import annotations

from datetime import date

import pytest

from app.workspace import FACILITATOR
from systemmap.editing.list_grids import GRIDS
from systemmap.model.meetings import DecisionTie
from systemmap.model.plan import (
    Decision,
    Review,
)
from systemmap.reports import REPORTS
from systemmap.reports.parts.document import Order
from tests.app.plan_grid import (
    editor,
    opened,
    page_of,
    press,
    titles,
    town,
)


def test_the_form_changes_adds_and_removes_a_row_without_the_grid(plan, store):
    at = opened(plan)
    at.selectbox(key="grid.plan.row").set_value("action:school-meals").run()
    at.text_area(key="row.plan.action:school-meals.note").set_value("Begun")
    press(at, "Save the row")
    assert store.load("testtown").actions["school-meals"].status_note == "Begun"
    at.selectbox(key="grid.plan.row").set_value("action:cook-together").run()
    at.button(key="grid.plan.remove.ask").click().run()
    at.button(key="grid.plan.remove").click().run()
    assert "Cook together" not in titles(store)
    at.selectbox(key="grid.plan.row").set_value("").run()
    at.text_input(key="row.plan..title").set_value("Swimming")
    press(at, "Add the row")
    assert "Swimming" in titles(store)


def test_the_form_refuses_a_row_changed_meanwhile_and_then_saves_mine(plan, store):
    at = opened(plan)
    at.selectbox(key="grid.plan.row").set_value("action:school-meals").run()
    at.text_area(key="row.plan.action:school-meals.note").set_value("Mine")
    with store.editing("testtown", actor=FACILITATOR, label="Theirs") as draft:
        change = GRIDS["plan"].change
        change(draft, "action:school-meals", {"note": "Theirs", "outcomes": "Fed"})
    press(at, "Save the row")
    assert "theirs is “Theirs”, yours is “Mine”" in at.error[0].value
    press(at, "Save the row")
    action = store.load("testtown").actions["school-meals"]
    assert (action.status_note, action.outcomes) == ("Mine", "Fed")


def test_what_is_known_of_an_action_is_written_in_the_grid_and_in_the_form(plan, store):
    at = opened(plan)
    at.segmented_control(key="programme.grid").set_value("actions").run()
    at.session_state[editor(at, "actions")] = {
        "edited_rows": {0: {"evidence": "A review of 12 trials, NICE 2025"}}
    }
    at.run()
    at.button(key="grid.actions.save").click().run()
    said = [a.evidence for a in store.load("testtown").actions.values()]
    assert said == ["A review of 12 trials, NICE 2025", "", ""]
    at.session_state["test.screen"] = "actions"
    at.query_params["action"] = "park-walks"
    at.run()
    field = at.text_area(key="actions.park-walks.evidence")
    assert field.value == "A review of 12 trials, NICE 2025"
    field.set_value("Our own count")
    press(at, "Save the action")
    assert store.load("testtown").actions["park-walks"].evidence == "Our own count"


@pytest.fixture
def governance(open_screen):
    """The lists of who decides and what was looked at, each to open by its key."""

    def opened_at(key):
        at = open_screen("programme", town())
        at.session_state["programme.tab"] = "Governance"
        at.session_state["programme.governance"] = key
        return at.run()

    return opened_at


def test_decisions_and_reviews_are_added_on_screen_and_printed(governance, store):
    at = governance("decisions")
    at.text_input(key="row.decisions..text").set_value("That the plan be endorsed")
    at.selectbox(key="row.decisions..verb").set_value("endorse")
    at.text_input(key="row.decisions..body").set_value("Health and Wellbeing Board")
    at.text_input(key="row.decisions..on").set_value("14 September 2026")
    press(at, "Add the row")
    assert not at.exception
    programme = store.load("testtown")
    (made,) = programme.all(Decision).values()
    assert (made.verb, made.on) == ("endorse", date(2026, 9, 14))
    order = Order(at=date(2026, 11, 28))
    page = REPORTS["board_paper"].make(programme, order, ".html").decode()
    assert (
        "<li>That the plan be endorsed (Health and Wellbeing Board, 14 September 2026)."
        in page
    )


def test_a_decision_is_tied_from_menus_and_stands_at_its_event(governance, store):
    at = governance("events")
    at.text_input(key="row.events..title").set_value("Board of autumn")
    press(at, "Add the row")
    at.segmented_control(key="programme.governance").set_value("points").run()
    at.text_input(key="row.points..text").set_value("Ask traders; then report")
    at.selectbox(key="row.points..event_id").set_value("Board of autumn")
    at.selectbox(key="row.points..section").set_value("Next step")
    press(at, "Add the row")
    at.segmented_control(key="programme.governance").set_value("decisions").run()
    at.text_input(key="row.decisions..text").set_value("That the plan be endorsed")
    at.selectbox(key="row.decisions..event_id").set_value("Board of autumn")
    at.multiselect(key="row.decisions..points").set_value(["Ask traders; then report"])
    at.multiselect(key="row.decisions..actions").set_value(["Park walks"])
    press(at, "Add the row")
    (tie,) = store.load("testtown").all(DecisionTie).values()
    assert tie.points == ("ask-traders-then-report",)
    assert (tie.event_id, tie.actions) == ("board-of-autumn", ("park-walks",))
    order = Order(at=date(2026, 11, 28))
    page = REPORTS["board_paper"].make(store.load("testtown"), order, ".html")
    assert "about “Ask traders; then report” and “Park walks”" in page.decode()
    at.segmented_control(key="programme.governance").set_value("shown").run()
    assert "That the plan be endorsed (about “Ask traders; then report”" in page_of(at)


def test_a_date_that_is_no_day_is_refused_and_none_is_invented(governance, store):
    at = governance("reviews")
    at.text_input(key="row.reviews..title").set_value("Autumn")
    at.text_input(key="row.reviews..on").set_value("next spring")
    press(at, "Add the row")
    assert "is not a day" in at.error[0].value
    assert not store.load("testtown").all(Review)
