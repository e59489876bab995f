"""The undo at the top: it says its size, and asks before it could frighten anybody."""

from __future__ import annotations

from app.undoable import UNASKED
from app.workspace import FACILITATOR
from systemmap.editing.actions import new_action
from systemmap.testing import map_from, programme_of

MAP = map_from("stress -> snacking +\n snacking -> weight +")


def add_here(at, title):
    at.text_input(key="actions.new.title").set_value(title)
    (add,) = [b for b in at.button if b.label == "Add the action"]
    return add.click().run()


def said(at):
    return " ".join(element.value for element in at.markdown).replace("\\", "")


def bring_in(at, number):
    text = "\n".join(f"cause {n} -> weight +" for n in range(number))
    at.text_area(key="import.text").set_value(text).run()
    return at.button(key="import.accept").click().run()


def test_a_small_change_made_here_is_undone_at_one_press(open_screen, store):
    at = add_here(open_screen("actions", programme_of(MAP)), "Park walks")
    undo = at.button(key="frame.undo")
    assert (
        undo.label.replace("\\", "") == "Undo: Add the action “Park walks” · 1 record"
    )
    undo.click().run()
    assert not store.load("testtown").actions


def test_more_than_twenty_records_are_asked_about_first(open_screen, store):
    at = bring_in(open_screen("import_export", programme_of(MAP)), UNASKED)
    assert at.button(key="frame.undo.ask").label.startswith("Undo")
    at.button(key="frame.undo.ask").click().run()
    undo = at.button(key="frame.undo")
    size = store.history("testtown", limit=1)[0].row_count
    assert size > UNASKED
    assert undo.label == f"Take back {size} records"
    assert f"It takes back {size} records at once." in said(at)
    undo.click().run()
    assert set(store.load("testtown").system_map().factors) == {
        "stress",
        "snacking",
        "weight",
    }


def test_a_change_of_another_window_is_asked_about_first(open_screen, store):
    at = add_here(open_screen("actions", programme_of(MAP)), "Park walks")
    with store.editing("testtown", actor=FACILITATOR, label="Add two") as draft:
        new_action(draft, "Swimming")
        new_action(draft, "Cycling")
    at.run()
    at.button(key="frame.undo.ask").click().run()
    assert at.button(key="frame.undo").label == "Take back 2 records"
    assert "This was not done in this window" in said(at)
    at.button(key="frame.undo").click().run()
    assert list(store.load("testtown").actions) == ["park-walks"]


def test_the_history_asks_by_the_same_rule(open_screen, store):
    at = bring_in(open_screen("import_export", programme_of(MAP)), UNASKED)
    with store.editing("testtown", actor=FACILITATOR, label="Add one") as draft:
        new_action(draft, "Swimming")
    at.session_state["test.screen"] = "history"
    at.run()
    at.button(key="history.undo.3.ask").click().run()  # another window's
    assert "This was not done in this window" in said(at)
    at.button(key="history.undo.3").click().run()
    assert not store.load("testtown").actions
    at.button(key="history.undo.4").click().run()  # done here, one record
    assert store.load("testtown").actions
    before = store.revision("testtown")
    at.button(key="history.undo.2.ask").click().run()
    assert store.revision("testtown") == before
    assert "records at once" in said(at)
    at.button(key="history.undo.2").click().run()
    assert store.revision("testtown") == before + 1


def test_a_question_left_changes_nothing_and_the_keyboard_goes_back(open_screen, store):
    at = bring_in(open_screen("import_export", programme_of(MAP)), UNASKED)
    before = store.revision("testtown")
    at.button(key="frame.undo.ask").click().run()
    at.button(key="frame.undo.leave").click().run()
    assert store.revision("testtown") == before
    assert not [b for b in at.button if b.key == "frame.undo"]
