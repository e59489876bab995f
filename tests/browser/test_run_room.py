"""The room's one screen under a facilitator's hands, while others go on writing."""

from dataclasses import replace

import pytest

from app.canvas import tickets
from app.rooms._run_day import WALL_WORDS
from app.rooms.run import LOOKS
from systemmap.model.elements import Factor, Link
from systemmap.model.values import now
from systemmap.model.workshop import Contribution, VoteRound, Workshop
from systemmap.store import open_store
from systemmap.workshops.agenda import begin_step
from systemmap.workshops.notes import notes_from
from systemmap.workshops.running import tables_of
from tests.browser.room_town import LEAD, Hall, eventually, fresh_server
from tests.sizes import WHOLE, whole


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


def _rename_a_table(hall):
    """What stands in every form that names tables changes."""
    with hall.store.editing("testtown", actor=LEAD, label="Rename") as draft:
        table = tables_of(draft, "mapping-workshop")[0]
        draft.replace(replace(table, name="Parents"))


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
    with (
        lead.expect_file_chooser() as chosen
    ):  # as a hand does: the field has the focus
        desk.get_by_label("List or spreadsheet").click()
    chosen.value.set_files(upload)
    desk.get_by_role("button", name="Bring in its notes").click()
    desk.locator("#said", has_text="1 kept for Table 2.").wait_for()
    assert hall.faults == []


def test_typed_words_stand_again_when_their_work_comes_back_until_they_are_sent(hall):
    hall.opened()
    lead = hall.facilitator("workshops")
    desk = lead.frame_locator("iframe[title='Run the room']")
    typed = desk.get_by_label("Notes, one on each line")
    table = desk.locator("[data-typing]").get_by_role("combobox", name="Table")

    def shows(look):
        desk.get_by_role("link", name=look).click()
        desk.locator(".looks [aria-current]", has_text=look).wait_for()

    shows("Type up")
    table.select_option(label="Table 4")
    typed.fill("Dark parks\nLong shifts")
    shows("Notes")
    shows("Type up")
    assert typed.input_value() == "Dark parks\nLong shifts"
    assert table.locator("option:checked").inner_text() == "Table 4"
    typed.fill("Dark parks\nLong shifts\n")
    for _ in range(2):  # asked again: when the second answer comes the first is shown
        with lead.expect_response(lambda answer: "x-refresh" in answer.request.headers):
            desk.get_by_role("link", name="Type up").click()
    assert not desk.locator("[data-news]").is_visible()  # nothing came in
    typed.fill("Dark parks\nLong shifts")
    _rename_a_table(hall)
    desk.locator("[data-news] button").click()  # what changed is shown, words and all
    desk.locator("[data-news]").wait_for(state="hidden")
    assert typed.input_value() == "Dark parks\nLong shifts"
    desk.get_by_role("button", name="Keep these notes").click()
    desk.locator("#said", has_text="2 kept for Table 4.").wait_for()
    shows("Notes")
    shows("Type up")
    assert typed.input_value() == ""
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


SIZES = ((1366, 768), (1920, 1080))
CUT = """() => {
    const inside = (e) => { const b = e.getBoundingClientRect();
        return b.width > 0 && b.left >= 0 && b.top >= 0
            && b.right <= innerWidth && b.bottom <= innerHeight; };
    const told = 'h1, footer p, .join, .agenda li, .bars tr, .newest, .tiles li:not([hidden])';
    const stage = document.querySelector('main').getBoundingClientRect().bottom + 1;
    const below = (e) => e.closest('main') && e.getBoundingClientRect().bottom > stage;
    const parted = [...document.querySelectorAll('[data-fit] > *')].filter((e) =>
        e.getBoundingClientRect().bottom > e.parentElement.getBoundingClientRect().bottom + 1);
    const outside = [...document.querySelectorAll(told)].filter((e) => !inside(e) || below(e));
    const cut = [...parted, ...outside]
        .map((e) => e.textContent.trim().slice(0, 60));
    const page = document.documentElement;
    if (page.scrollHeight > innerHeight || page.scrollWidth > innerWidth) cut.push('the page scrolls');
    return cut;
}"""
CORNER = """(b => [innerWidth - b.right, innerHeight - b.bottom].map(Math.round))(
    document.querySelector('.join').getBoundingClientRect())"""


