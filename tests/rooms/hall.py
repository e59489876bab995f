"""A whole hall on one server: phones, tablets, the live channel, and who sits where."""

from __future__ import annotations

import json
import re
import secrets
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Thread

from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from app import settings
from app.canvas import graph_route, live
from app.rooms import routes
from app.settings import MEMORY, Settings
from systemmap.model.elements import MapVersion
from systemmap.model.values import MapKind
from systemmap.model.workshop import VoteRound, Workshop, WorkshopTable
from systemmap.store import Actor
from systemmap.testing import map_from, programme_of

TOWN = "testtown"
WORDS = "amber-kettle-river"
LEAD = Actor("Facilitator", "facilitator")
PARTS = ("capture", "links", "draw", "vote", "proposals")


def town():
    """Testtown with an open workshop, two tables with maps of their own, and an open vote."""
    programme = programme_of(map_from("stress -> snacking +\n sleep"))
    programme.add(
        Workshop(id="w1", title="Mapping", join_words=WORDS, open=True, rooms=PARTS)
    )
    for number in (1, 2):
        programme.add(
            MapVersion(
                id=f"m{number}",
                name=f"Table {number}",
                kind=MapKind.WORKSHOP_TABLE,
                workshop_id="w1",
            ),
            WorkshopTable(
                id=f"t{number}",
                workshop_id="w1",
                name=f"Table {number}",
                map_id=f"m{number}",
                position=number,
            ),
        )
    programme.add(
        VoteRound(
            id="r1",
            workshop_id="w1",
            question="Which?",
            options=("stress", "snacking"),
            dots=3,
            state="open",
        )
    )
    return programme


@dataclass
class Device:
    """A phone or tablet that has joined: it sends forms, and acts over the live channel."""

    client: TestClient
    seq: int = 0
    nonce: str = field(default_factory=lambda: secrets.token_hex(6))

    def post(self, path, **fields):
        page = self.client.get(path).text
        found = re.search(r'name="token" value="([^"]*)"', page)
        fields["token"] = found[1] if found else ""
        return self.client.post(path, data=fields)

    def ticket(self):
        answer = self.client.get("/room/draw", headers={"accept": "application/json"})
        return answer.json()["ticket"]

    @contextmanager
    def socket(self, ticket=None):
        address = f"/room/live?ticket={ticket or self.ticket()}"
        with self.client.websocket_connect(address) as socket:
            yield Line(socket, self)

    def act(self, *ops, ticket=None):
        """Send acts over a socket of their own; return what the server answered."""
        with self.socket(ticket) as line:
            return line.act(*ops)


@dataclass
class Line:
    """One open socket of a device."""

    socket: object
    device: Device

    def heard(self, *wanted):
        """Return the next message that holds one of the wanted words."""
        while True:
            said = self.next()
            if any(name in said for name in wanted):
                return said

    def next(self, seconds=60):
        """Return the next message; fail rather than wait for ever."""
        answer = Future()

        def wait():
            try:
                answer.set_result(json.loads(self.socket.receive_text()))
            except BaseException as error:  # noqa: BLE001 - handed on as it is
                answer.set_exception(error)

        Thread(target=wait, daemon=True).start()
        return answer.result(seconds)

    def until_shut(self):
        """Return what is heard until the server shuts the line, and the code it says."""
        heard = []
        while True:
            try:
                heard.append(self.next())
            except WebSocketDisconnect as gone:
                return heard, gone.code

    def send(self, *ops):
        sent = []
        for op in ops:
            self.device.seq += 1
            sent.append({"nonce": self.device.nonce, "seq": self.device.seq, **op})
        self.socket.send_text(json.dumps({"ops": sent}))

    def act(self, *ops):
        self.send(*ops)
        return self.heard("ack", "unsaved")


class Hall:
    """The server's routes over one store, in memory where no file is named."""

    def __init__(self, programme=None, data=MEMORY):
        settings.use(Settings(data=data))
        self.store = settings.store()
        self.store.create(programme or town(), actor=LEAD)
        self.app = Starlette(routes=[*routes(), *graph_route.routes(), *live.routes()])

    def visitor(self, peer="192.168.1.50", **headers):
        return TestClient(
            self.app,
            base_url="http://127.0.0.1",
            client=(peer, 50000),
            headers=headers,
        )

    def device(self, table="t1", peer="192.168.1.50"):
        client = self.visitor(peer)
        answer = client.post(f"/j/{WORDS}", data={"table": table})
        assert answer.status_code == 200, answer.text
        return Device(client)

    def change(self, edit, label="Edit"):
        with self.store.editing(TOWN, actor=LEAD, label=label) as draft:
            edit(draft)

    def workshop(self, **fields):
        self.change(lambda d: d.replace(replace(d.find(Workshop, "w1"), **fields)))

    def all(self, record):
        return list(self.programme().all(record).values())

    def programme(self):
        return self.store.load(TOWN)

    def labels(self, map_id):
        factors = self.programme().system_map(map_id).factors.values()
        return sorted(factor.label for factor in factors)

    def close(self):
        settings.close()
