"""A table whose columns are held apart by runs of spaces, as text from a PDF is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from systemmap.errors import Problem
from systemmap.formats.plans._plan_table.headings import is_header
from systemmap.formats.plans._plan_table.plan_lines import Block, Document, Line, Row
from systemmap.formats.plans._plan_table.sorts_of_cells import is_page_number
from systemmap.language.phrases import counted
from systemmap.model.progress import read_progress

_GROUPS = re.compile(r"\S+(?: {1,2}\S+)*")
_TOLD = "Columns were told apart by runs of spaces. Please check every row."

_Parts = list[tuple[int, str]]


def document_from_spaces(lines: list[str]) -> Document:
    """Read columns held apart by three or more spaces: each word group by its place."""
    blocks: list[Block] = []
    starts: list[int] = []
    table = last = wrapped = 0
    furniture = _furniture(lines)
    for n, line in enumerate(lines, 1):
        parts = [(m.start(), m[0].rstrip()) for m in _GROUPS.finditer(line)]
        if n in furniture:
            continue
        above = blocks[-1] if blocks and n == last + 1 else None
        if is_header([text for _, text in parts]) and len(parts) > 1:
            starts = [start for start, _ in parts]
            blocks.append(Row(tuple(text for _, text in parts), f"line {n}", table))
        elif starts and (len(parts) > 1 or (parts and parts[0][0] >= starts[1])):
            row = Row(_placed(parts, starts), f"line {n}", table)
            if isinstance(above, Row) and _goes_on(row, above):
                blocks[-1] = _joined(above, row.cells)
                wrapped += 1
            else:
                blocks.append(row)
        elif parts and isinstance(above, Row):
            blocks[-1] = _joined(above, (parts[0][1],))
            wrapped += 1
        else:
            table += bool(parts)
            blocks.extend(Line(text, f"line {n}") for _, text in parts)
        last = n if parts and starts else last
    said = [Problem("", _TOLD + _went_on(wrapped), "guessed")]
    if furniture:
        what = f"{counted(len(furniture), 'line with a page number, or with the title of the page again, was', 'lines with page numbers, or with the title of the page again, were')} left out."
        said.append(Problem("", what, "note"))
    return Document(tuple(blocks), "spaces between columns", tuple(said))


def _went_on(wrapped: int) -> str:
    what = counted(wrapped, "line went on in the row", "lines went on in the rows")
    return f" {what} above." if wrapped else ""


def _furniture(lines: list[str]) -> set[int]:
    """Return the lines with page numbers, and those that repeat the title beside one."""
    numbered = [n for n, line in enumerate(lines, 1) if is_page_number(line.split())]
    again = Counter(line.strip() for line in lines)
    titles = {
        line.strip()
        for n in numbered
        for line in lines[max(0, n - 2) : n + 1]
        if line.strip() and again[line.strip()] > 1
    }
    firsts = {title: [one.strip() for one in lines].index(title) for title in titles}
    repeated = {
        n
        for n, line in enumerate(lines, 1)
        if firsts.get(line.strip(), n) < n - 1 and not is_header(_cells_of(line))
    }
    return {*numbered, *repeated}


def _cells_of(line: str) -> list[str]:
    return _GROUPS.findall(line)


def _goes_on(row: Row, above: Row) -> bool:
    """Say whether a line of several cells goes on from the row above, cell by cell.

    It fills no cell that the row above leaves free, and begins in mid-sentence: in
    its first cell, or in another where it leaves some free.
    """
    if is_header(above.cells):
        return False
    pairs = [(c, a) for c, a in zip(row.cells, above.cells, strict=False) if c]
    if not pairs or not all(a.strip() for _, a in pairs):
        return False
    first = row.cells[0]
    if first[:1].islower():
        return True
    free = not first or len(pairs) < sum(bool(a.strip()) for a in above.cells)
    lower = any(c[0].islower() and not read_progress(c).status for c, _ in pairs)
    return free and lower


def _joined(row: Row, more: tuple[str, ...]) -> Row:
    """Return a row whose cells go on in the next line."""
    more += ("",) * (len(row.cells) - len(more))
    cells = zip(row.cells, more, strict=False)
    return replace(
        row, cells=tuple(f"{a} {b}" if a and b else a or b for a, b in cells)
    )


def _placed(parts: _Parts, starts: list[int]) -> tuple[str, ...]:
    cells: list[list[str]] = [[] for _ in starts]
    for start, text in parts:
        cells[max(0, bisect_right(starts, start + 1) - 1)].append(text)
    return tuple(map("   ".join, cells))
