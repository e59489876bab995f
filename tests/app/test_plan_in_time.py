"""The plan in time on its screen: milestones are added where they are seen."""

from __future__ import annotations

from datetime import date

from systemmap.editing.actions import new_action
from systemmap.model.due import read_due
from systemmap.model.meetings import Event
from systemmap.model.plan import Phase
from systemmap.reports import REPORTS
from systemmap.reports.parts.document import Order
from systemmap.testing import programme_of
from tests.app.shown import on_tab, shown_tables


def test_a_milestone_is_added_on_the_timeline_and_stands_after_the_phases(
    open_screen, store
):
    town = programme_of(
        None, Phase(id="p1", number=1, name="Set-up", due=read_due("Jan 27"))
    )
    new_action(town, "Walks", due="March 26")
    at = on_tab(open_screen("programme", town), "Timeline")
    form = "programme.milestone"
    at.text_input(key=f"{form}.title").set_value("Strategy approved")
    at.text_input(key=f"{form}.when").set_value("14 March 2027")
    at.button(key=f"{form}.form.send").click().run()
    (made,) = store.load("testtown").all(Event).values()
    assert (made.kind, made.on.raw) == ("milestone", "14 March 2027")
    drawn = shown_tables(at)[0]
    assert drawn.column("Name") == ["1 Set-up", "Strategy approved", "Walks"]
    assert drawn.rows[1][1:3] == ("Milestone", "14 March 2027")
    record = REPORTS["programme_record"].make(
        store.load("testtown"), Order(at=date(2026, 11, 28)), ".html"
    )
    assert "Strategy approved" in record.decode()
    order = Order(at=date(2026, 11, 28))
    paper = REPORTS["board_paper"].make(store.load("testtown"), order, ".html").decode()
    row = paper.partition("Strategy approved")[2].partition("</tr>")[0]
    assert "14 March 2027" in row  # among the next steps
    assert "no named lead" not in row
