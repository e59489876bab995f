"""Fields of a record as columns of a grid: how a cell is shown, and how it is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from systemmap.editing.actions import due_from
from systemmap.editing.grids import GridColumn
from systemmap.editing.owner_names import partners_used
from systemmap.errors import InvalidValue
from systemmap.language.menu_words import words_of
from systemmap.language.phrases import day
from systemmap.model.due import read_due
from systemmap.model.evidence import Indicator
from systemmap.model.meetings import Board, Event, EventPoint
from systemmap.model.people import Place, Population
from systemmap.model.plan import Phase, Workstream
from systemmap.model.text import clean, clean_label, folded
from systemmap.model.values import Due

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from systemmap.editing.grids import Cells
    from systemmap.model.programme import Programme

_DAY = len("2026-11-28")


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field of a record as a column.

    Attributes
    ----------
    menu : str
        A vocabulary, or a kind of record, that fills the column's menu.
    many : bool
        Whether a cell holds several.
    label : bool
        Whether it is one line that is never blank.
    reads : str
        "" (text), ``whole`` (a count, blank = not counted), ``due`` (a date
        as typed), ``day`` (a day, or blank) or ``lines`` (one on each line).
    open : bool
        Whether words that the menu lacks are kept as typed.
    none : bool
        Whether a blank cell stands for None.
    """

    name: str
    heading: str
    menu: str = ""
    many: bool = False
    label: bool = False
    reads: str = ""
    open: bool = False
    none: bool = False


_MENUS: Mapping[str, Callable[[Programme], dict[str, str]]] = {
    "populations": lambda p: {x.id: x.name for x in p.all(Population).values()},
    "places": lambda p: {x.id: x.name for x in p.all(Place).values()},
    "boards": lambda p: {x.id: x.name for x in p.all(Board).values()},
    "workstreams": lambda p: {x.id: x.name for x in p.all(Workstream).values()},
    "indicators": lambda p: {x.id: x.name for x in p.all(Indicator).values()},
    "events": lambda p: {x.id: event_name(x) for x in p.all(Event).values()},
    "points": lambda p: {x.id: x.text for x in p.all(EventPoint).values()},
    "actions": lambda p: {x.id: x.title for x in p.actions.values()},
    "phases": lambda p: {x.id: phase_name(x) for x in p.all(Phase).values()},
    "causes": lambda p: {x.id: x.label for x in p.system_map().factors.values()},
    "organisations": lambda p: {name: name for name in partners_used(p)},
}

_KEPT_AS_TYPED = ("populations", "places")  # words of an action before they are listed
ON_LINES = "One on each line: Shift and Enter begin the next, or write • between."


def event_name(event: Event) -> str:
    """Return an event's title with its date as typed: meetings share their titles."""
    return f"{event.title} ({event.on.raw})" if event.on else event.title


def phase_name(phase: Phase) -> str:
    """Return a phase's number and name, with its cycle from the second on."""
    again = f", cycle {phase.cycle}" if phase.cycle > 1 else ""
    return f"Phase {phase.number}: {phase.name}{again}"


def menu_of(programme: Programme, name: str) -> dict[str, str]:
    """Return the words of a menu by key: of a vocabulary, or of a kind of record.

    Records of one name are told apart: the second is "Park walks (2)".
    """
    if not name:
        return {}
    known = _MENUS.get(name)
    return _told_apart(known(programme)) if known else words_of(programme, name)


def _told_apart(words: dict[str, str]) -> dict[str, str]:
    times: Counter[str] = Counter()
    told = {}
    for key, word in words.items():
        same = folded(word)
        times[same] += 1
        told[key] = word if times[same] == 1 else f"{word} ({times[same]})"
    return told


def columns_of(
    fields: tuple[RecordField, ...],
) -> Callable[[Programme], tuple[GridColumn, ...]]:
    """Return what makes a grid's columns of fields."""
    return lambda programme: tuple(_column(programme, one) for one in fields)


