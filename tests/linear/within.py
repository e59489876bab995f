"""Run pieces of work one by one, each within a budget of processor time.

The work runs in a process of its own, which the system stops when a piece has
spent its budget. Processor time does not count what other programs do, and a
budget far above what linear work takes is passed on any machine; quadratic work
on 100,000 letters takes most of one.
"""

from __future__ import annotations

import importlib
import json
import resource
import signal
import subprocess
import sys
from typing import Any

BUDGET = 4  # seconds of processor time for one piece; most take a hundredth


def overspent(module: str, pieces: list[Any], seconds: int = BUDGET) -> list[Any]:
    """Return the pieces on which the `work` of a module spent more than allowed.

    After five the rest is left: each costs its whole budget.
    """
    found: list[Any] = []
    while pieces and len(found) < 5:
        worker = subprocess.run(
            [sys.executable, "-m", "tests.linear.within", module, str(seconds)],
            input=json.dumps(pieces),
            capture_output=True,
            text=True,
            check=False,
        )
        if worker.returncode == 0:
            return found
        done = worker.stdout.count("\n")
        assert worker.returncode == -signal.SIGXCPU, (pieces[done], worker.stderr)
        found.append(pieces[done])
        pieces = pieces[done + 1 :]
    return found


def main(module: str, seconds: int) -> None:
    work = importlib.import_module(module).work
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for piece in json.load(sys.stdin):
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
        work(piece)
        sys.stdout.write("done\n")  # the one after the last of these was not done
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
