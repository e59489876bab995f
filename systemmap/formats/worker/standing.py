"""Workers that stay for a minute, with their file opened, while a person corrects it.

One file is corrected many times, and opening it takes longer than reading it
another way. A worker that was not asked for a minute is ended; at most two stay.
"""

from __future__ import annotations

import atexit
import hashlib
import threading
from typing import TYPE_CHECKING

from systemmap.formats.worker.hanging import Watch
from systemmap.formats.worker.messages import Heard

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

TOO_LATE = -1_000  # what a worker that hung ends with
_STAYS, _MOST = 60.0, 2  # seconds, workers
_LOCK = threading.Lock()
_IDLE: dict[str, tuple[subprocess.Popen[bytes], threading.Timer]] = {}


def answer(
    head: bytes,
    data: bytes,
    start: Callable[[], subprocess.Popen[bytes]],
    clock: float,
) -> tuple[Heard, bytes, int | None]:
    """Ask the worker that has this file opened, or a new one.

    Parameters
    ----------
    head, data : bytes
        The line that says how to read the file, and the file.
    start : callable
        Starts a worker.
    clock : float
        Seconds of the clock it has where its work cannot be told.

    Returns
    -------
    Heard, bytes, int | None
        What it answered, what it said of errors, and how it ended; None = it stays.
    """
    key = hashlib.sha256(data).hexdigest()
    worker = _taken(key)
    if worker is not None:
        found = _asked(worker, head, clock)
        if found[0].title or found[0].whole:  # else it answered its last, or was ended
            return _settled(key, worker, found)
    worker = start()
    return _settled(key, worker, _asked(worker, head + data, clock))


def _asked(
    worker: subprocess.Popen[bytes], line: bytes, clock: float
) -> tuple[Heard, bytes, int | None]:
    """Hand a worker its question and hear its lines, the last of them the answer's end."""
    heard = Heard()
    if worker.stdin is None or worker.stdout is None or worker.stderr is None:
        return heard, b"", 0
    with Watch(worker, clock) as watch:
        try:
            worker.stdin.write(line)
            worker.stdin.flush()
            while line := worker.stdout.readline():
                heard.take(line)
                if heard.whole:
                    return heard, b"", None
        except OSError:  # it ended before it had heard everything
            pass
        err = worker.stderr.read()
    _end(worker)
    return heard, err, TOO_LATE if watch.ended else worker.returncode


def _settled(
    key: str, worker: subprocess.Popen[bytes], found: tuple[Heard, bytes, int | None]
) -> tuple[Heard, bytes, int | None]:
    """Let a worker that answered stay; the oldest goes where there are too many."""
    if found[2] is not None:
        return found
    timer = threading.Timer(_STAYS, lambda: _dismissed(key))
    timer.daemon = True
    with _LOCK:
        _IDLE[key] = worker, timer
        gone = list(_IDLE)[:-_MOST]
    timer.start()
    for one in gone:
        _dismissed(one)
    return found


def _taken(key: str) -> subprocess.Popen[bytes] | None:
    with _LOCK:
        worker, timer = _IDLE.pop(key, (None, None))
    if timer is not None:
        timer.cancel()
    return worker


def _dismissed(key: str) -> None:
    worker = _taken(key)
    if worker is not None:
        _end(worker)


@atexit.register
def dismiss_all() -> None:
    """End every worker that stays."""
    for key in list(_IDLE):
        _dismissed(key)


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout, worker.stderr):
        try:
            if pipe is not None:
                pipe.close()
        except OSError:  # what was not yet written is of no account
            continue
