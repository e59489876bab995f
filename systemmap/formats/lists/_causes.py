"""Lists of causes: post-its, a chat, a form's answers; one note each.

Every line is a note with its words to the letter; equal lines are notes of
their own, counted as mentions. Who said it is left out. Not written.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from systemmap.errors import Problem, ReadError
from systemmap.formats.format import Reading
from systemmap.formats.lists._chat_lines import said_in_chat
from systemmap.formats.lists._note_headings import list_columns, recognise_headings
from systemmap.formats.lists._text_signs import against_a_list
from systemmap.formats.reading.csv_stream import number_from
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.formats.sighting import NO, certain, possible
from systemmap.language.personal_details import why_held
from systemmap.language.phrases import counted, joined
from systemmap.model.text import clean, folded, slug
from systemmap.model.values import now
from systemmap.model.workshop import Contribution, Workshop, WorkshopTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from systemmap.formats.sighting import Recognition, Sighting

WORKSHOP = "pasted-list"  # the reading's own workshop, until a person chooses another
_MARK = re.compile(
    r"\A\s*(?:[\u2022\u00b7\u25aa\u25cf\uf0b7]|[-\u2013*](?=\s)|o\t|\d{1,3}[.)](?=\s))\s*"
)
_ARROW = re.compile(r"->|=>|\u2192|\u2794|-\|")
_DATA = (
    "[[",
    "[{",
    '["',
    "[\n",
    "[]",
    "[\r",
)  # of a program, not a chat's "[10:14] Jo"
_LONGEST_LINE = 2_000
_SENTENCE = 200
_TOTALS = ("total", "totals", "grand total", "sum")
_MOST_MENTIONS = 500


def recognise_list(sighting: Sighting) -> Recognition:
    """Say whether a text is a list of causes: never sure where anything speaks against it."""
    lines, head = sighting.lines, sighting.head or ""
    strange = sum(not (c.isprintable() or c.isspace()) for c in head[:5_000])
    if not lines or strange >= 10 or head.lstrip().startswith(_DATA):
        return NO
    if len(lines) > LIMITS.lines or max(map(len, lines)) > _LONGEST_LINE:
        return NO
    if _holds_figures(sighting.rows):
        return NO
    if headed := recognise_headings(sighting.rows[0] if sighting.rows else ()):
        return headed
    if not sighting.is_whole:
        return possible("every line could be a note")
    seen = against_a_list(lines, sighting.rows)
    if seen:
        return possible(f"every line could be a note, but {joined(seen)}")
    return certain("every line is a few words, and nothing else is in it")


def _holds_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether a column of a table holds figures, most of it: no list of causes."""
    body = [row for row in rows[1:] if len(row) > 1]
    if "cause" in list_columns(rows[0] if rows else ()) or 2 * len(body) < len(rows):
        return False
    width = max((len(row) for row in body), default=0)
    return any(
        2 * sum(n < len(row) and number_from(row[n]) is not None for row in body)
        > len(body)
        for n in range(width)
    )


def read_list(sighting: Sighting, *, key: str) -> Reading:
    """Read a list, or a table with a column of causes.

    Raises
    ------
    ReadError
        Not text, or more lines or longer ones than a list has.
    """
    text = sighting.decoded().text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    check_count(len(lines), LIMITS.lines, "lines")
    for number, line in enumerate(lines, 1):
        if len(line) > _LONGEST_LINE:
            msg = f"Line {number} has {len(line):,} characters, and the limit is {_LONGEST_LINE:,}. A list has one cause on each line."
            raise ReadError(msg)
    if text.endswith("\n"):
        lines.pop()  # what follows the last line end is no line
    return read_said(_said(lines), key=key)


def read_said(
    said: Iterable[tuple[int, Said]],
    *,
    key: str,
    dialect: str = "list of causes",
    beside: str = "beside the causes, such as who answered and when,",
) -> Reading:
    """Return notes, each line's number beside what it says, as a reading.

    `beside` says of the cells that were left out what they are about.
    """
    reader = _Reader(at=now(), key=key, dialect=dialect, beside=beside)
    for number, one in said:
        reader.take(number, one)
    return reader.reading()


@dataclass(frozen=True, slots=True)
class Said:
    """One note as it stands in the file, with what stands beside it."""

    text: str
    theme: str = ""
    table: str = ""
    mentions: str = ""
    left_out: int = 0
    is_heading: bool = False  # it names what stands below it, and is no note


def _said(lines: list[str]) -> Iterator[tuple[int, Said]]:
    """Yield each line's words; a heading row says which column is the cause."""
    split = _splitter(lines)
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    columns = list_columns(split(lines[first])) if split else {}
    if split is None or "cause" not in columns:
        yield from ((n, _from_line(line)) for n, line in enumerate(lines, 1))
        return
    table = csv.reader(
        io.StringIO("\n".join(lines[first + 1 :])), delimiter=split.delimiter
    )
    try:
        for cells in table:
            kept = {
                k: cells[p].strip()
                for k, p in columns.items()
                if k != "who" and p < len(cells)
            }
            personal = sum(
                bool(c.strip())
                for p, c in enumerate(cells)
                if p not in columns.values() or p == columns.get("who")
            )
            yield (
                first + 1 + table.line_num,
                Said(
                    kept.get("cause", ""),
                    kept.get("theme", ""),
                    kept.get("table", ""),
                    kept.get("mentions", ""),
                    personal,
                ),
            )
    except csv.Error:
        msg = f"Line {first + 1 + table.line_num} is damaged, perhaps by a missing quote mark."
        raise ReadError(msg) from None


