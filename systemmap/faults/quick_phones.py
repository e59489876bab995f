"""A hundred phones, an answer a second each: how long a phone waits for "saved".

Answers leave on a fixed clock: a slow server does not slow the phones down, it
makes them wait. In the same run, in turn with the room, the same phones ask the
least server there can be, which syncs a line and answers; what it takes is the
machine's own, and is taken off.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time

from systemmap.faults._fault_test import FaultTest, Result
from systemmap.faults._kept_line import KeptLine
from systemmap.faults._phone_server import (
    RoomPhone,
    RoomServer,
    free_port,
    joined_phones,
)

PROMISE = "100 phones stay quick"
PHONES, TURN = 100, 10  # phones; seconds before the other server has its turn
P95, P99, MOST = 50.0, 250.0, 1_000.0  # milliseconds beyond the machine's own
_LEAST = """
import asyncio, os, sys
kept = os.open(sys.argv[2], os.O_CREAT | os.O_APPEND | os.O_WRONLY)
async def answer(reader, writer):
    while True:
        try:
            head = (await reader.readuntil(b"\\r\\n\\r\\n")).lower()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        length = int(head.partition(b"content-length: ")[2].split(b"\\r\\n", 1)[0])
        os.write(kept, await reader.readexactly(length) + b"\\n")
        os.fdatasync(kept)
        said = b'{"saved": true}'
        writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(said) + said)
async def main():
    async with await asyncio.start_server(answer, "127.0.0.1", int(sys.argv[1])) as s:
        await s.serve_forever()
asyncio.run(main())
"""


def quick_phones(runs: int) -> Result:
    """Let 100 phones answer once a second for `runs` seconds, in turn with the control.

    An answer that was not called saved counts as lost. It is wrong when 19 in 20 wait
    longer than 50 ms beyond the control, 99 in 100 longer than 250 ms, or one
    longer than a second.
    """
    start = time.monotonic()
    ours: list[float] = []
    control: list[float] = []
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        server = RoomServer(folder)
        server.start()
        least_port = free_port()
        words = [sys.executable, "-c", _LEAST, str(least_port), f"{folder}/least.txt"]
        least = subprocess.Popen(words)  # noqa: S603 - words of our own
        try:
            phones = joined_phones(server, PHONES)
            bare = [RoomPhone(least_port, "", "") for _ in phones]
            asyncio.run(_all_answer(phones, -2, 2))  # as a room that has begun
            seconds = 0
            while seconds < runs:
                turn = min(TURN, runs - seconds)
                for there, times in ((phones, ours), (bare, control)):
                    found, refused = asyncio.run(_all_answer(there, seconds, turn))
                    times.extend(found)
                    failed += refused
                seconds += turn
        finally:
            least.terminate()
            least.wait()
            server.stop()
    mine, bare_figures = _figures(ours), _figures(control)
    beyond = [max(0.0, a - b) for a, b in zip(mine, bare_figures, strict=True)]
    limits = (P95, P99, MOST)
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=len(ours) - failed,
        lost=failed,
        wrong=sum(a > b for a, b in zip(beyond, limits, strict=True)),
        seconds=round(time.monotonic() - start, 1),
        figures={
            name: round(value, 1)
            for name, value in zip(
                (
                    "p95 (ms)",
                    "p99 (ms)",
                    "most (ms)",
                    "control p95 (ms)",
                    "control p99 (ms)",
                    "control most (ms)",
                ),
                (*mine, *bare_figures),
                strict=True,
            )
        },
    )


async def _all_answer(
    phones: list[RoomPhone], first: int, seconds: int
) -> tuple[list[float], int]:
    results = await asyncio.gather(
        *(answer_each_second(p, n, first, seconds) for n, p in enumerate(phones))
    )
    return [t for times, _ in results for t in times], sum(f for _, f in results)


async def answer_each_second(
    phone: RoomPhone, number: int, first: int, seconds: int
) -> tuple[list[float], int]:
    """Send an answer a second from one phone; return what each took, and how many failed."""
    line = KeptLine(phone.port, phone.cookie)
    await line.open()
    times, failed = [], 0
    begin = time.monotonic() + random.Random(number).random()  # noqa: S311 - not a secret
    for turn in range(seconds):
        await asyncio.sleep(max(0.0, begin + turn - time.monotonic()))
        form = {
            "text": f"Answer {first + turn} of {number}",
            "key": f"{number}-{first + turn}",
            "token": phone.token,
        }
        said = json.loads(await line.ask("POST", "/room/capture", form))
        failed += not said.get("saved")
        times.append(time.monotonic() - begin - turn)
    line.close()
    return times, failed


def _figures(times: list[float]) -> tuple[float, float, float]:
    ranked = sorted(times)
    at = [ranked[min(len(ranked) - 1, int(len(ranked) * q))] for q in (0.95, 0.99, 1)]
    return at[0] * 1000, at[1] * 1000, at[2] * 1000


FAULT_TEST = FaultTest(key="quick", promise=PROMISE, run=quick_phones)
