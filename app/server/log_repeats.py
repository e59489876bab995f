"""A log that never repeats a line without bound: the first times, then ever fewer.

A visitor may cause the same line a thousand times a second. Lines are told
apart by the place in the program they come from, not by their words, which a
visitor may choose; so there are only so many of them.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

FIRST = 5
"""Times a line is written in full; afterwards at the 10th, the 100th, the 1,000th."""
QUIET = 3_600.0
"""Seconds without it, after which a line counts as new."""
LONGEST = 2_000
"""Characters of one message."""


@dataclass(slots=True)
class _Seen:
    times: int = 0
    last: float = 0.0


class Repeats(logging.Filter):
    """Lets a line through the first times, then each time its count is ten times as high."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._seen: dict[tuple[object, ...], _Seen] = {}
        self._lock = Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a line is written; a shortened one says how often it came."""
        with self._lock:
            times = self._counted(record)
        wanted = times <= FIRST or _power_of_ten(times)
        if wanted:
            _shorten(record, times)
        return wanted

    def _counted(self, record: logging.LogRecord) -> int:
        moment = self._clock()
        seen = self._seen.setdefault(_place(record), _Seen())
        if moment - seen.last > QUIET:
            seen.times = 0
        seen.times += 1
        seen.last = moment
        return seen.times


def bound() -> Repeats:
    """Bound every logger there is and every one that is made from now on.

    Loggers, and not their handlers: Streamlit exchanges its handlers, and
    uvicorn's, while it starts.
    """
    kind = logging.getLoggerClass()
    held = getattr(kind, "repeats", None)
    found = held if isinstance(held, Repeats) else Repeats()

    class Bounded(kind):  # type: ignore[misc, valid-type] # known at run time
        """A logger that repeats no line without bound."""

        repeats = found

        def __init__(self, name: str, level: int = logging.NOTSET) -> None:
            super().__init__(name, level)
            self.addFilter(found)  # the same one twice counts once

    if held is None:
        logging.setLoggerClass(Bounded)
    names = list(logging.Logger.manager.loggerDict)
    for logger in (logging.getLogger(), *map(logging.getLogger, names)):
        logger.addFilter(found)
    return found


def _place(record: logging.LogRecord) -> tuple[object, ...]:
    kind, trace = None, None
    if record.exc_info and record.exc_info[0]:
        kind, trace = record.exc_info[0].__name__, _innermost(record.exc_info[2])
    return record.name, record.pathname, record.lineno, kind, trace


def _innermost(trace: TracebackType | None) -> tuple[str, int] | None:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else None


def _shorten(record: logging.LogRecord, times: int) -> None:
    words = record.getMessage()
    if len(words) > LONGEST:
        words = words[:LONGEST] + " …"
    if times > FIRST:
        record.exc_info = record.exc_text = None
        words = f"{words.strip()} (said {times:,} times)"
    record.msg, record.args = words, ()


def _power_of_ten(number: int) -> bool:
    while number % 10 == 0:
        number //= 10
    return number == 1
