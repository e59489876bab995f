"""The worst answers of all readers on texts made to take long, and a phone meanwhile.

Every reader reads every text of `_hostile_texts.py` at 200,000 bytes, and the files
that are small and hold much. The slowest are then brought in as a person brings
them in, one after the other, by the process that also answers phones: a phone asks
for its page twenty times a second. Wanted: each answer within 3 s, and each page
within 0.3 s.
"""

from __future__ import annotations

import http.client
import os
import re
import resource
import socket
import statistics
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import uvicorn
from starlette.applications import Starlette

from app.programmes import programmes_of
from app.rooms import routes
from app.rooms._venue import Venue
from benchmarks._hostile_texts import PUMPS, Hostile, aimed, packed, plain, repeated
from systemmap.errors import SystemMapError
from systemmap.formats import FORMATS, read_within, recognise
from systemmap.formats.sighting import Sighting
from systemmap.model.workshop import Workshop
from systemmap.store import Actor
from systemmap.store.memory import MemoryStore
from systemmap.testing import map_from, programme_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ANSWER, PAGE = 3.0, 0.3  # seconds wanted
_SLOWEST = 15
_PLAIN = (
    "arrows",
    "cause_list",
    "links_csv",
    "loopy",
    "minute_text",
    "plan_html",
    "plan_text",
    "vensim",
)
_WORDS = "amber-kettle-river"
Read = tuple[float, str, Hostile]  # seconds of processor time, reader, text


def main() -> None:
    """Print the slowest readings, then the worst answers with a phone beside them."""
    texts = [*aimed(), *plain()]
    slowest = _slowest(texts)
    print(
        f"{len(texts)} texts of 200 kB, load {os.getloadavg()[0]:.1f}. Slowest, in seconds of processor time:"
    )
    for spent, reader, hostile in slowest[:_SLOWEST]:
        print(f"{spent:8.2f}  {reader:14} {hostile.name}")
    files = _slowest(packed())
    print("Small files that hold much:")
    for spent, reader, hostile in files[:5]:
        print(f"{spent:8.2f}  {reader:14} {hostile.name} ({len(hostile.data):,} bytes)")
    with _phone_beside() as (port, pages):
        alone = _alone(pages)
        texts_told = _bring_in(slowest[:_SLOWEST], pages)
        short = [(0.0, reader, _cut(hostile)) for _, reader, hostile in slowest[:60]]
        short_told = _bring_in(short, pages)
        files_told = _bring_in(files[:5], pages)
        forms_told = _send_forms(port, pages)
    print(f"A phone's page with nothing beside it: at most {alone:.2f} s")
    print(f"{'':34}{'answer, worst':>14}{'page, median':>14}{'page, worst':>13}")
    _tell("texts of 200 kB, brought in", *texts_told)
    _tell("the same cut to 8 kB", *short_told)
    _tell("forms of a phone, 250 kB", *forms_told)
    _tell("small files that hold much", *files_told)


def _tell(what: str, answers: list[float], pages: list[float]) -> None:
    worst, page = max(answers), max(pages)
    met = worst <= ANSWER and page <= PAGE
    print(
        f"{what:34}{worst:12.2f} s{statistics.median(pages):12.3f} s{page:11.3f} s  {'reached' if met else 'NOT reached'}"
    )


# -- every reader on every text ----------------------------------------------------


def _slowest(texts: list[Hostile]) -> list[Read]:
    found = [
        (spent, reader, hostile)
        for hostile in texts
        for reader, spent in _times(hostile)
    ]
    return sorted(found, key=lambda read: -read[0])


