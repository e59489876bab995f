"""What the columns of a table of figures hold, told from their headings and cells."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from systemmap.formats.reading.csv_stream import number_from
from systemmap.model.due import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

AREA_CODE, AREA, INDICATOR, PERIOD = "area code", "area name", "indicator", "period"
VALUE, LOWER, UPPER = "value", "lower limit", "upper limit"
COUNT, DENOMINATOR, UNIT = "count", "denominator", "unit"
GROUP, NOTE, SOURCE = "group", "note", "source"
BY_PERIOD = "value in the period of its heading"
BY_INDICATOR = "value of the indicator of its heading"
LEAVE_OUT = "leave out"
MEANINGS = (
    AREA_CODE,
    AREA,
    INDICATOR,
    PERIOD,
    VALUE,
    BY_PERIOD,
    BY_INDICATOR,
    LOWER,
    UPPER,
    COUNT,
    DENOMINATOR,
    UNIT,
    GROUP,
    NOTE,
    SOURCE,
    LEAVE_OUT,
)
MANY = (BY_PERIOD, BY_INDICATOR, GROUP, LEAVE_OUT)  # what several columns can be

SUPPRESSED = frozenset(
    ["*", "c", "[c]", "s", "suppressed", "<5", "≤5", "<10", "#", "[low]", "low"]
)
NO_FIGURE = frozenset(
    [
        ":",
        "..",
        "...",
        "-",
        "–",
        "z",
        "[z]",
        "x",
        "[x]",
        "n/a",
        "na",
        "n",
        "u",
        "[u]",
        "null",
        "nan",
        "[w]",
        "!",
        "~",
        "\u2026",
    ]
) | {"not available", "not published", "no data"}
_AREAS = frozenset(
    [
        "area",
        "areas",
        "ward",
        "wards",
        "district",
        "districts",
        "authority",
        "lsoa",
        "msoa",
        "place",
        "geography",
        "county",
        "town",
        "region",
        "neighbourhood",
        "lad",
        "locality",
        "constituency",
        "parish",
        "utla",
        "ltla",
    ]
)
_SORTS = frozenset(["type", "level", "parent"])  # of area: they name no area
_NAMES = ("name", "areaname", "label")
_LOOSE = ("geography", "area", "place")  # heads a column of sorts of area, too
_BESIDE_FIGURES = frozenset(["conf", "confidence", "ci", "rank", "se", "cv"])
_BARE = ("percent", "percentage")  # of what, another line says
_CODES = frozenset(["code", "codes", "cd", "gss", "ons", "ecode"])
_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    (LOWER, frozenset(["lower", "lci", "lcl"])),
    (UPPER, frozenset(["upper", "uci", "ucl"])),
    (
        PERIOD,
        frozenset(["period", "year", "years", "date", "month", "quarter", "time"]),
    ),
    (INDICATOR, frozenset(["indicator", "measure", "metric", "statistic", "variable"])),
    (DENOMINATOR, frozenset(["denominator", "base"])),
    (UNIT, frozenset(["unit", "units"])),
    (COUNT, frozenset(["count", "numerator"])),
    (
        GROUP,
        frozenset(
            ["sex", "gender", "age", "ethnicity", "category", "group", "quintile"]
        ),
    ),
    (NOTE, frozenset(["note", "notes", "flag", "comment", "marker", "status"])),
    (SOURCE, frozenset(["source", "publisher"])),
    (VALUE, frozenset(["value", "values", "figure", "obs", "observation", "estimate"])),
)
_MONTHS = [name[:3].lower() for name in MONTHS]
_BESIDE = frozenset(
    [
        "to",
        "and",
        "q1",
        "q2",
        "q3",
        "q4",
        "quarter",
        "year",
        "ending",
        "mid",
        "fy",
        "provisional",
    ]
)
_LOOKED_AT = 200  # rows


def words_of(heading: str) -> list[str]:
    """Return the words of a heading, in small letters.

    Examples
    --------
    >>> words_of("Lower CI (95.0%)"), words_of("LAD23CD")
    (['lower', 'ci', '95', '0'], ['lad23cd'])
    """
    return list(_words_of(heading))


@lru_cache(maxsize=4_096)  # years and headings are asked about over and over
def _words_of(heading: str) -> tuple[str, ...]:
    plain = "".join(c if c.isalnum() else " " for c in heading.casefold())
    return tuple(plain.split())


def period_order(text: str) -> int:
    """Return a number by which periods sort: the year, then the month; 0 = none seen.

    Examples
    --------
    >>> [period_order(t) for t in ("2019/20", "Q3 2020", "Mar 2021", "Rate")]
    [20190000, 20200700, 20210300, 0]
    """
    words = words_of(text)
    year = next((int(w) for w in words if len(w) == 4 and _is_year(w)), 0)
    month = next((n for n, m in enumerate(_MONTHS, 1) for w in words if w[:3] == m), 0)
    quarter = next((int(w[1]) for w in words if w in ("q1", "q2", "q3", "q4")), 0)
    return year and year * 10_000 + (month or (3 * quarter - 2 if quarter else 0)) * 100


def is_period(text: str) -> bool:
    """Say whether a heading is a period and nothing else.

    Examples
    --------
    >>> [is_period(t) for t in ("2019/20", "2019 to 2020", "Q1 2020", "Rate 2020", "12")]
    [True, True, True, False, False]
    """
    words = words_of(text)
    return bool(period_order(text)) and all(
        w.isdigit() or w in _BESIDE or w[:3] in _MONTHS for w in words
    )


def meanings_of(
    headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> dict[int, str]:
    """Return what each column holds; a column that says nothing of figures has none.

    Parameters
    ----------
    headings : sequence of str
        The heading row.
    rows : sequence of rows
        Those below it; the first of them are looked at.
    """
    columns = [
        [c for row in rows[:_LOOKED_AT] if n < len(row) and (c := row[n].strip())]
        for n in range(len(headings))
    ]
    found: dict[int, str] = {}
    for n, heading in enumerate(headings):
        meaning = _by_words(heading, columns[n])
        if meaning and (meaning in MANY or meaning not in found.values()):
            found[n] = meaning
    _named_beside_a_code(headings, columns, found)
    figures = [n for n, cells in enumerate(columns) if n not in found and are_figures(cells)]  # fmt: skip
    own = [n for n in figures if _BESIDE_FIGURES.isdisjoint(words_of(headings[n]))]
    figures = own or figures
    bare = [n for n in figures if "".join(words_of(headings[n])) in _BARE]
    if len(bare) == 1 and headings[bare[0]].strip() and VALUE not in found.values():
        found[bare[0]] = VALUE
    by_period = [
        n
        for n, heading in enumerate(headings)
        if n not in found and is_period(heading) and _is_of_figures(columns[n])
    ]
    if by_period and VALUE not in found.values():
        return found | dict.fromkeys(by_period, BY_PERIOD)
    if VALUE not in found.values():
        found |= dict.fromkeys(figures, BY_INDICATOR)
        if not figures and COUNT in found.values():
            found[next(n for n, m in found.items() if m == COUNT)] = BY_INDICATOR
    return found


def _named_beside_a_code(
    headings: Sequence[str], columns: Sequence[Sequence[str]], found: dict[int, str]
) -> None:
    """Take a column headed "Name" for the areas' names, not one of their sorts beside it."""
    if AREA_CODE not in found.values():
        return
    free = (
        n
        for n, heading in enumerate(headings)
        if n not in found and "".join(words_of(heading)) in _NAMES and columns[n]
    )
    place = next(free, None)
    now = next((n for n, m in found.items() if m == AREA), None)
    if place is None:
        return
    if now is None or "".join(words_of(headings[now])) in _LOOSE:
        if now is not None:
            del found[now]
        found[place] = AREA


