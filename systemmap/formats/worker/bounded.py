"""Reading an upload within a budget of time and memory, in a process of its own.

Limits on size, depth and counts stop what is known to be harmful; the budget
stops the rest. Where it is spent, the worker is killed and the upload refused
in a sentence. Nothing lies on disk in between, and nothing is unpickled.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from systemmap.errors import ReadError, UnknownItem
from systemmap.formats.worker import standing
from systemmap.formats.worker.hanging import Watch
from systemmap.formats.worker.messages import WENT_WRONG, Heard, heard

if TYPE_CHECKING:
    from systemmap.formats.format import Reading
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.sighting import Sighting

_LOG = logging.getLogger(__name__)
_SMALL = 8_000  # bytes
# Readers of plain text whose work grows with the text alone: a test runs each of
# them, and every recogniser, on texts made to take long. All others have a worker.
_LINEAR = frozenset(
    {
        "arrows",
        "cause_list",
        "links_csv",
        "loopy",
        "minute_text",
        "plan_outline",
        "plan_text",
        "vensim",
    }
)
_AT_ONCE = BoundedSemaphore(2)  # a full room must not start a process each
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "PYTHONHOME")
# Reading is bounded by the work it takes. The clock is only for a system that cannot
# say how much a process works: on Windows it cannot count its own work either.
_PATIENCE = 12 if hasattr(signal, "setitimer") else 1
_OUT_OF_TIME = tuple(
    -getattr(signal, name) for name in ("SIGPROF", "SIGXCPU") if hasattr(signal, name)
)
_OUT_OF_MEMORY = 3  # as the worker says it
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows alone has it


def read_within(
    data: bytes,
    file_name: str,
    as_: str | None = None,
    *,
    mapping: ImportMapping | None = None,
    seconds: float | None = None,
    memory: int | None = None,
    again: bool = False,
) -> Reading:
    """Read a file into a preview as `read` does, within a budget.

    Short plain text is read here and now by readers whose work grows with the
    text alone; all else in a worker process, at most two at a time.

    Parameters
    ----------
    data, file_name, as_, mapping : bytes, str, str | None, ImportMapping | None
        As for `read`.
    seconds : float | None
        The work allowed, in seconds of the processor (on Windows, of the clock);
        None = 5 s and one more for each million bytes, at most 30 s. A given
        budget always uses a worker.
    memory : int | None
        Bytes allowed on top of the program itself; None = 400 million and 20
        for each byte of the file, at most 2,000 million. Not enforced on
        Windows.
    again : bool
        Whether the same file is likely to be read again soon, as a person corrects
        it: its worker then stays for a minute, with the file opened.

    Raises
    ------
    ReadError
        The file was refused, or the budget was spent; nothing was changed.
    UnknownItem
        No format has the key `as_`.
    """
    from systemmap.formats import FORMATS, Sighting, chosen, read_as, recognised

    holds = {fmt.holds for fmt in FORMATS.values() if fmt.read}
    if as_ is not None and as_ not in FORMATS and as_ not in holds:
        raise UnknownItem.named("file format", as_, FORMATS)
    sighting = Sighting(data, file_name)
    if seconds is None and memory is None and _is_harmless(sighting):
        key = mapping.format if mapping else as_
        fmt = chosen(sighting, key) if key else recognised(sighting)
        if fmt.key in _LINEAR:
            return read_as(sighting, as_, mapping)
    seconds = seconds or min(30.0, 5.0 + len(data) / 1_000_000)
    memory = memory or min(2_000_000_000, 400_000_000 + 20 * len(data))
    said = mapping.parameters() if mapping else None
    asked = {
        "name": file_name,
        "as": as_,
        "mapping": said,
        "seconds": seconds,
        "memory": memory,
        "size": len(data),
        "again": again,
    }
    head = json.dumps(asked).encode() + b"\n"
    with _AT_ONCE:
        if again:
            return _unpacked(
                *standing.answer(head, data, _started, seconds * _PATIENCE),
                seconds,
                memory,
            )
        return _read_apart(head, data, seconds, memory)


def _is_harmless(sighting: Sighting) -> bool:
    """Say whether a file is short plain text: nothing to unpack, no XML."""
    if len(sighting.data) > _SMALL or sighting.kind in ("zip", "xml", "other"):
        return False
    text = sighting.head or ""
    odd = sum(ord(letter) > 0x2FFF for letter in text)
    return odd * 10 <= len(text)  # a packed map is letters of no script


def answered_apart(
    module: str, question: bytes, seconds: float, memory: int
) -> tuple[bytes, bytes]:
    """Ask another worker than the reader of files, within a budget.

    Returns
    -------
    bytes, bytes
        What it answered, and what it said of errors.

    Raises
    ------
    ReadError
        The budget was spent; nothing was changed.
    """
    with _AT_ONCE, _started(module) as worker:
        try:
            out, err = worker.communicate(question, timeout=seconds * _PATIENCE)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.communicate()
            raise ReadError(_too_long("", seconds)) from None
        finally:
            worker.kill()  # nothing happens when it has ended
    if worker.returncode in _OUT_OF_TIME:
        raise ReadError(_too_long("", seconds))
    if worker.returncode == _OUT_OF_MEMORY:
        raise ReadError(_too_much("", memory))
    return out, err


def _started(
    module: str = "systemmap.formats.worker.process",
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - a module of ours
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        creationflags=_NO_WINDOW,
    )


def _read_apart(head: bytes, data: bytes, seconds: float, memory: int) -> Reading:
    worker = _started()
    with worker:
        try:
            with Watch(worker, seconds * _PATIENCE) as watch:
                out, err = worker.communicate(head + data)
        finally:
            worker.kill()  # nothing happens when it has ended
    code = standing.TOO_LATE if watch.ended else worker.returncode
    told = heard(filter(None, out.split(b"\n")))
    return _unpacked(told, err, code, seconds, memory)


def _unpacked(
    told: Heard, err: bytes, code: int | None, seconds: float, memory: int
) -> Reading:
    """Return the reading a worker answered with; `code` is how it ended, if it has."""
    title = told.title
    if code == standing.TOO_LATE:
        by_work = _PATIENCE > 1  # on Windows the clock is all there is
        raise ReadError(_stood_still(title) if by_work else _too_long(title, seconds))
    if code in _OUT_OF_TIME:
        raise ReadError(_too_long(title, seconds))
    if code == _OUT_OF_MEMORY:
        raise ReadError(_too_much(title, memory))
    try:
        return told.reading()
    except ReadError:
        raise
    except WENT_WRONG:
        tail = err.decode("utf-8", "replace")[-2_000:]
        _LOG.error("Reading broke off with code %s: %s", code, tail)
        raise ReadError(_broke_off(title)) from None


def _environment() -> dict[str, str]:
    """Return what a worker needs to start, and no password of ours."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    package = str(Path(__file__).resolve().parents[3])
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join([package, *filter(None, sys.path)]),
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",  # each thread would take address space
    }


def _as(title: str) -> str:
    return f"as {title}" if title else "to find out what it is"


def _too_long(title: str, seconds: float) -> str:
    return (
        f"The file was still being read {_as(title)} after {seconds:g} seconds of "
        "work, so reading was stopped. Nothing was changed. Split it, or save it again from "
        "the original program, then try again."
    )


def _stood_still(title: str) -> str:
    return (
        f"Reading the file {_as(title)} came to a standstill, so it was stopped. "
        "Nothing was changed. Try again; if it happens again, save the file again from "
        "the original program."
    )


def _too_much(title: str, memory: int) -> str:
    return (
        f"Reading the file {_as(title)} took more than {memory // 1_000_000:,} MB of "
        "memory, so it was stopped. Nothing was changed. Split it, then try again."
    )


def _broke_off(title: str) -> str:
    return (
        f"Reading the file {_as(title)} broke off. It is damaged; "
        "save it again from the original program. Nothing was changed."
    )
