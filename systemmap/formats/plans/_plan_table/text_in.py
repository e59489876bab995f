"""A plan as plain text: tabs, bars, or columns held apart by spaces."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from functools import lru_cache

from systemmap.errors import Problem, ReadError
from systemmap.formats.plans._plan_table.headings import is_header
from systemmap.formats.plans._plan_table.plan_lines import Block, Document, Line, Row
from systemmap.formats.plans._plan_table.spaced_columns import document_from_spaces
from systemmap.formats.reading.limits import check_count
from systemmap.formats.sighting import delimiter

_SPACES = re.compile(r" {3,}")
_BAR_RULE = re.compile(r"[\s|:+-]+\Z")
_LONGEST_HEADING_LINE = 5_000  # longer lines are looked at by no pattern
_LIST_SCHEMA = ('"ListSchema=', "ListSchema=")
_NEXT_NUMBER = re.compile(r"(\d{1,3})[.)]\s")


def document_from_text(text: str) -> Document:
    """Read a pasted or saved plain text into blocks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text[:4] == "sep=" and text[5:6] == "\n":  # only tells Excel the mark
        text = text[5:]
    if text.startswith(_LIST_SCHEMA):  # only tells SharePoint its columns
        text = text[text.find("\n") :] if "\n" in text else text
    lines = text.split("\n")
    kind, _ = _kind(text)
    kind = kind or _kind_without_heading(text)
    if kind and kind in ",;":
        return _delimited(text, kind)
    if kind == "bars":
        return _bars(lines)
    if kind == "spaces":
        return document_from_spaces(lines)
    return _tabs(text)


def plan_heading(text: str) -> tuple[str, ...]:
    """Return the heading row of a plan table in a text, or nothing."""
    _, cells = _kind(text.replace("\r", "\n"))
    return tuple(cells)


@lru_cache(maxsize=2)  # the recogniser asks, then the reader
def _kind(text: str) -> tuple[str, list[str]]:
    """Return how the columns of the table are told apart, and its heading row."""
    for line in text.split("\n"):
        if len(line) > _LONGEST_HEADING_LINE:
            continue
        if "\t" in line and is_header(cells := line.split("\t")):
            return "tabs", cells
        if line.count("|") > 1 and is_header(cells := _bar_cells(line)):
            return "bars", cells
        if "   " in line and is_header(cells := _SPACES.split(line.strip())):
            return "spaces", cells
        for mark in ",;":
            if mark in line and is_header(cells := _cut_at(line, mark)):
                return mark, cells
    return "", []


def _kind_without_heading(text: str) -> str:
    """Return how columns are told apart where no heading row is known."""
    mark = delimiter(text)
    lines = [line for line in text.split("\n", 50)[:50] if line.strip()]
    if 2 * sum(mark in line for line in lines) <= len(lines):
        return ""
    return {"|": "bars", "\t": "tabs"}.get(mark, mark)


