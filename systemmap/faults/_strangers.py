"""What strangers on the Wi-Fi try, each from addresses of their own, and what held.

Every function tries one kind of mischief on a running server and returns what
was not as promised, in words; nothing = the guard held.
"""

from __future__ import annotations

import base64
import json
import secrets
import time
from contextlib import ExitStack, closing, suppress
from itertools import count
from threading import Event, Thread
from typing import TYPE_CHECKING

from websockets.exceptions import WebSocketException

from systemmap.faults._tried_room import channel, next_said, ticket_of, together, wires
from systemmap.faults._wires import HOST, Wire, asked, connection, frame, message

if TYPE_CHECKING:
    from collections.abc import Callable

    from systemmap.faults._tried_room import Scene

_GUESSERS_WAIT = 2.0  # seconds; whoever guesses hangs up then
_HALVES = (
    b"",
    b"GET /j HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    b"POST /j HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 90\r\n\r\nwor",
    b"POST /room/capture HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5",
)


def half_requests(scene: Scene) -> set[str]:
    """Open many connections, say half a request or message on each, and wait."""
    found = set()
    source = f"{scene.place}10"
    ticket = ticket_of(scene, source, 0) if scene.patience else ""
    with ExitStack() as stack:
        lines = wires(stack, scene, [source] * (scene.halves + 20))
        for number, line in enumerate(lines):
            line.say(_HALVES[number % len(_HALVES)])
        # Connections are taken in order, so that the others have been by now.
        if asked(scene.port, source, "/j") != 200:
            found.add("half requests keep a phone at the same address out")
        if sum(line.open_still() for line in lines) > scene.halves + 10:
            found.add("one address may hold any number of half requests")
        if ticket:
            (half,) = wires(stack, scene, [source])
            if half.upgrade(f"/room/live?ticket={ticket}"):
                half.say(frame(b"{", length=2_000))
            lines.append(half)
        end = time.monotonic() + scene.patience
        while time.monotonic() < end and any(line.open_still() for line in lines):
            for line in lines[1:]:
                line.say(b"x")  # a byte now and then
            time.sleep(0.2)
        if scene.patience and any(line.open_still() for line in lines):
            found.add("what is half said stays for ever")
    return found


