"""The plan as a grid: cells, blocks, rows, filters, conflicts; one change a save."""

from __future__ import annotations

from datetime import date

import pytest
import streamlit as st

from app.workspace import FACILITATOR
from systemmap.editing.actions import new_action
from systemmap.editing.list_grids import GRIDS
from systemmap.model.plan import (
    Decision,
    Phase,
    ProgrammeInfo,
    Review,
    Workstream,
)
from systemmap.model.programme import Programme
from systemmap.model.response import Action
from systemmap.reports import REPORTS
from systemmap.reports.parts.document import Order
from systemmap.testing import map_from, programme_of


def town():
    programme = programme_of(
        map_from("stress -> snacking +"),
        Workstream(id="food", name="Food"),
        Phase(id="p1", number=1, name="Set-up", workstream_id="food", goal="Begin"),
    )
    for place, title in enumerate(("Park walks", "School meals", "Cook together")):
        made = new_action(programme, title, owner="Parks")
        programme.replace(
            Action(
                id=made.id,
                title=title,
                workstream_id="food",
                position=place + 1,
                owners=("Parks",),
                owners_raw="Parks",
            )
        )
    return programme


@pytest.fixture(autouse=True)
def _no_browser_to_wait_for(monkeypatch):
    monkeypatch.setattr("app.components.edit_grid.SETTLES", 0)


@pytest.fixture
def plan(open_screen):
    return open_screen("programme", town(), kept={"programme.tab": "Plan table"})


def opened(at):
    at.session_state["programme.tab"] = "Plan table"
    return at.run()


def editor(at, grid="plan"):
    """The key of the editor on the page."""
    return at.session_state[f"workspace.kept.grid.{grid}"].key


def edit(at, *, cells=None, added=(), deleted=()):
    at.session_state[editor(at)] = {
        "edited_rows": cells or {},
        "added_rows": list(added),
        "deleted_rows": list(deleted),
    }
    return at.run()


def save(at):
    return at.button(key="grid.plan.save").click().run()


def shown(at):
    return at.data_editor[0].value


def titles(store):
    return [a.title for a in store.load("testtown").actions.values()]


def test_cells_edited_in_place_are_one_change_and_one_undo(plan, store):
    at = edit(
        opened(plan),
        cells={
            1: {"status": "Ongoing", "due": "March 27 meeting"},
            2: {"owners": "Schools and Public Health"},
        },
    )
    at = save(at)
    assert not at.exception
    actions = store.load("testtown").actions
    assert actions["park-walks"].status == "ongoing"
    assert actions["park-walks"].due.qualifier == "meeting"
    assert actions["school-meals"].owners == ("Schools", "Public Health")
    assert store.history("testtown", limit=1)[0].label == "Plan: 2 rows changed"
    assert "March 2027 (meeting), a guess" in list(shown(at)["read_as"])
    at.button(key="frame.undo").click().run()
    assert store.load("testtown").actions["park-walks"].status == ""


def test_a_pasted_block_with_new_rows_and_a_removed_one_is_one_change(plan, store):
    at = edit(
        opened(plan),
        cells={1: {"title": "Park runs"}},
        added=[{"title": f"New {n}", "workstream": "Food"} for n in range(20)],
        deleted=[3],
    )
    revision = store.revision("testtown")
    save(at)
    assert store.revision("testtown") == revision + 1
    assert titles(store) == [
        "Park runs",
        "School meals",
        *(f"New {n}" for n in range(20)),
    ]
    assert store.load("testtown").actions["new-3"].workstream_id == "food"


def test_a_block_pasted_as_text_changes_rows_and_adds_those_below_the_last(plan, store):
    at = opened(plan)
    block = "Action or phase\tResponsible\tRating\nMeals at school\tSchools\tAmber\nCooking\t\t\nNew one\tParks\tG"
    at.text_area(key="grid.plan.block.text").set_value(
        block.replace("\tG", "\tGreen")
    ).run()
    at.selectbox(key="grid.plan.block.row").select("action:school-meals").run()
    at.button(key="grid.plan.block.put").click().run()
    assert at.text_area(key="grid.plan.block.text").value == ""
    revision = store.revision("testtown")
    save(at)
    assert store.revision("testtown") == revision + 1
    actions = store.load("testtown").actions
    assert titles(store) == ["Park walks", "Meals at school", "Cooking", "New one"]
    meals = actions["school-meals"]
    assert (meals.owners, meals.rating, meals.rated_on) == (
        ("Schools",),
        "amber",
        date.today(),  # noqa: DTZ011 - the day on this desk
    )
    assert actions["cook-together"].owners == ()


