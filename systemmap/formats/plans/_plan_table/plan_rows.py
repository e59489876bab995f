"""One row of a plan as typed, and what can be read from it.

Reading is the same on the way in and on the way out: a writer reads the typed
row again, and where a record still says the same, the typed words are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from systemmap.formats.plans._plan_table.cells import Aims, joined, plain, split_aims
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    AIMS,
    DUE,
    FIRST_DUE,
    OUTCOMES,
    PROGRESS,
    RATING,
    REFERENCE,
    RESPONSIBLE,
)
from systemmap.model.due import read_due
from systemmap.model.owners import Owners, read_owners
from systemmap.model.progress import (
    Progress,
    read_answer,
    read_progress,
    read_rating,
    read_rating_reason,
)
from systemmap.model.text import clean_label
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.model.values import Due

_LONGEST_DAY = 30  # letters
_WORD_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six")
_NUMBER = r"(\d{1,2}|one|two|three|four|five|six)\b"
_DIVIDER = "[-\u2010-\u2015\u2212:.]"
_PHASES = re.compile(
    rf"phases\s+{_NUMBER}\s*({_DIVIDER}|to|and|&|,)\s*{_NUMBER}\s*{_DIVIDER}?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_PHASE = re.compile(
    rf"phase\s+{_NUMBER}\s*{_DIVIDER}?\s*(.*)", re.IGNORECASE | re.DOTALL
)
_BARE_PHASE = re.compile(r"(\d{1,2})[.):]\s+(.*)", re.DOTALL)
_NAME_AND_GOAL = re.compile("\\s[-\u2010-\u2015\u2212]\\s")
_POINTS = frozenset("-*\u2013\u2022\u00b7\u25aa\u25cf")
_REF = re.compile(
    r"(\d{1,3}[.):]|[A-Z]{1,3}\d{1,3}(?:\.\d{1,3})*[.):]|\d{1,3}(?:\.\d{1,3})+[.):]?(?=\s+[A-Z]))\s+"
)
_LEADING_IN = 3  # words, as in "Key steps:"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A row to the letter.

    Attributes
    ----------
    cells : Mapping[str, str]
        Cell text by column, those of the six that the table has, and the due
        date at first where it was moved.
    continued : tuple[Mapping[str, str], ...]
        The filled cells of each row that continues this one.
    others : Mapping[str, str]
        Cells of further columns, by their heading.
    known : Mapping[str, str]
        Those of them whose meaning is known, by that meaning.
    where : str
        Where it stands in the file.
    section, under : str
        The heading row it stands below; the row whose first cell it shares.
    phases_only : bool
        Whether the first column holds phases, so that "3." is phase 3.
    deferred : str
        The words that put this phase off, if it stands below such words.
    asks_done : bool
        Whether its progress answers if it is complete.
    """

    cells: Mapping[str, str]
    continued: tuple[Mapping[str, str], ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    section: str = ""
    under: str = ""
    phases_only: bool = False
    deferred: str = ""
    asks_done: bool = False

    def text(self, column: str) -> str:
        """Return a column's plain text, continuations joined on."""
        text = plain(self.cells.get(column, ""))
        for part in self.continued:
            text = joined(text, plain(part.get(column, "")))
        return text

    @property
    def may_continue(self) -> bool:
        """Whether it says nothing of who and when, as a part of the row above does."""
        said = any(self.cells.get(c, "").strip() for c in (RESPONSIBLE, DUE))
        return ACTION in self.cells and not said

    @property
    def due(self) -> str:
        """Its due date as typed: as it was moved, or else as it was at first."""
        return self.text(DUE) or self.text(FIRST_DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a row says. `numbers` names its phases; empty = it is an action."""

    numbers: tuple[int, ...]
    ref: str
    title: str
    goal: str
    aims: Aims
    owners_raw: str
    owners: Owners
    due: Due | None
    progress_raw: str
    progress: Progress
    outcomes: str
    title_from_elsewhere: bool = False
    several: int = 0  # actions that its first cell lists


def parse(row: PlanRow) -> Parsed:
    """Read a row."""
    action = row.text(ACTION)
    named, points = lead_and_points(action)
    numbers, ref, title, goal = _first_cell(named, row.phases_only)
    aims = split_aims(_said(row.text(AIMS)))
    if points:
        aims = replace(aims, lines=(*split_aims(points).lines, *aims.lines))
    ref = ref or plain(row.known.get(REFERENCE, ""))
    elsewhere = not title and not numbers
    if elsewhere:
        words = (
            row.under,
            *aims.lines,
            row.text(OUTCOMES),
            row.text(PROGRESS),
            f"(no title, {row.where})",
        )
        title = next(clean_label(text) for text in words if clean_label(text))
    owners_raw, progress_raw = row.text(RESPONSIBLE), row.text(PROGRESS)
    return Parsed(
        numbers=numbers,
        ref=ref,
        title=title,
        goal=goal,
        aims=aims,
        owners_raw=owners_raw,
        owners=read_owners(owners_raw),
        due=read_due(row.due),
        progress_raw=progress_raw,
        progress=_progress(row, progress_raw),
        outcomes=row.text(OUTCOMES),
        title_from_elsewhere=elsewhere,
        several=points_in(action),
    )


def _said(text: str) -> str:
    """Return a cell's text, or nothing where only a dash stands for "nothing"."""
    return text if text.strip("-\u2013\u2014 ") else ""


def guide_name(number: int) -> str:
    """Return the guide's name of a phase, or "" for a number it does not have."""
    names = [term.label for term in terms("phases").values()]
    return names[number - 1] if 1 <= number <= len(names) else ""


def phase_numbers(
    text: str, *, phases_only: bool = False
) -> tuple[tuple[int, ...], str]:
    """Return the phases a first cell names, and the words after them.

    Examples
    --------
    >>> phase_numbers("Phases 4\u20136: later")
    ((4, 5, 6), 'later')
    >>> phase_numbers("Phase three - Map")
    ((3,), 'Map')
    """
    if match := _PHASES.match(text):
        first, last = _number(match[1]), _number(match[3])
        inner = range(first, last + 1) if _spans(match[2]) else (first, last)
        return tuple(inner), match[4].strip()
    if match := _PHASE.match(text):
        return (_number(match[1]),), match[2].strip()
    if phases_only and (match := _BARE_PHASE.match(text)):
        return (_number(match[1]),), match[2].strip()
    return (), text


def with_due(parsed: Parsed, due: Due | None) -> Parsed:
    """Return the same reading with another due date."""
    return parsed if parsed.due == due else replace(parsed, due=due)


@lru_cache(maxsize=8_192)
def _first_cell(text: str, phases_only: bool) -> tuple[tuple[int, ...], str, str, str]:  # noqa: FBT001 - private, two calls
    if text[:1] in _POINTS and text[1:2] == " " and "\n" not in text:
        text = text[1:].lstrip()  # a list of one point
    numbers, rest = phase_numbers(text, phases_only=phases_only)
    if not numbers:
        ref = None if numbered_lines(text) > 1 else _REF.match(text)
        title = clean_label(text[ref.end() :] if ref else text)
        return (), ref[1].rstrip(".):") if ref else "", title, ""
    if len(numbers) > 1:
        return numbers, "", "", rest
    name, *goal = _NAME_AND_GOAL.split(rest, maxsplit=1)
    return (
        numbers,
        "",
        _phase_name(numbers[0], clean_label(name)),
        "".join(goal).strip(),
    )


def numbered_lines(text: str) -> int:
    """Return how many lines of a cell begin with a number of their own."""
    if "\n" not in text:
        return 0
    return sum(bool(_REF.match(line.lstrip())) for line in text.split("\n"))


def points_in(text: str) -> int:
    r"""Return how many actions a cell lists: lines with numbers, or nothing but bullets.

    Examples
    --------
    >>> points_in("1. Walks\n2. Rides"), points_in("Walks\n• in parks"), points_in("• A\n• B")
    (2, 0, 2)
    """
    lines = [line.lstrip() for line in text.split("\n") if line.strip()]
    bullets = len(lines) > 1 and all(line[0] in _POINTS for line in lines)
    return len(lines) if bullets else numbered_lines(text)


def lead_and_points(text: str) -> tuple[str, str]:
    r"""Return the words of a first cell that name the action, and the points below them.

    Words that may go on in the points stay with them: those that end a sentence
    do not, nor do a few such as "Key steps:" after one.

    Examples
    --------
    >>> lead_and_points("Walks for all.\n• in parks\n• in towns")
    ('Walks for all', '• in parks\n• in towns')
    >>> lead_and_points("Walks for all, in:\n• parks\n• towns")
    ('Walks for all, in:\n• parks\n• towns', '')
    """
    lead, _, below = text.partition("\n")
    lead = lead.strip()
    points = [line.lstrip() for line in below.split("\n") if line.strip()]
    named, _, last = lead.rpartition(". ")
    short = bool(named) and last.endswith(":") and len(last.split()) <= _LEADING_IN
    ends = lead.endswith(".") or short
    listed = points and all(line[0] in _POINTS for line in points)
    if not (ends and listed) or lead[0] in _POINTS:
        return text, ""
    return lead.rstrip(":. "), below


def _phase_name(number: int, typed: str) -> str:
    """Return the guide's name where the typed one differs only by hyphen or case."""
    guide = guide_name(number)
    if not typed or _letters(typed) == _letters(guide):
        return guide or typed or f"Phase {number}"
    return typed


def _progress(row: PlanRow, text: str) -> Progress:
    if row.deferred and not text:
        return Progress(status="not_planned", note=row.deferred.rstrip(" :"))
    answer = answer_in(text) if row.asks_done else None
    if PROGRESS not in row.cells and (rated := plain(row.known.get(RATING, ""))):
        told = read_progress(rated)  # a status where only a rating is asked
        return told if told.status and not read_rating(rated) else Progress()
    return answer or read_progress(text)


def answer_in(text: str) -> Progress | None:
    """Return what a cell says of whether an action is complete; a day is when it was.

    Examples
    --------
    >>> answer_in("12/05/2026").status, answer_in("N").note
    ('complete', 'Not complete')
    >>> answer_in("Hall booked")
    """
    if (answer := read_answer(text)) or len(text) > _LONGEST_DAY:
        return answer
    due = read_due(text)
    if due is None or due.precision not in ("day", "month"):
        return None
    return Progress(status="complete", note=text.strip(), flags=("guessed",))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _WORD_NUMBERS.index(text.lower())


def _spans(divider: str) -> bool:
    return divider.lower() not in ("and", "&", ",")


@cache
def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def rating_of(cell: str, parsed: Parsed) -> str:
    """Return a row's rating by its key, or in the words of its column where it has none.

    A row without a word in that column is rated as its progress says.
    """
    words = plain(cell)
    rated = read_rating(words) if words else ""
    if not (rated or parsed.progress_raw) and read_progress(words).status:
        return ""  # its word is a status, and was read as one
    return rated or words.lower() or parsed.progress.rating


def rating_reason_of(cell: str) -> str:
    """Return why a row is rated so, where its rating's cell says it."""
    return read_rating_reason(plain(cell))
