"""What stands unsaved in a grid: what it outlives, how it is taken back, who else changed the row."""

from __future__ import annotations

import json

import pytest
import streamlit as st

from app.wording import listed
from app.workspace import FACILITATOR
from systemmap.editing.list_grids import GRIDS
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.response import Action
from tests.app.plan_grid import edit, editor, opened, page_of, save, shown, titles
from tests.sizes import spread


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


KEEPS = "app.components.kept_sheets._browser_keeps"


def told(at):
    """What the screen has the browser keep, and the name by which it calls the tab."""
    (region,) = (part for part in at.get("bidi_component") if "kept" in part.proto.json)
    said = json.loads(region.proto.json)
    return {"tab": said["tab"], "sheets": said["kept"]}


@pytest.fixture
def anew(plan, open_screen, store, monkeypatch):
    """Open the plan in a server started anew, which hears what the browser kept."""

    def started(keeps, screen="programme"):
        monkeypatch.setattr(KEEPS, lambda: None)
        at = open_screen(screen, store.load("testtown"), stored=True)
        at.session_state["workspace.kept.programme.tab"] = "Plan table"
        opened(at)  # its first run knows nothing yet
        monkeypatch.setattr(KEEPS, lambda: keeps)
        return opened(at)

    return started


def test_edits_the_server_held_are_back_after_it_was_started_anew(plan, anew, store):
    at = edit(opened(plan), cells={1: {"note": "12 came"}}, added=[{"title": "Swim"}])
    at.text_input(key="grid.plan.filter").set_value("school").run()  # taken in by it
    at = anew(told(edit(at, cells={0: {"note": "Menus agreed"}})))
    assert "Not saved yet: 2 rows changed, 1 added." in page_of(at)
    note = at.success[0].value.replace("\\", "")
    assert "What you had not saved is still here: Plan: 2 rows" in note
    save(at)
    actions = store.load("testtown").actions
    assert [actions[k].status_note for k in ("park-walks", "school-meals")] == [
        "12 came",
        "Menus agreed",
    ]
    assert "Swim" in titles(store)
    assert "Not saved yet" not in page_of(opened(at))  # and not put back once more


def test_what_others_saved_before_the_tab_came_back_is_put_beside_it(plan, anew, store):
    keeps = told(edit(opened(plan), cells={1: {"note": "Mine"}}))
    with store.editing("testtown", actor=FACILITATOR, label="Theirs") as draft:
        GRIDS["plan"].change(draft, "action:park-walks", {"note": "Theirs"})
    at = anew(keeps)
    assert "Somebody else changed 1 row" in at.error[0].value


SPOILT = [
    {"revision": 99},
    {"revision": "1"},
    {"programme": "nowhere"},
    {"changed": {"action:gone": {"note": "x"}}},
    {"changed": {"action:park-walks": {"kind": "x"}}},
    {"changed": {"action:park-walks": {"note": 1}}},
    {"added": {"action:park-walks": {"title": "x"}}},
    {"removed": ["action:gone"]},
    {"order": None},
]


@pytest.mark.parametrize("spoilt", [SPOILT, *([one] for one in spread(SPOILT, 2))])
def test_what_cannot_be_taken_up_again_is_named(plan, anew, store, spoilt):
    keeps = told(edit(opened(plan), cells={1: {"note": "12 came"}}))
    (sheet,) = keeps["sheets"]
    sheets = [{**sheet, **one} for one in spoilt]
    at = anew({**keeps, "sheets": [*sheets, "no sheet", {"grid": "none"}]})
    assert not at.exception
    (said,) = at.warning
    lost = listed(["Plan"] * len(spoilt))  # each of them
    assert f"taken up again: {lost}. Please" in said.value.replace("\\", "")
    assert "Not saved yet" not in page_of(at)
    assert at.run().warning  # until it was read
    assert not at.button(key="unsaved.gone").click().run().warning


def test_a_tab_that_only_reconnects_takes_nothing_up(plan, monkeypatch, store):
    at = edit(opened(plan), cells={1: {"note": "12 came"}})
    keeps = told(at)
    save(at)
    monkeypatch.setattr(KEEPS, lambda: keeps)
    assert "Not saved yet" not in page_of(opened(at))


def test_cells_that_the_browser_sent_itself_and_were_saved_are_not_put_back(
    plan, anew, store, monkeypatch
):
    keeps = told(edit(opened(plan), cells={1: {"note": "12 came"}}))
    at = anew(None)
    save(edit(at, cells={1: {"note": "12 came"}}))
    monkeypatch.setattr(KEEPS, lambda: keeps)
    at = opened(at)
    assert not at.error
    assert not at.warning
    assert "Not saved yet" not in page_of(at)
