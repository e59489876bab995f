"""Phones and the server they talk to: the real program, over HTTP, on this computer."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from systemmap.errors import StoreError
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.store import Actor, open_store
from systemmap.workshops.kits import kit
from systemmap.workshops.running import open_room, plan_workshop, tables_of

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAD = Actor("Facilitator", "admin")
TOWN = "testtown"
_FORM = "application/x-www-form-urlencoded"
_START = 60.0  # seconds a server may take to answer


class RoomServer:
    """The program itself in a process of its own, on a fresh database."""

    def __init__(
        self, folder: str, *, planned: bool = True, rooms: tuple[str, ...] = ()
    ) -> None:
        self.data = str(Path(folder, "phones.db"))
        self.log = str(Path(folder, "server.log"))
        self.port = free_port()
        self.words = ""
        self.tables: list[str] = []
        self.map_id = ""
        self._process: subprocess.Popen[bytes] | None = None
        if planned:
            self._plan(rooms)

    def _plan(self, rooms: tuple[str, ...]) -> None:
        programme = Programme(ProgrammeInfo(id=TOWN, name="Testtown"))
        workshop = plan_workshop(programme, kit("mapping_workshop"))
        if rooms:
            programme.replace(replace(workshop, rooms=rooms))
        self.words = open_room(programme, workshop.id).join_words
        tables = tables_of(programme, workshop.id)
        self.tables = [table.id for table in tables]
        self.map_id = tables[0].map_id or ""
        store = open_store(self.data)
        try:
            store.create(programme, actor=LEAD)
        finally:
            store.close()

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises
        ------
        StoreError
            It did not answer within a minute.
        """
        environment = {
            **os.environ,
            "SYSTEMMAP_DATA": self.data,
            "SYSTEMMAP_PORT": str(self.port),
            "SYSTEMMAP_NO_BROWSER": "1",
        }
        self._process = started(environment, self.log)
        end = time.monotonic() + _START
        while time.monotonic() < end and self._process.poll() is None:
            if self._answers():
                return
            time.sleep(0.05)
        self.stop()
        words = Path(self.log).read_text(encoding="utf-8", errors="replace")
        last = words.strip().rpartition("\n")[2] or "it said nothing"
        msg = f"The server did not start: {last}. Run systemmap by hand to see why."
        raise StoreError(msg)

    def most_memory(self) -> float | None:
        """Return the most megabytes it held so far; None where the system does not tell."""
        return self._told("VmHWM")

    def memory(self) -> float | None:
        """Return the megabytes it holds now; None where the system does not tell."""
        return self._told("VmRSS")

    def _told(self, word: str) -> float | None:
        status = Path(f"/proc/{self._process.pid}/status") if self._process else None
        if status is None or not status.exists():
            return None
        told = dict(
            line.split(":", 1)
            for line in status.read_text(encoding="utf-8").splitlines()
            if ":" in line
        )
        kilobytes, _, _ = told.get(word, "").strip().partition(" ")
        return int(kilobytes) * 1_024 / 1e6 if kilobytes else None

    def kill(self) -> None:
        """End the server without a warning, as a power cut or a task manager would."""
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        """End the server."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def _answers(self) -> bool:
        line = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            line.request("GET", "/j")
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()


@dataclass
class RoomPhone:
    """One phone: it joins, then sends notes until the server says "saved"."""

    port: int
    words: str
    table: str
    cookie: str = ""
    token: str = ""
    saved: list[str] = field(default_factory=list)
    address: str = ""  # where it calls from; "" = as the system chooses
    _line: HTTPConnection | None = None

    def join(self) -> None:
        """Join with the three words and choose the table."""
        form = urlencode({"table": self.table})
        line = self._open()
        line.request("POST", f"/j/{self.words}", form, {"Content-Type": _FORM})
        reply = line.getresponse()
        reply.read()
        self.cookie = reply.headers.get("set-cookie", "").partition(";")[0]
        page = self._ask("GET", "/room/capture")
        found = re.search(r'name="token" value="([^"]+)"', page)
        if not found:
            raise StoreError("The phone could not join the room.")
        self.token = found[1]

    def ask(self, path: str) -> dict[str, Any]:
        """Return what the server answers as JSON; {} when it does not answer.

        Raises
        ------
        StoreError
            The server answered something else: the phone is not let in.
        """
        try:
            found = json.loads(self._ask("GET", path))
        except (OSError, HTTPException):
            self.hang_up()
            return {}
        except ValueError:
            msg = f"The phone was not let in at {path.partition('?')[0]}."
            raise StoreError(msg) from None
        return dict(found)

    def send(self, text: str, key: str) -> bool:
        """Send one note and wait for the answer; True = the server said "saved"."""
        try:
            reply = self._ask("POST", "/room/capture", self._form(text, key))
            return bool(json.loads(reply).get("saved"))
        except (OSError, HTTPException, ValueError):
            self.hang_up()
            return False

    def send_and_miss_the_reply(self, text: str, key: str) -> None:
        """Send one note and hang up before the answer comes."""
        with suppress(OSError, HTTPException):
            line = self._open()
            line.request("POST", "/room/capture", self._form(text, key), self._heads())
        self.hang_up()

    def hang_up(self) -> None:
        """Drop the connection; the next request opens another."""
        if self._line:
            self._line.close()
        self._line = None

    def _form(self, text: str, key: str) -> str:
        return urlencode({"text": text, "key": key, "token": self.token})

    def _heads(self) -> dict[str, str]:
        return {
            "Content-Type": _FORM,
            "Accept": "application/json",
            "Cookie": self.cookie,
        }

    def _ask(self, method: str, path: str, form: str | None = None) -> str:
        line = self._open()
        line.request(method, path, form, self._heads())
        wire = line.sock
        try:
            reply = line.getresponse()
        except OSError:
            if wire.fileno() >= 0:  # http.client leaves it to the collector
                socket.close(wire.detach())
            raise
        body = reply.read()
        packed = reply.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(body) if packed else body).decode()

    def _open(self) -> HTTPConnection:
        if self._line is None:
            source = (self.address, 0) if self.address else None
            self._line = HTTPConnection(
                "127.0.0.1", self.port, timeout=10, source_address=source
            )
            self._line.connect()
            self._line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._line


def started(environment: Mapping[str, str], log: str) -> subprocess.Popen[bytes]:
    """Start the program; its complaints go to the end of a file."""
    with Path(log).open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "systemmap"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )


def joined_phones(server: RoomServer, number: int) -> list[RoomPhone]:
    """Let so many phones join, shared out over the tables; none keeps its line."""
    phones = []
    for n in range(number):
        table = server.tables[n % len(server.tables)]
        phone = RoomPhone(server.port, server.words, table)
        phone.join()
        phone.hang_up()
        phones.append(phone)
    return phones


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
