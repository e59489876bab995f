"""Due dates as people type them: the words kept, the month read, no day invented."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from systemmap.model.values import Due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SHORT = tuple(name[:3].lower() for name in MONTHS)
# Meteorological seasons, in whole months; winter runs into the next year.
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}

_LONGEST = 200

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)"
_DAY = r"\d\d?(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"

_PREFIXES = (
    (re.compile(r"(?:by )?(?:the )?end(?: of)?:? "), "by_end"),
    (re.compile(r"(?:from|since|starting(?: in)?|starts(?: in)?):? "), "from"),
    (re.compile(r"mid[- ]"), "mid"),
    (re.compile(r"early(?: in)?[- ]"), "early"),
    (re.compile(r"late(?: in)?[- ]"), "late"),
    (re.compile(r"(?:by|before|no later than):? "), "by"),
)
_SUFFIXES = (
    (re.compile(r",? (?:board )?meeting\Z"), "meeting"),
    (re.compile(r",? onwards?\Z"), "onwards"),
)


@lru_cache(maxsize=2_048)
def read_due(raw: str) -> Due | None:
    """Read one due date. The words stay; whatever is not said stays unknown.

    Parameters
    ----------
    raw : str
        What the plan says, for instance ``"March 23 meeting"``.

    Returns
    -------
    Due | None
        None for a blank cell. A text without a readable date gives a `Due`
        that holds the words alone. Dates in figures are read day first. A
        month with two figures ("Oct 22") is the month of that year, and is
        marked guessed, as is a date found inside a longer sentence: use
        `read_dues` on a whole plan to let its dates vouch for each other.
        Neither a day nor a year is ever invented.

    Examples
    --------
    >>> read_due("April 23 onwards")
    Due(raw='April 23 onwards', start='2023-04', end=None, precision='month',
        qualifier='onwards', guessed=True)
    >>> read_due("22 Oct").start is None
    True
    """
    words = raw.strip()
    if not words:
        return None
    if len(words) > _LONGEST:  # a story, not a date
        return Due(raw=words)
    text, qualifier = _without_qualifier(_without_time(_normalised(words)))
    found = _whole(text) or _span(text) or _moment(words)
    if found is None:
        found = _inside(words)
        qualifier = qualifier if found else ""
    if found is None:
        return Due(raw=words)
    return replace(found, raw=words, qualifier=qualifier)


def read_dues(raws: Iterable[str]) -> list[Due | None]:
    """Read the due dates of one plan, letting them vouch for each other.

    "Oct 22" beside "Jan 23" and "March 23" is a month and a year: when two or
    more such dates name years at most three apart (dates written in full count
    too), and none in the plan is a bare day and month, they are no longer
    marked guessed.
    """
    dues = [read_due(raw) for raw in raws]
    years = {int(due.start[:4]) for due in dues if due and due.start}
    bare_days = any(
        due and not due.start and _BARE_DAY.search(_normalised(due.raw)) for due in dues
    )
    agree = len(years) > 1 and max(years) - min(years) <= 3 and not bare_days
    return [
        replace(due, guessed=False)
        if due and due.guessed and agree and _SHORT_YEAR.search(_normalised(due.raw))
        else due
        for due in dues
    ]


def _normalised(raw: str) -> str:
    text = re.sub("[\u2010-\u2015\u2212]", "-", raw.casefold())
    return " ".join(text.replace("\u2019", "'").replace("\u2018", "'").split()).strip(
        " .;"
    )


def _without_time(text: str) -> str:
    """Return a day without the time that programs write behind it."""
    day, _, time = text.partition(" ")
    return day if ":" in time and set(time) <= set("0123456789:") else text


def _moment(words: str) -> Due | None:
    """Read a moment as programs write it: "2027-05-31T23:00:00Z".

    Eleven at night of universal time is midnight of the next day in a British
    summer: a list that keeps days as such moments means that day.
    """
    if len(words) < len("2027-05-31T23:00") or words[10] not in "Tt":
        return None
    try:
        when = datetime.fromisoformat(words.upper())
    except ValueError:
        return None
    summer = when.tzinfo is not None and not when.utcoffset() and when.hour == 23
    day = when.date() + timedelta(days=1) if summer else when.date()
    return Due(start=day.isoformat(), precision="day", guessed=summer)


def _without_qualifier(text: str) -> tuple[str, str]:
    qualifier = ""
    for pattern, name in _SUFFIXES:
        text, count = pattern.subn("", text)
        qualifier = name if count else qualifier
    for _ in range(2):  # "by mid-June 23" carries two
        for pattern, name in _PREFIXES:
            if match := pattern.match(text):
                text = text[match.end() :]
                qualifier = qualifier if qualifier and name == "by" else name
                break
    return text, qualifier


def _whole(text: str) -> Due | None:
    for pattern, build in _FORMS:
        if match := pattern.fullmatch(text):
            return build(*match.groups())
    return None


def _span(text: str) -> Due | None:
    """Read two days, or two years, with "to", an arrow or a dash between them."""
    for mark in _UNTIL:
        first, found, last = text.partition(mark)
        if not found or mark in last:
            continue
        one, other = _whole(first.strip()), _whole(last.strip())
        if one and other and one.precision == other.precision in ("day", "year"):
            if not (one.start and other.start) or one.start > other.start:
                return None
            return Due(start=one.start, end=other.start, precision="range")
    return None


def _inside(raw: str) -> Due | None:
    """Return the one date that a longer text holds, as a guess; None if there is no one date."""
    text = _normalised(raw)
    spans: list[tuple[int, int]] = []
    found: list[Due] = []
    for pattern in _SEARCHED:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in spans):
                continue
            spans.append(match.span())
            due = _whole(match[0])
            if due:
                found.append(replace(due, guessed=True))
    return found[0] if len(found) == 1 == len(spans) else None


def _year(text: str) -> int:
    figures = text.lstrip("'")
    return 2000 + int(figures) if len(figures) == 2 else int(figures)


def _is_short(text: str) -> bool:
    return len(text.lstrip("'")) == 2 or text.startswith("1")


def _month(text: str) -> int:
    return _SHORT.index(text[:3]) + 1


def _day(day: str, month: int, year: str) -> Due | None:
    figures = int(re.sub(r"\D", "", day))
    try:
        when = date(_year(year), month, figures)
    except ValueError:
        return None
    return Due(start=when.isoformat(), precision="day")


def _named_day(day: str, month: str, year: str) -> Due | None:
    return _day(day, _month(month), year)


def _american_day(month: str, day: str, year: str) -> Due | None:
    return _day(day, _month(month), year)


def _numeric_day(day: str, month: str, year: str) -> Due | None:
    return _day(day, int(month), year)


def _iso_day(year: str, month: str, day: str) -> Due | None:
    return _day(day, int(month), year)


def _at(year: int, month: int) -> str:
    return f"{year:04}-{month:02}"


def _named_month(month: str, year: str) -> Due:
    return Due(
        start=_at(_year(year), _month(month)),
        precision="month",
        guessed=_is_short(year),
    )


def _numeric_month(month: str, year: str) -> Due | None:
    if not 1 <= int(month) <= 12:
        return None
    return Due(start=_at(_year(year), int(month)), precision="month")


def _iso_month(year: str, month: str) -> Due | None:
    return _numeric_month(month, year) or _financial_year(year, month)


def _range(first: str, first_year: str, last: str, last_year: str) -> Due | None:
    end_year = _year(last_year)
    wraps = not first_year and _month(first) > _month(last)
    start_year = _year(first_year) if first_year else end_year - wraps
    start, end = _at(start_year, _month(first)), _at(end_year, _month(last))
    if start > end:
        return None
    return Due(
        start=start, end=end, precision="range", guessed=wraps or _is_short(last_year)
    )


def _financial_year(first: str, last: str) -> Due | None:
    start = _year(first)
    if _year(last) % 100 != (start + 1) % 100:
        return None
    return Due(
        start=_at(start, 4),
        end=_at(start + 1, 3),
        precision="financial_year",
        guessed=len(first) == 2,
    )


def _quarter(quarter: str, first: str, last: str) -> Due | None:
    year = _financial_year(first, last)
    if year is None:
        return None
    month = 1 + 3 * (int(quarter) % 4)  # the financial year begins in April
    start = _year(first) + (quarter == "4")
    return Due(start=_at(start, month), end=_at(start, month + 2), precision="quarter")


def _quarter_last(first: str, last: str, quarter: str) -> Due | None:
    return _quarter(quarter, first, last)


def _season(season: str, year: str) -> Due:
    first, last = _SEASONS[season]
    start, wraps = _year(year), first > last
    return Due(
        start=_at(start, first),
        end=_at(start + wraps, last),
        precision="season",
        guessed=wraps or _is_short(year),
    )


def _winter(first: str, last: str) -> Due | None:
    return _season("winter", first) if _financial_year(first, last) else None


def _only_year(year: str) -> Due:
    return Due(start=year, precision="year")


_UNTIL = (" to ", " - ", "\u2192", " until ", "-")
_SEP = r"[-/ ,]*"
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Due | None]], ...] = (
    (re.compile(r"(\d{4})-(\d\d?)-(\d\d?)"), _iso_day),
    (re.compile(r"((?:19|20)\d\d)-(\d\d)"), _iso_month),
    (re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4}|\d\d)"), _numeric_day),
    (
        re.compile(rf"{_WEEKDAY}({_DAY})(?: of)?[- /]?({_MONTH}){_SEP}({_YEAR})"),
        _named_day,
    ),
    (re.compile(rf"{_WEEKDAY}({_MONTH}) ?({_DAY}),? ((?:19|20)\d\d)"), _american_day),
    (re.compile(rf"({_MONTH}){_SEP}({_YEAR})"), _named_month),
    (re.compile(r"(\d\d?)[/.]((?:19|20)\d\d)"), _numeric_month),
    (re.compile(rf"({_MONTH}) ?({_YEAR}) ?(?:-|to) ?({_MONTH}) ?({_YEAR})"), _range),
    (re.compile(rf"({_MONTH})() ?(?:-|to|/|and|&) ?({_MONTH}) ?({_YEAR})"), _range),
    (
        re.compile(r"(?:fy ?|financial year )?(\d{4}|\d\d)[/-](\d{4}|\d\d)"),
        _financial_year,
    ),
    (re.compile(r"(?:q|quarter )([1-4])[ ,]*(\d{4}|\d\d)[/-](\d{4}|\d\d)"), _quarter),
    (
        re.compile(r"(\d{4}|\d\d)[/-](\d{4}|\d\d),? ?(?:q|quarter )([1-4])"),
        _quarter_last,
    ),
    (re.compile(r"winter (\d{4}|\d\d)[/-](\d{4}|\d\d)"), _winter),
    (re.compile(rf"(spring|summer|autumn|winter) ({_YEAR})"), _season),
    (re.compile(r"((?:19|20)\d\d)"), _only_year),
)
# Inside a sentence only forms that name a month in words, or a full date, are believed.
_SEARCHED = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?![\w/])")
    for form in (
        r"\d\d?[/.-]\d\d?[/.-](?:\d{4}|\d\d)",
        rf"{_DAY}(?: of)?[- /]?{_MONTH}{_SEP}{_YEAR}",
        rf"{_MONTH} ?{_DAY},? (?:19|20)\d\d",
        rf"{_MONTH} ?{_YEAR} ?(?:-|to) ?{_MONTH} ?{_YEAR}",
        rf"{_MONTH} ?(?:-|to|/|and|&) ?{_MONTH} ?{_YEAR}",
        rf"(?!may \d\d\b){_MONTH}[- ]{_YEAR}",  # "may 20 schools" is a verb
    )
)
_BARE_DAY = re.compile(
    rf"\b\d\d?(?:st|nd|rd|th)? {_MONTH}\Z|{_MONTH} \d\d?(?:st|nd|rd|th)\Z"
)
_SHORT_YEAR = re.compile(rf"{_MONTH}[- /']*\d\d(?!\d)")
