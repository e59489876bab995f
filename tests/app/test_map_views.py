"""The story and saved views of a map: told, kept, refined, deleted."""

from systemmap.analysis.measures import MEASURES
from systemmap.bundled.examples import example
from systemmap.model.plan import SavedView
from systemmap.testing import map_from, programme_of
from tests.app.shown import told_late
from tests.app.test_map_shows import labelled, part_of, said


def press(at, label):
    return labelled(at.button, label).click().run()


def test_the_story_is_told_step_by_step(open_screen):
    at = open_screen("map_story", example())
    assert said(at) == "8 causes lie within one step of “Stress”."
    assert any("that loop feeds itself" in item.value for item in at.markdown)
    press(at, "Next")
    press(at, "Next")
    assert labelled(at.button, "Next").disabled
    assert part_of(at)["said"] is None
    press(at, "Back")
    assert not labelled(at.button, "Next").disabled


def test_a_map_without_a_story_says_how_it_gets_one(open_screen):
    at = open_screen("map_story", programme_of(map_from("stress -> snacking +")))
    assert said(at) == "This map has no story yet."
    assert labelled(at.button, "Choose what to show")


def test_a_view_is_saved_refined_where_it_stands_and_deleted(open_screen, store):
    town = programme_of(map_from("stress -> snacking +\n snacking -> weight +"))
    at = open_screen("map", town)
    labelled(at.selectbox, "Around").select("stress").run()
    labelled(at.text_input, "Name of this view").input("Round stress")
    press(at, "Save what is shown")
    (kept,) = store.load(town.id).all(SavedView).values()
    assert (kept.name, kept.parameters["focus"]) == ("Round stress", "stress")
    at.session_state["test.screen"] = "views_kept"
    at.run()
    assert said(at) == "2 causes lie within two steps of “Stress”."
    labelled(at.selectbox, "How far").select(1).run()
    assert said(at) == "1 cause lies within one step of “Stress”."
    again = told_late(at)
    press(at, "Put it back as it was")
    again()
    assert part_of(at)["steps"] == 2
    labelled(at.selectbox, "How far").select(1).run()
    press(at, "Save the changes")
    (kept,) = store.load(town.id).all(SavedView).values()
    assert kept.parameters["steps"] == 1
    assert "Save the changes" not in [button.label for button in at.button]
    press(at, "Delete “Round stress”")
    assert not store.load(town.id).all(SavedView)
    assert said(at).startswith("No view of this map is saved yet")


def test_the_view_that_was_open_is_open_again_and_another_once_it_is_deleted(
    open_screen,
):
    at = open_screen("map", programme_of(map_from("stress -> snacking +")))
    for cause in ("stress", "snacking"):
        labelled(at.selectbox, "Around").select(cause).run()
        labelled(at.text_input, "Name of this view").input(f"Round {cause}")
        press(at, "Save what is shown")
    at.session_state["test.screen"] = "views_kept"
    at.run()
    labelled(at.selectbox, "View").select("round-snacking").run()
    at.session_state["test.screen"] = "health"
    at.run()
    at.session_state["test.screen"] = "views_kept"
    at.run()
    at.run()  # of which a browser may hear first: the control begins with the same
    assert labelled(at.selectbox, "View").proto.default == 1
    assert part_of(at)["focus"] == "snacking"
    press(at, "Delete “Round snacking”")
    assert not at.exception
    assert labelled(at.selectbox, "View").options == ["Round stress"]
    assert part_of(at)["focus"] == "stress"


def test_boxes_are_filled_by_a_measure_with_its_caution(open_screen):
    at = open_screen("map", example())
    heat = labelled(at.selectbox, "Fill boxes by")
    assert not {m.title for m in MEASURES.values() if m.advanced} & set(heat.options)
    heat.select("inputs").run()
    assert not at.exception
    words = " ".join(item.value for item in at.markdown).replace("\\", "")
    assert "The stronger the fill, the higher the value." in words


def test_a_view_without_a_name_is_refused_in_words(open_screen, store):
    town = programme_of(map_from("stress -> snacking +"))
    at = press(open_screen("map", town), "Save what is shown")
    assert ["has no name" in error.value for error in at.error] == [True]
    assert not store.load(town.id).all(SavedView)
