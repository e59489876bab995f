"""A workshop from plan to write-up, in real browsers against the real program."""

import re
from itertools import cycle
from urllib.parse import urlsplit

import pytest

from app.canvas import tickets
from app.rooms import ROOMS
from benchmarks._rendered_walls import sheet
from benchmarks.photos import sheet_pages
from systemmap.model.elements import Factor
from systemmap.model.workshop import (
    Contribution,
    NotePicture,
    Vote,
    VoteRound,
    Workshop,
)
from systemmap.store import open_store
from systemmap.workshops.kits import kit
from systemmap.workshops.running import open_room, plan_workshop, tables_of
from systemmap.workshops.sums import sums_of
from tests.browser.conftest import until
from tests.browser.room_town import (
    LEAD,
    Hall,
    check_page,
    eventually,
    fresh_server,
)
from tests.sizes import WHOLE, whole

API = "document.getElementById('draw').systemMap"
READY = "document.getElementById('draw')?.dataset.ready === 'true'"
SAVED = re.compile(r"^Saved \d\d:\d\d")


@pytest.fixture(scope="module")
def hall(browser, tmp_path_factory):
    server = fresh_server(tmp_path_factory.mktemp("hall"))
    store = open_store(server.data)
    yield Hall(server, browser, store)
    store.close()
    server.stop()


def test_a_workshop_from_plan_to_write_up(hall, tmp_path):
    """A whole day: phones, one without scripts, a tablet a table, laptop and wall."""
    lead = hall.facilitator("workshops")
    lead.get_by_role("button", name="Plan this workshop").click()
    lead.get_by_role("button", name="Open the room").click()
    desk = lead.frame_locator("iframe[title='Run the room']")
    desk.get_by_role("button", name="Begin: Join").wait_for()
    workshop = _workshop(hall)
    words = workshop.join_words.replace("-", " ")
    assert desk.get_by_text(words).first.is_visible()
    lead.mouse.move(600, 2)  # nothing is put in the place of what somebody points at

    big = hall.somebody(width=1920, height=1080, touch=False)
    big.goto(f"{hall.base}/room/present/testtown/{workshop.id}")
    assert big.locator(".words").first.inner_text() == words
    assert big.locator("main").evaluate("m => m.scrollHeight <= m.clientHeight")
    check_page(big)

    several = range(8 if WHOLE else 5)
    phones = [hall.somebody(scripts=number != 1) for number in several]
    tablets = [hall.somebody(width=820, height=1180) for _ in range(3)]
    for number, person in enumerate((*phones, *tablets)):
        hall.join(person, words, f"Table {number % 3 + 1}")
    phone, plain, third, *others = phones
    check_page(phone)
    _go_to(desk, "Activity 1")
    _say(phone, "Lack of time to cook")
    _say_plainly(plain, "Time to cook")
    _say(tablets[0], "Ring me on 01709 382121")
    _lose_and_find_the_network(third, "Takeaways near schools")
    said = ("Stress", "Stress", "Fatso jokes", "Snacking", "Snacking")
    for person, text in zip(cycle(others), said):
        _say(person, text)
    notes = hall.programme().all(Contribution).values()
    assert len(notes) == 9

    _run_from_one_screen(hall, lead, desk, big, (phone, third))
    _change_the_words(hall, desk, big, phone, words)
    _link(phone, hall, "Stress", "Sleep", "less")
    _link(third, hall, "Stress", "Sleep", "more")
    check_page(phone)
    _draw_and_come_together(hall, desk, big, tablets)
    _merge_and_undo(hall, lead, desk)
    _put_links_on_the_map(hall, desk)
    _vote(hall, desk, (phone, third, others[0]), plain, big)
    _ideas(hall, lead, desk, big, phone)
    _upload_a_sheet(hall, desk)
    _read_the_write_up(hall, lead, tmp_path)

    lead.goto(f"{hall.base}/workshops")
    desk.get_by_text("Close the room…").click()
    desk.get_by_text("printed cards stop working").wait_for()
    desk.get_by_role("button", name="Close the room").click()
    lead.get_by_role("button", name="Open the room").wait_for()
    phone.goto(f"{hall.base}/room/capture")
    assert phone.get_by_text("This room is closed").is_visible()
    lead.get_by_role("button", name="Make the write-up").click()
    lead.get_by_role("tab", name="Write-up", exact=True).wait_for()

    outside = {urlsplit(url).hostname for url in hall.asked} - {"127.0.0.1", None}
    assert outside == set()
    assert hall.faults == []


