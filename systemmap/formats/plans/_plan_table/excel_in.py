"""A plan in an Excel workbook: every sheet that is not marked (ignore)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from systemmap.errors import Problem, ReadError
from systemmap.formats.format import REFERENCE_HEADING
from systemmap.formats.plans._plan_table.headings import (
    DUE,
    PROGRESS,
    RATING,
    is_header,
    meanings_of,
)
from systemmap.formats.plans._plan_table.merged_cells import GridCell, row_from
from systemmap.formats.plans._plan_table.plan_lines import Block, Document, Line, Row
from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping
from systemmap.formats.plans._plan_table.tool_headings import title_in
from systemmap.formats.reading.limits import LIMITS, check_count
from systemmap.formats.reading.xlsx_stream import ShownCell, ShownWorkbook
from systemmap.formats.reading.zip_parts import times_in_parts
from systemmap.language.phrases import counted, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from systemmap.formats.reading.xlsx_stream import ShownRow, ShownSheet

_COLUMNS = 50
_LEVEL = "Outline level"  # as Microsoft Project heads it
_MOST_TOUCHED = 600_000  # rows of merged cells: 5,000 rows of 120 columns
_HEADING_WITHIN = 60  # rows; a plan's heading stands near the top
_SENTENCE = 60  # letters: a longer cell that stands alone is no name of a part


@lru_cache(maxsize=1)
def document_from_workbook(data: bytes, headings: tuple[str, ...] = ()) -> Document:
    """Read all plan sheets of a workbook, in order, as one document.

    `headings` is the heading row a person pointed at; where nobody did and no sheet
    has one, each sheet's first row of two cells is one.
    """
    is_heading = PlanMapping(headings=headings).is_heading
    blocks: list[Block] = []
    problems: list[Problem] = []
    references: dict[str, str] = {}
    others: list[tuple[ShownSheet, list[ShownRow], int]] = []
    for number, (sheet, found) in enumerate(_opened(data)):
        # its own rows, since a column of references is taken out of them
        rows = [replace(row, cells=dict(row.cells)) for row in found]
        references |= _take_references(sheet, rows)
        problems.extend(_with_levels(sheet, rows))
        if any(is_heading(row.texts(row.width)) for row in rows):
            reader = _SheetReader(sheet, rows, number, is_heading)
            blocks.extend(reader.blocks())
            problems.extend(reader.problems)
        else:
            others.append((sheet, rows, number))
    problems.extend(_comments(data))
    for sheet, rows, _ in others if blocks else ():
        if count := len(rows):
            what = f"Sheet '{sheet.name}' ({counted(count, 'row')}) has no headings of a plan. It was left out."
            problems.append(Problem(f"sheet {sheet.name}", what, "skipped", "", count))
    for sheet, rows, number in others if not blocks else ():
        first = next((row.texts(row.width) for row in rows if _several(row)), None)
        if first is not None:
            reader = _SheetReader(sheet, rows, number, partial(_same, first))
            blocks.extend(reader.blocks())
            problems.extend(reader.problems)
    if not blocks:
        names = ", ".join(f"'{sheet.name}'" for sheet, _, _ in others[:8])
        msg = f"No sheet holds a plan table. The sheets are: {names}. A plan table has headings such as Action, Responsible and Due date."
        raise ReadError(msg)
    return Document(tuple(blocks), "Excel", tuple(problems), references)


def _comments(data: bytes) -> list[Problem]:
    """Remark on the comments of cells, which are not read."""
    count = times_in_parts(data, "xl/comments", b"<comment ")
    if not count:
        return []
    what = f"{counted(count, 'cell has', 'cells have')} a comment. Comments are not read: write into a cell what the plan should say."
    return [Problem("", what, "note")]


def _with_levels(sheet: ShownSheet, rows: list[ShownRow]) -> list[Problem]:
    """Give the rows of a tool's export the levels at which they are grouped, as a column."""
    head = next((row for row in rows if is_header(row.texts(row.width))), None)
    if head is None or not any(row.level for row in rows):
        return []
    width = max(row.width for row in rows)
    named = (*head.texts(width), _LEVEL)
    if title_in(named) is None or _LEVEL in named[:-1]:
        return []
    for row in rows:
        if row.number >= head.number:
            words = _LEVEL if row is head else str(row.level + 1)
            row.cells[width] = ShownCell(words)
    what = "Rows are grouped on this sheet, so a row with others grouped below it was read as their workstream."
    return [Problem(f"sheet {sheet.name}", what, "guessed")]


