"""A record's words for each column, and whether they still are the typed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from systemmap.formats.plans._plan_table.cells import split_aims
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    AIMS,
    DUE,
    OUTCOMES,
    PROGRESS,
    RESPONSIBLE,
)
from systemmap.formats.plans._plan_table.plan_rows import answer_in, guide_name
from systemmap.model.due import MONTHS
from systemmap.model.owners import read_owners
from systemmap.model.plan import Phase
from systemmap.model.progress import read_progress
from systemmap.model.response import Action
from systemmap.vocab import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from systemmap.formats.plans._plan_table.plan_rows import Parsed
    from systemmap.model.values import Due

Planned: TypeAlias = Action | Phase


# Whether a record still says what its typed cell says ------------------------


def _same_first(record: Planned, parsed: Parsed) -> bool:
    if isinstance(record, Action):
        return not parsed.numbers and (
            parsed.title_from_elsewhere
            or (record.ref, record.title) == (parsed.ref, parsed.title)
        )
    name = parsed.title or guide_name(record.number) or f"Phase {record.number}"
    return record.number in parsed.numbers and (record.name, record.goal) == (
        name,
        parsed.goal,
    )


def _same_aims(record: Planned, parsed: Parsed) -> bool:
    """Compare words, not splits: a person may have settled a proposed one."""
    return _words(record.aims) == _words(parsed.aims.lines)


def _same_owners(record: Planned, parsed: Parsed) -> bool:
    return record.owners == parsed.owners.names or (
        record.owners_raw == parsed.owners_raw
        and _words(record.owners) == _words(parsed.owners.names)
    )


def _same_due(record: Planned, parsed: Parsed) -> bool:
    now, then = record.due, parsed.due
    return (now.raw if now else "") == (then.raw if then else "")


def _same_progress(record: Planned, parsed: Parsed) -> bool:
    now = (record.status, record.status_note)
    answer = answer_in(parsed.progress_raw)
    return any(
        now == (then.status, then.note) for then in (parsed.progress, answer) if then
    )


def _same_outcomes(record: Planned, parsed: Parsed) -> bool:
    return record.outcomes == parsed.outcomes


def _words(texts: Iterable[str]) -> list[str]:
    return " ".join(texts).replace("&", "and").replace(" and ", " ").split()


SAME: Mapping[str, Callable[[Planned, Parsed], bool]] = {
    ACTION: _same_first,
    AIMS: _same_aims,
    RESPONSIBLE: _same_owners,
    DUE: _same_due,
    PROGRESS: _same_progress,
    OUTCOMES: _same_outcomes,
}


# Cells in the plan's own style ----------------------------------------------


def _first(record: Planned) -> str:
    if isinstance(record, Action):
        return f"{record.ref}. {record.title}" if record.ref else record.title
    goal = f" \u2013 {record.goal}" if record.goal else ""
    return f"Phase {record.number}: {record.name}{goal}"


def _aims(record: Planned) -> str:
    if len(record.aims) == 1 and split_aims(record.aims[0]).lines == record.aims:
        return record.aims[0]
    return "\n".join(f"\u2022 {aim}" for aim in record.aims)


def _owners(record: Planned) -> str:
    if record.owners_raw and read_owners(record.owners_raw).names == record.owners:
        return record.owners_raw
    return ", ".join(record.owners)


def _due(record: Planned) -> str:
    due = record.due
    return (due.raw or due_words(due)) if due else ""


def due_words(due: Due) -> str:
    """Return a due date in words that `read_due` reads the same.

    Examples
    --------
    >>> from systemmap.model.values import Due
    >>> due_words(Due(start="2023-04", precision="month", qualifier="onwards"))
    'April 2023 onwards'
    """
    if not due.start:
        return ""
    year, month, day = [*due.start.split("-"), "", ""][:3]
    words = year
    if due.precision == "financial_year" and due.end:
        words = f"{year}/{due.end[2:4]}"
    elif month:
        words = (
            f"{int(day)} {MONTHS[int(month) - 1]} {year}"
            if day
            else f"{MONTHS[int(month) - 1]} {year}"
        )
        if due.end and not day:
            end_year, end_month = due.end.split("-")[:2]
            words = f"{words} \u2013 {MONTHS[int(end_month) - 1]} {end_year}"
    before = {
        "by_end": "by end of ",
        "mid": "mid-",
        "from": "from ",
        "by": "by ",
        "early": "early ",
        "late": "late ",
    }
    after = {"meeting": " meeting", "onwards": " onwards"}
    return f"{before.get(due.qualifier, '')}{words}{after.get(due.qualifier, '')}"


def _outcomes(record: Planned) -> str:
    return record.outcomes


def _progress(record: Planned) -> str:
    then = read_progress(record.progress_raw)
    if record.progress_raw and (then.status, then.note) == (
        record.status,
        record.status_note,
    ):
        return record.progress_raw
    words = (label("statuses", record.status), record.status_note)
    return " \u2013 ".join(filter(None, words))


STYLED: Mapping[str, Callable[[Planned], str]] = {
    ACTION: _first,
    AIMS: _aims,
    RESPONSIBLE: _owners,
    DUE: _due,
    PROGRESS: _progress,
    OUTCOMES: _outcomes,
}
