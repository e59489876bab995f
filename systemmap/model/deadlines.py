"""When a vague date has passed: the last day it could mean, and months ahead."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from systemmap.model.values import Due

_OPEN_ENDED = ("onwards", "from")


def last_day(due: Due | None) -> date | None:
    """Return the last day a due date could mean; None when it names no end.

    A month lasts until its last day, "onwards" and "from" never end, and words
    from which no date could be read have no last day.

    Examples
    --------
    >>> from systemmap.model.values import Due
    >>> last_day(Due(raw="April 2023", start="2023-04", precision="month"))
    datetime.date(2023, 4, 30)
    """
    text = (due.end or due.start) if due else None
    if due is None or text is None or due.qualifier in _OPEN_ENDED:
        return None
    parts = [int(part) for part in text.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return date(year, month, day)


def is_dated(due: Due | None) -> bool:
    """Say whether any date could be read, however vague."""
    return due is not None and (due.start or due.end) is not None


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month.

    Examples
    --------
    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length))
