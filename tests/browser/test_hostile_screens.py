"""Hostile text in every field of a programme, shown on every screen and in every room."""

from dataclasses import fields, replace

import pytest

from app.screens import SCREENS as MENU
from systemmap.bundled.examples import example
from systemmap.faults._phone_server import RoomServer
from systemmap.model.kinds import KINDS
from systemmap.model.text import clean, clean_label
from systemmap.model.values import now
from systemmap.model.workshop import (
    Contribution,
    LinkStatement,
    Proposal,
    VoteRound,
    Workshop,
    WorkshopTable,
)
from systemmap.store import open_store
from tests.browser.conftest import STILL, arrive, until
from tests.browser.hand import API, HOST, READY
from tests.browser.hostile import harm_in, listening, payloads
from tests.browser.room_town import LEAD, Hall
from tests.browser.test_journey import KNOWN
from tests.sizes import WHOLE, spread

WORDS = "amber-kettle-river"
SHARE = 1 if WHOLE else 4  # of the notes, each as hostile as the next
LINES = "name label title area_name board lead organisation owner partners source_raw target_raw"
NOTES = (
    "text note notice reason goal purpose narrative destination body address capacity web benefits "
    "owners_raw progress_raw status_note outcomes evidence scale_reason question held_reason priority_method "
    "unit licence value_note rating_reason stage contact"
)
SEVERAL = ("aims", "measures", "owners", "organisations", "prompts", "values")
STAGES = ("welcome", "wall", "links", "vote", "proposals", "focus", "thanks")
ROOMS = ("capture?list=1", "links", "vote", "proposals", "others", "draw")
SCREENS = [screen.key for screen in MENU.values()]


class Poison:
    """Fills text fields with the next hostile text, and counts them."""

    def __init__(self, spy):
        self.texts = payloads(6_000, spy)
        self.used = 0

    def line(self):
        self.used += 1
        return clean_label(self.texts[self.used - 1]) or "x"

    def note(self):
        self.used += 1
        return clean(self.texts[self.used - 1]).strip() or "x"

    def record(self, record):
        """Return a record with hostile text in each of its text fields."""
        new = {}
        for field in fields(record):
            value = getattr(record, field.name)
            if field.name in LINES.split() and isinstance(value, str):
                new[field.name] = self.line()
            elif field.name in NOTES.split() and isinstance(value, str):
                new[field.name] = self.note()
            elif field.name in SEVERAL and isinstance(value, tuple):
                new[field.name] = (self.line(), self.line())
        return replace(record, **new)


