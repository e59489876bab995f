"""Screens that change things: import, actions, phases, history, settings, conflicts."""

from dataclasses import replace

import pytest

from app.workspace import FACILITATOR, Workspace
from systemmap.bundled.examples import example
from systemmap.formats import write
from systemmap.model.plan import ImportRecord, Phase, Step, Workstream
from systemmap.model.response import Action, ActionFactor
from systemmap.testing import map_from, programme_of
from tests.app.shown import on_tab
from tests.council_papers import PLAN

MAP = map_from("stress -> snacking +\n snacking -> weight +")


def submit(at, label, form=""):
    (button,) = [b for b in at.button if b.label == label and form in (b.form_id or "")]
    return button.click().run()


def values(elements):
    return [element.value for element in elements]


# Import


def test_a_pasted_plan_is_previewed_before_anything_is_saved(open_screen, store):
    at = open_screen("import_export", programme_of(MAP))
    at.text_area(key="import.text").set_value(PLAN.read_text(encoding="utf-8")).run()
    assert any("14 of 14 items read" in v for v in values(at.markdown))
    assert store.revision("testtown") == 1
    at.button(key="import.accept").click().run()
    assert not at.exception
    programme = store.load("testtown")
    assert (len(programme.actions), len(programme.all(Phase))) == (6, 6)
    assert [r.file_name for r in programme.all(ImportRecord).values()] == ["pasted.txt"]
    assert "pasted.txt was brought in" in at.success[0].value.replace("\\", "")
    assert at.text_area(key="import.1.text").value == ""


def test_an_import_is_one_change_and_one_undo_takes_it_back(open_screen, store):
    at = open_screen("import_export", programme_of(MAP))
    at.text_area(key="import.text").set_value(PLAN.read_text(encoding="utf-8")).run()
    at.button(key="import.accept").click().run()
    at.button(key="frame.undo").click().run()
    programme = store.load("testtown")
    assert (
        len(programme.actions),
        len(programme.all(Phase)),
        len(programme.all(Workstream)),
    ) == (0, 0, 0)


def test_an_unreadable_text_is_refused_in_words(open_screen, store):
    at = open_screen("import_export", programme_of(MAP))
    at.selectbox(key="import.as").set_value("native_json")
    at.text_area(key="import.text").set_value("{ half a file").run()
    assert at.error
    assert not at.exception
    assert store.revision("testtown") == 1


def test_a_programme_begins_with_a_file(open_screen, store):
    at = open_screen("import_export")
    at.text_area(key="import.text").set_value("stress -> snacking +").run()
    at.text_input(key="import.place").set_value("Rutland")
    at.button(key="import.begin").click().run()
    assert not at.exception
    (summary,) = store.programmes()
    assert summary.name == "Rutland"
    assert set(store.load("rutland").system_map().links) == {("stress", "snacking")}


def test_a_second_map_can_stand_beside_the_main_one(open_screen, store):
    at = open_screen("import_export", programme_of(MAP))
    at.text_area(key="import.text").set_value("sleep -> stress -").run()
    at.radio(key="import.map").set_value("own").run()
    at.button(key="import.accept").click().run()
    programme = store.load("testtown")
    assert set(programme.system_map("pasted").links) == {("sleep", "stress")}
    assert set(programme.system_map().factors) == {"stress", "snacking", "weight"}


@pytest.mark.parametrize("where", ["own", "open"])
def test_a_whole_programme_stands_alone_or_joins_the_open_one(
    open_screen, store, where
):
    at = open_screen("import_export", programme_of(MAP))
    whole = write(example(), ".systemmap.json").data.decode()
    at.text_area(key="import.text").set_value(whole).run()
    at.radio(key="import.whole").set_value(where).run()
    at.button(key="import.begin" if where == "own" else "import.accept").click().run()
    assert not at.exception
    names = [summary.name for summary in store.programmes()]
    assert names == (["Sampleshire", "Testtown"] if where == "own" else ["Testtown"])
    held = store.load("sampleshire" if where == "own" else "testtown")
    assert "stress" in held.system_map().factors
    assert len(held.actions) == 60


# Actions