def test_a_large_block_becomes_rows_at_once_and_is_taken_back_whole(plan, store):
    first = editor(opened(plan))
    at = edit(plan, added=[{"title": f"New {n}"} for n in range(200)])
    assert "200 rows added" in page_of(at)
    assert editor(at) != first  # Streamlit would add them one by one in each run
    assert len(shown(at)) == 204
    at.button(key="grid.plan.back").click().run()
    assert len(shown(at)) == 4
    assert "not saved yet" not in page_of(at).lower()


def test_an_empty_cell_of_a_new_row_is_empty_not_a_word_of_python(plan):
    (cells,) = opened(plan).data_editor
    assert cells.proto.placeholder == ""
    assert cells.proto.HasField("placeholder")


def test_edits_not_saved_yet_are_taken_back_one_by_one_a_block_whole(plan, store):
    at = edit(opened(plan), cells={1: {"note": "12 came"}})
    at = edit(
        at, cells={1: {"note": "12 came"}}, added=[{"title": "A"}, {"title": "B"}]
    )
    assert "2 added" in page_of(at)
    at.button(key="grid.plan.back").click().run()
    assert "Not saved yet: 1 row changed." in page_of(at)
    assert list(shown(at)["note"])[1] == "12 came"
    at.button(key="grid.plan.back").click().run()
    assert "Not saved yet" not in page_of(at)
    revision = store.revision("testtown")
    assert "nothing to save" in page_of(save(at))
    assert store.revision("testtown") == revision


def page_of(at):
    return " ".join(block.value for block in at.markdown).replace("\\", "")


def test_a_phase_is_rated_with_its_reason_and_its_progress_stays_beside(plan, store):
    at = edit(opened(plan), cells={0: {"rating": "Amber", "note": "Sponsor asked"}})
    at = save(at)
    assert "without a reason" in at.error[0].value
    assert not store.load("testtown").all(Phase)["p1"].rating
    at = save(
        edit(
            at,
            cells={
                0: {"rating": "Amber", "note": "Sponsor asked", "reason": "No room"}
            },
        )
    )
    phase = store.load("testtown").all(Phase)["p1"]
    assert (phase.rating, phase.rating_reason, phase.status_note) == (
        "amber",
        "No room",
        "Sponsor asked",
    )


def test_what_is_not_saved_outlives_a_filter_and_is_saved_with_it(plan, store):
    at = edit(opened(plan), cells={1: {"note": "12 came"}})
    at.text_input(key="grid.plan.filter").set_value("school").run()
    assert list(shown(at)["title"]) == ["School meals"]
    save(edit(at, cells={0: {"note": "Menus agreed"}}))
    actions = store.load("testtown").actions
    assert actions["park-walks"].status_note == "12 came"
    assert actions["school-meals"].status_note == "Menus agreed"


def test_what_is_not_saved_outlives_another_table_and_another_screen(plan, store):
    at = edit(opened(plan), cells={1: {"note": "12 came"}})
    at.segmented_control(key="programme.grid").set_value("causes").run()
    assert "Plan, not saved yet: 1 row changed." in page_of(at)
    at.session_state["test.screen"] = "actions"
    at.run()
    assert "Plan, not saved yet: 1 row changed." in page_of(at)
    at.session_state["test.screen"] = "programme"
    at.session_state["programme.grid"] = "plan"
    at = opened(at)
    assert list(shown(at)["note"])[1] == "12 came"
    save(at)
    assert store.load("testtown").actions["park-walks"].status_note == "12 came"


def test_what_is_not_saved_outlives_another_programme_and_is_named_there(plan, store):
    info = ProgrammeInfo(id="elsewhere", name="Elsewhere")
    other = Programme(info, [Action(id="swim", title="Swim")])
    store.create(other, actor=FACILITATOR, label="Begin")
    at = edit(opened(plan), cells={1: {"note": "12 came"}})
    at.selectbox(key="menu.programme.testtown").select("elsewhere").run()
    assert "Not saved yet in Testtown. Plan: 1 row changed." in page_of(at)
    assert list(opened(at).data_editor[0].value["note"]) == [""]
    at.selectbox(key="menu.programme.elsewhere").select("testtown").run()
    assert list(shown(opened(at))["note"])[1] == "12 came"
    save(at)
    assert store.load("testtown").actions["park-walks"].status_note == "12 came"
    assert store.load("elsewhere").actions["swim"].status_note == ""