def _is_of_figures(cells: Sequence[str]) -> bool:
    """Say whether a column holds a figure, or nothing but marks for none."""
    return any(map(_is_figure, cells)) or (bool(cells) and all(map(is_mark, cells)))


def are_figures(cells: Sequence[str]) -> bool:
    """Say whether most cells of a column are figures, marks for none included."""
    figures = sum(map(_is_figure, cells))
    marks = sum(is_mark(cell) for cell in cells)
    return 2 * figures > len(cells) - marks and figures > 0


def is_mark(cell: str) -> bool:
    """Say whether a cell holds a mark where a figure would stand."""
    return cell.casefold() in _MARKS


@lru_cache(maxsize=8_192)  # each row may be the heading: its cells are asked of again
def _is_figure(cell: str) -> bool:
    return number_from(cell.removeprefix("£")) is not None


def _by_words(heading: str, cells: Sequence[str]) -> str:
    words = words_of(heading)
    coded = sum(_is_area_code(cell) for cell in cells)
    if cells and 2 * coded > len(cells):
        return AREA_CODE
    joined = "".join(words)
    if joined.endswith("cd") and any(c.isdigit() for c in joined):
        return AREA_CODE
    if joined.endswith("nm") and any(c.isdigit() for c in joined):
        return AREA
    if _AREAS & set(words) and not _SORTS & set(words):
        return AREA_CODE if _CODES & set(words) else AREA
    if is_period(heading):
        return ""
    for meaning, known in _WORDS:
        if known & set(words) and _bear_out(meaning, cells):
            return meaning
    return ""


def _bear_out(meaning: str, cells: Sequence[str]) -> bool:
    """Say whether cells can be what the words of their heading say.

    "Year 6: excess weight" above 41.2 and 33.9 heads no column of years.
    """
    if meaning == PERIOD:
        return not are_figures(cells) or any(map(period_order, cells))
    return meaning not in _NUMERIC or are_figures(cells)


_MARKS = SUPPRESSED | NO_FIGURE
_NUMERIC = (LOWER, UPPER, COUNT, DENOMINATOR, VALUE)


def _is_area_code(cell: str) -> bool:
    """Say whether a cell is a code of the Office for National Statistics: a letter, eight digits."""
    return len(cell) == 9 and cell[0] in "EWSNKJLM" and cell[1:].isdigit()


def _is_year(word: str) -> bool:
    return word.isascii() and word.isdigit() and 1900 <= int(word) <= 2100