def test_an_action_is_added_as_typed(open_screen, store):
    at = open_screen("actions", programme_of(MAP))
    at.text_input(key="actions.new.title").set_value("Park walks")
    at.text_input(key="actions.new.owner").set_value("Parks and Leisure Trust")
    at.text_input(key="actions.new.due").set_value("March 23 meeting")
    submit(at, "Add the action")
    (action,) = store.load("testtown").actions.values()
    assert (action.owners, action.owners_raw) == (
        ("Parks", "Leisure Trust"),
        "Parks and Leisure Trust",
    )
    assert (action.due.raw, action.due.start, action.due.qualifier) == (
        "March 23 meeting",
        "2023-03",
        "meeting",
    )
    assert action.status == ""
    assert at.text_input(key="actions.new.1.title").value == ""


def test_an_action_is_tied_to_a_cause_with_its_reason_and_untied(open_screen, store):
    at = open_screen(
        "actions", programme_of(MAP, Action(id="walks", title="Park walks"))
    )
    at.button(key="actions.open.walks").click().run()
    on_tab(at, "Causes it acts on")
    at.selectbox(key="actions.tie.walks.factor").set_value("stress")
    submit(at, "Tie to this cause")
    assert "Say in one line why it acts on this cause" in at.error[0].value
    at.text_input(key="actions.tie.walks.reason").set_value("Green space calms.")
    submit(at, "Tie to this cause")
    (made,) = store.load("testtown").all(ActionFactor).values()
    assert (made.factor_id, made.reason) == ("stress", "Green space calms.")
    at.button(key="actions.untie.walks.stress").click().run()
    assert not store.load("testtown").all(ActionFactor)


def test_a_due_date_left_alone_keeps_its_reading(open_screen, store):
    at = open_screen("actions", example())
    before = store.load("sampleshire").actions["a002"]
    at.button(key="actions.open.a002").click().run()
    at.text_input(key="actions.a002.note").set_value("Now routine.")
    submit(at, "Save the action")
    after = store.load("sampleshire").actions["a002"]
    assert after == replace(before, status_note="Now routine.")


def test_the_second_of_two_editors_of_a_phase_is_told_and_keeps_the_words(
    open_screen, store
):
    town = programme_of(MAP, Phase(id="p1", number=1, name="Set-up"))
    at = open_screen("programme", town)
    with store.editing("testtown", actor=FACILITATOR, label="Elsewhere") as draft:
        phase = draft.all(Phase)["p1"]
        draft.put(replace(phase, owners_raw="Public health"))
    at.text_input(key="phase.p1.note").set_value("Begun")
    submit(at, "Save the phase")
    assert not at.exception
    assert "Someone else changed this while you were editing" in at.error[0].value
    assert at.text_input(key="phase.p1.note").value == "Begun"
    assert store.load("testtown").all(Phase)["p1"].owners_raw == "Public health"


def test_the_second_of_two_editors_is_told_and_may_insist(open_screen, store):
    at = open_screen(
        "actions", programme_of(MAP, Action(id="walks", title="Park walks"))
    )
    at.button(key="actions.open.walks").click().run()
    with store.editing("testtown", actor=FACILITATOR, label="Elsewhere") as draft:
        draft.replace(replace(draft.actions["walks"], title="Walks in the park"))
    at.text_input(key="actions.walks.title").set_value("Evening walks")
    submit(at, "Save the action")
    assert "Someone else changed this while you were editing" in at.error[0].value
    assert store.load("testtown").actions["walks"].title == "Walks in the park"
    assert at.text_input(key="actions.walks.title").value == "Evening walks"
    submit(at, "Save the action")
    assert store.load("testtown").actions["walks"].title == "Evening walks"


def test_keeping_theirs_shows_theirs_in_the_form(open_screen, store):
    at = open_screen(
        "actions", programme_of(MAP, Action(id="walks", title="Park walks"))
    )
    at.button(key="actions.open.walks").click().run()
    with store.editing("testtown", actor=FACILITATOR, label="Elsewhere") as draft:
        draft.replace(replace(draft.actions["walks"], title="Walks in the park"))
    at.text_input(key="actions.walks.title").set_value("Evening walks")
    submit(at, "Save the action")
    at.button(key="actions.walks.theirs").click().run()
    assert at.text_input(key="actions.walks.1.title").value == "Walks in the park"
    assert store.load("testtown").actions["walks"].title == "Walks in the park"


# Programme


