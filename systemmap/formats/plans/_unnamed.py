"""Tables to which nobody gave a name: which one here they are, or what to call them.

A plan without a title is called “Plan”, and a sheet that nobody named “Sheet1”.
Two such tables are one only where they share a row: the six phases and a list of
actions do not, nor do the lists of two partners.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from systemmap.model.plan import Phase, Workstream
from systemmap.model.response import Action
from systemmap.model.text import clean_label, folded, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.kinds import Record
    from systemmap.model.programme import Programme

_PLAN, _SHEET = "Plan", "Sheet"
_PASTED = "pasted"
_AFTER = "named_after"
_KINDS = {"phases": "Phases", "actions": "Actions"}


def is_unnamed(stream: Workstream) -> bool:
    """Say whether a table has the name that is given where there is none.

    Examples
    --------
    >>> is_unnamed(Workstream(id="plan", name="Plan (2)"))
    True
    >>> is_unnamed(Workstream(id="plan", name="Plan", extra={"heading": "Plan"}))
    False
    """
    if _AFTER in stream.extra:
        return True
    if _bare(stream.name, _SHEET):
        return True
    said = any(stream.extra.get(name) for name in ("heading", "table_title"))
    return _bare(stream.name, _PLAN) and not said


def unnamed_here(
    programme: Programme, stream: Workstream, records: Iterable[Record]
) -> Workstream | None:
    """Return the table here without a name that shares a row with one; None = none does.

    One without rows is the one of the same name.
    """
    wanted = set(_rows(records, stream.id))
    here = programme.all(Workstream).values()
    if not wanted:
        return next((w for w in here if folded(w.name) == folded(stream.name)), None)
    rows: list[Record] = [*programme.actions.values()]
    rows += programme.all(Phase).values()
    shared = {
        w.id: len(wanted.intersection(_rows(rows, w.id))) for w in here if is_unnamed(w)
    }
    best = max(shared, key=shared.__getitem__, default="")
    return programme.all(Workstream)[best] if best and shared[best] else None


def named_after(stream: Workstream, file_name: str, taken: Iterable[str]) -> Workstream:
    """Return a table without a name under a free one: its own, its file's, or its kind's."""
    used = {folded(name) for name in taken}
    if not _bare(stream.name, _SHEET) and folded(stream.name) not in used:
        return stream
    stem = clean_label(PurePath(file_name).stem.replace("_", " "))
    own = stem[:1].upper() + stem[1:] if stem != _PASTED else ""
    base = own or _KINDS.get(stream.kind, _PLAN)
    name, number = base, 1
    while folded(name) in used:
        number += 1
        name = f"{base} ({number})"
    extra = {**stream.extra, _AFTER: file_name}
    return replace(stream, id=slug(name, fallback="workstream"), name=name, extra=extra)


def _bare(name: str, word: str) -> bool:
    """Say whether a name is a word with at most a number after it."""
    rest = name.removeprefix(word)
    return rest != name and (not rest or rest.strip(" ()").isdecimal())


def _rows(records: Iterable[Record], stream_id: str) -> Iterable[tuple[str, object]]:
    for record in records:
        if isinstance(record, Action) and record.workstream_id == stream_id:
            yield "action", folded(record.title)
        elif isinstance(record, Phase) and record.workstream_id == stream_id:
            yield "phase", record.number
