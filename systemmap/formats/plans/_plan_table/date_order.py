"""Dates in figures: which number is the day, asked once a column where that is open."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from systemmap.errors import Problem
from systemmap.formats.import_mapping import heading_keys
from systemmap.formats.plans._plan_table.cells import plain
from systemmap.formats.plans._plan_table.headings import DUE, START
from systemmap.formats.plans._plan_table.plan_columns import PlanColumns
from systemmap.language.phrases import counted, listed
from systemmap.model.due import read_dues
from systemmap.model.values import Due

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping
    from systemmap.formats.plans._plan_table.plan_rows import PlanRow
    from systemmap.formats.plans._plan_table.streams import Stream

DAY, MONTH, TYPED = "day first", "month first", "as typed"
_SHOWN = 5  # dates that a question names
_EXCELS_FIRST, _DIGITS = date(1899, 12, 30), 5
_YEARS = range(1990, 2100)


class _Cell(NamedTuple):
    row: PlanRow
    raw: str


@dataclass(slots=True)
class DateColumn:
    """One column of dates: what its cells tell of their order, and what is asked.

    `month_first` is a date that can only be month first, `either` are those that
    could be both; these stay unread (`open`) while such a date stands beside them.
    """

    key: str
    heading: str
    meaning: str
    order: str = ""
    cells: list[_Cell] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    month_first: str = ""
    told_in: str = ""  # the other column in which it stands
    day_first: bool = False
    either: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Turn what is month first round; leave what is open unread."""
        self.texts, self.either = [], []
        parts = [_figures(cell.raw) for cell in self.cells]
        for cell, part in zip(self.cells, parts, strict=True):
            if part and part[1] > 12:
                self.month_first = self.month_first or cell.raw.strip()
            elif part and part[0] > 12:
                self.day_first = True
            elif part and part[0] != part[1]:
                self.either.append(cell.raw.strip())
        for cell, part in zip(self.cells, parts, strict=True):
            both = part is not None and max(part[:2]) <= 12 and part[0] != part[1]
            if (day := _serial(cell.raw)) is not None:
                self.texts.append(f"{day.day}/{day.month}/{day.year}")
            elif part and (part[1] > 12 or (both and self.order == MONTH)):
                self.texts.append(f"{part[1]}/{part[0]}/{part[2]}")
            elif both and (
                self.order == TYPED or (self.month_first and not self.order)
            ):
                self.texts.append("")
            else:
                self.texts.append(cell.raw)

    @property
    def is_open(self) -> bool:
        """Whether nothing says which way round its dates are."""
        return bool(self.either) and not (
            self.order or self.day_first or self.month_first
        )

    @property
    def asks(self) -> bool:
        """Whether the order has to be said before the dates can be read."""
        return bool(self.either and self.month_first and not self.order)

    @property
    def question(self) -> str:
        """Ask for the order, with what was seen."""
        shown = listed(tuple(dict.fromkeys(self.either)), limit=_SHOWN)
        told, here = (self.told_in or self.heading), ""
        if self.told_in:
            here = f" in “{self.heading}”"
        return f"In “{told}” '{self.month_first}' can only be month first, so {shown}{here} could be either way round. No date was read for {counted(len(self.either), 'cell')}: say once for the column whether it is day first or month first."

    @property
    def remark(self) -> Problem | None:
        """Say what was asked or taken for granted."""
        where = f"column {self.heading}"
        if self.asks:
            return Problem(where, self.question, "guessed", self.either[0])
        if self.is_open:
            what = f"'{self.either[0]}' could be either way round, and no cell of “{self.heading}” says which. The column was read day first. Say so if it is month first."
            return Problem(where, what, "guessed", self.either[0])
        return None


@dataclass(frozen=True, slots=True)
class ReadDates:
    """The dates of a plan as read, by row, and its columns of dates."""

    columns: tuple[DateColumn, ...]
    due: Mapping[int, Due | None]
    start: Mapping[int, Due | None]

    @property
    def problems(self) -> list[Problem]:
        """What is asked of the columns, or was taken for granted."""
        return [remark for column in self.columns if (remark := column.remark)]

    @property
    def seen(self) -> dict[str, Any]:
        """Return what a person is asked of the columns, as plain data."""
        asked = [column for column in self.columns if column.asks]
        return {
            "orders": [
                [c.key, c.heading, c.order, c.month_first, c.either[0], len(c.either)]
                for c in self.columns
                if c.either
            ],
            "asks": [column.question for column in asked],
            "ways": [
                f"--dates '{column.heading}=day'   (or month, or 'as typed')"
                for column in asked
            ],
        }