@dataclass(frozen=True, slots=True)
class _Splitter:
    delimiter: str

    def __call__(self, line: str) -> list[str]:
        return next(csv.reader([line], delimiter=self.delimiter), [])


def _splitter(lines: list[str]) -> _Splitter | None:
    first = next((line for line in lines if line.strip()), "")
    best = max("\t,;", key=first.count)
    return _Splitter(best) if first.count(best) else None


def _from_line(line: str) -> Said:
    """Read a line without headings; what a chat says of who wrote it, and when, is left out."""
    chat = said_in_chat(line)
    if chat is None:
        return _from_tabs(line)
    return Said(chat, left_out=1, is_heading=not chat)


def _from_tabs(line: str) -> Said:
    """Read a line without headings: cause, theme, table, mentions, who."""
    cells = line.split("\t")
    if len(cells) < 2 or _MARK.fullmatch(f"{cells[0]}\t"):
        return Said(line)
    cells = [cell.strip() for cell in cells] + [""] * 4
    return Said(cells[0], cells[1], cells[2], cells[3], left_out=bool(cells[4]))


@dataclass(slots=True)
class _Reader:
    at: datetime
    key: str
    dialect: str
    beside: str
    notes: list[Contribution] = field(default_factory=list)
    tables: dict[str, WorkshopTable] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    seen: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    items: int = 0
    blank: int = 0
    left_out: int = 0
    held: int = 0  # notes that may tell of a person

    def take(self, line: int, said: Said) -> None:
        """Take one line."""
        self.items += 1
        if said.is_heading:
            self.left_out += said.left_out
            return
        text = clean(_MARK.sub("", said.text, count=1)).strip()
        if not text:
            self.blank += 1
            return
        self.left_out += said.left_out
        if said.mentions and folded(text) in _TOTALS:
            self._say(
                line, f"'{text}' sums up the lines above. Left out.", "skipped", text
            )
            return
        if len(text) > _SENTENCE:
            self._say(
                line,
                "This line has over 200 characters: probably a sentence. It was kept whole.",
                "note",
                text,
            )
        if _ARROW.search(text):
            self._say(
                line,
                "This line holds an arrow. To read it as a link, import the list as outline text.",
                "note",
                text,
            )
        for _ in range(self._mentions(line, said.mentions)):
            self._add(text, said)

    def _mentions(self, line: int, typed: str) -> int:
        if not typed:
            return 1
        if (
            typed.isascii()
            and typed.isdigit()
            and 1 <= len(typed) <= 4
            and 1 <= int(typed) <= _MOST_MENTIONS
        ):
            return int(typed)
        self._say(
            line,
            f"'{typed[:40]}' is not a count of mentions from 1 to {_MOST_MENTIONS}. It counts once.",
            "guessed",
            typed,
        )
        return 1

    def _add(self, text: str, said: Said) -> None:
        check_count(len(self.notes) + 1, LIMITS.lines, "notes")
        table = self._table(said.table)
        count = self.seen[folded(text)] = self.seen.get(folded(text), 0) + 1
        reason = why_held(text)
        self.held += bool(reason)
        mark = hashlib.sha256(f"{text}\0{said.table}\0{count}".encode()).hexdigest()[
            :16
        ]
        self.notes.append(
            Contribution(
                id=f"note-{mark}",
                workshop_id=WORKSHOP,
                table_id=table,
                text=text,
                at=self.at,
                theme=said.theme,
                held=bool(reason),
                held_reason=reason,
                source="paste",
            )
        )

    def _table(self, name: str) -> str | None:
        if not name:
            return None
        if folded(name) not in self.tables:
            key = slug(f"{WORKSHOP} {name}", self.taken)
            self.taken.add(key)
            self.tables[folded(name)] = WorkshopTable(
                id=key, workshop_id=WORKSHOP, name=name, position=len(self.tables)
            )
        return self.tables[folded(name)].id

    def _say(self, line: int, what: str, kind: str, raw: str) -> None:
        self.problems.append(Problem(f"line {line}", what, kind, raw[:200]))

    def reading(self) -> Reading:
        """Return the notes with the workshop and tables they belong to."""
        repeats = len(self.notes) - len(self.seen)
        if self.left_out:
            self.problems.append(
                Problem(
                    "",
                    counted(
                        self.left_out,
                        f"cell {self.beside} was left out.",
                        f"cells {self.beside} were left out.",
                    ),
                    "note",
                )
            )
        if self.held:
            what = f"{counted(self.held, 'note')} may tell of a person: held until somebody has looked, under Workshop, Inbox and merging."
            self.problems.append(Problem("", what, "note"))
        again = counted(
            repeats, "repeat counted as a mention", "repeats counted as mentions"
        )
        said = f"{counted(self.items, 'line')}: {counted(len(self.seen), 'cause')}, {again}, {self.blank:,} blank."
        return Reading(
            format=self.key,
            dialect=self.dialect,
            records=(
                Workshop(id=WORKSHOP, title="Pasted list"),
                *self.tables.values(),
                *self.notes,
            ),
            problems=tuple(self.problems),
            items=self.items,
            blank=self.blank,
            summary={
                "said": said,
                "causes": len(self.seen),
                "repeats": repeats,
                "tables": len(self.tables),
            },
        )
