"""Two systemmap processes on one PostgreSQL behind the handbook's nginx."""

from __future__ import annotations

import asyncio
import json
import re
import ssl
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from systemmap.model.workshop import Contribution
from systemmap.store import Actor, ProgrammeStore, open_store
from tests.app.live_server import free_port, wait_until_up
from tests.canvas.client import run
from tests.hosting import examples
from tests.hosting.conftest import BASE, process, settings_of, until_it_listens
from tests.rooms import hall
from tests.store.places import migrated

if TYPE_CHECKING:
    from subprocess import Popen

STICKS_BY = "_streamlit_xsrf"  # the cookie by which the example's nginx chooses


@dataclass
class Pair:
    """Where both are, and what they keep."""

    address: str
    tls: ssl.SSLContext
    ports: list[int]
    processes: list[Popen]
    store: ProgrammeStore
    clients: ExitStack

    def answered(self):
        """Return how many phones' requests each process answered so far."""
        return [_counted(port) for port in self.ports]

    def tablets(self):
        """Return a tablet of table 1 for each process, found by who answers it."""
        found = {}
        for number in range(40):
            tablet = Tablet(self, str(number))
            before = self.answered()
            tablet.client.get(f"{BASE}/j")
            grew = [a > b for a, b in zip(self.answered(), before, strict=True)]
            found.setdefault(grew.index(True), tablet)
            if len(found) == len(self.ports):
                return [found[n] for n in sorted(found)]
        return pytest.fail("nginx sent every browser to one process")


def _counted(port):
    address = f"http://127.0.0.1:{port}/metrics"
    with urllib.request.urlopen(address, timeout=60) as answer:
        rows = re.findall(
            r'_requests_total\{kind="phone",status="2xx"\} (\S+)',
            answer.read().decode(),
        )
    return sum(map(float, rows))


class Tablet:
    """A tablet in the room: it joins once, and draws over a socket."""

    def __init__(self, pair, sticks):
        self.pair = pair
        self.client = pair.clients.enter_context(
            httpx.Client(
                base_url=pair.address,
                verify=pair.tls,
                timeout=60,
                cookies={STICKS_BY: sticks},
            )
        )

    def join(self):
        self.client.post(f"{BASE}/j/{hall.WORDS}", data={"table": "t1"})
        page = self.client.get(f"{BASE}/room/capture")
        self.token = re.search(r'name="token" value="([^"]+)"', page.text)[1]

    def with_pass_of(self, other):
        """Be the same phone at the other process, as after a change of its address."""
        for cookie in other.client.cookies.jar:
            if cookie.name != STICKS_BY:
                self.client.cookies.jar.set_cookie(cookie)
        self.token = other.token

    def say(self, text, key):
        answer = self.client.post(
            f"{BASE}/room/capture",
            data={"text": text, "key": key, "token": self.token},
            headers={"accept": "application/json"},
        )
        return answer.json()

    def live(self):
        asked = {"accept": "application/json"}
        ticket = self.client.get(f"{BASE}/room/draw", headers=asked).json()["ticket"]
        held = SimpleCookie({c.name: c.value for c in self.client.cookies.jar})
        return connect(
            f"{self.pair.address.replace('https', 'wss')}{BASE}/room/live?ticket={ticket}",
            ssl=self.pair.tls,
            origin=self.pair.address,
            additional_headers={"cookie": held.output(header="", sep=";").strip()},
        )


@pytest.fixture
def pair(postgres, tmp_path):
    url = migrated(postgres)
    ports, outside = [free_port(), free_port()], free_port()
    store = open_store(url)
    store.create(hall.town(), actor=Actor("x", "admin"))
    settings_of(tmp_path, ports[0], outside, 9)
    with ExitStack() as stack:
        stack.callback(store.close)
        command = ["-m", "systemmap", "--data", url, "--port"]
        processes = [
            stack.enter_context(
                process(
                    tmp_path,
                    f"systemmap{port}",
                    [*command, str(port)],
                    lambda _running, _log: None,
                )
            )
            for port in ports
        ]
        for port, running in zip(ports, processes, strict=True):
            ready = f"http://127.0.0.1:{port}/readyz"
            wait_until_up(running, ready, tmp_path / f"systemmap{port}.log")
        proxy = examples.nginx(tmp_path, outside, *ports)
        stack.enter_context(
            process(tmp_path, "nginx", proxy, until_it_listens(outside))
        )
        tls = ssl.create_default_context(cafile=tmp_path / "cert.pem")
        at = f"https://{examples.NAME}:{outside}"
        yield Pair(at, tls, ports, processes, store, stack)


async def heard(socket, wanted):
    """Return the next message in which `wanted` finds something."""
    async with asyncio.timeout(60):
        async for text in socket:
            if wanted(said := json.loads(text)):
                return said
    raise AssertionError("The socket was shut")


def drawn(name, seq):
    return {
        "op": "add_factor",
        "id": name,
        "label": name.title(),
        "x": 0,
        "y": 0,
        "nonce": "n",
        "seq": seq,
    }


def shows(name):
    return lambda said: any(box["id"] == name for box in said.get("boxes", ()))


def test_it_does_not_matter_which_process_a_phone_or_a_socket_is_at(pair):
    first, second = pair.tablets()
    first.join()
    second.with_pass_of(first)

    for tablet in (first, second, first):  # sent anew, since no answer came
        assert tablet.say("Too few buses", "k1")["saved"]
    assert second.say("Dark streets", "k2")["saved"]
    notes = [
        note.text for note in pair.store.load(hall.TOWN).all(Contribution).values()
    ]
    assert sorted(notes) == ["Dark streets", "Too few buses"]

    async def work():
        async with first.live() as here, second.live() as there:
            for socket in (here, there):
                await heard(socket, lambda said: "hello" in said)
            await here.send(json.dumps({"ops": [drawn("parks", 1)]}))
            await heard(there, shows("parks"))  # live, from the other process
            pair.processes[0].kill()
            with pytest.raises((ConnectionClosed, AssertionError)):
                await heard(here, lambda _said: False)
            async with first.live() as again:  # nginx leads it to the other
                await heard(again, lambda said: "hello" in said)
                ops = {"ops": [drawn("parks", 1), drawn("paths", 2)]}
                await again.send(json.dumps(ops))
                told = await heard(again, lambda said: "ack" in said)
                assert (told["ack"], told["refused"]) == ({"n": 2}, [])
                await heard(there, shows("paths"))

    run(work())
    labels = [
        f.label for f in pair.store.load(hall.TOWN).system_map("m1").factors.values()
    ]
    assert sorted(labels) == ["Dark streets", "Parks", "Paths", "Too few buses"]
    assert first.say("Too few buses", "k1")["saved"]  # to the one that is left
    assert len(pair.store.load(hall.TOWN).all(Contribution)) == 2