def test_a_tab_that_comes_to_a_server_started_anew_finds_its_cells(
    plan, open_screen, store, monkeypatch
):
    save(edit(opened(plan), cells={1: {"note": "12 came"}}))
    key = editor(opened(plan))
    anew = opened(open_screen("programme", store.load("testtown"), stored=True))
    assert editor(anew) == key  # under which the browser sends what stands in them
    edit(anew, cells={2: {"note": "Menus agreed"}})
    real = st.button

    def unknown(label, *, key="", on_click=None, args=(), **options):
        known = {} if key == "grid.plan.save" else {"on_click": on_click, "args": args}
        return real(label, key=key, **known, **options)  # its callback is not known yet

    monkeypatch.setattr(st, "button", unknown)
    save(anew)
    assert store.load("testtown").actions["school-meals"].status_note == "Menus agreed"


def test_a_save_asked_for_as_the_table_is_left_is_done(plan, store):
    at = edit(opened(plan), cells={1: {"note": "12 came"}})
    at.session_state["test.screen"] = "actions"
    save(at)
    assert store.load("testtown").actions["park-walks"].status_note == "12 came"
    assert "not saved yet" not in page_of(at)


def test_a_row_that_somebody_else_changed_is_refused_with_theirs_and_mine(plan, store):
    at = edit(opened(plan), cells={1: {"note": "Mine"}, 2: {"note": "Also mine"}})
    with store.editing("testtown", actor=FACILITATOR, label="Theirs") as draft:
        present = draft.actions["park-walks"]
        draft.replace(
            Action(
                id="park-walks",
                title="Park walks",
                status_note="Theirs",
                workstream_id="food",
                position=1,
                owners=("Parks",),
                owners_raw=present.owners_raw,
            )
        )
    at.run()
    assert "Somebody else changed 1 row" in at.error[0].value
    assert at.button(key="grid.plan.save").disabled
    page = " ".join(block.body for block in at.get("html"))
    assert "Theirs" in page
    assert "Mine" in page
    at.button(key="grid.plan.mine").click().run()
    save(at)
    actions = store.load("testtown").actions
    assert actions["park-walks"].status_note == "Mine"
    assert actions["school-meals"].status_note == "Also mine"


def test_a_pasted_progress_cell_is_read_as_in_a_plan_unless_a_status_stands(
    plan, store
):
    said = {"note": "Complete - opened in May"}
    save(edit(opened(plan), cells={1: said, 2: {**said, "status": "Paused"}}))
    actions = store.load("testtown").actions
    told = [
        (actions[k].status, actions[k].status_note)
        for k in ("park-walks", "school-meals")
    ]
    assert told == [
        ("complete", "opened in May"),
        ("paused", "Complete - opened in May"),
    ]


def test_theirs_can_be_kept_and_the_other_rows_are_still_mine(plan, store):
    at = edit(opened(plan), cells={1: {"note": "Mine"}, 2: {"note": "Also mine"}})
    with store.editing("testtown", actor=FACILITATOR, label="Theirs") as draft:
        draft.remove(Action, "park-walks")
    at.run()
    at.button(key="grid.plan.theirs").click().run()
    save(at)
    actions = store.load("testtown").actions
    assert "park-walks" not in actions
    assert actions["school-meals"].status_note == "Also mine"


def test_one_column_is_set_for_every_row_that_is_shown(plan, store):
    at = opened(plan)
    at.text_input(key="grid.plan.filter").set_value("parks").run()
    at.selectbox(key="grid.plan.several.column").set_value("status").run()
    at.selectbox(key="grid.plan.several.status").set_value("Paused").run()
    at.button(key="grid.plan.several.set").click().run()
    save(at)
    loaded = store.load("testtown")
    assert {a.status for a in loaded.actions.values()} == {"paused"}
    assert loaded.all(Phase)["p1"].status == ""


def test_rows_are_shown_in_another_order_and_each_edit_finds_its_row(plan, store):
    at = opened(plan)
    at.selectbox(key="grid.plan.sort").select("title").run()
    assert list(shown(at)["title"]) == [
        "Cook together",
        "Park walks",
        "School meals",
        "Set-up",
    ]
    at = save(edit(at, cells={0: {"status": "Ongoing"}}))
    assert store.load("testtown").actions["cook-together"].status == "ongoing"
    places = [a.position for a in store.load("testtown").actions.values()]
    assert places == [1, 2, 3]  # the plan itself was not put in another order


def test_an_owner_used_elsewhere_is_chosen_and_a_new_one_typed(plan, store):
    at = opened(plan)
    at.selectbox(key="grid.plan.several.column").select("owners").run()
    menu = at.selectbox(key="grid.plan.several.owners")
    assert menu.options == ["Nobody", "Parks"]
    menu.select("Parks").run()
    at.button(key="grid.plan.several.set").click().run()
    save(at)
    assert store.load("testtown").all(Phase)["p1"].owners == ("Parks",)


