"""A reading, or a refusal, as plain JSON between the worker and the program.

A record is its values; which fields these are, and of which kind, is said once for
all that have the same. They go through the model's own codec, which checks every value
again on the way in: what comes back from reading an outside file can be nothing but records.
"""

from __future__ import annotations

import gc
import json
from typing import TYPE_CHECKING, Any

from systemmap.errors import Choice, Problem, ReadError, SystemMapError, Undecided
from systemmap.formats.format import Reading
from systemmap.model.kinds import KIND_OF
from systemmap.model.rows import brief_data_from, records_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from systemmap.model.kinds import Record

_AT_A_TIME = 500  # records in one line
WENT_WRONG = (SystemMapError, ValueError, LookupError, TypeError, RecursionError)


def carried(reading: Reading) -> Iterator[bytes]:
    """Yield a reading as lines of JSON: its records, some at a time, then all else.

    What is written is unpacked while the next is made ready.
    """
    for at in range(0, len(reading.records), _AT_A_TIME):
        shapes: dict[tuple[str, tuple[str, ...]], int] = {}
        records: list[list[Any]] = []
        for record in reading.records[at : at + _AT_A_TIME]:
            data = brief_data_from(record)
            shape = (KIND_OF[type(record)].name, tuple(data))
            records.append([shapes.setdefault(shape, len(shapes)), *data.values()])
        yield _line([list(shapes), records])
    yield _line(
        {
            "format": reading.format,
            "dialect": reading.dialect,
            "problems": _listed(reading.problems),
            "items": reading.items,
            "blank": reading.blank,
            "aside": reading.aside,
            "summary": dict(reading.summary),
            "notice": reading.notice,
            "own_ids": reading.own_ids,
            "references": sorted(reading.references),
            "made_of": reading.made_of,
            "made_at": reading.made_at,
            "seen": dict(reading.seen),
        }
    )


def carried_refusal(message: str, problems: tuple[Problem, ...] = ()) -> bytes:
    """Return a refusal as one line of JSON; `message` is its first sentence."""
    return _line({"refused": message, "problems": _listed(problems)})


def carried_question(question: Undecided) -> bytes:
    """Return the question what a file is as one line of JSON."""
    choices = [[c.key, c.title, c.certainty, c.evidence] for c in question.choices]
    return _line({"asked": question.question, "choices": choices, "problems": []})


class Heard:
    """What a worker says of one file, line by line.

    Attributes
    ----------
    title : str
        What the file was recognised as, or "".
    whole : bool
        Whether its last line has come.
    """

    def __init__(self) -> None:
        self.title = ""
        self.whole = False
        self._records: list[Record] = []
        self._rest: dict[str, Any] = {}
        self._wrong: Exception | None = None

    def take(self, line: bytes) -> None:
        """Unpack a line; what is wrong with it is said once the reading is asked for."""
        collects = gc.isenabled()
        gc.disable()  # thousands of records that all stay: nothing to be collected
        try:
            self._take(line)
        except WENT_WRONG as error:
            self._wrong = self._wrong or error
        finally:
            if collects:
                gc.enable()

    def _take(self, line: bytes) -> None:
        if line.startswith(b"["):
            shapes, records = json.loads(line)
            makers = [records_from(kind, names) for kind, names in shapes]
            self._records += [makers[shape](values) for shape, *values in records]
        elif line.startswith(b"{"):
            self.whole = True
            self._rest = json.loads(line)
        else:
            self.title = line.decode("utf-8", "replace").strip()

    def reading(self) -> Reading:
        """Return the reading that `carried` wrote.

        Raises
        ------
        ReadError
            The file was refused: the same words and problems as in the worker.
        ValueError, LookupError, TypeError, RecursionError, SystemMapError
            The lines are no reading, so the worker went wrong.
        """
        if self._wrong:
            raise self._wrong
        found = self._rest
        problems = tuple(Problem(*problem) for problem in found["problems"])
        if "asked" in found:
            raise Undecided(
                found["asked"], [Choice(*choice) for choice in found["choices"]]
            )
        if "refused" in found:
            raise ReadError(found["refused"], problems)
        return Reading(
            format=str(found["format"]),
            dialect=str(found["dialect"]),
            records=tuple(self._records),
            problems=problems,
            items=int(found["items"]),
            blank=int(found["blank"]),
            aside=int(found["aside"]),
            summary=found["summary"],
            notice=str(found["notice"]),
            own_ids=bool(found["own_ids"]),
            references=frozenset(map(str, found["references"])),
            made_of=str(found["made_of"]),
            made_at=int(found["made_at"]),
            seen=found["seen"],
        )


def heard(lines: Iterable[bytes]) -> Heard:
    """Return what the lines of a worker come to."""
    found = Heard()
    for line in lines:
        found.take(line)
    return found


def _listed(problems: tuple[Problem, ...]) -> list[list[str | int]]:
    return [[p.where, p.what, p.kind, p.raw, p.count] for p in problems]


def _line(content: dict[str, Any] | list[Any]) -> bytes:
    return json.dumps(content).encode("ascii") + b"\n"
