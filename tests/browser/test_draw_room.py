"""The drawing room: a tablet at a table and the screen see each other's drawing."""

import socket
import threading
from dataclasses import replace

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from starlette.applications import Starlette

from app import rooms
from app import settings as process
from app.canvas import graph_route, live
from app.settings import Settings
from systemmap.model.elements import Factor, MapVersion
from systemmap.model.values import MapKind
from systemmap.model.workshop import Workshop, WorkshopTable
from systemmap.store import Actor, open_store
from systemmap.testing import map_from, programme_of
from tests.browser.conftest import until
from tests.browser.hand import rename, spot, walk_to
from tests.browser.room_town import eventually

API = "document.getElementById('draw').systemMap"
READY = "document.getElementById('draw')?.dataset.ready === 'true'"


def town():
    programme = programme_of(map_from("stress -> snacking +"))
    table_map = map_from("stress -> snacking +\n sleep")
    table_map = table_map.copy(
        MapVersion(
            id="table-1",
            name="Table 1",
            kind=MapKind.WORKSHOP_TABLE,
            workshop_id="w1",
        )
    )
    for at, name in enumerate(table_map.factors):
        place = {"x": 220.0 * (at % 2), "y": 160.0 * (at // 2)}
        table_map.replace_factor(replace(table_map.factor(name), **place))
    programme.add(
        Workshop(
            id="w1",
            title="Mapping workshop",
            join_words="amber-kettle-river",
            open=True,
            rooms=("capture", "draw"),
        )
    )
    programme.put_map(table_map)
    programme.add(
        WorkshopTable(id="t1", workshop_id="w1", name="Table 1", map_id="table-1"),
        WorkshopTable(id="t2", workshop_id="w1", name="Table 2", position=1),
    )
    return programme


@pytest.fixture(scope="module")
def venue(tmp_path_factory):
    """A server with the rooms and the live channel; yields its address."""
    data = tmp_path_factory.mktemp("rooms") / "town.db"
    made = open_store(data)
    made.create(town(), actor=Actor("Facilitator", "admin"))
    made.close()
    process.use(Settings(data=str(data)))
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    routes = [*graph_route.routes(), *live.routes(), *rooms.routes()]
    server = uvicorn.Server(
        uvicorn.Config(
            Starlette(routes=routes),
            log_level="warning",
            lifespan="off",
            ws="websockets-sansio",
        )
    )
    thread = threading.Thread(target=server.run, args=([bound],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = server.force_exit = True
    thread.join(20)
    bound.close()
    process.close()


def tablet(browser, venue, table, **context):
    page = browser.new_context(**context).new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(f"{venue}/j/amber-kettle-river")
    page.get_by_label(table).check()
    page.locator("main button").first.click()
    page.goto(f"{venue}/room/draw")
    return page


def test_two_tablets_at_a_table_draw_on_one_map(browser, venue):
    one = tablet(browser, venue, "Table 1", viewport={"width": 1024, "height": 768})
    other = tablet(browser, venue, "Table 1", viewport={"width": 320, "height": 640})
    for page in (one, other):
        until(page, READY)
    one.get_by_role("button", name="Add cause").click()
    one.get_by_label("Name").fill("Night shifts")
    one.get_by_role("button", name="Add", exact=True).click()
    until(other, f"{API}.state.boxes.has('night-shifts')")
    one.locator(".sm-list").focus()
    one.evaluate(f"{API}.activate('night-shifts')")
    one.keyboard.press("l")
    one.evaluate(f"{API}.activate('sleep')")
    one.keyboard.press("Enter")
    one.get_by_role("button", name="less “Sleep”").click()
    until(other, f"{API}.state.lines.get('night-shifts/sleep')?.style === 'less'")
    until(one, "document.getElementById('draw').dataset.waiting === '0'")
    _ask_before_changing_what_others_said(one, other)
    kept = process.store().load("testtown")
    assert "night-shifts" in kept.system_map("table-1").factors
    assert "night-shifts" not in kept.system_map("main").factors
    assert one.said == other.said == []
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(other).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []
    for page in (one, other):
        page.context.close()


def test_what_is_drawn_while_a_tablet_opens_stands_on_it(browser, venue):
    """The graph was made, another table's act is told, and only then the graph comes."""
    page = browser.new_context(viewport={"width": 1024, "height": 768}).new_page()
    heard = []

    def opened(socket):
        socket.on("framereceived", lambda text: heard.append(str(text)))

    page.on("websocket", opened)
    drawn = []

    def late(route):
        made = route.fetch()
        if not drawn:
            lead = Actor("Facilitator", "admin")
            with process.store().editing("testtown", actor=lead, label="Add") as draft:
                place = {"x": 0.0, "y": 400.0}
                draft.add(Factor(map_id="table-1", id="fares", label="Fares", **place))
            drawn.append(draft.revision)
            told = f'"rev": {draft.revision}'
            eventually(lambda: page.wait_for_timeout(20) or told in "".join(heard))
        route.fulfill(response=made)

    page.route("**/room/graph?*", late)
    page.goto(f"{venue}/j/amber-kettle-river")
    page.get_by_label("Table 1").check()
    page.locator("main button").first.click()
    page.goto(f"{venue}/room/draw")
    until(page, f"{READY} && {API}.state.boxes.has('fares')")
    page.context.close()


def test_no_box_moves_away_while_a_link_is_drawn_to_it(browser, venue):
    page = tablet(browser, venue, "Table 1", viewport={"width": 1024, "height": 768})
    until(page, READY)
    page.get_by_role("button", name="Draw link").click()
    before = spot(page, "snacking")
    page.mouse.move(*spot(page, "sleep"))
    page.mouse.down()
    page.mouse.move(*before, steps=4)
    lead = Actor("Facilitator", "admin")
    with process.store().editing("testtown", actor=lead, label="Move") as draft:
        factor = draft.find(Factor, "table-1/snacking")
        draft.replace(replace(factor, x=factor.x + 400, y=factor.y + 200))
    page.wait_for_timeout(500)  # long enough for it to be told, and to glide
    assert spot(page, "snacking") == before
    page.mouse.up()
    page.get_by_role("button", name="less “Snacking”").click()
    until(page, f"{API}.state.boxes.get('snacking').x === {factor.x + 400}")
    until(page, f"{API}.state.lines.has('sleep/snacking')")
    page.get_by_role("button", name="Undo").click()
    until(page, f"!{API}.state.lines.has('sleep/snacking') && {WAITING} === '0'")
    page.context.close()


def _ask_before_changing_what_others_said(one, other):
    """Who drew the link changes it at will; the other is asked, and both are kept."""
    for page in (one, other):
        page.evaluate(f"{API}.selectLine('night-shifts/sleep')")
    signs = one.get_by_role("toolbar", name="The chosen link")
    signs.get_by_role("button", name="More leads to more").click()
    until(other, f"{API}.state.lines.get('night-shifts/sleep')?.style === 'more'")
    assert one.get_by_text("Others say the opposite").count() == 0
    other.get_by_role("button", name="More leads to less").click()
    words = "Others at your table say: More “Night shifts” leads to more “Sleep”."
    other.get_by_text(words).wait_for()
    assert (
        other.evaluate(f"{API}.state.lines.get('night-shifts/sleep').style") == "more"
    )
    other.get_by_role("button", name="Keep both as not agreed").click()
    until(one, f"{API}.state.lines.get('night-shifts/sleep')?.style === 'disputed'")


def test_a_table_without_a_map_is_told_what_to_do(browser, venue):
    page = tablet(browser, venue, "Table 2")
    assert "Ask the facilitator to make one" in page.locator("main").inner_text()
    page.context.close()


def test_what_is_drawn_offline_is_sent_once_when_the_connection_is_back(browser, venue):
    page = tablet(browser, venue, "Table 1")
    until(page, READY)
    page.context.set_offline(True)
    page.evaluate("() => window.dispatchEvent(new Event('offline'))")
    page.get_by_role("button", name="Add cause").click()
    page.get_by_label("Name").fill("Rest breaks")
    page.get_by_role("button", name="Add", exact=True).click()
    until(page, f"{API}.state.boxes.has('rest-breaks')")
    page.context.set_offline(False)
    until(page, "document.getElementById('draw').dataset.waiting === '0'")
    factors = process.store().load("testtown").system_map("table-1").factors
    assert [f for f in factors if f.startswith("rest-breaks")] == ["rest-breaks"]
    page.context.close()


CUT = """
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) { if (!window.cut) send.call(this, data); };
"""
WAITING = "document.getElementById('draw').dataset.waiting"


def cut_off(browser, venue):
    """A tablet whose words do not get out until `window.cut` is taken back."""
    page = browser.new_context().new_page()
    page.add_init_script(CUT)
    page.goto(f"{venue}/j/amber-kettle-river")
    page.get_by_label("Table 1").check()
    page.locator("main button").first.click()
    page.goto(f"{venue}/room/draw")
    until(page, READY)
    page.evaluate("window.cut = true")
    return page


def test_two_tablets_cut_off_may_give_one_id_and_each_keeps_its_own_links(
    browser, venue
):
    """Names without Latin letters have no readable id, so both become "item"."""
    names = {"睡眠不足": "stress", "压力": "snacking"}
    pages = [cut_off(browser, venue) for _ in names]
    for page, (name, target) in zip(pages, names.items(), strict=True):
        page.get_by_role("button", name="Add cause").click()
        page.get_by_label("Name").fill(name)
        page.get_by_role("button", name="Add", exact=True).click()
        page.locator(".sm-list").focus()
        page.evaluate(f"{API}.activate('item')")
        page.keyboard.press("l")
        page.evaluate(f"{API}.activate('{target}')")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="more “").click()
        assert page.evaluate(WAITING) == "2"
    for page in pages:
        page.evaluate("window.cut = false")
    for page in pages:
        until(page, f"{WAITING} === '0'")
    drawn = process.store().load("testtown").system_map("table-1")
    links = {
        drawn.factor(link.source).label: link.target
        for link in drawn.links.values()
        if drawn.factor(link.source).label in names
    }
    assert links == names
    for page in pages:
        until(page, f"{API}.state.boxes.has('item-2')")
        page.context.close()


def test_what_others_change_takes_back_nothing_that_is_on_its_way(browser, venue):
    page, other = cut_off(browser, venue), tablet(browser, venue, "Table 1")
    until(other, READY)
    walk_to(page, "stress")
    place = page.evaluate(f"{API}.state.boxes.get('stress').x")
    page.keyboard.press("Alt+ArrowRight")
    until(page, f"{API}.state.boxes.get('stress').x > {place}")
    step = page.evaluate(f"{API}.state.boxes.get('stress').x") - place
    rename(other, "stress", "Strain")
    other.get_by_role("button", name="Save", exact=True).click()
    until(page, f"{API}.state.boxes.get('stress').label === 'Strain'")
    page.keyboard.press("Alt+ArrowRight")
    page.evaluate("window.cut = false")
    until(page, f"{WAITING} === '0'")
    kept = process.store().load("testtown").system_map("table-1").factor("stress")
    assert (kept.label, kept.x) == ("Strain", place + 2 * step)
    page.context.close()
    other.context.close()


def test_more_than_one_message_holds_is_sent_in_order(browser, venue):
    """The outbox by itself: a server that takes one message at a time."""
    page = tablet(browser, venue, "Table 1")
    until(page, READY)
    sizes = page.evaluate(
        """async () => {
            const room = document.querySelector('script[type=module]').src;
            const { createOutbox } = await import(room.replace('draw_room.js', 'live/outbox.js'));
            const sent = [];
            const outbox = createOutbox('test.outbox', (ops) => sent.push(ops), () => {});
            for (let turn = 0; turn < 300; turn += 1) outbox.add({ op: 'x', words: 'w'.repeat(1000) });
            const got = [];
            while (outbox.waiting.length) {
                const ops = sent.at(-1);
                got.push(...ops.map((op) => op.seq));
                outbox.acknowledged({ [outbox.nonce]: ops.at(-1).seq });
            }
            outbox.close();
            return {
                inOrder: got.every((seq, at) => seq === at + 1), count: got.length,
                longest: Math.max(...sent.map((ops) => JSON.stringify({ ops }).length)),
            };
        }"""
    )
    assert (sizes["inOrder"], sizes["count"]) == (True, 300)
    assert sizes["longest"] < live.LONGEST
    page.context.close()
