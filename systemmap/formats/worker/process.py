"""The process in which an uploaded file is read, and which may be killed.

It is started by `_bounded` and never imported: a first line of JSON says what to
read and within which limits, the file's bytes follow. It answers with the
format's name as soon as that is known, then with lines of JSON. A further
line asks for the same file in another way, with a budget of its own.
"""

from __future__ import annotations

import gc
import json
import math
import signal
import sys
from typing import TYPE_CHECKING

from systemmap.errors import ReadError, SystemMapError, Undecided
from systemmap.formats import Sighting, chosen, read_as, recognised
from systemmap.formats.import_mapping import ImportMapping
from systemmap.formats.worker.messages import (
    carried,
    carried_question,
    carried_refusal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

OUT_OF_MEMORY = 3
ANSWERS = 40  # of one worker that stays while a person corrects a file


def main() -> int:
    """Read one file from the standard input, again for each further line of it."""
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(asked["size"])
    again = ANSWERS if asked["again"] else 1
    limit_work(asked["seconds"], asked["memory"], again)
    gc.disable()  # nearly all that is made is kept until it is written
    sighting: Sighting | None = None
    for _ in range(again):
        stop_after(asked["seconds"])
        try:
            said = asked.get("mapping")
            mapping = ImportMapping.from_parameters(said) if said else None
            sighting, lines = _answer(
                sighting, data, asked["name"], asked["as"], mapping
            )
            for line in lines:
                sys.stdout.buffer.write(line)
                sys.stdout.buffer.flush()
        except MemoryError:
            return OUT_OF_MEMORY
        stop_after(0)  # waiting is no work
        gc.collect()
        gc.freeze()  # the opened file stays: no need to look through it again
        line = sys.stdin.buffer.readline()
        if not line:
            return 0
        asked = json.loads(line)
    return 0


def _answer(
    sighting: Sighting | None,
    data: bytes,
    name: str,
    as_: str | None,
    mapping: ImportMapping | None,
) -> tuple[Sighting | None, Iterable[bytes]]:
    try:
        sighting = sighting or Sighting(data, name)
        key = mapping.format if mapping else as_
        fmt = chosen(sighting, key) if key else recognised(sighting)
        print(fmt.title, flush=True)  # noqa: T201 - this is the answer
        return sighting, carried(read_as(sighting, as_, mapping))
    except Undecided as question:
        return sighting, [carried_question(question)]
    except ReadError as error:
        first = str(error).partition("\n")[0] if error.problems else str(error)
        return sighting, [carried_refusal(first, error.problems)]
    except SystemMapError as error:
        return sighting, [carried_refusal(str(error))]


def limit_work(seconds: float, memory: int, again: int) -> None:
    """Bound this process from within, where the system can do so.

    Time is that of the processor, so a busy computer refuses no good file; the
    second limit is for a process that takes no notice of the first. Memory is
    counted on top of what the program itself needs.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds * again) + 1
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_CPU, most)
    _set(resource.RLIMIT_AS, _mapped() + memory)


def stop_after(seconds: float) -> None:
    """End this process once it has worked for so long; sleeping does not count."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _set(which: int, most: int) -> None:
    import resource

    try:
        resource.setrlimit(which, (most, most))
    except (OSError, ValueError):  # macOS refuses some; the time limit still holds
        return


def _mapped() -> int:
    """Return how many bytes of address space this process has taken by now."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            import resource

            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:  # no /proc: allow what an interpreter usually takes
        return 500_000_000


if __name__ == "__main__":
    sys.exit(main())