def _go_to(desk, step):
    line = desk.locator(".agenda li", has_text=step)
    line.get_by_role("button", name="Go").click()
    desk.locator("#said", has_text=f"Now: {step}").wait_for()


def _run_from_one_screen(hall, lead, desk, big, phones):
    """Hide notes, bring one back; then one press moves phones, wall and clock."""
    phone, other = phones
    bar = desk.locator("header").bounding_box()["height"]
    for text in ("Fatso jokes", "Takeaways near schools"):
        card = desk.locator(".columns .card", has_text=text)
        card.get_by_role("button", name="Hide").click()
        big.locator("main", has_not_text=text).wait_for()
    desk.get_by_role("button", name="Undo: Hide a note").click()
    desk.locator(".card", has_text="Takeaways near schools").wait_for()
    _drag_two_at_once(hall, lead, desk)
    card = desk.locator(".columns .card", has_text="Takeaways near schools")
    card.get_by_role("link", name="Correct").click()
    desk.locator("#correct textarea").fill("Takeaways near schools and parks")
    desk.get_by_role("button", name="Keep it so").click()
    desk.locator("#correct").wait_for(state="detached")
    assert desk.get_by_role("link", name="Follow the agenda").count() == 0
    assert desk.locator("header").bounding_box()["height"] == bar, "nothing jumps"
    next_step = desk.locator("button.next")
    box = eventually(next_step.bounding_box)
    assert box["y"] + box["height"] <= lead.viewport_size["height"]
    phone.locator("#text").fill("Half a thought")
    desk.get_by_role("button", name="Begin: Activity 2").click()
    desk.locator("#said", has_text="Now: Activity 2").wait_for()
    eventually(lambda: _workshop(hall).rooms == ("draw", "links"))
    for page in phones:
        page.wait_for_url("**/room/links")
    assert "Half a thought" in phone.locator(".moved").inner_text()
    check_page(phone)
    other.goto(f"{hall.base}/room/links")


def _change_the_words(hall, desk, big, phone, words):
    """It asks first; then only new cards let people in, and who is in stays in."""
    desk.get_by_text("Change the words…").click()
    desk.get_by_text("Cards printed with the present words do not work").wait_for()
    assert _workshop(hall).join_words.replace("-", " ") == words
    desk.get_by_role("button", name="Change the words").click()
    desk.locator("#said", has_text="The new words:").wait_for()
    fresh = _workshop(hall).join_words.replace("-", " ")
    assert fresh != words
    big.locator(".join", has_text=fresh).wait_for()
    desk.locator(".code", has_text=fresh).wait_for()
    late = hall.somebody()
    late.goto(f"{hall.base}/j")
    late.get_by_label("The three words").fill(words)
    late.get_by_role("button", name="Join").click()
    late.locator("[role=alert]").wait_for()
    late.get_by_label("The three words").fill(fresh)
    late.get_by_role("button", name="Join").click()
    late.get_by_label("Table 1", exact=True).wait_for()
    late.context.close()
    phone.reload()
    phone.locator("header", has_text="Table 1").wait_for()


def _drag_two_at_once(hall, lead, desk):
    """Two ticked cards go to a theme by dragging one of them."""
    told = ("Takeaways near schools", "Lack of time to cook")
    for text in told:
        desk.locator(".card", has_text=text).get_by_role("checkbox").check()
    desk.locator("[data-chosen]", has_text="2 ticked").wait_for()
    desk.locator(".columns .card", has_text=told[0]).hover()
    lead.mouse.down()
    goal = desk.locator(".themes [data-theme=food_environment]")
    lead.mouse.move(650, 400, steps=2)  # only now the themes stand there
    goal.hover()
    lead.mouse.up()
    lead.mouse.move(600, 2)

    def sorted_there():
        notes = hall.programme().all(Contribution).values()
        return {n.text for n in notes if n.theme == "food_environment"} == set(told)

    eventually(sorted_there)