def poisoned(poison):
    """The example, every text of it hostile, with a room open in the middle of a workshop."""
    programme = example()
    chosen = next(iter(programme.all(Workshop).values()))
    programme.replace(
        replace(
            chosen,
            open=True,
            join_words=WORDS,
            rooms=("capture", "links", "draw", "vote", "proposals", "others"),
        )
    )
    tables = [
        t for t in programme.all(WorkshopTable).values() if t.workshop_id == chosen.id
    ]
    said = {"workshop_id": chosen.id, "table_id": tables[0].id, "at": now()}
    programme.add(
        *(Contribution(id=f"h{n}", text="x", **said) for n in range(560 // SHARE)),
        *(
            LinkStatement(
                id=f"h{n}",
                source_raw="x",
                target_raw="x",
                polarity="+",
                **said,
            )
            for n in range(120 // SHARE)
        ),
        *(
            Proposal(id=f"h{n}", subject="factor:stress", title="x", **said)
            for n in range(60 // SHARE)
        ),
        VoteRound(
            id="h",
            workshop_id=chosen.id,
            question="x",
            state="open",
            options=tuple(programme.system_map().factors)[:24],
            opened_at=now(),
        ),
    )
    for described in KINDS.values():
        for record in list(programme.all(described.record).values()):
            programme.replace(poison.record(record))
    return programme


@pytest.fixture(scope="module")
def spied():
    with listening() as found:
        yield found


@pytest.fixture(scope="module")
def poison(spied):
    return Poison(spied[0])


@pytest.fixture(scope="module")
def hall(browser, poison, tmp_path_factory):
    server = RoomServer(str(tmp_path_factory.mktemp("hostile")), planned=False)
    store = open_store(server.data)
    store.create(poisoned(poison), actor=LEAD)
    with store.editing("sampleshire", actor=LEAD, label=poison.line()) as draft:
        draft.replace(replace(draft.system_map().factor("stress"), note=poison.note()))
    server.start()
    yield Hall(server, browser, store)
    store.close()
    server.stop()


def harmless(page, hall, spied, where):
    """Nobody's text became part of the page, ran, or called anybody."""
    spy, calls = spied
    for frame in page.frames:  # an open room has its page in one
        assert harm_in(frame, spy) == [], where
    assert page.said == [], where
    assert {url for url in hall.asked if not ours(url, hall)} == set(), where
    assert (calls, hall.faults) == ([], []), where


def ours(url, hall):
    return url.startswith((hall.base, "data:", "blob:"))


def watched(hall, **device):
    page = hall.somebody(**device)
    page.said = []
    page.on("console", lambda message: known(message) or page.said.append(message.text))
    return page


def known(message):
    """On a screen's own address Streamlit first looks for its own pages in the wrong place."""
    return message.text.startswith(KNOWN) or "/_stcore/" in message.location["url"]


def test_thousands_of_hostile_fields_on_every_screen_stay_text(hall, poison, spied):
    """What a screen may show people's words with is asked of all in test_constructs.py."""
    assert poison.used >= 4_000 if WHOLE else 1_500, poison.used
    page = watched(hall, width=1366, height=1000, touch=False)
    hall.show(page, "map?programme=sampleshire")
    for screen in {"map": None, **dict.fromkeys(spread(SCREENS, 12))}:
        path = "" if screen == "home" else screen
        arrive(page, f"{hall.base}/{path}?programme=sampleshire")
        until(page, f"document.title.startsWith('{MENU[screen].title} – ')")
        page.locator(STILL).wait_for()
        assert page.locator("[data-testid=stException]").count() == 0, screen
        if screen == "map":
            _walk_the_map(page)
        harmless(page, hall, spied, screen)


def _walk_the_map(page):
    until(page, READY)
    page.locator(".sm-list").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.mouse.move(*page.evaluate(f"Object.values({API}.spot('stress'))"))
    page.get_by_role("button", name="Edit", exact=True).click()
    until(page, f"{HOST}.querySelectorAll('.sm-ask input').length > 0")
    words = page.evaluate(f"[...{API}.state.boxes.values()].map((box) => box.label)")
    assert any("<" in label for label in words)  # it is there, as text
    for tab in ("Table", "In words"):
        page.get_by_role("radio", name=tab).click()


def test_four_thousand_hostile_fields_in_every_room_stay_text(hall, spied):
    page = watched(hall, width=1000, height=800)
    page.goto(f"{hall.base}/j/{WORDS}")
    harmless(page, hall, spied, "join")
    page.locator("input[name=table][value=ash]").check()
    page.get_by_role("button", name="Go in").click()
    page.locator("h1").first.wait_for()
    for room in ROOMS:
        page.goto(f"{hall.base}/room/{room}")
        page.locator("h1").first.wait_for()
        harmless(page, hall, spied, room)
    until(page, READY)
    harmless(page, hall, spied, "the drawing itself")


def test_hostile_fields_on_the_big_screen_stay_text(hall, spied):
    page = watched(hall, width=1920, height=1080, touch=False)
    (workshop,) = (
        w for w in hall.store.load("sampleshire").all(Workshop).values() if w.open
    )
    for stage in STAGES:
        with hall.store.editing("sampleshire", actor=LEAD, label="Show") as draft:
            now_shown = draft.find(Workshop, workshop.id)
            draft.replace(replace(now_shown, screen=stage, focus="factor:stress"))
        page.goto(f"{hall.base}/room/present/sampleshire/{workshop.id}")
        page.locator(f"main.{stage}, main").first.wait_for()
        harmless(page, hall, spied, stage)


def test_the_control_without_escaping_is_caught(browser, tmp_path, spied):
    """The same watch on a page that places people's text as it comes."""
    spy, _ = spied
    path = tmp_path / "careless.html"
    texts = "".join(f"<p>{text}</p>" for text in payloads(400, spy))
    path.write_text(texts.replace("<meta", "<m"), encoding="utf-8", newline="\n")
    page = browser.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert "RAN" in said
    assert any(url.startswith(spy) for url in asked)
    assert harm_in(page, spy) != []
    page.close()
