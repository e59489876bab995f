"""The story and saved views on the Map screen: told, kept, opened again, deleted."""

from systemmap.analysis.measures import MEASURES
from systemmap.bundled.examples import example
from systemmap.model.plan import SavedView
from systemmap.testing import map_from, programme_of


def labelled(widgets, label):
    return next(widget for widget in widgets if widget.label == label)


def said(at):
    """The finding as it is read: without the marks that keep it from being markdown."""
    return at.title[0].value.replace("\\", "")


def press(at, label):
    return labelled(at.button, label).click().run()


def test_the_story_is_told_step_by_step_and_ends_where_it_began(open_screen):
    at = open_screen("map", example())
    press(at, "Tell the map's story")
    assert said(at) == "8 causes lie within one step of “Stress”."
    assert any("that loop feeds itself" in item.value for item in at.markdown)
    press(at, "Next")
    press(at, "Next")
    assert [b.label for b in at.button if b.label in ("Next", "Back")] == ["Back"]
    press(at, "End the story")
    assert labelled(at.button, "Tell the map's story")


def test_a_view_is_saved_opened_and_deleted(open_screen, store):
    town = programme_of(map_from("stress -> snacking +\n snacking -> weight +"))
    at = open_screen("map", town)
    labelled(at.selectbox, "Around").select("stress").run()
    labelled(at.text_input, "Name of this view").input("Round stress")
    press(at, "Save what is shown")
    (kept,) = store.load(town.id).all(SavedView).values()
    assert (kept.name, kept.parameters["focus"]) == ("Round stress", "stress")
    press(at, "Open")
    assert said(at) == "2 causes lie within two steps of “Stress”."
    press(at, "Back to the whole map")
    press(at, "Delete")
    assert not store.load(town.id).all(SavedView)


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
