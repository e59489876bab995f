"""The real program on a fresh database, and the people in the hall."""

import time
from dataclasses import dataclass, field, replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from systemmap.faults._phone_server import RoomServer
from systemmap.model.workshop import Workshop
from systemmap.store import Actor, open_store
from systemmap.testing import map_from, programme_of
from systemmap.workshops.kits import kit
from systemmap.workshops.running import open_room, plan_workshop
from tests.sizes import PATIENCE

LEAD = Actor("This computer", "admin")
SEVEN = {"width": 320, "height": 640}
LIMIT = 30_000


@dataclass
class Hall:
    """One server, its store read from outside, and everything browsers asked for."""

    server: RoomServer
    browser: object
    store: object
    asked: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server.port}"

    def programme(self):
        """The programme as it lies on disk, read by a second process: this one."""
        return self.store.load("testtown")

    def opened(self):
        """Open a room by another program than the one that serves it; return its words."""
        with self.store.editing("testtown", actor=LEAD, label="Open") as draft:
            if not draft.all(Workshop):
                plan_workshop(draft, kit("mapping_workshop"))
            (workshop,) = draft.all(Workshop).values()
            return open_room(draft, workshop.id).join_words

    def open_every_room(self):
        """Let phones into every room at once, as a facilitator's agenda does one by one."""
        with self.store.editing("testtown", actor=LEAD, label="Open all") as draft:
            (workshop,) = draft.all(Workshop).values()
            draft.replace(
                replace(workshop, rooms=("capture", "links", "vote", "proposals"))
            )

    def somebody(self, *, width=320, height=640, scripts=True, touch=True):
        """Open a browser of its own: one person with one device."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            has_touch=touch,
            is_mobile=touch,
            accept_downloads=True,
        )
        page = context.new_page()
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def join(self, page, words, table):
        page.goto(f"{self.base}/j")
        page.get_by_label("The three words").fill(words)
        page.get_by_role("button", name="Join").click()
        page.get_by_label(table, exact=True).check()
        page.get_by_role("button", name="Go in").click()
        page.locator("header", has_text=table).wait_for()

    def facilitator(self, screen):
        page = self.somebody(width=1366, height=1000, touch=False)
        self.show(page, screen)
        return page

    def show(self, page, screen):
        """Open a screen; while a room is open, its page stands in a frame there."""
        page.goto(f"{self.base}/{screen}")
        eventually(lambda: any(f.locator("h1").count() for f in page.frames))


def check_page(page, *, scripts=True):
    """A page is small, does not scroll sideways and has no accessibility fault."""
    assert len(page.content().encode()) <= LIMIT
    if not scripts:
        return
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    small = page.evaluate(
        """[...document.querySelectorAll('main button, main input:not([type=hidden]), main select, main a, nav a')]
        .filter(e => { const b = (e.closest('label') || e).getBoundingClientRect(); return b.width && (b.height < 44 || b.width < 44); })
        .map(e => e.outerHTML)"""
    )
    assert small == [], small
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def eventually(ask, *, seconds=PATIENCE):
    """Wait until a question about the world outside the page has a true answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.1)
    return pytest.fail("it never became true")


def fresh_server(folder):
    """A server on a database that holds Testtown and no workshop."""
    server = RoomServer(str(folder), planned=False)
    store = open_store(server.data)
    store.create(
        programme_of(map_from("cost-of-healthy-food -> diet -\n stress -> snacking +")),
        actor=LEAD,
    )
    store.close()
    server.start()
    return server