def read_dates(streams: Iterable[Stream], mapping: PlanMapping) -> ReadDates:
    """Read every column of dates.

    Dates in figures are read day first, as is usual here. Where one of them can
    only be month first, those that could be either are left unread until a person
    says which: guessing cell by cell would be wrong for some.
    """
    columns: dict[tuple[str, str], DateColumn] = {}
    for stream in streams:
        found = _columns_of(stream, mapping)
        for meaning, own in found.items():
            column = columns.setdefault((own.key, meaning), own)
            if own.key or meaning == DUE:  # else no row says anything of it
                column.cells += [_Cell(row, _raw(row, meaning)) for row in stream.rows]
    for column in columns.values():
        column.settle()
    told = next(
        (c for c in columns.values() if c.month_first and not c.day_first), None
    )
    for column in columns.values():
        if told and column.is_open:
            column.month_first, column.told_in = told.month_first, told.heading
            column.settle()
    return ReadDates(
        tuple(columns.values()),
        _read([c for c in columns.values() if c.meaning == DUE]),
        _read([c for c in columns.values() if c.meaning == START]),
    )


def _columns_of(stream: Stream, mapping: PlanMapping) -> dict[str, DateColumn]:
    """Return a table's columns of dates; rows without a table have none of their own."""
    meant = PlanColumns.of(stream.headings, mapping.columns)
    keys = heading_keys(stream.headings)
    found = {DUE: DateColumn("", DUE, DUE), START: DateColumn("", START, START)}
    for place, meaning in {**meant.six, **meant.further}.items():
        if meaning in found:
            heading = " ".join(stream.headings[place].split()) or meaning
            found[meaning] = DateColumn(keys[place], heading, meaning)
    for column in found.values():
        column.order = mapping.orders.get(column.key, mapping.dates)
    return found


def _raw(row: PlanRow, meaning: str) -> str:
    return row.due if meaning == DUE else plain(row.known.get(meaning, ""))


def _read(columns: Sequence[DateColumn]) -> dict[int, Due | None]:
    """Read columns together, so that the dates of a plan vouch for each other."""
    cells = [cell for column in columns for cell in column.cells]
    dues = read_dues([text for column in columns for text in column.texts])
    return {
        id(cell.row): _as_typed(due, cell.raw.strip())
        for due, cell in zip(dues, cells, strict=True)
    }


def _as_typed(due: Due | None, raw: str) -> Due | None:
    """Return a date with the words that stand in its cell, which may be a count of days."""
    if due is None:
        return Due(raw=raw) if raw else None
    guessed = due.guessed or bool(_serial(raw))
    same = due.raw == raw and due.guessed == guessed
    return due if same else replace(due, raw=raw, guessed=guessed)


@lru_cache(maxsize=2_048)
def _serial(raw: str) -> date | None:
    """Return the day that Excel keeps as a count of days, in a column of dates.

    Examples
    --------
    >>> _serial("46477"), _serial("2027")
    (datetime.date(2027, 3, 31), None)
    """
    text = raw.strip()
    if len(text) != _DIGITS or not (text.isascii() and text.isdigit()):
        return None
    day = _EXCELS_FIRST + timedelta(days=int(text))
    return day if day.year in _YEARS else None


@lru_cache(maxsize=2_048)
def _figures(raw: str) -> tuple[int, int, int] | None:
    """Return the first two figures of a date and its year, where it is nothing else."""
    parts = raw.strip().replace(".", "/").replace("-", "/").split("/")
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() for p in parts):
        return None
    if len(parts[0]) > 2 or len(parts[1]) > 2 or len(parts[2]) not in (2, 4):
        return None
    first, second, year = map(int, parts)
    return (
        (first, second, year) if first and second and min(first, second) <= 12 else None
    )
