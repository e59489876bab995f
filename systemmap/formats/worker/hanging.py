"""A worker that hangs is ended; one that only waits for a busy computer is not.

Work is bounded within the worker itself. What is left is a worker that does nothing
and never ends: it is told by its own time of the processor, which stands still.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import subprocess

STILL = 60.0  # seconds without any work
_RUNNABLE = "RD"  # it runs, waits for its turn, or for the disk


class Watch:
    """Looks at a worker from time to time, and ends it where it hangs.

    Parameters
    ----------
    worker : subprocess.Popen
        The worker.
    clock : float
        Seconds of the clock it has where its work cannot be told, as on Windows.

    Attributes
    ----------
    ended : bool
        Whether it was ended.
    """

    def __init__(self, worker: subprocess.Popen[bytes], clock: float) -> None:
        self.worker, self.clock = worker, clock
        self.ended = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no longer."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        begun = since = time.monotonic()
        before: int | None = None
        while not self._over.wait(min(STILL, self.clock) / 4):
            now = time.monotonic()
            seen = work_of(self.worker.pid)
            if seen is None:
                hangs = now - begun > self.clock
            elif seen[0] or seen[1] != before:
                since, before, hangs = now, seen[1], False
            else:
                hangs = now - since > STILL
            if hangs:
                self.ended = True
                self.worker.kill()
                return


def work_of(process: int) -> tuple[bool, int] | None:
    """Say whether a process is running or waiting its turn, and how long it has worked.

    The work is counted in ticks of the system's own; None = that cannot be told.
    """
    try:
        text = Path(f"/proc/{process}/stat").read_text(
            encoding="ascii", errors="replace"
        )
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return fields[0] in _RUNNABLE, int(fields[11]) + int(fields[12])
