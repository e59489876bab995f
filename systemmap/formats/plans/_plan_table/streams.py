"""Workstreams as they are put together, and which lines name one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from systemmap.errors import Problem, ReadError
from systemmap.formats.import_mapping import heading_words
from systemmap.formats.plans._plan_table.headings import COLUMNS
from systemmap.formats.plans._plan_table.plan_rows import PlanRow, phase_numbers
from systemmap.language.phrases import counted
from systemmap.model.text import clean_label, folded

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from systemmap.formats.plans._plan_table.plan_lines import Line

WORKSTREAM = re.compile(
    "(?:work[- ]?stream|strand)\\s+(?:\\d{1,2}|[ivx]{1,4}|one|two|three|four|five|six)"
    "\\s*+(?:[-\u2010-\u2015\u2212:.]\\s*+(.+))?\\Z",
    re.IGNORECASE,
)
PURPOSE = re.compile(
    "purpose\\s*(?:[:\u2013\u2014-]\\s*(.*))?\\Z", re.IGNORECASE | re.DOTALL
)
DEFERRED = re.compile(
    r"(?:future|later|deferred|remaining) phases|phases? .{0,60}\bto be incorporated|not (?:yet )?planned",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\s*[A-Z]{0,3}\d{1,3}[.):]")
LONGEST_NAME = 120
UNNAMED = "Plan"  # a workstream that nothing in the file names
NO_HEADINGS = (
    "This table has no headings of its own. It was read by those of the table above."
)
FIRST_ALONE = (
    "Only the first cell is filled, so it was read as a heading for the rows below."
)
FIRST_BLANK = "The first cell is blank but Responsible or Due date is filled, so it was read as a new action under the same heading."
_FAR_ABOVE = 100  # lines above a table beyond which none is its name
_TOTALS = (
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sub-total",
    "sub total",
    "sum",
)
_MINUTED = ("resolved", "action", "agreed", "decision", "it was resolved")
_ABOUT = frozenset(
    (
        "owner",
        "author",
        "version",
        "updated",
        "last updated",
        "date",
        "date updated",
        "prepared by",
        "contact",
        "revised",
        "reviewed",
        "page",
        "draft",
    )
)


@dataclass(slots=True)
class Stream:
    """A workstream as it is put together."""

    name: str
    heading: str = ""
    title: str = ""  # the table's own title row
    purpose: list[str] = field(default_factory=list)
    headings: tuple[str, ...] = ()
    above: str = ""  # the heading over the table whose sections these are
    rows: list[PlanRow] = field(default_factory=list)
    note: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Assembled:
    """All workstreams of a document, with what stood before them."""

    title: str = ""
    introduction: list[str] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    items: int = 0
    blank: int = 0
    roles: dict[str, str] = field(default_factory=dict)  # of rows, by where they stand
    minuted: int = 0  # lines that say what was resolved or is to be done
    details: int = 0  # lines with people's details in them
    other_tables: dict[int, tuple[str, int]] = field(default_factory=dict)

    def say(self, where: str, what: str, kind: str, raw: str = "") -> None:
        """Say something of one place in the document."""
        self.problems.append(Problem(where, what, kind, raw))

    def introduce(self, texts: list[str]) -> None:
        """Take what stands above all tables: a title, and words after it."""
        if texts and not self.title and may_be_title(texts[0]):
            self.title = texts.pop(0)
        self.introduction.extend(texts)

    @property
    def unnamed(self) -> str:
        """The name of a workstream that nothing names."""
        title, count = self.title or UNNAMED, len(self.streams)
        return f"{title} ({count + 1})" if count else title

    def say_missing(self, where: str, columns: Iterable[str]) -> None:
        """Say which of the six columns a table has not."""
        if words := ", ".join(columns):
            what = f"The table has no column for {words}. Nothing is read for it."
            self.say(where, what, "note")

    def close(self) -> None:
        """Say what was left out of lines and tables as a whole.

        Raises
        ------
        ReadError
            No table has two of the six headings.
        """
        if not any(stream.headings for stream in self.streams):
            wanted = ", ".join(COLUMNS)
            msg = f"No plan table was found. A plan table has a heading row with at least two of these: {wanted}."
            raise ReadError(msg)
        if self.details:
            what = f"{counted(self.details, 'line')} beside the tables named a person, an address or a number. That was left out."
            self.say("", what, "note")
        if self.minuted:
            what = f"{counted(self.minuted, 'line')} beside the tables said what was resolved or is to be done, as a minute does. That was kept as words and not read: paste the minute as text to read it."
            self.say("", what, "guessed")
        for where, count in self.other_tables.values():
            self.items += count
            what = f"A table of {counted(count, 'row')} has no plan headings. It was left out."
            self.problems.append(Problem(where, what, "skipped", "", count))


def kept_names(headings: Iterable[str], known: Container[int]) -> dict[int, str]:
    """Return, by position, the names under which the columns not known are kept."""
    names: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if position not in known:
            names[unique_heading(heading, position, names)] = position
    return {position: name for name, position in names.items()}


def unique_heading(heading: str, position: int, taken: Iterable[str]) -> str:
    """Return the name under which a further column is kept."""
    base = heading or f"Column {position + 1}"
    name, n = base, 1
    while name in taken:
        n += 1
        name = f"{base} ({n})"
    return name


def workstream_name(heading: str) -> str:
    """Return a workstream's name, without its number.

    Examples
    --------
    >>> workstream_name("Workstream 2: Active travel")
    'Active travel'
    """
    match = WORKSTREAM.match(heading)
    return clean_label((match[1] if match else "") or heading)


def section_name(text: str) -> str:
    """Return a section's name, without the number in front of it.

    Examples
    --------
    >>> section_name("2. Active travel")
    'Active travel'
    """
    number = NUMBERED.match(text)
    rest = text[number.end() :].strip(" -\u2013") if number else text
    return clean_label(rest or text)


def same_headings(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether a heading row is another one again, as on the next page.

    Examples
    --------
    >>> same_headings(("Action (cont.)", "LEAD"), ("Action", "Lead"))
    True
    """
    return list(map(_heading, one)) == list(map(_heading, other))