def _take_references(sheet: ShownSheet, rows: list[ShownRow]) -> dict[str, str]:
    """Take out the hidden column of a sheet of ours; return what each row carried."""
    column = next(
        (
            column
            for row in rows[:_HEADING_WITHIN]
            for column, cell in row.cells.items()
            if cell.text == REFERENCE_HEADING
        ),
        None,
    )
    if column is None:
        return {}
    taken = {row.number: row.cells.pop(column, None) for row in rows}
    if column in sheet.hidden_columns:
        sheet.hidden_columns.remove(column)
    return {_where(sheet, number): cell.text for number, cell in taken.items() if cell}


def _where(sheet: ShownSheet, number: int) -> str:
    return f"sheet {sheet.name}, row {number}"


@lru_cache(maxsize=1)  # a person who corrects a plan has it read again and again
def _opened(data: bytes) -> tuple[tuple[ShownSheet, list[ShownRow]], ...]:
    """Return the sheets of a workbook that are read, with all their rows."""
    book = ShownWorkbook(data)
    found = []
    for sheet in book.sheets:
        if "(ignore)" in sheet.name.lower():
            continue
        rows: list[ShownRow] = []
        for row in book.rows(sheet):
            rows.append(row)
            check_count(
                len(rows), LIMITS.plan_rows + 100, f"rows on sheet {sheet.name}"
            )
        found.append((sheet, rows))
    return tuple(found)


def plan_heading_in(data: bytes) -> tuple[str, ...]:
    """Return the heading row of a plan in a workbook, or nothing."""
    book = ShownWorkbook(data)
    for sheet in book.sheets:
        if "(ignore)" in sheet.name.lower():
            continue
        for count, row in enumerate(book.rows(sheet)):
            if is_header(cells := row.texts(_COLUMNS)):
                return tuple(cells)
            if count >= _HEADING_WITHIN:
                break
    return ()


def _several(row: ShownRow) -> bool:
    return sum(bool(cell.text.strip()) for cell in row.cells.values()) > 1


def _same(first: Sequence[str], cells: Sequence[str]) -> bool:
    return [c for c in cells if c.strip()] == [c for c in first if c.strip()]


def _after_a_gap(words: Sequence[ShownRow], ends: int) -> set[int]:
    """Return the rows of words after an empty row below a table, if one is a sentence."""
    found: list[ShownRow] = []
    previous, parted = ends, False
    for row in words:
        parted = parted or row.number > previous + 1
        previous = row.number
        if parted:
            found.append(row)
    said = any(len(row.cells[0].text) > _SENTENCE for row in found)
    return {row.number for row in found} if said else set()


