"""A reading, or a refusal, as plain JSON between the worker and the program.

A record is its values; which fields these are, and of which kind, is said once for
all that have the same. They go through the model's own codec, which checks every value
again on the way in: what comes back from reading an outside file can be nothing but records.
"""

from __future__ import annotations

import gc
import json
from typing import Any

from systemmap.errors import Choice, Problem, ReadError, Undecided
from systemmap.formats.format import Reading
from systemmap.model.kinds import KIND_OF
from systemmap.model.rows import brief_data_from, records_from


def carried(reading: Reading) -> bytes:
    """Return a reading as one line of JSON."""
    shapes: dict[tuple[str, tuple[str, ...]], int] = {}
    records: list[list[Any]] = []
    for record in reading.records:
        data = brief_data_from(record)
        shape = (KIND_OF[type(record)].name, tuple(data))
        records.append([shapes.setdefault(shape, len(shapes)), *data.values()])
    return _line(
        {
            "format": reading.format,
            "dialect": reading.dialect,
            "shapes": list(shapes),
            "records": records,
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


def unpacked(line: bytes) -> Reading:
    """Return the reading that `carried` wrote.

    Raises
    ------
    ReadError
        The file was refused: the same words and problems as in the worker.
    ValueError, LookupError, TypeError, InvalidValue
        The line is no reading, so the worker went wrong.
    """
    collects = gc.isenabled()
    gc.disable()  # thousands of records that all stay: nothing to be collected
    try:
        return _unpacked(json.loads(line))
    finally:
        if collects:
            gc.enable()


def _unpacked(found: dict[str, Any]) -> Reading:
    problems = tuple(Problem(*problem) for problem in found["problems"])
    if "asked" in found:
        raise Undecided(
            found["asked"], [Choice(*choice) for choice in found["choices"]]
        )
    if "refused" in found:
        raise ReadError(found["refused"], problems)
    makers = [records_from(kind, names) for kind, names in found["shapes"]]
    return Reading(
        format=str(found["format"]),
        dialect=str(found["dialect"]),
        records=tuple([makers[shape](values) for shape, *values in found["records"]]),
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


def _listed(problems: tuple[Problem, ...]) -> list[list[str | int]]:
    return [[p.where, p.what, p.kind, p.raw, p.count] for p in problems]


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content).encode("ascii") + b"\n"
