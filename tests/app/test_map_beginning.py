"""An empty map begins beside its canvas: pasted, from the template, or borrowed."""

from __future__ import annotations

import pytest

from systemmap.bundled.bundled_files import foresight_map
from systemmap.testing import map_from, programme_of
from tests.app.shown import told_late

PASTED = "[Mental wellbeing]\nStress -> Snacking +\nSnacking -> Weight +\n\nSleep"


@pytest.fixture
def empty(open_screen):
    from systemmap.bundled.examples import from_template

    return open_screen("map", from_template("empty", "Testtown"))


def main_map(store):
    return store.load("testtown").system_map()


def tab(at, name):
    at.session_state["map.begin"] = name
    return at.run()


def chosen_map(at):
    (control,) = [box for box in at.selectbox if box.label == "Map"]
    return control


def said(at):
    texts = [*at.title, *at.markdown, *at.success, *at.error]
    return " ".join(e.value for e in texts).replace("\\", "")


def test_an_empty_map_says_so_and_offers_its_beginnings_beside_the_canvas(empty):
    assert "Nothing has been drawn on this map yet." in said(empty)
    assert [t.label for t in empty.tabs] == ["Paste a list", "Template", "Foresight"]
    assert not empty.exception


def test_a_pasted_outline_is_drawn_as_one_change(empty, store):
    before = store.revision("testtown")
    empty.text_area(key="map.paste.text").set_value(PASTED)
    (draw,) = [b for b in empty.button if b.label == "Draw them"]
    at = draw.click().run()
    drawn = main_map(store)
    assert [f.label for f in drawn.factors.values()] == [
        "Stress",
        "Snacking",
        "Weight",
        "Sleep",
    ]
    assert len(drawn.links) == 2
    assert all(f.x is not None for f in drawn.factors.values())
    assert store.revision("testtown") == before + 1
    assert "From your list: " in said(at)


def test_a_plain_list_is_drawn_too_and_nothing_is_not(empty, store):
    (draw,) = [b for b in empty.button if b.label == "Draw them"]
    at = draw.click().run()
    assert "Paste or type a line first." in said(at)
    at.text_area(key="map.paste.text").set_value("Stress\nCost of food")
    (draw,) = [b for b in at.button if b.label == "Draw them"]
    draw.click().run()
    assert [f.label for f in main_map(store).factors.values()] == [
        "Stress",
        "Cost of food",
    ]


def test_causes_come_from_the_template_a_theme_at_a_time(empty, store):
    at = tab(empty, "Template")
    theme = at.selectbox(key="map.starter.theme")
    at = theme.set_value("food_environment").run()
    (offered,) = [m for m in at.multiselect if "map.starter.causes" in m.key]
    at = offered.unselect(offered.value[0]).run()
    (offered,) = [m for m in at.multiselect if "map.starter.causes" in m.key]
    left = len(offered.value)
    at.button(key="map.starter.add").click().run()
    drawn = main_map(store)
    assert len(drawn.factors) == left
    assert {f.theme for f in drawn.factors.values()} == {"food_environment"}
    assert drawn.links, "what the template links is linked here"


def test_a_cause_is_borrowed_from_the_foresight_map_by_choosing_it(empty, store):
    at = tab(empty, "Foresight")
    at = at.button(key="map.foresight").click().run()
    assert len(store.load("testtown").system_map("foresight").factors) == 108
    at = at.run()  # of which a browser may hear first: then it begins with this too
    assert chosen_map(at).value == "foresight"
    assert chosen_map(at).proto.default == 1
    assert "0 of 108 causes are on your map" in said(at)
    at.session_state["canvas.testtown.foresight.selected"] = "stress"
    at = at.run()
    at = at.button(key="map.borrow.one").click().run()
    (borrowed,) = main_map(store).factors.values()
    assert borrowed.label == foresight_map().factor("stress").label
    assert "1 of 108 causes are on your map" in said(at)
    assert not [b for b in at.button if b.key == "map.borrow.one"]
    again = told_late(at)
    assert chosen_map(at.button(key="map.borrow.back").click().run()).value == "main"
    assert chosen_map(again()).value == "main"


def test_the_same_ways_stay_once_something_is_drawn(open_screen, store):
    at = open_screen("map", programme_of(map_from("stress -> snacking +")))
    assert [t.label for t in at.tabs] == ["Paste a list", "Template", "Foresight"]