def _draw_and_come_together(hall, desk, big, tablets):
    """Each table's notes stand as cards on its tablet; two tables disagree."""
    signs = ("", "less", "more")  # of Tables 3, 1 and 2
    for tablet, sign in zip(tablets, signs, strict=True):
        tablet.wait_for_url("**/room/draw")
        told = tablet.locator(".moved", has_text="Now: Draw on our table's map")
        told.wait_for()
        until(tablet, READY)
        if not sign:
            continue
        find = "name => [...{0}.state.boxes.values()].find(b => b.label === name)?.id"
        ids = [tablet.evaluate(find.format(API), n) for n in ("Stress", "Snacking")]
        assert None not in ids, tablet.evaluate(f"[...{API}.state.boxes.keys()]")
        tablet.locator(".sm-list").focus()
        tablet.evaluate(f"{API}.activate('{ids[0]}')")
        tablet.keyboard.press("l")
        tablet.evaluate(f"{API}.activate('{ids[1]}')")
        tablet.keyboard.press("Enter")
        tablet.get_by_role("button", name=f"{sign} “Snacking”").click()
        until(tablet, "document.getElementById('draw').dataset.waiting === '0'")
    big.get_by_role("heading", name="Our map so far").wait_for()
    big.locator("footer", has_text="1 disagreement").wait_for()
    big.locator("footer", has_text="It is not evidence").wait_for()
    desk.get_by_role("link", name="Tables' maps").click()
    desk.get_by_role("button", name="Bring 3 tables together").click()
    desk.locator("#said", has_text="3 maps brought together").wait_for()
    link = hall.programme().system_map().link("stress", "snacking")
    assert link.confidence == "disputed"
    assert "ring-me" not in " ".join(hall.programme().system_map().factors)


def _put_links_on_the_map(hall, desk):
    desk.get_by_role("link", name="Links", exact=True).click()
    desk.get_by_role("button", name="Put the ticked on the map").click()
    link = eventually(
        lambda: hall.programme().system_map().links.get(("stress", "sleep"))
    )
    assert link.confidence == "disputed"


def _workshop(hall):
    (workshop,) = hall.programme().all(Workshop).values()
    return workshop


def _say(page, text):
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Send").click()
    page.locator("[data-state]", has_text=SAVED).wait_for()
    page.locator(".notes", has_text=text).wait_for()


def _say_plainly(page, text):
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Send").click()
    page.locator(".saved", has_text="Saved").wait_for()


def _lose_and_find_the_network(page, text):
    page.context.set_offline(True)
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Send").click()
    page.locator("[data-state]", has_text="Not saved yet").wait_for()
    assert page.locator("[data-outbox]", has_text=text).is_visible()
    page.context.set_offline(False)
    page.locator("[data-state]", has_text=SAVED).wait_for()


def _link(page, hall, source, target, sign):
    page.goto(f"{hall.base}/room/links")
    page.locator("#source").fill(source)
    page.locator(f"#sign-{sign}").check()
    page.locator("#target").fill(target)
    page.get_by_role("button", name="Send this link").click()
    page.locator("[data-state]", has_text=SAVED).wait_for()


def _merge_and_undo(hall, lead, desk):
    """Look-alikes are merged without leaving the room's screen."""
    desk.get_by_role("link", name="Look-alikes").click()
    for turn in ("merged", "undone", "merged again"):
        if turn == "undone":
            desk.get_by_role("button", name="Undo: Merge look-alikes").click()
            eventually(lambda: _cooks(hall) == 2)
            lead.mouse.move(600, 2)
            continue
        alike = desk.locator("form.alike", has_text="Lack of time to cook")
        alike.get_by_role("button", name="Merge the ticked").click()
        desk.locator("#said", has_text="2 wordings are one cause now").wait_for()
        assert _cooks(hall) == 1
    assert desk.locator("button.next").is_visible()


def _cooks(hall):
    """How many causes of the main map are about time to cook."""
    names = [f.label for f in hall.programme().system_map().factors.values()]
    return sum("time to cook" in name.casefold() for name in names)


def _vote(hall, desk, phones, plain, big):
    desk.get_by_role("link", name="Votes").click()
    desk.get_by_role("button", name="Open the vote").click()
    desk.get_by_role("button", name="Close the vote").wait_for()
    for page in (*phones, plain):
        page.goto(f"{hall.base}/room/vote")
        page.get_by_role("button", name="Add a dot: Stress").click()
        page.locator("#left", has_text="4 / 5").wait_for()
        kept = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert kept == "Add a dot: Stress"
    plain.get_by_role("button", name="Take a dot back: Stress").click()
    plain.locator("#left", has_text="5 / 5").wait_for()
    check_page(phones[0])
    big.locator("main", has_text="3 people have voted").wait_for()
    assert "3 dots" not in phones[0].locator("main").inner_text()
    assert len(hall.programme().all(Vote)) == 3
    desk.get_by_role("button", name="Close the vote").click()
    eventually(
        lambda: [
            r for r in hall.programme().all(VoteRound).values() if r.state == "closed"
        ]
    )
    assert hall.programme().find(Factor, "main/stress").priority == 3
    for page in phones:  # each stands on the button it pressed last
        page.locator("main", has_text="The vote is closed").wait_for()
    big.locator("main tr", has_text="Stress").wait_for()


