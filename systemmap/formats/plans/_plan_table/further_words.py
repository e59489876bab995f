"""What a record says under the columns beside the six, and whether that is still as typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from systemmap.formats.plans._plan_table.cells import plain, split_aims
from systemmap.formats.plans._plan_table.headings import (
    EVIDENCE,
    MEASURES,
    NOTE,
    PARTNERS,
    PLACE,
    POPULATION,
    REFERENCE,
    START,
)
from systemmap.language.phrases import day
from systemmap.model.due import read_due
from systemmap.model.owners import read_owners
from systemmap.model.response import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from systemmap.formats.plans._plan_table.plan_rows import Parsed
    from systemmap.model.plan import Phase


def partners_of(cell: str, parsed: Parsed) -> tuple[str, ...]:
    """Return who helps: those that who leads names beside, and those of the cell."""
    named = read_owners(cell).names if cell else ()
    return tuple(dict.fromkeys((*parsed.owners.supporting, *named)))


def points_of(cell: str) -> tuple[str, ...]:
    """Return the points of a cell, one each."""
    text = plain(cell)
    return split_aims(text).lines if "\n" in text else (text,) * bool(text)


def _partners(action: Action, cell: str, parsed: Parsed) -> str | None:
    if partners_of(cell, parsed) == action.partners:
        return None
    own = [name for name in action.partners if name not in parsed.owners.supporting]
    return "; ".join(own)


def _points(
    field: str,
) -> Callable[[Action, str, Parsed], str | None]:
    def told(action: Action, cell: str, _: Parsed) -> str | None:
        now: tuple[str, ...] = getattr(action, field)
        return None if points_of(cell) == now else "\n".join(now)

    return told


def _text(field: str) -> Callable[[Action, str, Parsed], str | None]:
    def told(action: Action, cell: str, _: Parsed) -> str | None:
        now: str = getattr(action, field)
        # A figure alone was read with its heading before it.
        return None if now == plain(cell) or now.endswith(f": {cell.strip()}") else now

    return told


def _start(action: Action, cell: str, _: Parsed) -> str | None:
    """Compare the day, whichever figure of a typed one is the day."""
    due = read_due(plain(cell))
    typed = due.start if due and due.precision == "day" else ""
    if not typed:
        return day(action.start) if action.start else None
    then = date.fromisoformat(typed)
    ways = {then}
    if then.day <= _MONTHS:
        ways.add(date(then.year, then.day, then.month))
    if action.start is None:
        return None if len(ways) > 1 else ""
    return None if action.start in ways else day(action.start)


def _reference(action: Action, cell: str, parsed: Parsed) -> str | None:
    return None if action.ref == parsed.ref else action.ref


_MONTHS = 12
_TOLD: Mapping[str, Callable[[Action, str, Parsed], str | None]] = {
    PARTNERS: _partners,
    START: _start,
    MEASURES: _points("measures"),
    EVIDENCE: _text("evidence"),
    REFERENCE: _reference,
    PLACE: _points("places"),
    POPULATION: _points("populations"),
    NOTE: _text("note"),
}


def told_anew(
    meaning: str, record: Action | Phase, typed: str, parsed: Parsed
) -> str | None:
    """Return the words of a column that no longer says what was typed; None = it does."""
    told = _TOLD.get(meaning)
    if told is None or not isinstance(record, Action):
        return None
    return told(record, typed, parsed)