def _heading(cell: str) -> str:
    words = heading_words(cell)
    going_on = (words.removesuffix(end) for end in ("continued", "contd", "cont"))
    return next((rest for rest in going_on if rest != words), words)


def is_total(cells: Iterable[str]) -> bool:
    """Say whether a row only sums up those above it."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    first = folded(filled[0]).rstrip(":") if filled else ""
    named = first in _TOTALS or (len(filled) > 1 and _begins_a_total(first))
    return named and not any(any(map(str.isalpha, cell)) for cell in filled[1:])


def _begins_a_total(text: str) -> bool:
    """Say whether a short title begins as a total does: "Subtotal Food", "Total cost"."""
    words = text.split()
    start = 2 if words[:2] == ["grand", "total"] else 1
    return " ".join(words[:start]) in _TOTALS[:-1] and len(words) <= start + 2


def may_be_name(text: str) -> bool:
    """Say whether a line is short and open enough to name a table."""
    return len(text) <= LONGEST_NAME and text[-1] not in ".;,"


def is_about_the_file(text: str) -> bool:
    """Say whether a line tells of the file itself: its version, its owner, its day.

    Examples
    --------
    >>> is_about_the_file("Owner: Public Health, version 3"), is_about_the_file("Food")
    (True, False)
    """
    first, colon, _ = text.partition(":")
    words = folded(text).replace(":", " ").replace(",", " ").split()
    return (bool(colon) and folded(first) in _ABOUT) or any(
        word in _ABOUT and any(c.isdigit() for c in after)
        for word, after in pairwise(words)
    )


def places_of_names(lines: Iterable[tuple[int, Line]]) -> list[int]:
    """Return the places of the lines that may name the table below, the likeliest last."""
    near = list(lines)
    marked = [place for place, line in near if line.heading]
    short = [place for place, line in near if may_be_name(line.text)]
    about = [place for place, line in near if is_about_the_file(line.text)]
    return marked or [place for place in short if place not in about] or short


def take_name(waiting: list[Line], *, marked: bool = False) -> str:
    """Take the line that names the table about to begin, if one does, or is marked so."""
    far = max(0, len(waiting) - _FAR_ABOVE)
    near = enumerate(waiting[far:], far)
    places = places_of_names(
        (n, line) for n, line in near if line.heading or not marked
    )
    return waiting.pop(places[-1]).text if places else ""


def is_minuted(text: str) -> bool:
    """Say whether a line says what a meeting resolved, or what is to be done after it.

    Examples
    --------
    >>> is_minuted("Resolved: to note the report"), is_minuted("Action plan")
    (True, False)
    """
    first, colon, rest = text.partition(":")
    return bool(colon and rest.strip()) and folded(first) in _MINUTED


def may_be_title(text: str) -> bool:
    """Say whether a line may be the plan's own title."""
    return len(text) <= LONGEST_NAME and not is_about_the_file(text)


def is_phase_line(text: str) -> bool:
    """Say whether a line is one phase of a plan written without a table."""
    numbers, _ = phase_numbers(text)
    return bool(numbers) and len(text) <= 2 * LONGEST_NAME and text[-1] != "."
