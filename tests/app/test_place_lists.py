"""Places and groups of people written by hand, and the grid of both that follows."""

from __future__ import annotations

from systemmap.model.people import Place, Population
from systemmap.model.response import Action
from systemmap.testing import programme_of
from tests.app.plan_grid import page_of, press
from tests.app.shown import on_tab, shown_tables


def test_a_place_and_a_group_written_by_hand_stand_in_the_grid_with_its_gaps(
    open_screen, store
):
    at = open_screen("place_map", programme_of(None, Action(id="walks", title="Walks")))
    at.text_input(key="place_map.first.name").set_value("Maltby")
    at.button(key="place_map.first.form.send").click().run()
    at = on_tab(at, "The lists")
    at.selectbox(key="grid.places.row").set_value("maltby").run()
    at.selectbox(key="row.places.maltby.level").set_value("Ward")
    press(at, "Save the row")
    assert store.load("testtown").all(Place)["maltby"].level == "ward"
    at.segmented_control(key="place_map.lists").set_value("populations").run()
    at.text_input(key="row.populations..name").set_value("Young carers")
    press(at, "Add the row")
    assert set(store.load("testtown").all(Population)) == {"young-carers"}
    at = on_tab(at, "People by place")
    assert shown_tables(at)[0].headings[1] == "Maltby"
    assert "Young carers in Maltby" in page_of(at)


def test_a_place_that_is_named_is_not_removed(open_screen, store):
    programme = programme_of(
        None,
        Place(id="maltby", name="Maltby"),
        Action(id="walks", title="Walks", places=("maltby",)),
    )
    at = on_tab(open_screen("place_map", programme), "The lists")
    at.selectbox(key="grid.places.row").set_value("maltby").run()
    at.button(key="grid.places.remove.ask").click().run()
    at.button(key="grid.places.remove").click().run()
    assert "1 action, event or point names it" in at.error[0].value
    assert store.load("testtown").all(Place)
