"""Starts programs as forks of one that has brought in already what they need.

Nearly all of a start is imports, four seconds of work, and the tests start a hundred
servers. From nothing they start where that is the subject: in `tests/hosting`,
`tests/packaging`, `tests/browser/test_demo.py` and wherever `running` is called.
"""

from __future__ import annotations

import os
import runpy
import socket
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.app.brought_in"])
FIRST = 20_000 + os.getpid() % 500 * 20  # below those that the system gives away
TAKEN = set()


def own_port():
    """Return a port that is free until its fork ends: if it can, one that was there before.

    A browser keeps files by their address, so it need not fetch them once more.
    """
    for port in range(FIRST, FIRST + 20):
        with socket.socket() as probe:
            if port not in TAKEN and probe.connect_ex(("127.0.0.1", port)):
                TAKEN.add(port)
                return port
    raise AssertionError("Twenty servers of these tests are running.")


def start(process):
    """Start a fork, which is to know nothing of the program or the test that runs here."""
    here, main = Path.cwd(), sys.modules["__main__"]
    os.chdir(ROOT)  # the first call starts the server of forks, which imports `tests`
    sys.modules["__main__"] = ModuleType("__main__")  # else the fork runs it first
    try:
        process.start()
    finally:
        sys.modules["__main__"] = main
        os.chdir(here)


class Forks:
    """What is used of one of multiprocessing's contexts."""

    Pipe = staticmethod(FORKS.Pipe)

    class Process(FORKS.Process):
        def start(self):
            start(super())


class Forked:
    """What programs and workers share of a `subprocess.Popen`, where a fork is the process."""

    @property
    def pid(self):
        return self._process.pid

    @property
    def returncode(self):
        return self._process.exitcode

    def kill(self):
        self._process.kill()


class Fork(Forked):
    """A program in a process of its own, with those of `subprocess.Popen` that tests use."""

    def __init__(self, words, *, cwd, env, log, errors="", port=0):
        """Run what follows ``python`` on a command line; what it says goes into a file.

        What it says of errors goes there too, or into a file of its own.
        """
        self._port = port
        said = str(log), str(errors or log)
        self._process = FORKS.Process(
            target=_become, args=(list(words), str(cwd), dict(env), said)
        )
        start(self._process)

    def poll(self):
        return self._process.exitcode

    def wait(self, timeout=None):
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("a fork", timeout)
        TAKEN.discard(self._port)
        return self._process.exitcode

    def send_signal(self, sign):
        os.kill(self._process.pid, sign)

    def terminate(self):
        self._process.terminate()


def _become(words, cwd, env, logs):
    """Become the program: its folder, its environment, its words and where it speaks."""
    for number, log in enumerate(logs, 1):
        with Path(log).open("ab") as said:
            os.dup2(said.fileno(), number)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    if words[0] == "-m":
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = words
        runpy.run_path(words[0], run_name="__main__")