def many_addresses(scene: Scene) -> set[str]:
    """Open connections from very many addresses, and see whether a phone gets in."""
    wanted = scene.connections + 60
    each = max(1, scene.halves // 2)  # so that no address is at its own bound
    sources = [
        f"127.1.{n // 250}.{n % 250 + 1}" for n in range(1, wanted // each + 2)
    ] * each
    with ExitStack() as stack:
        lines = wires(stack, scene, sources[:wanted])
        found = set()
        if asked(scene.port, f"{scene.place}11", "/j") != 200:
            found.add("strangers leave no connection to a phone")
        if sum(line.open_still() for line in lines) > scene.connections + 5:
            found.add("connections have no bound")
    return found


def bad_requests(scene: Scene) -> set[str]:
    """Say what is no request at all, again and again (the log is looked at afterwards)."""
    for number in range(40):
        with suppress(OSError), closing(Wire(scene.port, f"{scene.place}12")) as line:
            line.say(f"{secrets.token_hex(8)} {number}\r\n\r\n".encode())
            line.closed_within(scene.hangs_up)
    return set()


def floods(scene: Scene) -> set[str]:
    """Ask for pages as fast as possible over several connections of one address."""
    made, answered = count(), list[int]()
    begin = time.monotonic()
    most = 2 * (scene.at_once + scene.bout * scene.each_second)

    def flood() -> None:
        line = connection(scene.port, f"{scene.place}13")
        with closing(line):
            while not scene.over(begin, number := next(made), most):
                path = ("/j", "/room/capture", "/room/check")[number % 3]
                if asked(scene.port, "", path, line=line) in (200, 303):
                    answered.append(number)

    together(flood, 6)
    allowed = scene.at_once + scene.each_second * (time.monotonic() - begin)
    if len(answered) > 1.2 * allowed + 10:
        return {"a flood of requests is answered in full"}
    return set()


def guesses(scene: Scene) -> set[str]:
    """Try words as fast as possible; somebody else joins with the right ones meanwhile."""
    made, heard, tries = count(), list[int](), Event()
    answered = Event()
    begin = time.monotonic()
    most = 10 * (scene.wrong + scene.bout) + 20

    def guess() -> None:
        while not (scene.over(begin, number := next(made), most) and answered.is_set()):
            words = f"no-such-{secrets.choice('abcdefgh')}{number}"
            line = connection(scene.port, f"{scene.place}14", wait=_GUESSERS_WAIT)
            with closing(line):
                if asked(scene.port, "", f"/j/{words}", line=line) == 404:
                    heard.append(number)
            if number > scene.wrong:
                tries.set()

    others = Thread(target=together, args=(guess, 8))
    others.start()
    found = set()
    try:
        tries.wait(_GUESSERS_WAIT)
        right = time.monotonic()
        if asked(scene.port, f"{scene.place}15", f"/j/{scene.words}") != 200:
            found.add("a right code is refused while others guess")
        if time.monotonic() - right > scene.right_within:
            found.add("a right code waits while others guess")
    finally:
        answered.set()
        others.join()
    allowed = scene.wrong + scene.wrong_each_second * (time.monotonic() - begin)
    if len(heard) > 1.3 * allowed + 8:
        found.add("guesses are all heard")
    return found


def big_messages(scene: Scene) -> set[str]:
    """Send too much on a live channel: in one message, in pieces, in number."""
    path = f"/room/live?ticket={ticket_of(scene, f'{scene.place}16', 0)}"
    tries = {
        "a message has no bound": frame(b"", length=scene.longest + 1),
        "a message in pieces has no bound": frame(b"[" * 40_000, fin=False)
        + frame(b"[" * 40_000, opcode=0, fin=False),
        "a message may have any number of pieces": frame(b"", fin=False)
        + frame(b"", opcode=0, fin=False) * 300,
        "frames may come at any rate": frame(b"", opcode=9) * 3_000,
    }
    found = set()
    for words, sent in tries.items():
        with closing(Wire(scene.port, f"{scene.place}16")) as line:
            if line.upgrade(path):
                line.say(sent)
                if not line.closed_within(scene.hangs_up):
                    found.add(words)
    return found


def doors(scene: Scene) -> set[str]:
    """Knock at the live channels without a code, and from a page of somebody else."""
    found = set()
    for path in ("/room/check/live", "/room/check/live?code=x", "/room/live", "/live"):
        with closing(Wire(scene.port, f"{scene.place}17")) as line:
            if line.upgrade(path):
                found.add("a live channel opens without a code")
    ticket = ticket_of(scene, f"{scene.place}17", 0)
    for origin in ("http://evil.example", "null", f"http://{HOST}:1"):
        with closing(Wire(scene.port, f"{scene.place}17")) as line:
            if line.upgrade(f"/room/live?ticket={ticket}", origin=origin):
                found.add("a page of somebody else opens a live channel")
    return found


def channels(scene: Scene) -> set[str]:
    """Open live channels without end from one address."""
    ticket = ticket_of(scene, f"{scene.place}18", 0)
    with ExitStack() as stack:
        lines = wires(stack, scene, [f"{scene.place}18"] * (scene.channels + 6))
        opened = [line.upgrade(f"/room/live?ticket={ticket}") for line in lines]
    if sum(opened) > scene.channels:
        return {"one address may open any number of live channels"}
    return set()


def tickets(scene: Scene) -> set[str]:
    """Try tickets that were forged, and one of a workshop that is closed."""
    good = ticket_of(scene, f"{scene.place}19", 0)
    body, _, rest = good.partition(".")
    tries = [(good[:-4] + "AAAA", "forged"), (f"{good}A", "forged"), ("", "forged")]
    with suppress(ValueError):  # the parts of a ticket are its own affair
        said = json.loads(base64.urlsafe_b64decode(body + "=="))
        packed = base64.urlsafe_b64encode(
            json.dumps({**said, "role": "admin"}).encode()
        )
        tries.append((f"{packed.decode().rstrip('=')}.{rest}", "forged"))
    if scene.old_ticket:
        tries.append((scene.old_ticket, "old"))
    found = set()
    for ticket, kind in tries:
        for path in ("/room/graph", "/room/graph/loops"):
            if asked(scene.port, f"{scene.place}19", f"{path}?ticket={ticket}") == 200:
                found.add(f"a ticket that is {kind} opens a door")
        with closing(Wire(scene.port, f"{scene.place}19")) as line:
            opened = line.upgrade(f"/room/live?ticket={ticket}")
            if opened and not line.closed_within(scene.hangs_up):
                found.add(f"a ticket that is {kind} opens a door")
    return found


def undos(scene: Scene) -> set[str]:
    """Ask from a tablet to undo everything that others did, at its table and elsewhere."""
    found: set[str] = set()
    ticket = ticket_of(scene, f"{scene.place}20", 1)
    nonce = secrets.token_hex(8)
    with channel(scene, ticket, f"{scene.place}20") as line:
        newest = next_said(line, "hello")["hello"]
        wanted = range(max(1, newest - 200), newest + 1)
        turns = -(-2 * scene.batch // len(wanted))  # more than one batch
        ops = [
            {"nonce": nonce, "seq": n, "op": "undo", "revision": revision}
            for n, revision in enumerate([*wanted] * turns, 1)
        ]
        while ops:
            line.send(json.dumps({"ops": ops}))
            told = next_said(line, "ack")
            dealt_with = told["ack"].get(nonce, 0)
            if dealt_with - ops[0]["seq"] + 1 > scene.batch:
                found.add("a batch of undos has no bound")
            if told["revisions"]:
                found.add("an act of another tablet was undone")
            if dealt_with < ops[0]["seq"]:
                break
            ops = [op for op in ops if op["seq"] > dealt_with]
    return found


def positions(scene: Scene) -> set[str]:
    """Say very often where one is on the map, and count how often others are told."""
    own, others = (ticket_of(scene, f"{scene.place}21", 2) for _ in range(2))
    told = 0
    begin = time.monotonic()
    with (
        channel(scene, own, f"{scene.place}21") as ears,
        closing(Wire(scene.port, f"{scene.place}21")) as mouth,
    ):
        mouth.upgrade(f"/room/live?ticket={others}")
        for number in range(150):
            mouth.say(message({"at": f"factor-{number}"}))
        with suppress(TimeoutError, WebSocketException):
            while "factor-149" not in (text := ears.recv(timeout=15)):
                told += '"who"' in str(text)
    if told > 8 + 1.25 * scene.told_each_second * (time.monotonic() - begin):
        return {"positions are told without bound"}
    return set()


KINDS: tuple[Callable[[Scene], set[str]], ...] = (
    half_requests,
    many_addresses,
    bad_requests,
    floods,
    guesses,
    big_messages,
    doors,
    channels,
    tickets,
    undos,
    positions,
)
"""All that strangers try."""
