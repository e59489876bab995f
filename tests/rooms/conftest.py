"""A town's programme with one open workshop, and phones that join it."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.canvas import tickets
from app.programmes import programmes_of
from app.rooms import routes
from app.rooms._forms import FILE_TYPE
from app.rooms._venue import Venue
from systemmap.model.workshop import Contribution, Workshop, WorkshopTable
from systemmap.store import Actor
from systemmap.store.memory import MemoryStore
from systemmap.testing import map_from, programme_of

WORDS = "amber-kettle-river"
SECRET = b"s" * 32
EDITOR = Actor("Facilitator", "facilitator")
LEAD = Actor("this computer", "admin")
RUN = "/run/testtown/w1"


def town():
    """Testtown, with an open mapping workshop of two tables."""
    programme = programme_of(
        map_from("cost-of-healthy-food -> diet -\n stress -> snacking +")
    )
    programme.add(
        Workshop(
            id="w1",
            title="Mapping workshop",
            join_words=WORDS,
            open=True,
            rooms=("capture", "links", "vote", "proposals"),
        ),
        WorkshopTable(id="t1", workshop_id="w1", name="Table 1"),
        WorkshopTable(id="t2", workshop_id="w1", name="Table 2", position=1),
    )
    return programme


@dataclass
class Phone:
    """A phone with scripts off: it follows links and sends forms."""

    client: TestClient
    last: object = field(default=None)

    def open(self, path):
        self.last = self.client.get(path)
        return self.last

    def join(self, table="t1", **more):
        self.open(f"/j/{WORDS}")
        self.last = self.client.post(f"/j/{WORDS}", data={"table": table, **more})
        return self.last

    def hidden(self, name):
        found = re.search(rf'name="{name}" value="([^"]*)"', self.last.text)
        return found[1] if found else ""

    def send(self, path, accept="text/html", **fields):
        if "token" not in fields:
            page = self.client.get(path)
            fields["token"] = re.search(r'name="token" value="([^"]*)"', page.text)[1]
        self.last = self.client.post(path, data=fields, headers={"accept": accept})
        return self.last


@dataclass
class Town:
    store: MemoryStore
    venue: Venue
    app: Starlette

    def phone(self, peer="192.168.1.50"):
        return Phone(
            TestClient(self.app, base_url="http://127.0.0.1", client=(peer, 50000))
        )

    def change(self, edit):
        with self.store.editing("testtown", actor=EDITOR, label="Edit") as draft:
            edit(draft)

    def programme(self):
        return self.store.load("testtown")

    def notes(self):
        return list(self.programme().all(Contribution).values())


@pytest.fixture
def hall():
    """The town on a fresh store, with its rooms served."""
    store = MemoryStore()
    store.create(town(), actor=EDITOR)
    venue = Venue(programmes_of(store), SECRET)
    yield Town(store, venue, Starlette(routes=routes(lambda: venue)))
    store.close()


class Desk:
    def __init__(self, hall):
        self.hall = hall
        self.ticket = tickets.mint(SECRET, "testtown", "main", LEAD, workshop_id="w1")
        self.client = hall.phone(peer="127.0.0.1").client

    def act(self, name, **fields):
        answer = self.client.post(
            f"{RUN}?ticket={self.ticket}",
            data={"act": name, **fields},
            headers={"accept": "application/json"},
        )
        return answer.json()

    def send_file(self, act, file, **fields):
        """Send a form with a file behind it, as the page's script does."""
        heads = {"accept": "application/json", "content-type": FILE_TYPE}
        body = urlencode({"act": act, **fields}).encode() + b"\n" + file
        address = f"{RUN}?ticket={self.ticket}"
        return self.client.post(address, content=body, headers=heads).json()

    def page(self, look=""):
        asked = f"&look={look}" if look else ""
        return self.client.get(f"{RUN}?ticket={self.ticket}{asked}").text

    def wall(self):
        path = f"/room/present/testtown/w1?ticket={self.ticket}"
        return self.client.get(path).text

    def workshop(self):
        return self.hall.programme().find(Workshop, "w1")


@pytest.fixture
def desk(hall):
    """The facilitator's page: `act` sends a form, `page` returns what stands there."""
    return Desk(hall)


def say(hall, text, table="t1", phone=None):
    phone = phone or hall.phone()
    phone.join(table)
    phone.send("/room/capture", text=text, key=f"{table}{text}")
    return phone
