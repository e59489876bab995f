"""Progress in words: a status and its note, apart from any rating; dates as read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from systemmap.language.phrases import day
from systemmap.model.progress import read_progress
from systemmap.vocab import label

if TYPE_CHECKING:
    from systemmap.model.plan import Phase
    from systemmap.model.response import Action
    from systemmap.model.values import Due

_DAY, _MONTH = len("2026-11-28"), len("2026-11")


def progress_words(record: Action | Phase) -> str:
    """Return the progress of an action or phase; "" when nothing was said.

    The words as typed stand as long as the record says the same. Once the
    status or the note was changed, those are said.

    Examples
    --------
    >>> from systemmap.model.response import Action
    >>> progress_words(Action(id="a", title="Walks", status="ongoing", status_note="12 came"))
    'Ongoing – 12 came'
    """
    if record.progress_raw:
        typed = read_progress(record.progress_raw)
        if (typed.status, typed.note) == (record.status, record.status_note):
            return record.progress_raw
    return " – ".join(
        filter(None, (label("statuses", record.status), record.status_note))
    )


def is_blank(record: Action | Phase) -> bool:
    """Say whether nothing at all was said about progress: no status, and no words."""
    return not (record.status or record.status_note or record.progress_raw.strip())


def due_words(due: Due | None) -> str:
    """Say what a due date was read as, beside the words as typed.

    Examples
    --------
    >>> from systemmap.model.due import read_due
    >>> due_words(read_due("March 23 meeting"))
    'March 2023 (meeting), a guess'
    >>> due_words(read_due("when funded"))
    'no date read'
    """
    if due is None:
        return ""
    if not due.start:
        return "no date read"
    span = _moment(due.start)
    if due.end and due.end != due.start:
        span = f"{span} to {_moment(due.end)}"
    qualifier = label("due_qualifiers", due.qualifier).lower() if due.qualifier else ""
    said = f"{span} ({qualifier})" if qualifier else span
    return f"{said}, a guess" if due.guessed else said


def _moment(iso: str) -> str:
    if len(iso) == _DAY:
        return day(date.fromisoformat(iso))
    if len(iso) == _MONTH:
        return f"{date.fromisoformat(f'{iso}-01'):%B %Y}"
    return iso
