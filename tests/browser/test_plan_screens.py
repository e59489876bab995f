"""The plan's other parts by hand: the next cycle begun, and its time on a phone."""

import pytest

from benchmarks.quarterly import STILL
from systemmap.model.due import read_due
from systemmap.model.meetings import Event
from systemmap.model.plan import Phase, Step
from systemmap.model.response import Action
from systemmap.store import Actor, open_store
from systemmap.testing import programme_of
from tests.app.live_server import systemmap


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """The folder and the address of a server with a plan of one phase."""
    folder = tmp_path_factory.mktemp("plan")
    (folder / "kept").mkdir()
    town = programme_of(
        None,
        Phase(
            id="p1", number=1, name="Set-up", status="ongoing", due=read_due("Jan 27")
        ),
        Step(id="s1", phase_id="p1", text="Name a sponsor", status="complete"),
        Action(id="a1", title="Walks through every park", due=read_due("14 May 2027")),
        Event(id="e1", title="Board", on=read_due("14 September 2026")),
    )
    store = open_store(folder / "kept" / "systemmap.db")
    store.create(town, actor=Actor("tests", "admin"))
    store.close()
    with systemmap(folder) as address:
        yield folder, address


def opened(browser, address, tab, **size):
    page = browser.new_page(viewport={"width": 1366, "height": 768, **size})
    page.goto(f"{address}/programme?programme=testtown")
    page.get_by_role("tab", name=tab).click()
    page.locator(STILL).wait_for()
    return page


def test_the_next_cycle_is_begun_by_its_form_and_the_one_before_stays(browser, planned):
    folder, address = planned
    page = opened(browser, address, "Plan table")
    page.get_by_text("Begin the next cycle of a phase").click()
    page.get_by_label("Due, in your own words (may stay empty)").fill(
        "April 28 meeting"
    )
    page.get_by_role("button", name="Begin the next cycle", exact=True).press("Enter")
    page.get_by_text("Phase 1: Set-up, cycle 2 has begun.").wait_for()
    page.get_by_role("button", name="Undo: Begin cycle 2 of “Set-up”").wait_for()
    assert not page.get_by_label(
        "Due, in your own words (may stay empty)"
    ).input_value()
    store = open_store(folder / "kept" / "systemmap.db")
    phases = store.load("testtown").all(Phase)
    steps = store.load("testtown").all(Step)
    store.close()
    told = [(p.cycle, p.status, p.due.raw) for p in phases.values()]
    assert told == [(1, "ongoing", "Jan 27"), (2, "not_started", "April 28 meeting")]
    assert [step.status for step in steps.values()] == ["complete", ""]
    page.get_by_role("tab", name="Phases").click()
    page.get_by_role("heading", name="1 Set-up (cycle 2)").wait_for()
    page.get_by_text("Cycle 1, due Jan 27: Ongoing").wait_for()
    page.close()


def test_on_a_phone_the_timeline_is_drawn_at_its_own_size(browser, planned):
    page = opened(browser, planned[1], "Timeline", width=320, height=640)
    drawn = page.get_by_role("img", name="have a date that was read")
    drawn.wait_for()
    size = drawn.evaluate("img => [img.naturalWidth, img.clientWidth]")
    assert size[0] == 576  # two pixels for each that is shown
    assert size[1] >= 256  # letters of 14 pixels stay above 12
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    page.get_by_text("The same as a table").click()
    page.get_by_role("rowheader", name="Walks through every park").wait_for()
    page.close()
