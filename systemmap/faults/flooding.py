"""One canvas of twenty-five says all it can: the others still save at once."""

from __future__ import annotations

import secrets
import tempfile
import time
from contextlib import closing
from pathlib import Path

from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.faults._hall import Hall, figures, judged
from systemmap.faults._phone_server import RoomServer
from systemmap.faults._tried_room import Scene, ticket_of
from systemmap.faults._wires import Wire, message, other_addresses
from systemmap.store import open_store

PROMISE = "One canvas that floods delays no other canvas and no phone"
CANVASES, FEW = 25, 3
PHONES = 10
USUAL, SECONDS, FEWEST = 100, 60.0, 2.0  # runs, and what a full one takes
SAVES_P95 = 0.25
"""Seconds in which 19 of 20 saves are done while one canvas floods."""
_BATCH = 200  # undos in one message
_BETWEEN = 20  # positions said before each batch


def flooding(runs: int, seed: int | None = None) -> Result:
    """Let 24 tablets draw and 10 phones save while a 25th canvas floods.

    It says where it is and asks for large batches of undos as fast as the
    server reads them, and comes back as soon as it is cut off.

    Parameters
    ----------
    runs : int
        100 is a minute; fewer is less time and fewer tablets. How long saving
        took is judged from 100 on.
    """
    other_addresses()
    start = time.monotonic()
    share = min(runs, USUAL) / USUAL
    with tempfile.TemporaryDirectory() as folder:
        server = RoomServer(folder, rooms=("capture", "draw"))
        tablets = max(FEW, round(CANVASES * share)) - 1
        room = Hall(
            server,
            max(FEWEST, SECONDS * share),
            chance_from(seed),
            phones=max(FEW, round(PHONES * share)),
            tables=server.tables[:1] * tablets,
        )
        scene = Scene(port=server.port, words=server.words, tables=tuple(server.tables))
        server.start()
        try:
            tried, broken = room.run_beside(scene, (flood_a_canvas,))
            memory = server.most_memory()
        finally:
            server.stop()
        log = Path(server.log).read_text(encoding="utf-8", errors="replace")
        store = open_store(server.data)
        try:
            lost, wrong = judged(store, room)
        finally:
            store.close()
    found = figures(room, memory, log)
    if runs >= USUAL:
        broken |= too_slow(found)
    return Result(
        promise=PROMISE,
        runs=tried,
        acknowledged=len(room.saved) + sum(p.acknowledged.total() for p in room.people),
        lost=lost,
        wrong=wrong + room.gave_up + len(broken),
        seconds=round(time.monotonic() - start, 1),
        figures={**found, **{f"not as promised: {words}": 1 for words in broken}},
    )


def too_slow(found: dict[str, float]) -> set[str]:
    """Return which saves took longer than promised."""
    return {
        f"{name} {value:,.0f}, not {1_000 * SAVES_P95:,.0f}"
        for name, value in found.items()
        if name.endswith("p95 ms") and value > 1_000 * SAVES_P95
    }


def flood_a_canvas(scene: Scene) -> set[str]:
    """Open a canvas at the first table and say as much as it will bear."""
    source, end = f"{scene.place}30", time.monotonic() + scene.bout
    ticket, nonce, turn = ticket_of(scene, source, 0), secrets.token_hex(8), 0
    undo = {"nonce": nonce, "op": "undo", "revision": 1}
    with closing(Wire(scene.port, source)) as line:
        if not line.upgrade(f"/room/live?ticket={ticket}"):
            return {"the canvas that floods was not let in"}
        while line.open_still() and time.monotonic() < end:
            said = [message({"at": f"factor-{turn + n}"}) for n in range(_BETWEEN)]
            turn += _BETWEEN
            ops = [{**undo, "seq": turn * _BATCH + n} for n in range(_BATCH)]
            words = b"".join([*said, message({"ops": ops})])
            line.say(words, within=max(0.1, end - time.monotonic()))
    return set()


FAULT_TEST = FaultTest(key="flooding", promise=PROMISE, run=flooding)
