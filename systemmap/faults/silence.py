"""The program without any network: it starts, shows, exports, and asks nobody anything.

On Linux it runs in a network of its own, which has the loopback alone. Inside, an
audit hook hears each connection and each look-up of a name that the program
tries, before the system answers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from systemmap.errors import StoreError
from systemmap.faults._fault_test import FaultTest, Result

PROMISE = "Pages and files talk to nobody"
_INSIDE = """
import json, os, subprocess, sys, urllib.request, time
if sys.argv[1] != "plain":
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
tried = []
NEAR = ("127.", "::1", "localhost", "0.0.0.0", "192.0.2.1")
def hear(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        to = args[1] if event == "socket.connect" else args[0]
        to = to[0] if isinstance(to, tuple) else to
        to = to.decode() if isinstance(to, bytes) else str(to)
        if to and to != "None" and not to.startswith(NEAR) and not to.startswith("/") and to != os.uname().nodename:
            tried.append([event, to])
sys.addaudithook(hear)
control = len(tried)
try:
    import socket
    socket.getaddrinfo("outside.example", 80)
    heard = "answered"
except OSError:
    heard = "nothing there"
seen = len(tried) - control
tried.clear()
from systemmap.bundled.examples import example
from systemmap.formats import FORMATS
from systemmap.reports import REPORTS
from systemmap.store import Actor, open_store
folder = sys.argv[2]
data = folder + "/kept.db"
store = open_store(data)
programme = example()
store.create(programme, actor=Actor("x", "admin"))
made = 0
for fmt in FORMATS.values():
    if fmt.write is not None:
        fmt.write(programme, "main")
        made += 1
store.close()
import threading
from app import settings
from app.server import launcher
port = int(sys.argv[3])
chosen = settings.Settings(data=data, port=port, open_browser=False)
from uvicorn import Server
pages = []
def walk():
    end = time.monotonic() + 120
    base = f"http://127.0.0.1:{port}"
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(base + "/healthz", timeout=5).read()
            break
        except OSError:
            time.sleep(0.1)
    for path in ("/", "/j", f"/map/{programme.id}", "/plan", "/map", "/gaps", "/share", "/readyz", "/metrics", "/no-such"):
        try:
            with urllib.request.urlopen(base + path, timeout=60) as answer:
                answer.read()
                pages.append(path)
        except urllib.error.HTTPError as refused:
            refused.close()
            pages.append(path)
    import signal
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=walk, daemon=True).start()
try:
    launcher.run(chosen, say=lambda _words: None)
except KeyboardInterrupt:
    pass
print(json.dumps({"tried": tried, "pages": len(pages), "files": made, "control": seen, "outside": heard}))
"""


def silence(runs: int) -> Result:
    """Start, walk through, export and stop `runs` times without a network.

    Each connection or look-up beyond this computer counts as wrong, and so does a
    control that was not heard: a name asked for on purpose.
    """
    start, wrong, pages, files = time.monotonic(), 0, 0, 0
    alone = _alone()
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            told = _told(alone, folder)
        wrong += len(told["tried"]) + int(told["control"] == 0)
        wrong += int(bool(alone) and told["outside"] != "nothing there")
        pages += told["pages"]
        files += told["files"]
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=pages + files,
        lost=0,
        wrong=wrong,
        seconds=round(time.monotonic() - start, 1),
        figures={
            "pages": pages,
            "files": files,
            "without a network (1 = yes)": int(bool(alone)),
        },
    )


def _alone() -> list[str]:
    """Return the words that run a program without a network; none = it cannot be had."""
    words = ["unshare", "--net", "--map-root-user"]
    try:
        done = subprocess.run(  # noqa: S603 - words of our own
            [*words, "true"], check=False, capture_output=True
        )
    except OSError:
        return []
    return words if done.returncode == 0 else []


def _told(alone: list[str], folder: str) -> dict[str, Any]:
    from systemmap.faults._phone_server import free_port

    kind = "alone" if alone else "plain"
    script = [sys.executable, "-c", _INSIDE, kind, folder, str(free_port())]
    home = {"HOME": folder, "XDG_DATA_HOME": folder}
    done = subprocess.run(  # noqa: S603 - words of our own
        [*alone, *script],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **home},
        cwd=Path(__file__).parents[2],
    )
    try:
        told: dict[str, Any] = json.loads(done.stdout.strip().rpartition("\n")[2])
    except ValueError:
        last = done.stderr.strip().rpartition("\n")[2]
        msg = f"The program without a network did not come to its end: {last}"
        raise StoreError(msg) from None
    return told


FAULT_TEST = FaultTest(key="silence", promise=PROMISE, run=silence)