def _times(hostile: Hostile) -> list[tuple[str, float]]:
    """Read one text with each reader in a process that is stopped after a minute."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        with os.fdopen(theirs, "w") as out:
            for reader in ("recognise", *(hostile.readers or _PLAIN)):
                out.write(f"{reader} {_spent(reader, hostile.data)}\n")
                out.flush()
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as lines:
        told = [line.split() for line in lines]
    _, status = os.waitpid(child, 0)
    times = [(reader, float(spent)) for reader, spent in told]
    return times if status == 0 else [*times, ("stopped", 60.0)]


def _spent(reader: str, data: bytes) -> float:
    start = time.process_time()
    try:
        if reader == "recognise":
            recognise(data, "text")
        else:
            FORMATS[reader].read(Sighting(data, "text"))  # type: ignore[misc]
    except (SystemMapError, ValueError, KeyError, TypeError, AttributeError):
        pass  # damage is put into words where all readers are called
    return time.process_time() - start


def _cut(hostile: Hostile) -> Hostile:
    return Hostile(hostile.name, hostile.data[:7_900], hostile.readers)


# -- one process for readings and phones -------------------------------------------


@contextmanager
def _phone_beside() -> Iterator[tuple[int, list[float]]]:
    """Serve the rooms from this process, and let a phone of its own ask for a page."""
    store = MemoryStore()
    programme = programme_of(map_from("stress -> snacking +\n sleep -> stress -"))
    programme.add(
        Workshop(
            id="w", title="Meeting", join_words=_WORDS, open=True, rooms=("capture",)
        )
    )
    store.create(programme, actor=Actor("Facilitator", "facilitator"))
    programmes = programmes_of(store)
    venue = Venue(programmes, b"s" * 32)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = Starlette(routes=routes(lambda: venue))
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_level="critical", lifespan="off")
    )
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    while not server.started:
        time.sleep(0.02)
    pages: list[float] = []
    # The phone is a process: its own work must not wait for this interpreter.
    ours, theirs = os.pipe()
    phone = os.fork()
    if phone == 0:
        _ask_for_ever(port, theirs)
    listening = threading.Thread(target=_note, args=(ours, pages), daemon=True)
    listening.start()
    yield port, pages
    os.kill(phone, 9)
    os.waitpid(phone, 0)
    server.should_exit = True
    serving.join(10)
    programmes.close()


def _ask_for_ever(port: int, out: int) -> None:
    cookie, _ = _joined(port)
    while True:
        start = time.monotonic()
        _asked(port, "GET", "/room/capture", cookie)
        spent = time.monotonic() - start
        os.write(out, f"{start} {spent}\n".encode())
        time.sleep(max(0.0, 0.05 - spent))


def _note(source: int, pages: list[float]) -> None:
    with os.fdopen(source) as lines:
        pages.extend(float(line.split()[1]) for line in lines)


def _joined(port: int) -> tuple[str, str]:
    """Join as a phone does; return its cookie, and the word its forms carry."""
    _, headers = _asked(port, "POST", f"/j/{_WORDS}", "", urlencode({"table": ""}))
    cookie = headers.get("set-cookie", "").partition(";")[0]
    page, _ = _asked(port, "GET", "/room/capture", cookie)
    found = re.search(r'name="token" value="([^"]*)"', page)
    return cookie, found[1] if found else ""


def _asked(
    port: int, verb: str, path: str, cookie: str, body: str = ""
) -> tuple[str, dict[str, str]]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"cookie": cookie, "content-type": "application/x-www-form-urlencoded"}
    line.request(verb, path, body or None, headers)
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return text, {name.lower(): value for name, value in answer.getheaders()}


def _alone(pages: list[float]) -> float:
    time.sleep(3)
    return max(pages)


def _bring_in(reads: list[Read], pages: list[float]) -> tuple[list[float], list[float]]:
    return _during(
        pages, [lambda r=reader, h=hostile: _read(r, h) for _, reader, hostile in reads]
    )  # type: ignore[misc]


def _read(reader: str, hostile: Hostile) -> None:
    key = reader if reader in FORMATS else None
    try:
        read_within(hostile.data, "text", key)
    except SystemMapError:
        return


def _send_forms(port: int, pages: list[float]) -> tuple[list[float], list[float]]:
    cookie, token = _joined(port)
    bodies = [
        urlencode({"token": token, "text": repeated(pump, 240_000)})[:250_000]
        for pump in PUMPS
    ]
    return _during(
        pages,
        [
            lambda b=body: _asked(port, "POST", "/room/capture", cookie, b)
            for body in bodies
        ],
    )  # type: ignore[misc]


def _during(
    pages: list[float], acts: list[Callable[[], object]]
) -> tuple[list[float], list[float]]:
    """Return how long each act took, and each page meanwhile."""
    before = len(pages)
    answers = []
    for act in acts:
        start = time.monotonic()
        act()
        answers.append(time.monotonic() - start)
    time.sleep(1)  # the last page that waited is told as well
    return answers, pages[before:]