def test_red_needs_a_reason_and_the_finding_follows(open_screen, store):
    at = open_screen("programme", example())
    at.button(key="strip.plan.action").click().run()
    at.selectbox(key="phase.action.rating").set_value("red")
    submit(at, "Save the phase", "phase.action.")
    assert "without a reason" in at.error[0].value
    at.text_input(key="phase.action.reason").set_value("No room for the workshop")
    submit(at, "Save the phase", "phase.action.")
    phase = store.load("sampleshire").all(Phase)["action"]
    assert (phase.rating, phase.due.raw) == ("red", "Feb 27")
    assert at.title[0].value == "Phase 4 is red\\. No room for the workshop\\."


def test_a_step_is_marked_complete(open_screen, store):
    at = open_screen("programme", example())
    step = next(
        s
        for s in store.load("sampleshire").all(Step).values()
        if s.status != "complete"
    )
    at.selectbox(key=f"step.{step.id}.status").set_value("complete").run()
    assert store.load("sampleshire").all(Step)[step.id].status == "complete"


# History


def test_history_names_who_changed_what_and_undoes_any_change(open_screen, store):
    programme = programme_of(MAP, Action(id="walks", title="Park walks"))
    store.create(programme, actor=FACILITATOR, label="Begin")
    for title in ("Walks", "Evening walks"):
        with store.editing(
            "testtown", actor=FACILITATOR, label=f"Call it {title}"
        ) as draft:
            draft.replace(replace(draft.actions["walks"], title=title))
    at = open_screen("history", programme, stored=True)
    assert "3 changes so far" in at.title[0].value
    for change in (2, 3):  # not done in this window: asked first
        at.button(key=f"history.undo.{change}.ask").click().run()
    at.button(key="history.undo.2").click().run()
    assert at.error  # change 3 built on it
    at.button(key="history.undo.3").click().run()
    assert store.load("testtown").actions["walks"].title == "Walks"
    at.button(key="history.undo.4").click().run()  # redo
    assert store.load("testtown").actions["walks"].title == "Evening walks"


def test_a_version_gets_a_name_and_is_offered_for_comparison(open_screen, store):
    at = on_tab(open_screen("history", programme_of(MAP)), "Named versions")
    at.text_input(key="history.version.name").set_value("Board, December")
    submit(at, "Name this version")
    assert [v.name for v in store.versions("testtown")] == ["Board, December"]
    on_tab(at, "Compare")
    assert "Board, December" in at.selectbox(key="history.from").options[0]


def test_the_check_says_that_all_is_true(open_screen):
    at = on_tab(open_screen("history", programme_of(MAP)), "Backup and check")
    at.button(key="history.verify").click().run()
    assert "All true" in at.success[0].value


# Settings


def test_a_programme_is_deleted_only_by_its_name(open_screen, store):
    at = open_screen("settings", programme_of(MAP))
    at.text_input(key="settings.delete.name").set_value("Testton")
    at.button(key="settings.delete").click().run()
    assert "Nothing was deleted" in at.error[0].value
    at.text_input(key="settings.delete.name").set_value("Testtown")
    at.button(key="settings.delete").click().run()
    assert store.programmes() == []


@pytest.mark.parametrize("name", ["Testtown-on-Sea", "Ville d’essai"])
def test_a_programme_is_renamed_and_keeps_its_id(open_screen, store, name):
    at = open_screen("settings", programme_of(MAP))
    at.text_input(key="settings.info.name").set_value(name)
    submit(at, "Save", "settings.info")
    assert store.load("testtown").info.name == name


def test_what_was_done_again_is_what_the_undo_button_offers(store):
    town = programme_of(MAP)
    store.create(town, actor=FACILITATOR, label="Begin")
    tab = Workspace(store, {"workspace.programme": town.id})
    with store.editing(town.id, actor=FACILITATOR, label="Rename it") as draft:
        draft.replace(replace(draft.info, name="Newtown"))
    renamed = tab.last_change()
    undone = store.undo(town.id, renamed.revision, actor=FACILITATOR)
    assert tab.last_change() is None
    again = store.undo(town.id, undone.revision, actor=FACILITATOR)
    offered = tab.last_change()
    assert (offered.label, offered.revision) == ("Rename it", again.revision)
    store.undo(town.id, offered.revision, actor=FACILITATOR)
    assert store.load(town.id).info.name == town.info.name
    assert tab.last_change() is None