def _column(programme: Programme, one: RecordField) -> GridColumn:
    words = menu_of(programme, one.menu)
    lines = one.reads == "lines"
    return GridColumn(
        key=one.name,
        heading=one.heading,
        words=words,
        many=one.many,
        open=one.open or (one.menu in _KEPT_AS_TYPED and not words),
        lines=lines,
        typed=ON_LINES if lines else "",
    )


def cells_of(
    record: object, columns: tuple[GridColumn, ...], fields: tuple[RecordField, ...]
) -> dict[str, str]:
    """Return a record's fields as cells of text."""
    return {
        one.name: "\n".join(getattr(record, one.name))
        if column.lines
        else _shown(getattr(record, one.name), column)
        for column, one in zip(columns, fields, strict=True)
    }


def listed_rows(
    fields: tuple[RecordField, ...],
    records: Callable[[Programme], Mapping[str, object]],
) -> Callable[[Programme], dict[str, dict[str, str]]]:
    """Return what makes a grid's rows of records by key."""

    def rows(programme: Programme) -> dict[str, dict[str, str]]:
        columns = columns_of(fields)(programme)
        found = records(programme)
        return {key: cells_of(record, columns, fields) for key, record in found.items()}

    return rows


def given_of(
    programme: Programme,
    fields: tuple[RecordField, ...],
    cells: Cells,
    before: object = None,
) -> dict[str, Any]:
    """Return the values that cells stand for, by field.

    Parameters
    ----------
    before : object
        The record as it is: a date typed with the same words keeps its reading.

    Raises
    ------
    InvalidValue
        A name is blank, a count is no number, or a word is not on the menu.
    """
    columns = {column.key: column for column in columns_of(fields)(programme)}
    return {
        one.name: _read(one, columns[one.name], cells[one.name], before)
        for one in fields
        if one.name in cells
    }


def lines_of(text: str) -> tuple[str, ...]:
    r"""Return what a cell holds on its lines, or between its marks.

    Examples
    --------
    >>> lines_of("Walk more• Eat well\n\n")
    ('Walk more', 'Eat well')
    """
    lines = clean(text).replace("•", "\n").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def read_day(text: str) -> date | None:
    """Return the day that a cell names; None = it is empty, and none is invented.

    Raises
    ------
    InvalidValue
        It names no single day.

    Examples
    --------
    >>> read_day("14 September 2026")
    datetime.date(2026, 9, 14)
    """
    due = read_due(clean(text).strip())
    if due is None:
        return None
    if due.precision != "day" or not due.start or len(due.start) != _DAY:
        msg = f"“{due.raw}” is not a day. Write it like 14 September 2026, or leave it empty."
        raise InvalidValue(msg)
    return date.fromisoformat(due.start)


def _shown(value: Any, column: GridColumn) -> str:  # noqa: ANN401 - any field
    if value is None:
        return ""
    if isinstance(value, Due):
        return value.raw
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return "; ".join(map(column.shown, value))
    return column.shown(str(value))


def _read(
    one: RecordField,
    column: GridColumn,
    text: str,
    before: object,
) -> Any:  # noqa: ANN401 - any field
    listed_first = one.menu in _MENUS and not column.open
    if listed_first and not column.words and clean(text).strip():
        msg = f"“{text.strip()}” is not on the list for {one.heading}: nothing is on it yet. Add it to its own table first, or leave this empty."
        raise InvalidValue(msg)
    if one.many:
        return column.read_many(text)
    if one.reads == "lines":
        return lines_of(text)
    if one.label:
        if not (name := clean_label(text)):
            msg = f"{one.heading} cannot be empty."
            raise InvalidValue(msg)
        return name
    if one.reads == "due":
        return due_from(text, getattr(before, one.name, None))
    if one.reads == "day":
        return read_day(text)
    if one.reads == "whole":
        return _whole(one.heading, text)
    found = column.read(clean(text).strip() if one.menu else clean(text))
    return None if one.none and not found else found


def _whole(heading: str, text: str) -> int | None:
    digits = clean(text).strip().replace(",", "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        msg = f"“{text.strip()}” is not a count for {heading}. Write a whole number, or leave it empty if nobody counted."
        raise InvalidValue(msg)
    return int(digits)