class _SheetReader:
    def __init__(
        self,
        sheet: ShownSheet,
        rows: list[ShownRow],
        table: int,
        is_heading: Callable[[Sequence[str]], bool],
    ) -> None:
        self.sheet, self.rows, self.table = sheet, rows, table
        self.is_heading = is_heading
        self.problems: list[Problem] = []
        self.width = max(min(row.width, 300) for row in rows)
        headers = [row.number for row in rows if is_heading(row.texts(row.width))]
        self.first_header = min(headers)
        self.last_of_table = self._end_of_table()
        self.between = self._words_between(frozenset(headers))
        self.merges = self._merges_by_place()
        self.above: dict[int, str] = {}
        self.rates: dict[int, str] = {}  # the heading of the rating, of several one
        self.worded = {  # columns with words below the headings
            column
            for row in rows
            if row.number > self.first_header
            for column, cell in row.cells.items()
            if cell.text.strip()
        }

    def blocks(self) -> list[Block]:
        """Return the sheet's lines and rows; its name heads it where nothing else does."""
        found: list[Block] = [
            Line(self.sheet.name, f"sheet {self.sheet.name}", heading=True)
        ]
        if self.sheet.is_hidden:
            self._note("", "This sheet is hidden. It was read.")
        said = {n for row in self.rows for n, c in row.cells.items() if c.text.strip()}
        if count := len(said.intersection(self.sheet.hidden_columns)):
            what = counted(count, "hidden column. It was", "hidden columns. They were")
            self._note("", f"This sheet has {what} read.")
        previous = 0
        kinds: dict[int, str] = {}
        for row in self.rows:
            where = _where(self.sheet, row.number)
            inside = row.number <= self.last_of_table and row.number not in self.between
            if kinds and row.number > previous + 1 and inside:
                free = _where(self.sheet, previous + 1)  # the empty row itself
                found.append(Row(("",) * self.width, free, self.table))
            previous = row.number
            if self.is_heading(row.texts(row.width)):
                heads = row.texts(self.width)
                kinds = meanings_of(heads)
                self.rates = {p: heads[p] for p, k in kinds.items() if k == RATING}
            self._report(row, kinds, where)
            found.append(self._block(row, where))
        if len(found) > 1 and isinstance(found[1], Line):
            found.pop(0)  # the sheet has words of its own above the table
        return found

    def _block(self, row: ShownRow, where: str) -> Block:
        grid, spans_all = self._grid(row)
        titles_table = spans_all and row.number == self.first_header - 1
        outside = row.number < self.first_header or row.number > self.last_of_table
        outside = outside or row.number in self.between
        if self._filled(row) == 1 and 0 in row.cells and outside and not titles_table:
            return Line(row.cells[0].text, where)
        return row_from(grid, where, self.table, self.width)

    def _grid(self, row: ShownRow) -> tuple[list[GridCell], bool]:
        """Return the row's cells with its merges, and whether one cell spans it all."""
        grid: list[GridCell] = []
        column = 0
        while column < self.width:
            text = cell.text if (cell := row.cells.get(column)) else ""
            colour = cell.colour if cell else ""
            span, from_above = self._merge_at(row.number, column)
            if from_above:
                text = self.above.get(column, "")
            grid.append(
                GridCell(text, min(span, self.width - column), from_above, colour)
            )
            self.above[column] = text
            column += span
        spans_all = grid[0].span > 1 and not any(cell.text for cell in grid[1:])
        return ([grid[0]] if spans_all and len(grid) == 1 else grid), spans_all

    def _merge_at(self, number: int, column: int) -> tuple[int, bool]:
        top, right = self.merges.get((number, column), (number, column))
        return right - column + 1, number > top

    def _end_of_table(self) -> int:
        """Return the last row of the table: an empty row parts it from words below."""
        last = max(row.number for row in self.rows if self._filled(row) > 1)
        numbers = {row.number for row in self.rows}
        while last + 1 in numbers:
            last += 1
        return last

    def _words_between(self, headers: frozenset[int]) -> frozenset[int]:
        """Return the rows of words between two tables: after an empty row, before a heading.

        Only where one of them is a sentence: a lone name there begins a part of the plan.
        """
        found: set[int] = set()
        words: list[ShownRow] = []
        ends = 0  # the last row of the table above
        for row in self.rows:
            if row.number not in headers and self._filled(row) == 1 and 0 in row.cells:
                words.append(row)
                continue
            if ends and row.number in headers:
                found |= _after_a_gap(words, ends)
            words, ends = [], row.number
        return frozenset(found)

    def _merges_by_place(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return first row and last column of the merge that begins at a place.

        A place is a row that holds something, and a column. Merges do not overlap
        in an honest sheet, so together they touch no more places than there are.
        """
        found: dict[tuple[int, int], tuple[int, int]] = {}
        numbers = sorted(row.number for row in self.rows)
        touched = 0
        for top, left, bottom, right in self.sheet.merges:
            within = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
            touched += len(within)
            check_count(touched, _MOST_TOUCHED, "rows of merged cells")
            for number in within:
                found.setdefault((number, left), (top, right))
        return found

    def _filled(self, row: ShownRow) -> int:
        return sum(bool(cell.text.strip()) for cell in row.cells.values())

    def _report(self, row: ShownRow, kinds: dict[int, str], where: str) -> None:
        if row.hidden:
            self._note(where, "This row is hidden. It was read.")
        if row.struck:
            self._note(where, "This row is struck out. It was read.")
        elif struck := [c.text for c in row.cells.values() if c.struck and c.text]:
            what = (
                f"“{shortened(struck[0], 60)}” is struck out in this row. It was read."
            )
            self._note(where, what)
        for column, cell in row.cells.items():
            kind = kinds.get(column, "")
            place = f"{where}, column {self.rates.get(column) or kind or column + 1}"
            if cell.flag == "day and month" and kind == DUE:
                self.problems.append(
                    Problem(
                        place,
                        f"Excel keeps {cell.hidden} here and shows '{cell.text}'. If 'Oct 22' was typed, Excel turned it into a day of that year. Month and year, or day and month? The text is kept.",
                        "guessed",
                        cell.text,
                    )
                )
            elif cell.flag == "formula without a value":
                self._note(
                    place,
                    "This cell holds a formula that was never calculated. It was read as blank.",
                )
            elif cell.flag == "formula":
                self._note(place, "This cell holds a formula. Its last value was read.")
            elif cell.flag == "error":
                self._note(
                    place,
                    f"This cell holds the error {cell.hidden[:20]}. It was read as blank.",
                )
            elif (
                cell.flag == "coloured"
                and kind == PROGRESS
                and (column in self.worded or RATING in kinds.values())
            ):
                self._note(
                    place,
                    "This cell is only coloured. A colour alone gives no status: please set one.",
                )
            elif cell.flag == "coloured" and kind == RATING and cell.colour:
                self._note(
                    place,
                    f"This cell is only coloured. It was read as {cell.colour}.",
                )
            elif cell.flag == "coloured" and kind == RATING:
                self._note(
                    place,
                    "This cell is coloured, but neither red, amber, green nor blue. No rating was read.",
                )

    def _note(self, where: str, what: str) -> None:
        self.problems.append(Problem(where or f"sheet {self.sheet.name}", what, "note"))
