"""Lines of a progress cell that begin with a day: each is an update of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from systemmap.model.due import read_due

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (": ", " – ", " - ", " — ")
_LONGEST = 30  # letters of the words that name a day


def dated_lines(text: str) -> Iterator[tuple[date, str]]:
    r"""Yield the day and the words of each line that begins with one single day.

    A month or a quarter is no day, and none is invented: such a line stays in the
    progress alone.

    Examples
    --------
    >>> list(dated_lines("14/09/2026: two coaches found\nOct 26: launched"))
    [(datetime.date(2026, 9, 14), 'two coaches found')]
    """
    for line in text.splitlines():
        plain = line.strip().lstrip("•*·-– ").strip()
        for mark in _MARKS:
            head, _, words = plain.partition(mark)
            day = _day(head) if words.strip() else None
            if day:
                yield day, words.strip()
                break


def _day(words: str) -> date | None:
    due = read_due(words.strip()) if 0 < len(words) <= _LONGEST else None
    if due is None or due.precision != "day" or due.qualifier or due.guessed:
        return None
    return date.fromisoformat(due.start) if due.start and not due.end else None