def _cut_at(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []


@dataclass(slots=True)
class _TabReader:
    """Puts tab-separated lines together into rows.

    Excel puts quotes around a cell that holds a line break; Word does not, so
    a row may go over several lines and is full when it has all its tabs.
    """

    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    width: int = 0
    open: list[list[str]] = field(
        default_factory=list
    )  # the row being put together: the pieces of each cell
    where: str = ""
    table: int = 0
    after_blank: bool = False

    def take(self, cells: list[str], line: int) -> None:
        """Take one line, already cut at its tabs."""
        where = f"line {line}"
        if cells == [""]:
            self.after_blank = True
        elif is_header(cells):
            self._close()
            self.width = len(cells)
            self.blocks.append(Row(tuple(cells), where, self.table))
        elif len(cells) > 1:
            self._take_cells(cells, where)
        elif not self._goes_on(cells[0]):
            self._close()
            self.table += 1
            self.blocks.append(Line(cells[0], where))
        else:
            self._join(cells, where)
        self.after_blank = self.after_blank and cells == [""]

    def finish(self) -> None:
        """End the text."""
        self._close()

    def _take_cells(self, cells: list[str], where: str) -> None:
        full = len(self.open) + len(cells) - 1
        unfinished = bool(self.open) and len(self.open) < self.width
        if (
            unfinished
            and full <= self.width
            and not self._is_next(cells[0])
            and cells[0].strip()
        ):
            self._join(cells, where)
            return
        self._close()
        self.open, self.where = [[cell] for cell in cells], where

    def _goes_on(self, text: str) -> bool:
        """Say whether a line without tabs is part of the row above it."""
        if not self.open or is_heading_like(text):
            return False
        return len(self.open) < self.width or not self.after_blank

    def _is_next(self, text: str) -> bool:
        """Say whether a line begins with the number after the open row's."""
        now, then = _NEXT_NUMBER.match(self.open[0][0]), _NEXT_NUMBER.match(text)
        return bool(now and then and int(then[1]) == int(now[1]) + 1)

    def _join(self, cells: list[str], where: str) -> None:
        gap = "\n\n" if self.after_blank else "\n"
        self.open[-1] += (gap, cells[0])
        self.open += [[cell] for cell in cells[1:]]
        self.problems.append(
            Problem(
                where,
                "This line has fewer tabs than the heading, so it was read as part of the cell above.",
                "guessed",
            )
        )

    def _close(self) -> None:
        if self.open:
            cells = tuple(map("".join, self.open))
            self.blocks.append(Row(cells, self.where, self.table))
        self.open = []


def is_heading_like(text: str) -> bool:
    """Say whether a line begins as a workstream, purpose or future phase does."""
    return bool(
        re.match(
            r"\s*(work[- ]?stream\b|purpose\b|future phases|phase\s+\d|#)",
            text,
            re.IGNORECASE,
        )
    )


def _tabs(text: str) -> Document:
    reader = _TabReader()
    number = 1
    place = 0
    while place <= len(text):
        cells, end = _cut(text, place)
        if not text.startswith("# systemmap", place):
            reader.take(cells, number)
        number += text.count("\n", place, end) + 1
        place = end + 1
    reader.finish()
    return Document(
        tuple(reader.blocks), "tabs between columns", tuple(reader.problems)
    )


# A cell in quotes as Excel writes it: inner quotes doubled, then a tab or line end.
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"(?=[\t\n]|\Z)')
_UNQUOTED = re.compile(r"[^\t\n]*+")
_MOST_COLUMNS = 300
_LONGEST_CELL = 64_000  # characters a quoted cell may hold


def _cut(text: str, place: int) -> tuple[list[str], int]:
    """Cut one line at its tabs; return its cells and where it ends.

    Quotes that Excel would not have put there are the writer's own and stay.
    """
    cells: list[str] = []
    while True:
        check_count(len(cells), _MOST_COLUMNS, "columns on one line")
        quoted = _QUOTED.match(text, place, place + _LONGEST_CELL)
        if quoted and re.search(r'[\n\t"]', quoted[1]):
            cells.append(quoted[1].replace('""', '"'))
            place = quoted.end()
        else:
            plain = _UNQUOTED.match(text, place)
            cells.append(plain[0] if plain else "")
            place = plain.end() if plain else place
        if not text.startswith("\t", place):
            return cells, place
        place += 1


def _delimited(text: str, mark: str) -> Document:
    """Read CSV: a quoted cell may go over several lines."""
    blocks: list[Block] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for cells in reader:
            check_count(len(cells), _MOST_COLUMNS, "columns on one line")
            where = f"line {reader.line_num}"
            filled = [cell for cell in cells if cell.strip()]
            if len(cells) == 1 and filled:
                blocks.append(Line(cells[0], where))
            else:
                blocks.append(Row(tuple(cells), where))
    except csv.Error:
        msg = f"Line {reader.line_num + 1} cannot be read as a table. Check for a missing quote mark."
        raise ReadError(msg) from None
    return Document(
        tuple(blocks),
        "commas between columns" if mark == "," else "semicolons between columns",
    )


def _bar_cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    cells = re.split(r"(?<!\\)\|", inner)
    return [
        re.sub(
            r"<br\s*/?>",
            "\n",
            _unmarked(c.strip()).replace("\\|", "|"),
            flags=re.IGNORECASE,
        )
        for c in cells
    ]


def _unmarked(cell: str) -> str:
    """Return a cell without the marks that make all of it bold."""
    bold = len(cell) > 4 and cell.startswith("**") and cell.endswith("**")
    return cell[2:-2] if bold and "**" not in cell[2:-2] else cell


def _bars(lines: list[str]) -> Document:
    blocks: list[Block] = []
    table = 0
    for n, line in enumerate(lines, 1):
        if "|" not in line:
            table += 1
            if line.strip():
                text = line.lstrip("# ") if line.startswith("#") else line
                blocks.append(Line(text, f"line {n}", heading=line.startswith("#")))
        elif not _BAR_RULE.match(line) or line.replace("|", "").strip() == "":
            blocks.append(Row(tuple(_bar_cells(line)), f"line {n}", table))
    return Document(tuple(blocks), "bars between columns")
