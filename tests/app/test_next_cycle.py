"""Carried forward on its screen, and an indicator tied to what it follows."""

from __future__ import annotations

from systemmap.bundled.examples import example
from systemmap.model.response import Action
from systemmap.testing import map_from, programme_of
from tests.app.plan_grid import page_of, press
from tests.app.shown import on_tab


def test_an_action_is_carried_forward_and_each_leads_to_the_other(open_screen, store):
    town = programme_of(
        map_from("stress -> snacking +"),
        Action(id="walks", title="Walks", owners=("Parks",), owners_raw="Parks"),
    )
    at = open_screen("actions", town)
    at.button(key="actions.open.walks").click().run()
    at = on_tab(at, "Updates and what follows")
    at.text_input(key="actions.carry.walks.due").set_value("March 28")
    press(at, "Carry it forward")
    before, after = store.load("testtown").actions.values()
    assert (before.status, after.carried_from) == ("carried_forward", "walks")
    assert (after.due.raw, after.owners) == ("March 28", ("Parks",))
    assert "Carried forward from “Walks”." in page_of(
        on_tab(at, "Updates and what follows")
    )
    at.query_params["action"] = "walks"
    at.run()
    assert "Carried forward as “Walks”, due March 28." in page_of(at)


def test_an_indicator_is_tied_to_a_cause_where_its_figures_stand(open_screen, store):
    at = on_tab(open_screen("local_picture", example()), "Over time")
    form = "local_picture.tie.adult-excess-weight"
    assert at.multiselect(key=f"{form}.causes").value == ["healthier-weight"]
    at.multiselect(key=f"{form}.causes").set_value(["healthier-weight", "stress"])
    press(at, "Save the causes")
    factors = store.load("sampleshire").system_map().factors
    tied = [f.id for f in factors.values() if form.rpartition(".")[2] in f.indicators]
    assert "stress" in tied
    assert len(tied) == 2