def test_the_next_cycle_of_a_phase_begins_in_the_plan_table(plan, store):
    at = opened(plan)
    (due,) = (t for t in at.text_input if t.label.startswith("Due, in your own"))
    due.input("April 28 meeting")
    (begin,) = (b for b in at.button if b.label == "Begin the next cycle")
    at = opened(begin.click().run())
    assert not at.exception
    cycles = {p.cycle: p for p in store.load("testtown").all(Phase).values()}
    assert cycles[2].due.raw == "April 28 meeting"
    assert "Phase 1, cycle 2" in list(shown(at)["kind"])


def test_rows_are_moved_several_at_once_and_saved_as_one_change(plan, store):
    at = edit(opened(plan), added=[{"title": "Swimming", "workstream": "Food"}])
    at.multiselect(key="grid.plan.move.rows").set_value(
        ["action:school-meals", "action:cook-together"]
    ).run()
    at.button(key="grid.plan.move.up").click().run()
    assert "after “Set-up” and before “Park walks”" in page_of(at)
    assert "1 row added, 2 moved" in page_of(at)
    at.button(key="grid.plan.back").click().run()
    assert "Not saved yet: 1 row added." in page_of(at)
    at.multiselect(key="grid.plan.move.rows").set_value(["action:park-walks"]).run()
    at.button(key="grid.plan.move.bottom").click().run()
    revision = store.revision("testtown")
    save(at)
    assert store.revision("testtown") == revision + 1
    assert list(shown(at)["title"]) == [
        "Set-up",
        "School meals",
        "Cook together",
        "Swimming",
        "Park walks",
    ]
    assert store.history("testtown", limit=1)[0].label == "Plan: 1 row added, 1 moved"


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


def press(at, label):
    (button,) = [b for b in at.button if b.label == label]
    return button.click().run()


def test_causes_are_sorted_in_bulk_on_the_same_grid(plan, store):
    at = opened(plan)
    at.segmented_control(key="programme.grid").set_value("causes").run()
    at.session_state[editor(at, "causes")] = {
        "edited_rows": {0: {"influence": "Local"}, 1: {"influence": "National"}}
    }
    at.run()
    at.button(key="grid.causes.save").click().run()
    factors = store.load("testtown").system_map().factors
    assert [factors[k].influence for k in ("snacking", "stress")] == [
        "local",
        "national",
    ]


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


def test_a_programme_without_a_plan_begins_its_first_row_here(open_screen, store):
    at = opened(open_screen("programme", programme_of(map_from("a -> b +"))))
    save(edit(at, added=[{"title": "Walking group", "status": "Proposed"}]))
    (action,) = store.load("testtown").actions.values()
    assert (action.title, action.status) == ("Walking group", "proposed")


def test_decisions_and_reviews_are_added_on_screen_and_printed(open_screen, store):
    at = open_screen("programme", town())
    at.session_state["programme.tab"] = "Governance"
    at.session_state["programme.governance"] = "decisions"
    at.run()
    at.text_input(key="row.decisions..text").set_value("That the plan be endorsed")
    at.selectbox(key="row.decisions..verb").set_value("endorse")
    at.text_input(key="row.decisions..body").set_value("Health and Wellbeing Board")
    at.text_input(key="row.decisions..on").set_value("14 September 2026")
    (add,) = [b for b in at.button if b.label == "Add the row"]
    add.click().run()
    assert not at.exception
    programme = store.load("testtown")
    (made,) = programme.all(Decision).values()
    assert (made.verb, made.on) == ("endorse", date(2026, 9, 14))
    order = Order(at=date(2026, 11, 28))
    page = REPORTS["board_paper"].make(programme, order, ".html").decode()
    assert (
        "To endorse: That the plan be endorsed (Health and Wellbeing Board, 14 September 2026)."
        in page
    )


def test_a_date_that_is_no_day_is_refused_and_none_is_invented(open_screen, store):
    at = open_screen("programme", town())
    at.session_state["programme.tab"] = "Governance"
    at.session_state["programme.governance"] = "reviews"
    at.run()
    at.text_input(key="row.reviews..title").set_value("Autumn")
    at.text_input(key="row.reviews..on").set_value("next spring")
    (add,) = [b for b in at.button if b.label == "Add the row"]
    add.click().run()
    assert "is not a day" in at.error[0].value
    assert not store.load("testtown").all(Review)
