"""The plan as a grid: cells, blocks, rows, filters; one change a save."""

from __future__ import annotations

from datetime import date

from systemmap.model.plan import Phase
from systemmap.model.response import Update
from systemmap.testing import map_from, programme_of
from tests.app.plan_grid import edit, editor, opened, page_of, save, shown, titles
from tests.app.shown import told_late


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
    again = told_late(at)
    at.button(key="grid.plan.block.put").click().run()
    again()
    (left,) = [a for a in at.text_area if a.key.startswith("grid.plan.block.text")]
    assert left.value == ""
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
    assert menu.options == ["Not set", "Parks"]
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


def test_a_programme_without_a_plan_begins_its_first_row_here(open_screen, store):
    at = opened(open_screen("programme", programme_of(map_from("a -> b +"))))
    save(edit(at, added=[{"title": "Walking group", "status": "Proposed"}]))
    (action,) = store.load("testtown").actions.values()
    assert (action.title, action.status) == ("Walking group", "proposed")


def test_a_red_or_amber_rating_without_a_reason_is_asked_why(plan, store):
    cells = {1: {"rating": "Red"}, 2: {"rating": "Amber", "reason": "No cook"}}
    at = edit(opened(plan), cells=cells, added=[{"title": "Swim", "rating": "Amber"}])
    asked = "“Park walks” is red and “Swim” is amber: say why under “Why this rating”."
    assert asked in page_of(at)
    at = edit(at, cells={**cells, 1: {"rating": "Red", "reason": "No room"}})
    assert "say why" not in page_of(at)
    save(at)
    action = store.load("testtown").actions["park-walks"]
    assert (action.rating, action.rating_reason) == ("red", "No room")


def test_a_name_that_is_on_no_list_is_asked_about_and_kept_once_it_is_saved(
    plan, store
):
    at = opened(plan)
    at.segmented_control(key="programme.grid").set_value("actions").run()
    assert "With semicolons between: Partners, Populations" in page_of(at)
    at.session_state[editor(at, "actions")] = {
        "edited_rows": {0: {"partners": "parks; Prks", "new_update": "2/12/2026: Met"}}
    }
    at.run()
    assert "New in Partners: “Prks”. Is it written as it should be?" in page_of(at)
    at.button(key="grid.actions.save").click().run()
    loaded = store.load("testtown")
    assert loaded.actions["park-walks"].partners == ("Parks", "Prks")
    assert [str(told.on) for told in loaded.all(Update).values()] == ["2026-12-02"]
    assert shown(at)["updates"][0] == "2 December 2026: Met"
    assert loaded.actions["park-walks"].status_note == "Met"
