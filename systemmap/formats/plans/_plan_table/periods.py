"""Headings that name a time: a quarter, a month, a year."""

from __future__ import annotations

_PERIODS = frozenset(
    [
        "q1",
        "q2",
        "q3",
        "q4",
        "qtr",
        "quarter",
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "spring",
        "summer",
        "autumn",
        "winter",
    ]
)


def names_period(heading: str) -> bool:
    """Say whether a heading names a time, perhaps beside other words.

    Examples
    --------
    >>> names_period("Q1 update"), names_period("Update")
    (True, False)
    """
    return any(map(_is_time, _words(heading)))


def is_only_period(heading: str) -> bool:
    """Say whether a heading is a time and nothing else, as above a bar of a Gantt chart.

    Examples
    --------
    >>> is_only_period("Apr-26"), is_only_period("2026/27 Q1"), is_only_period("Q1 update")
    (True, True, False)
    """
    words = _words(heading)
    return bool(words) and all(map(_is_time, words))


def _words(heading: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in heading.casefold()).split()


def _is_time(word: str) -> bool:
    return word in _PERIODS or (word.isdigit() and len(word) in (2, 4))