def _crowded(hall):
    """A room in which much was said, with a vote that was counted."""
    hall.opened()
    with hall.store.editing("testtown", actor=LEAD, label="Much") as draft:
        (workshop,) = draft.all(Workshop).values()
        tables = tables_of(draft, workshop.id)
        for n in range(60):
            text = f"Something that people said at length about place number {n % 40}"
            seat = tables[n % 6].id
            draft.add(*notes_from(workshop, [text], key=f"k{n}", table_id=seat))
        names = [f"Cause number {n} with a longer name" for n in range(40)]
        for n, name in enumerate(names):
            draft.add(Factor(id=f"c{n}", label=name))
            if n:
                draft.add(Link(source=f"c{n}", target=f"c{n // 2}", polarity="+"))
        draft.add(
            VoteRound(
                id="r1",
                workshop_id=workshop.id,
                question="Which of these matter most here?",
                options=tuple(f"c{n}" for n in range(12)),
                dots=5,
                state="closed",
            )
        )
        begun = begin_step(workshop, 6, now())
        draft.replace(replace(begun, focus="factor:c0"))
    return workshop


def _run(hall, workshop):
    """The address of the facilitator's page."""
    secret = hall.store.secret()
    ticket = tickets.mint(secret, "testtown", "main", LEAD, workshop_id=workshop.id)
    return f"{hall.base}/run/testtown/{workshop.id}?ticket={ticket}"


def test_the_wall_cuts_nothing_and_its_code_stays_in_one_corner(hall):
    workshop = _crowded(hall)
    run = _run(hall, workshop)
    for width, height in SIZES if WHOLE else SIZES[:1]:
        wall = hall.somebody(width=width, height=height, touch=False)
        place = f"{hall.base}/room/present/testtown/{workshop.id}"
        corners = set()
        eventually(lambda wall=wall: wall.goto(run).ok)
        for screen in WALL_WORDS:
            asked = wall.request.post(run, form={"act": "wall", "screen": screen})
            assert asked.ok
            wall.goto(place)
            wall.locator("footer", has_text="No name, no account").wait_for()
            assert wall.evaluate(CUT) == [], (screen, width)
            corners.add(tuple(wall.evaluate(CORNER)))
        assert len(corners) == 1, corners
        wall.context.close()
    assert hall.faults == []


ROOMIER = whole("the smallest laptop and the smallest phone are asked")


@pytest.mark.parametrize(
    "size",
    [
        (1366, 768),
        (320, 640),
        pytest.param((1920, 1080), marks=ROOMIER),
        pytest.param((820, 1180), marks=ROOMIER),
    ],
)
def test_the_one_button_needs_no_scrolling_at_any_size(hall, size):
    workshop = _crowded(hall)
    run = _run(hall, workshop)
    desk = hall.somebody(width=size[0], height=size[1], touch=False)
    for look in LOOKS:
        eventually(lambda look=look: desk.goto(f"{run}&look={look}").ok)
        box = eventually(desk.locator("button.next").bounding_box)
        assert box["y"] + box["height"] <= size[1], look
        wide = desk.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, look
    desk.context.close()


def test_cards_are_sorted_by_keys_alone(hall):
    hall.opened()
    for table, text in enumerate(("Dark parks", "Long shifts")):
        _write(hall, text, table)
    lead = hall.facilitator("workshops")
    desk = lead.frame_locator("iframe[title='Run the room']")
    for text in ("Dark parks", "Long shifts"):
        desk.locator(".columns .card", has_text=text).get_by_role("checkbox").focus()
        lead.keyboard.press("Space")
        desk.get_by_role("link", name="Notes").press("Enter")  # shown: no new page
    desk.locator("[data-chosen]", has_text="2 ticked").wait_for()
    desk.locator("select[name=theme]").focus()
    lead.keyboard.type("Food env")
    desk.get_by_role("button", name="Sort").focus()
    lead.keyboard.press("Enter")
    desk.locator("#said", has_text="2 notes sorted: Food environment").wait_for()
    notes = hall.programme().all(Contribution).values()
    assert {note.theme for note in notes} == {"food_environment"}


def test_a_phone_follows_a_step_that_began_before_it_first_asked(hall):
    words = hall.opened().replace("-", " ")
    (workshop,) = hall.programme().all(Workshop).values()
    run = _run(hall, workshop)
    phone = hall.somebody()
    phone.route("**/room/now?*", lambda route: route.abort())
    eventually(lambda: phone.goto(run).ok)
    hall.join(phone, words, "Table 1")
    phone.goto(f"{hall.base}/room/others")
    at = [item.room for item in workshop.agenda].index("capture")
    asked = phone.request.post(run, form={"act": "next", "step": at, "from": -1})
    assert asked.ok
    phone.unroute("**/room/now?*")
    phone.wait_for_url("**/room/capture")
    phone.context.close()
