"""Ten teams at once, 40 phones and a tablet each: two processes, one PostgreSQL, nginx with TLS.

Everything runs on this machine, the phones too: the handbook's own nginx, each
team behind an address of its own, as a venue is. Prints how long people waited,
what was lost, and what a save cost, from which larger servers are reckoned on
paper. Run with ``python -m benchmarks ten_teams``.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import ssl
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psycopg
from websockets.asyncio.client import connect

from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.workshop import Contribution
from systemmap.store import Actor, open_store
from systemmap.workshops.kits import kit
from systemmap.workshops.running import open_room, plan_workshop, tables_of
from tests.app.live_server import free_port, wait_until_up
from tests.hosting import examples
from tests.hosting.conftest import BASE, process, settings_of, until_it_listens
from tests.store.cluster import cluster

if TYPE_CHECKING:
    from subprocess import Popen

TEAMS, PHONES, PROCESSES = 10, 40, 2
JOINING, SECONDS, EACH, MOVES = 30.0, 60.0, 10.0, 2.0
"""How long a hall takes to join, how long it works, and how often each phone sends a note and each tablet moves a cause."""
_EVENTS = "events { worker_connections 4096; }"
NAMES = ("join", "note saved", "move saved")
WANTED = {"join": 2.0, "note saved": 0.5, "move saved": 0.5}
"""Seconds in which 19 of 20 should be done."""


@dataclass
class Team:
    """One council's room: where its people call from, and what they were told."""

    number: int
    programme: str
    words: str
    tables: list[str]
    saved: list[str] = field(default_factory=list)


@dataclass
class Hosting:
    """Where the teams meet."""

    address: str
    tls: ssl.SSLContext
    times: dict[str, list[float]] = field(
        default_factory=lambda: {name: [] for name in NAMES}
    )
    refused: int = 0


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)  # PostgreSQL's own user looks in
        url = stack.enter_context(cluster(fsync=True)).new_database()
        store = open_store(url)
        stack.callback(store.close)
        teams = [_begun(store, number) for number in range(TEAMS)]
        hosting, processes = _started(stack, folder, url)
        before = [_cpu(one.pid) for one in processes]
        asyncio.run(_all_at_once(hosting, teams))
        spent = sum(_cpu(p.pid) - b for p, b in zip(processes, before, strict=True))
        held = [f"{_memory(one.pid):.0f} MB" for one in processes]
        asked = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        )
        with psycopg.connect(url) as connection:
            (connections,) = connection.execute(asked).fetchone() or (0,)
        lost = doubled = 0
        for team in teams:
            notes = [
                n.text for n in store.load(team.programme).all(Contribution).values()
            ]
            lost += len(set(team.saved) - set(notes))
            doubled += len(notes) - len(set(notes))
    _told(hosting, teams, lost, doubled)
    acts = sum(len(hosting.times[name]) for name in NAMES[1:])
    each = spent / max(acts, 1)
    print(
        f"processes hold {', '.join(held)}; {connections} connections to PostgreSQL\n"
        f"on paper: {1_000 * each:.0f} ms of the processes' time a save (joins and all), so a core "
        f"of their own, half busy, carries {0.5 / each * EACH:,.0f} phones with a note every {EACH:g} s"
    )


def _begun(store, number: int) -> Team:  # noqa: ANN001 - a store
    programme = Programme(ProgrammeInfo(id=f"team-{number}", name=f"Team {number}"))
    workshop = plan_workshop(programme, kit("mapping_workshop"))
    programme.replace(replace(workshop, rooms=("capture", "draw")))
    words = open_room(programme, workshop.id).join_words
    tables = [table.id for table in tables_of(programme, workshop.id)]
    store.create(programme, actor=Actor("Facilitator", "admin"))
    return Team(number, programme.id, words, tables)


def _started(stack: ExitStack, folder: Path, url: str) -> tuple[Hosting, list[Popen]]:
    ports, outside = [free_port() for _ in range(PROCESSES)], free_port()
    settings_of(folder, ports[0], outside, 9)
    command = [sys.executable, "-m", "systemmap", "--data", url, "--port"]
    processes = [
        stack.enter_context(
            process(folder, f"app{port}", [*command, str(port)], lambda *_: None)
        )
        for port in ports
    ]
    for port, running in zip(ports, processes, strict=True):
        ready = f"http://127.0.0.1:{port}/readyz"
        wait_until_up(running, ready, folder / f"app{port}.log")
    proxy = examples.nginx(folder, outside, *ports)
    main_file = folder / "nginx.conf"  # Debian's 768 are used up by 380 phones
    words = main_file.read_text().replace("events {}", _EVENTS)
    main_file.write_text(words)
    stack.enter_context(process(folder, "nginx", proxy, until_it_listens(outside)))
    tls = ssl.create_default_context(cafile=folder / "cert.pem")
    return Hosting(f"https://{examples.NAME}:{outside}", tls), processes


