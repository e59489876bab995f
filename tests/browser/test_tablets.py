"""A facilitator at the screen and four tablets draw on one map at the same time."""

import re
from dataclasses import replace

import pytest

from systemmap.faults._phone_server import RoomServer
from systemmap.model.elements import MapVersion
from systemmap.model.values import MapKind
from systemmap.model.workshop import Workshop, WorkshopTable
from systemmap.store import open_store
from systemmap.testing import map_from, programme_of
from tests.browser.conftest import until
from tests.browser.hand import (
    API,
    HOST,
    READY,
    add,
    link_by_keys,
    rename,
    saved,
    shown,
    spot,
    tap,
    touch_drag,
    walk_to,
)
from tests.browser.room_town import LEAD, Hall

WORDS = "amber-kettle-river"
TABLES = ("North", "East", "South", "West")
NOTATION = "stress -> snacking +\n snacking -> weight +\n sleep\n cost-of-food"
STYLES = {"+": "more", "-": "less", "?": "unknown"}


def town():
    """A programme whose four tables draw on one map."""
    drawn = map_from(NOTATION).copy(
        MapVersion(
            id="hall",
            name="The whole hall",
            kind=MapKind.WORKSHOP_TABLE,
            workshop_id="w1",
        )
    )
    for at, name in enumerate(drawn.factors):
        place = {"x": 260.0 * (at % 3) - 260, "y": 190.0 * (at // 3)}
        drawn.replace_factor(replace(drawn.factor(name), **place))
    programme = programme_of(map_from("stress"))
    programme.add(
        Workshop(
            id="w1",
            title="Mapping workshop",
            join_words=WORDS,
            open=True,
            rooms=("capture", "draw"),
        )
    )
    programme.put_map(drawn)
    programme.add(
        *(
            WorkshopTable(
                id=name.lower(), workshop_id="w1", name=name, map_id="hall", position=at
            )
            for at, name in enumerate(TABLES)
        )
    )
    return programme


@pytest.fixture
def hall(browser, tmp_path):
    server = RoomServer(str(tmp_path), planned=False)
    store = open_store(server.data)
    store.create(town(), actor=LEAD)
    server.start()
    yield Hall(server, browser, store)
    store.close()
    server.stop()


def tablet(hall, table, *, touch):
    page = hall.somebody(width=1000, height=760, touch=touch)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    hall.join(page, WORDS, table)
    page.goto(f"{hall.base}/room/draw")
    until(page, READY)
    return page


def screen(hall):
    page = hall.facilitator("map?programme=testtown")
    page.get_by_role("combobox", name="Map", exact=True).click()
    page.get_by_role("option", name="The whole hall").click()
    until(page, f"{READY} && {API}.state.boxes.has('cost-of-food')")
    return page


def test_a_facilitator_and_four_tablets_draw_on_one_map(hall):
    north, east = tablet(hall, "North", touch=True), tablet(hall, "East", touch=True)
    south, west = tablet(hall, "South", touch=False), tablet(hall, "West", touch=False)
    lead = screen(hall)
    five = (north, east, south, west, lead)

    # Everybody adds at once; nobody waits for anybody, and two have the same idea.
    for page, name in zip(
        five,
        ("Night shifts", "Rest breaks", "Rest breaks", "Parks", "Time to cook"),
        strict=True,
    ):
        add(page, name)
    for page in five:
        until(page, f"{API}.state.boxes.size === 10")

    # Links by finger, by key and by mouse; one factor is moved meanwhile.
    linking = f"{HOST}.classList.contains('sm-linking')"
    tap(north, north.get_by_role("button", name="Draw link"), linking)
    touch_drag(north, spot(north, "sleep"), spot(north, "weight"))
    less = north.get_by_role("button", name="less “Weight”")
    link_by_keys(east, "night-shifts", "sleep", "less “Sleep”")
    walk_to(south, "cost-of-food")
    for _ in range(5):
        south.keyboard.press("Alt+ArrowDown")
    link_by_keys(west, "cost-of-food", "snacking", "not agreed")
    tap(north, less, f"{API}.state.lines.has('sleep/weight')")
    lead.get_by_role("button", name="Draw link").click()
    lead.mouse.move(*spot(lead, "stress"))
    lead.mouse.down()  # from now on no box moves away
    lead.mouse.move(*spot(lead, "sleep"), steps=6)
    lead.mouse.up()
    lead.get_by_role("button", name="less “Sleep”").click()
    lead.get_by_role("button", name="Draw link").click()
    for page in five:
        until(page, f"{API}.state.lines.size === 6")
    # An end that was moved since keeps nobody from taking their link back.
    walk_to(south, "cost-of-food")
    south.keyboard.press("Alt+ArrowDown")

    # Who has what open is told by table, never by person.
    west.evaluate(f"{API}.select('stress')")
    for page in (north, east, south, lead):
        page.locator(".sm-who", has_text="West: Stress").wait_for()

    # Two people rename one factor: the second is told, with both wordings, and may say it again.
    rename(east, "snacking", "Eating between meals")
    rename(south, "snacking", "Grazing")
    east.get_by_role("button", name="Save", exact=True).click()
    until(south, f"{API}.state.boxes.get('snacking').label === 'Eating between meals'")
    south.get_by_role("button", name="Save", exact=True).click()
    until(south, f"!!{HOST}.dataset.refused")
    told = south.locator(".sm-saved").inner_text()
    assert "Theirs: “Eating between meals”. Yours: “Grazing”." in told
    rename(south, "snacking", "Grazing")
    south.get_by_role("button", name="Save", exact=True).click()
    for page in five:
        until(page, f"{API}.state.boxes.get('snacking').label === 'Grazing'")

    # Everybody takes back only what they did themselves.
    lead.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    for page in (west, lead):
        saved(page)
        bar = page.locator(".sm-bar")
        undo = bar.get_by_role("button", name=re.compile("^Undo"))
        undo.press("Enter")  # a line that appears above moves it under a mouse
    for page in five:
        saved(page)
        until(page, f"{API}.state.lines.size === 4")
    _all_agree(hall, five)
    assert hall.faults == []
    assert [page.said for page in five[:4]] == [[], [], [], []]
    assert {url for url in hall.asked if hall.base not in url} == set()


def _all_agree(hall, pages):
    """Every canvas shows what is stored: names, places, links, and the words of the list."""
    revision = hall.store.revision("testtown")
    for page in pages:
        until(page, f"Number({HOST}.dataset.revision) === {revision}")
    kept = hall.programme().system_map("hall")
    boxes = {f.id: [f.label, f.x, f.y] for f in kept.factors.values()}
    lines = {f"{s}/{t}": STYLES[link.polarity] for (s, t), link in kept.links.items()}
    words = sorted(_option(kept, factor) for factor in kept.factors.values())
    for page in pages:
        there = shown(page)
        assert there["boxes"] == boxes
        assert there["lines"] == lines
        assert there["drawn"] == [len(boxes), len(lines)]
        assert sorted(there["list"]) == words
    assert [label for label, *_ in boxes.values()].count("Rest breaks") == 2


def _option(kept, factor):
    into = sum(target == factor.id for _, target in kept.links)
    out = sum(source == factor.id for source, _ in kept.links)
    links = [f"{n} {'link' if n == 1 else 'links'}" for n in (into, out)]
    return f"{factor.label}: {links[0]} in, {links[1]} out"
