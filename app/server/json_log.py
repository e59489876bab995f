"""The log as lines of JSON, for whatever gathers a council's logs; no personal data.

A line says when, how bad, which part of the program and what. Addresses and
personal details are left out of the words, and of an error only its kind and the
places in the program are told: its words may be somebody's note.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

from systemmap.language.personal_details import find_personal_details

if TYPE_CHECKING:
    from types import TracebackType

LEFT_OUT = "[left out]"
_FRAMES = 12
_AROUND = "()[]{}<>,;'\"=/"


class JsonLines(logging.Filter):
    """Writes each record as a line of JSON, and lets none through to other handlers.

    A filter of loggers and no handler: Streamlit and uvicorn exchange handlers
    while they start (`app.server.log_repeats`).
    """

    def __init__(self, to: TextIO | None = None) -> None:
        super().__init__()
        self._to = to

    def filter(self, record: logging.LogRecord) -> bool:
        """Write a record."""
        write_line(line_of(record), self._to)
        return False


def line_of(record: logging.LogRecord) -> dict[str, object]:
    """Return what is told of a record."""
    line: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(
            timespec="milliseconds"
        ),
        "level": record.levelname.lower(),
        "part": record.name,
        "message": without_personal_details(record.getMessage()),
    }
    if record.exc_info and record.exc_info[0]:
        line["error"] = record.exc_info[0].__name__
        line["at"] = _places(record.exc_info[2])
    return line


def say_line(words: str) -> None:
    """Write what is said at the start as a line too."""
    line: dict[str, object] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "level": "info",
        "part": "systemmap",
        "message": without_personal_details(words),
    }
    write_line(line, sys.stdout)


def write_line(line: dict[str, object], to: TextIO | None = None) -> None:
    """Write one line, whole and at once."""
    out = to or sys.stderr
    out.write(json.dumps(line, ensure_ascii=False) + "\n")
    out.flush()


def without_personal_details(text: str) -> str:
    """Return words without network addresses and whatever looks like a personal detail.

    This computer's own address is nobody's, and stays.

    Examples
    --------
    >>> without_personal_details("10.2.3.4 asked; write to a.b@example.org")
    '[left out] asked; write to [left out]'
    >>> without_personal_details("systemmap is at http://127.0.0.1:8501")
    'systemmap is at http://127.0.0.1:8501'
    """
    for detail in reversed(find_personal_details(text)):
        text = text[: detail.start] + LEFT_OUT + text[detail.end :]
    return " ".join(_without_address(word) for word in text.split(" "))


def _without_address(word: str) -> str:
    inner = word.partition("://")[2] or word
    inner = inner.strip(_AROUND).removesuffix(".")
    for candidate in (inner, inner.rpartition(":")[0].strip("[]")):
        try:
            address = ipaddress.ip_address(candidate)
        except ValueError:
            continue
        before, _, after = word.partition(inner)
        return word if address.is_loopback else f"{before}{LEFT_OUT}{after}"
    return word


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def use_json() -> None:
    """Make every logger there is, and every later one, write lines of JSON."""
    lines = JsonLines()

    class Told(logging.getLoggerClass()):  # type: ignore[misc] # known at run time
        """A logger whose records are lines of JSON."""

        def __init__(self, name: str, level: int = logging.NOTSET) -> None:
            super().__init__(name, level)
            self.addFilter(lines)

    logging.setLoggerClass(Told)
    names = list(logging.Logger.manager.loggerDict)
    for logger in (logging.getLogger(), *map(logging.getLogger, names)):
        logger.addFilter(lines)
    logging.captureWarnings(capture=True)
