"""Run pieces of work one by one, each within a budget of processor time.

The work runs in a process of its own, a fork, which the system stops when a piece has
spent its budget. Processor time does not count what other programs do, and a
budget far above what linear work takes is passed on any machine; quadratic work
on all the letters takes most of one. An ordinary run gives fewer letters, and to work
on so many a budget that shrinks with their square, or nearly.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.app.forks import ROOT, Fork
from tests.sizes import WHOLE

BUDGET = 4 if WHOLE else 2  # seconds for one piece; most take a hundredth

DONE = "done"


def overspent(module: str, pieces: list[Any], seconds: float = BUDGET) -> list[Any]:
    """Return the pieces on which the `work` of a module spent more than allowed.

    After five the rest is left: each costs its whole budget.
    """
    found: list[Any] = []
    while pieces and len(found) < 5:
        ended, said = _worked(module, pieces, seconds)
        if ended == 0:
            return found
        done = said.splitlines().count(DONE)
        assert ended == -signal.SIGPROF, (pieces[done], said)
        found.append(pieces[done])
        pieces = pieces[done + 1 :]
    return found


def _worked(module: str, pieces: list[Any], seconds: float) -> tuple[int, str]:
    """Let a process do all the work it can; return how it ended, and what it said."""
    with tempfile.TemporaryDirectory() as folder:
        asked, log = Path(folder, "asked.json"), Path(folder, "said.txt")
        asked.write_text(json.dumps(pieces), encoding="utf-8")
        words = ("-m", "tests.linear.within", module, str(seconds), str(asked))
        ended = Fork(words, cwd=ROOT, env=os.environ, log=log).wait()
        return ended, log.read_text(encoding="utf-8")


def main(module: str, seconds: float, asked: str) -> None:
    work = importlib.import_module(module).work
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for piece in json.loads(Path(asked).read_text(encoding="utf-8")):
        signal.setitimer(signal.ITIMER_PROF, seconds)
        work(piece)
        sys.stdout.write(f"{DONE}\n")  # the one after the last of these was not done
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3])
