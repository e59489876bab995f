"""Starts systemmap as people do, in a process of its own, and ends it by its id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from functools import partial

import pytest

from systemmap.bundled.first_start import start_example
from systemmap.store import Actor, open_store
from tests.app.forks import Fork, own_port


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def from_nothing(words, *, cwd, env, log):
    """Start a new Python, as a person does."""
    with log.open("w") as said:
        return subprocess.Popen(
            [sys.executable, *words], cwd=cwd, env=env, stdout=said, stderr=said
        )


@contextmanager
def running(folder, *command, health="/_stcore/health", port=0, start=from_nothing):
    """Run a server from an empty folder until the block ends; gives its address."""
    port = port or free_port()
    words = [word.replace("PORT", str(port)) for word in command]
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_")},
        "SYSTEMMAP_DATA": str(folder / "kept" / "systemmap.db"),
        "XDG_DATA_HOME": str(folder / "home"),
    }
    log = folder / "server.log"
    process = start(words, cwd=folder, env=environment, log=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_up(process, address + health, log)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def systemmap(folder, *options, port=0):
    """Run ``systemmap``, already imported, at a port of its own or one where it ran before."""
    command = ("-m", "systemmap", "--no-browser", "--port", "PORT", *options)
    port = port or own_port()
    start = partial(Fork, port=port)
    with running(folder, *command, port=port, start=start) as address:
        yield address


@contextmanager
def sampleshire(folder):
    """Run ``systemmap`` where the example was opened already; gives the server's address."""
    (folder / "kept").mkdir()
    store = open_store(folder / "kept" / "systemmap.db")
    start_example(store, Actor("this computer", "admin"))
    store.close()
    with systemmap(folder) as address:
        yield address


def answer(url, headers=None):
    """Return (status, headers, body) of an address, refusals included."""
    request = urllib.request.Request(url, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read().decode()


def wait_until_up(process, url, log, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"The server ended: {log.read_text()}")
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)  # polling for a state, bounded above
    pytest.fail(f"The server never answered: {log.read_text()}")