async def _all_at_once(hosting: Hosting, teams: list[Team]) -> None:
    async with asyncio.TaskGroup() as group:
        for team in teams:
            venue = httpx.AsyncHTTPTransport(
                verify=hosting.tls, local_address=f"127.0.4.{team.number + 1}"
            )
            for number in range(PHONES):
                group.create_task(_phone(hosting, team, venue, number))
            group.create_task(_tablet(hosting, team, venue))


async def _joined(
    hosting: Hosting, team: Team, venue: httpx.AsyncHTTPTransport, number: int
) -> tuple[httpx.AsyncClient, str]:
    await asyncio.sleep(JOINING * number / PHONES)
    client = httpx.AsyncClient(base_url=hosting.address, transport=venue, timeout=60)
    begun = time.perf_counter()
    table = team.tables[number % len(team.tables)]
    await client.post(f"{BASE}/j/{team.words}", data={"table": table})
    page = await client.get(f"{BASE}/room/capture")
    hosting.times["join"].append(time.perf_counter() - begun)
    found = re.search(r'name="token" value="([^"]+)"', page.text)
    if not found:
        hosting.refused += 1
    return client, found[1] if found else ""


async def _phone(
    hosting: Hosting, team: Team, venue: httpx.AsyncHTTPTransport, number: int
) -> None:
    client, token = await _joined(hosting, team, venue, number)
    begin = time.perf_counter() + EACH * number / PHONES
    for turn in range(int(SECONDS / EACH)):
        due = begin + turn * EACH
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        text = f"Note {turn} of phone {number}, team {team.number}"
        answer = await client.post(
            f"{BASE}/room/capture",
            data={"text": text, "key": f"{number}-{turn}", "token": token},
            headers={"accept": "application/json"},
        )
        if answer.status_code == 200 and answer.json().get("saved"):
            team.saved.append(text)
            hosting.times["note saved"].append(time.perf_counter() - due)
        else:
            hosting.refused += 1


async def _tablet(
    hosting: Hosting, team: Team, venue: httpx.AsyncHTTPTransport
) -> None:
    client, _ = await _joined(hosting, team, venue, 0)
    asked = await client.get(
        f"{BASE}/room/draw", headers={"accept": "application/json"}
    )
    ticket = asked.json()["ticket"]
    cookies = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
    async with connect(
        f"{hosting.address.replace('https', 'wss')}{BASE}/room/live?ticket={ticket}",
        ssl=hosting.tls,
        origin=hosting.address,
        local_addr=(f"127.0.4.{team.number + 1}", 0),
        additional_headers={"cookie": cookies},
        max_size=None,
    ) as line:
        own = {"op": "add_factor", "id": "own", "label": "Own", "x": 0, "y": 0}
        await _acted(line, own, 1)
        for turn in range(2, int(SECONDS / MOVES)):
            await asyncio.sleep(MOVES)
            begun = time.perf_counter()
            move = {"id": "own", "x": float(turn), "y": 0.0}
            await _acted(line, {"op": "move", "moves": [move]}, turn)
            hosting.times["move saved"].append(time.perf_counter() - begun)


async def _acted(line, op: dict, seq: int) -> None:  # noqa: ANN001 - a socket
    await line.send(json.dumps({"ops": [{"nonce": "n", "seq": seq, **op}]}))
    async for text in line:
        if json.loads(text).get("ack", {}).get("n", 0) >= seq:
            return


def _told(hosting: Hosting, teams: list[Team], lost: int, doubled: int) -> None:
    saved = sum(len(team.saved) for team in teams)
    print(
        f"{TEAMS} teams × {PHONES} phones and a tablet, {PROCESSES} processes, {SECONDS:g} s, "
        f"load {os.getloadavg()[0]:.1f}\n{saved:,} notes said to be saved, {lost} lost, "
        f"{doubled} doubled, {hosting.refused} refused"
    )
    for name, times in hosting.times.items():
        ranked = sorted(times)
        p50, p95 = (ranked[int(len(ranked) * share)] for share in (0.5, 0.95))
        met = "reached" if p95 <= WANTED[name] else "NOT reached"
        print(
            f"{name:11} p50 {p50:.2f}, p95 {p95:.2f}, longest {ranked[-1]:.2f} s; "
            f"p95 ≤ {WANTED[name]:g} s: {met}"
        )


def _cpu(pid: int) -> float:
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