def _ideas(hall, lead, desk, big, phone):
    """A cause on the wall with what is done about it; an idea becomes an action."""
    desk.get_by_label("Say what we could do").check()
    eventually(lambda: "proposals" in _workshop(hall).rooms)
    desk.get_by_role("link", name="Ideas").click()
    desk.get_by_label("On the wall").select_option("factor:stress")
    desk.get_by_role("button", name="Show this part").click()
    big.get_by_role("heading", name="Stress").wait_for()
    phone.goto(f"{hall.base}/room/proposals")
    lead.mouse.move(600, 2)  # away from the button, where nothing would be put
    phone.locator("#title").fill("Walks at lunch")
    phone.locator("#owner").fill("Public health")
    phone.locator("#due").fill("by June")
    phone.get_by_role("button", name="Send this idea").click()
    phone.locator("[data-state]", has_text=SAVED).wait_for()
    desk.get_by_label("Walks at lunch").check()
    desk.get_by_role("button", name="Accept the ticked").click()
    (action,) = eventually(lambda: list(hall.programme().actions.values()))
    assert (action.owners_raw, action.due.raw) == ("Public health", "by June")


def _upload_a_sheet(hall, desk):
    """A photo of Table 2's printed sheet finds its table and its boxes by itself."""
    tables = tables_of(hall.programme(), _workshop(hall).id)
    made = sheet(5, sheet_pages([table.name for table in tables])[2], 1, 2.0)
    desk.get_by_role("link", name="Type up").click()
    photo = {"name": "sheet.jpg", "mimeType": "image/jpeg", "buffer": made.jpeg}
    desk.get_by_label("Photo of a wall").set_input_files(photo)
    desk.get_by_role("button", name="Find its notes").click()
    desk.get_by_role("button", name=f"Keep {len(made.boxes)} pictures").click()
    kept = eventually(lambda: list(hall.programme().all(NotePicture).values()))
    assert [one.table_id for one in kept] == [tables[1].id] * len(made.boxes)


def _read_the_write_up(hall, lead, folder):
    """What the document says equals what lies on disk."""
    hall.show(lead, "write_up")
    lead.get_by_role("tab", name="Write-up", exact=True).click()
    with lead.expect_download() as saved:
        lead.get_by_role("button", name="Write-up as a page").click()
    page = folder / "write-up.html"
    saved.value.save_as(page)
    reader = hall.somebody(width=800, height=1000, touch=False)
    reader.goto(page.as_uri())
    text = reader.locator("main").inner_text()
    reader.context.close()
    sums = sums_of(hall.programme(), _workshop(hall).id)
    assert (sums.notes, sums.different, sums.causes) == (7, 5, 4)
    assert (sums.held, sums.hidden, sums.links_said) == (1, 1, 2)
    assert sums.sentence in text
    assert "1 note taken off the wall by the facilitator" in text
    assert "Table 3 said: more “Stress” leads to more “Sleep”" in text
    assert "Walks at lunch" in text
    assert "01709" not in text
    assert "Fatso" not in text


def test_a_phone_can_do_everything_with_the_keyboard(hall):
    words = hall.opened().replace("-", " ")
    hall.open_every_room()  # the day before left only its last part open
    page = hall.somebody(touch=False)
    page.goto(f"{hall.base}/j")
    keys = page.keyboard
    _tab_to(page, "words")
    keys.type(words)
    keys.press("Enter")
    page.get_by_label("Table 1", exact=True).wait_for()
    _tab_to(page, "table")
    keys.press("Space")
    keys.press("ArrowDown")
    _tab_to(page, "Go in")
    keys.press("Enter")
    page.locator("header", has_text="Table 2").wait_for()
    _tab_to(page, "text")
    keys.type("Nowhere to sit in the market square")
    _tab_to(page, "special")
    keys.press("Space")
    _tab_to(page, "Send")
    keys.press("Enter")
    page.locator("[data-state]", has_text=SAVED).wait_for()
    note = list(hall.programme().all(Contribution).values())[-1]
    assert (note.text, note.special) == ("Nowhere to sit in the market square", True)


