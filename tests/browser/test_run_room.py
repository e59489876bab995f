"""The room's one screen under a facilitator's hands, while others go on writing."""

import pytest

from systemmap.model.workshop import Contribution, Workshop
from systemmap.store import open_store
from systemmap.workshops.notes import notes_from
from systemmap.workshops.running import tables_of
from tests.browser.room_town import LEAD, Hall, eventually, fresh_server


@pytest.fixture
def hall(browser, tmp_path):
    server = fresh_server(tmp_path)
    store = open_store(server.data)
    yield Hall(server, browser, store)
    store.close()
    server.stop()


def _write(hall, text, table=0):
    """Somebody's note comes in while the facilitator works."""
    with hall.store.editing("testtown", actor=LEAD, label="A note") as draft:
        (workshop,) = draft.all(Workshop).values()
        seat = tables_of(draft, workshop.id)[table].id
        draft.add(*notes_from(workshop, [text], key=text, table_id=seat))


def _typed(hall):
    notes = hall.programme().all(Contribution).values()
    tables = {t.id: t.name for t in tables_of(hall.programme(), "mapping-workshop")}
    return [(n.text, tables[n.table_id]) for n in notes if n.source == "paper"]


def test_words_that_are_typed_stay_while_the_room_goes_on(hall):
    hall.opened()
    lead = hall.facilitator("workshops")
    desk = lead.frame_locator("iframe[title='Run the room']")
    desk.get_by_role("link", name="Type up").click()
    table = desk.locator("[data-typing]").get_by_role("combobox", name="Table")
    table.select_option(label="Table 4")
    desk.get_by_label("Notes, one on each line").fill("Dark parks\nLong shifts")
    lead.mouse.move(600, 2)
    desk.locator("button.next").click()  # phones, wall and clock go on meanwhile
    desk.locator("#said", has_text="Now: ").wait_for()
    _write(hall, "Bus fares")
    desk.locator("h1", has_text="1 note on the wall").wait_for()
    typed = desk.get_by_label("Notes, one on each line")
    assert typed.input_value() == "Dark parks\nLong shifts"
    desk.get_by_role("button", name="Keep these notes").click()
    desk.locator("#said", has_text="2 kept for Table 4.").wait_for()
    assert typed.input_value() == ""
    typed.fill("No benches")  # the table stays until it is changed
    desk.get_by_role("button", name="Keep these notes").click()
    desk.locator("#said", has_text="1 kept for Table 4.").wait_for()
    written = [("Dark parks", "Table 4"), ("Long shifts", "Table 4")]
    assert _typed(hall) == [*written, ("No benches", "Table 4")]
    rows = b"Table,Cause\nTable 2,Fast food\n"
    upload = {"name": "notes.csv", "mimeType": "text/csv", "buffer": rows}
    desk.get_by_label("List or spreadsheet").set_input_files(upload)
    desk.get_by_role("button", name="Bring in its notes").click()
    desk.locator("#said", has_text="1 kept for Table 2.").wait_for()
    assert hall.faults == []


def test_look_alikes_are_live_and_merge_what_is_shown(hall):
    hall.opened()
    for table, text in enumerate(("Takeaways nearby", "Take-aways nearby", "Sleep")):
        _write(hall, text, table)
    lead = hall.facilitator("workshops")
    desk = lead.frame_locator("iframe[title='Run the room']")
    desk.get_by_role("link", name="Look-alikes").click()
    lead.mouse.move(600, 2)
    alike = desk.locator("form.alike")
    _write(hall, "Takeaway nearby", 3)
    alike.locator("text=Takeaway nearby").wait_for()  # it came by itself
    assert alike.get_by_role("checkbox").count() == 3
    alike.get_by_label("Neutral name").fill("Number of takeaways nearby")
    _write(hall, "takeaways nearby", 4)
    desk.locator("[data-news]", has_text="1 more came in").wait_for()
    alike.get_by_role("button", name="Merge the ticked").click()
    desk.locator("#said", has_text="1 more came in and was left as it was").wait_for()

    def merged():
        return hall.programme().system_map().factors.get("number-of-takeaways-nearby")

    assert eventually(merged).mentions == 3
    desk.get_by_role("button", name="Put the ticked on the map").click()
    desk.locator("#said", has_text="1 cause put on the map").wait_for()
    assert "sleep" in hall.programme().system_map().factors
    assert hall.faults == []
