"""Strangers on the Wi-Fi against a room at work: nothing is lost, and saving stays quick."""

from __future__ import annotations

import string
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.faults._hall import PHONES, Hall, figures, judged
from systemmap.faults._phone_server import LEAD, TOWN, RoomPhone, RoomServer
from systemmap.faults._strangers import KINDS
from systemmap.faults._tried_room import Scene
from systemmap.faults._wires import other_addresses
from systemmap.store import open_store
from systemmap.workshops.kits import kit
from systemmap.workshops.running import (
    close_room,
    open_room,
    plan_workshop,
    tables_of,
)

PROMISE = "Strangers on the same Wi-Fi lose, change and delay nothing"
USUAL = 100  # bouts of strangers that stand for ten minutes of a workshop
SECONDS = 60.0  # which are sped up ten times
FEWEST, FEW_PHONES, FEW_TABLETS = 2.0, 6, 2  # in the shortest run
SAVES_P95 = 0.5
"""Seconds in which 19 of 20 saves are done, whatever strangers do."""
MEMORY, LOG = 400.0, 5.0
"""Megabytes the program holds at most, and writes to its log."""
REPEATED = 30
"""How often a line of the log may be repeated."""
_NO_DIGITS = str.maketrans("", "", string.digits)
_HALF_SAID = 40.0  # seconds until the server must have hung up on what is half said


def crowd(runs: int, seed: int | None = None) -> Result:
    """Let strangers try everything while 40 phones save and 6 tables draw.

    Half requests, floods, guesses, big frames, forged and old tickets and
    other tables' undos come in turn, each from addresses of its own. With
    100 bouts the room works for a minute, as fast as it would in ten; memory,
    the log and how long saving took are judged then too.

    Parameters
    ----------
    runs : int
        How many bouts; with fewer than 100, less time and fewer phones.
    """
    other_addresses()
    start = time.monotonic()
    share = min(runs, USUAL) / USUAL
    with tempfile.TemporaryDirectory() as folder:
        server = RoomServer(folder, rooms=("capture", "draw"))
        scene = Scene(port=server.port, words=server.words, tables=tuple(server.tables))
        if runs >= USUAL:
            scene = replace(scene, old_ticket=_old_ticket(server), patience=_HALF_SAID)
        else:
            scene = replace(scene, bout=1.0, right_within=60.0)
        tablets = max(FEW_TABLETS, round(len(server.tables) * share))
        room = Hall(
            server,
            max(FEWEST, SECONDS * share),
            chance_from(seed),
            phones=max(FEW_PHONES, round(PHONES * share)),
            tables=server.tables[:tablets],
        )
        server.start()
        try:
            tried, broken = room.run_beside(scene, KINDS)
            memory = server.most_memory()
        finally:
            server.stop()
        log = Path(server.log).read_text(encoding="utf-8", errors="replace")
        store = open_store(server.data)
        try:
            judgement = judged(store, room)
        finally:
            store.close()
    broken |= said_too_often(log)
    found = figures(room, memory, log)
    if runs >= USUAL:
        broken |= too_much(found)
    return result_of(room, tried, broken, judgement, found, time.monotonic() - start)


def result_of(
    room: Hall,
    tried: int,
    broken: set[str],
    judgement: tuple[int, int],
    found: dict[str, float],
    seconds: float,
) -> Result:
    """Return what is told of a run: whatever did not hold counts as wrong."""
    lost, wrong = judgement
    return Result(
        promise=PROMISE,
        runs=tried,
        acknowledged=len(room.saved) + sum(p.acknowledged.total() for p in room.people),
        lost=lost,
        wrong=wrong + room.gave_up + len(broken),
        seconds=round(seconds, 1),
        figures={**found, **{f"not as promised: {words}": 1 for words in broken}},
    )


def said_too_often(log: str) -> set[str]:
    """Return what is wrong with a log: a line that is repeated without bound."""
    lines = Counter(line.translate(_NO_DIGITS) for line in log.splitlines())
    often = max(lines.values(), default=0)
    return {"the log repeats a line without bound"} if often > REPEATED else set()


def too_much(found: dict[str, float]) -> set[str]:
    """Return which of the figures are not as promised."""
    limits = {
        "saves of phones, p95 ms": 1_000 * SAVES_P95,
        "acts of tablets, p95 ms": 1_000 * SAVES_P95,
        "log, KB": 1_000 * LOG,
        "memory, MB": MEMORY,
    }
    return {
        f"{name} {found[name]:,.0f}, not {most:,.0f}"
        for name, most in limits.items()
        if found.get(name, 0.0) > most
    }


def _old_ticket(server: RoomServer) -> str:
    """Return a tablet's ticket of a workshop that has been closed since."""
    store = open_store(server.data)
    try:
        with store.editing(TOWN, actor=LEAD, label="Plan another") as draft:
            planned = plan_workshop(draft, kit("mapping_workshop"))
            draft.replace(replace(planned, rooms=("capture", "draw")))
            words = open_room(draft, planned.id).join_words
            table = tables_of(draft, planned.id)[0].id
    finally:
        store.close()
    server.start()
    try:
        phone = RoomPhone(server.port, words, table)
        phone.join()
        ticket = str(phone.ask("/room/draw").get("ticket", ""))
        phone.hang_up()
    finally:
        server.stop()
    store = open_store(server.data)
    try:
        with store.editing(TOWN, actor=LEAD, label="Close it") as draft:
            close_room(draft, planned.id)
    finally:
        store.close()
    return ticket


FAULT_TEST = FaultTest(key="crowd", promise=PROMISE, run=crowd)