def _tab_to(page, name):
    """Press Tab until the field or button of that name has the focus."""
    for _ in range(25):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "[document.activeElement.name, document.activeElement.textContent.trim()]"
        )
        if name in at:
            return
    pytest.fail(f"Tab never reached {name}")


def test_every_room_is_small_and_without_fault(hall):
    page = hall.somebody()
    words = hall.opened()
    for path in ("/j", f"/j/{words}", "/room/check", "/room/capture"):
        page.goto(f"{hall.base}{path}")
        page.locator("h1").first.wait_for()
        check_page(page)
    hall.join(page, words, "Table 1")
    hall.open_every_room()
    visited = {"/j", "/room/check"}
    paths = (
        "/room/capture?list=1",
        "/room/others",
        "/room/links",
        "/room/vote",
        "/room/proposals",
    )
    for at, scheme in enumerate(("light", "dark")):
        page.emulate_media(color_scheme=scheme)
        for path in paths if WHOLE else paths[at::2]:
            page.goto(f"{hall.base}{path}")
            page.locator("h1").first.wait_for()
            assert "not open" not in page.locator("main").inner_text()
            check_page(page)
            visited.add(path.partition("?")[0])
    # the tablets' own test, and the big screen and the facilitator's page above
    elsewhere = {"draw", "present", "run", "now"}
    assert {r.path for key, r in ROOMS.items() if key not in elsewhere} == visited


ANOTHER_DAY = whole("every part of their days is gone through in test_room.py")


@pytest.mark.parametrize(
    "key",
    [
        "action_workshop",
        pytest.param("board_session", marks=ANOTHER_DAY),
        pytest.param("focus_group", marks=ANOTHER_DAY),
    ],
)
def test_the_other_kits_run_by_the_one_button(hall, key):
    """Each activity begins by that button; one phone follows and says its part."""
    with hall.store.editing("testtown", actor=LEAD, label="Plan") as draft:
        day = open_room(draft, plan_workshop(draft, kit(key)).id)
    desk = hall.somebody(width=1366, height=768, touch=False)
    pass_on = tickets.mint(
        hall.store.secret(), "testtown", "main", LEAD, workshop_id=day.id
    )
    run = f"{hall.base}/run/testtown/{day.id}?ticket={pass_on}"
    eventually(lambda: desk.goto(run).ok)  # the server hears of it a moment later
    phone = hall.somebody()
    phone.goto(f"{hall.base}/j/{day.join_words}")
    phone.locator("input[name=table]").first.check()
    phone.get_by_role("button", name="Go in").click()
    said = 0
    for step, item in enumerate(day.agenda):
        button = desk.get_by_role("button", name=f"Begin: {item.title}")
        box = eventually(button.bounding_box)
        assert box["y"] + box["height"] <= 768, "no scroll for the one button"
        button.click()
        desk.locator("#said", has_text=f"Now: {item.title}").wait_for()
        assert hall.programme().find(Workshop, day.id).step == step
        for part in [part for part in item.parts if part in _SAID]:
            phone.wait_for_url(f"**/room/{part}")
            _SAID[part](desk, phone)
            said += 1
    assert said == sum(part in _SAID for item in day.agenda for part in item.parts)
    desk.get_by_text("The agenda has come to its end").wait_for()
    for page in (desk, phone):
        page.context.close()
    assert hall.faults == []


def _say_a_link(_, page):
    for end, text in (("source", "Night shifts"), ("target", "Sleep")):
        page.locator(f"#{end}").fill(text)
    page.locator("#sign-less").check()
    page.get_by_role("button", name="Send this link").click()
    page.locator("[data-state]", has_text=SAVED).wait_for()


def _say_an_idea(_, page):
    page.locator("#title").fill("A walking bus")
    page.get_by_role("button", name="Send this idea").click()
    page.locator("[data-state]", has_text=SAVED).wait_for()


def _place_a_dot(desk, page):
    desk.get_by_role("button", name="Open the vote").click()
    page.get_by_role("button", name="Add a dot").first.click()
    page.locator("#left", has_text="4 / 5").wait_for()
    desk.get_by_role("button", name="Close the vote").click()


_SAID = {
    "capture": lambda _, page: _say(page, "Nowhere to sit"),
    "links": _say_a_link,
    "vote": _place_a_dot,
    "proposals": _say_an_idea,
}
