"""Twenty-five people draw on one map: how soon does everybody see a link?

Rival in the same run: asking for the map every two seconds, which is how a
screen without a live channel keeps up.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from socket import socket

PEOPLE, SECONDS, EVERY, POLL = 25, 15, 2.0, 2.0

_SERVER = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from app import settings
from app.canvas import graph_route, live, tickets
from app.settings import Settings
from systemmap.store import Actor
settings.use(Settings(data=sys.argv[2]))
def ticket(request):
    actor = Actor(request.query_params["name"], "admin")
    return PlainTextResponse(tickets.mint(settings.store().secret(), "testtown", "main", actor))
routes = [Route("/ticket", ticket), *graph_route.routes(), *live.routes()]
uvicorn.run(Starlette(routes=routes), port=int(sys.argv[1]), log_level="error",
            ws="websockets-sansio", lifespan="off")
"""


def main() -> None:
    """Print the delay from act to sight, for the live channel and for a poll."""
    from systemmap.store import Actor, open_store
    from systemmap.testing import map_from, programme_of

    names = "\n".join(f"cause-{n}" for n in range(60))
    with tempfile.TemporaryDirectory() as folder:
        data = str(Path(folder) / "town.db")
        made = open_store(data)
        made.create(programme_of(map_from(names)), actor=Actor("x", "admin"))
        made.close()
        with socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen([sys.executable, "-c", _SERVER, str(port), data])
        try:
            _wait(port)
            live, polled, sent = asyncio.run(_measure(port))
        finally:
            server.kill()
            server.wait()
    expected = sent * (PEOPLE - 1)
    print(f"{PEOPLE} people, a link every {EVERY:g} s each, {SECONDS} s: {sent} links")
    print(
        f"seen live     {len(live)} of {expected} · {_figures(live)} · target p95 500 ms"
    )
    print(f"seen by poll  {_figures(polled)}")
    print(f"ratio at p95  {_at(polled, 0.95) / _at(live, 0.95):.0f} times sooner")


async def _measure(port: int) -> tuple[list[float], list[float], int]:
    from websockets.asyncio.client import connect

    acted: dict[str, float] = {}
    live: list[float] = []
    polled: list[float] = []
    pairs = [
        (f"cause-{a}", f"cause-{b}") for a in range(60) for b in range(60) if a != b
    ]
    random.Random(3).shuffle(pairs)  # noqa: S311 - the same order each time
    end = time.perf_counter() + SECONDS

    async def person(number: int) -> None:
        url = f"ws://127.0.0.1:{port}/live?ticket={_ticket(port, number)}"
        async with connect(url, close_timeout=0.2) as line:
            await asyncio.gather(_draw(line, number), _hear(line, number))

    async def _draw(line, number: int) -> None:  # noqa: ANN001
        await asyncio.sleep(EVERY * number / PEOPLE)
        seq = 0
        while time.perf_counter() < end:
            source, target = pairs.pop()
            seq += 1
            acted[f"{source}/{target}/{number}"] = time.perf_counter()
            op = {"op": "add_link", "source": source, "target": target, "polarity": "+"}
            await line.send(
                json.dumps({"ops": [{"nonce": f"p{number}", "seq": seq, **op}]})
            )
            await asyncio.sleep(EVERY)

    async def _hear(line, number: int) -> None:  # noqa: ANN001
        while time.perf_counter() < end + 3:
            try:
                text = await asyncio.wait_for(line.recv(), 0.5)
            except TimeoutError:
                continue
            now = time.perf_counter()
            for row in json.loads(text).get("lines", ()):
                start = f"{row['source']}/{row['target']}/"
                found = [key for key in acted if key.startswith(start)]
                if found and not found[0].endswith(f"/{number}"):
                    live.append(now - acted[found[0]])

    async def poller() -> None:
        seen: set[str] = set()
        ticket = _ticket(port, 99)
        while time.perf_counter() < end:
            await asyncio.sleep(POLL)
            graph = await asyncio.to_thread(_graph, port, ticket)
            now = time.perf_counter()
            lines = {f"{x['source']}/{x['target']}/" for x in graph["lines"]} - seen
            seen |= lines
            for key, at in list(acted.items()):
                if key.rpartition("/")[0] + "/" in lines:
                    polled.append(now - at)

    await asyncio.gather(poller(), *(person(n) for n in range(PEOPLE)))
    return live, polled, len(acted)


def _ticket(port: int, number: int) -> str:
    url = f"http://127.0.0.1:{port}/ticket?name=Person+{number}"
    with urllib.request.urlopen(url) as answer:
        return str(answer.read().decode())


def _graph(port: int, ticket: str) -> dict:
    url = f"http://127.0.0.1:{port}/graph?ticket={ticket}"
    with urllib.request.urlopen(url) as answer:
        return dict(json.loads(gzip.decompress(answer.read())))


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            _ticket(port, 0)
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not start")


def _at(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def _figures(times: list[float]) -> str:
    shares = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0))
    return ", ".join(f"{name} {_at(times, share):.0f} ms" for name, share in shares)
