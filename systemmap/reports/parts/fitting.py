"""How much room a table needs, so that one page stays one page."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.language.phrases import shortened
from systemmap.reports.parts.blocks import (
    Drawing,
    ForAuthor,
    Heading,
    Items,
    Table,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from systemmap.reports.parts.blocks import Block, Paper

_POINT = 1 / 72
_CHARACTER = 0.53  # width of an average letter of Arial, in parts of its size
_BOLD = 0.68  # of a bold letter in a council's widest font
_LONGEST = 24  # letters of a word that never breaks
_LINE = 1.2
_PADDING = 0.15  # inches on both sides of a cell's words


def table_height(
    rows: Sequence[Sequence[str]], shares: Sequence[float], width: float, size: float
) -> float:
    """Return the height in inches of a table set at `size` points in `width` inches."""
    total = 0.0
    for row in rows:
        lines = max(
            lines_of(text, width * share / sum(shares) - _PADDING, size)
            for text, share in zip(row, shares, strict=True)
        )
        total += lines * size * _LINE * _POINT + 0.09
    return total


Em = Callable[[str, bool], float]
"""How wide a word is in parts of its letters' size, and in bold."""


def column_widths(
    table: Table, width: float, size: float, *, em: Em | None = None
) -> list[float]:
    """Share out `width` inches so that no word of up to 24 letters breaks inside.

    The columns keep the shares asked for as far as their longest words allow.
    `em` measures words in the font they are set in; without it they are taken
    for as wide as in a council's widest.
    """
    least = _least(table, size, em)
    if sum(least) >= width:
        return [width * need / sum(least) for need in least]
    widths = [width * share / sum(table.shares) for share in table.shares]
    settled: set[int] = set()
    while short := {n for n, wide in enumerate(widths) if least[n] > wide} - settled:
        settled |= short  # and stays so, whatever the others still need
        spare = width - sum(least[n] for n in settled)
        free = sum(s for n, s in enumerate(table.shares) if n not in settled)
        widths = [
            least[n] if n in settled else spare * share / free
            for n, share in enumerate(table.shares)
        ]
    return widths


def _least(table: Table, size: float, em: Em | None) -> list[float]:
    """Return how many inches each column needs for its longest word."""
    letters = [
        [
            em(word[:_LONGEST], bold) if em else min(_LONGEST, len(word)) * _BOLD
            for word, bold in found
        ]
        for found in _words_of(table)
    ]
    return [max(found, default=_BOLD) * size * _POINT + _PADDING for found in letters]


def _words_of(table: Table) -> list[set[tuple[str, bool]]]:
    """Return the words of each column, and whether they are bold."""
    found: list[set[tuple[str, bool]]] = [set() for _ in table.shares]
    for at, row in enumerate((table.headings, *table.rows)):
        for column, cell in enumerate(row):
            bold = at == 0 or (at - 1, column) in table.colours
            found[column].update((word, bold) for word in cell.split())
    return found


def letters_for(
    table: Table, width: float, size: float, *, floor: float, em: Em | None = None
) -> float:
    """Return `size`, or less down to `floor`, at which no word of a table breaks inside."""
    while size > floor and sum(_least(table, size, em)) > width:
        size -= 0.5
    return size


def lines_of(text: str, width: float, size: float) -> int:
    """Return how many lines words take, set at `size` points in `width` inches."""
    letters = _letters_in(width, size)
    found = 1
    used = 0
    for word in text.split():
        if used and used + 1 + len(word) > letters:
            found, used = found + 1, 0
        used += len(word) + (1 if used else 0)
        if used > letters:  # a word longer than its line breaks
            found, used = found + math.ceil(used / letters) - 1, used % letters
    return found


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Return words in lines, set at `size` points in `width` inches.

    Examples
    --------
    >>> wrapped("A walk to school every day", 1.0, 14.0)
    ['A walk to', 'school', 'every day']
    """
    letters = _letters_in(width, size)
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(longer) > letters:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _letters_in(width: float, size: float) -> int:
    return max(1, int(width / (size * _POINT * _CHARACTER)))


def cut_table(
    table: Table, lines: int, *, width: float = 0.0, size: float = 0.0
) -> Table:
    """Return a table whose cells take `lines` lines at most; what is cut ends in "…".

    It is `width` inches wide and set at `size` points; 0 = as on a page of ours.
    """
    width, size = width or _WIDTH, size or _TABLE
    whole = sum(table.shares)

    def cut(text: str, share: int) -> str:
        wide = width * share / whole - _PADDING
        letters = _letters_in(wide, size) * lines
        text = shortened(text, letters)
        while letters > 4 and lines_of(text, wide, size) > lines:
            letters -= 4
            text = shortened(text, letters)
        return text

    rows = tuple(
        tuple(cut(cell, share) for cell, share in zip(row, table.shares, strict=True))
        for row in table.rows
    )
    return replace(table, rows=rows)


def sides_of(paper: Paper) -> int:
    """Return how many sides of A4 a paper fills in Word, on a plain page of ours.

    Lines are counted at the letters' average width. What `word_document` keeps
    together (a heading with what follows it, a short table with its caption) goes
    over to the next side whole, as it does in Word.
    """
    sides, used = 1, 0.0
    for high in _pieces(paper):
        if used and used + high > _SIDE:
            sides, used = sides + 1, 0.0
        sides += int(high / _SIDE)  # what is longer than a side runs over
        used += high % _SIDE
    return sides


_SIDE = 262.0  # mm between the margins of a page of ours, less a line in reserve
_WIDTH = 174 / 25.4  # inches between the margins
_HIGH = 0.8  # of a picture across the page, by its width
_TABLE = 8.5  # points of the letters in a table
_MM = 25.4 / 72  # millimetres of a point
KEPT_TOGETHER = 8  # a table of so few rows does not break over two sides
_PAGE = "Page"  # heads the last column of an index


def is_kept_whole(rows: int, height: float, page: float) -> bool:
    """Whether a table goes to the next page whole: it is short and leaves no empty page."""
    return rows <= KEPT_TOGETHER and height <= 0.4 * page


def with_closing(blocks: Iterable[Block], closing: Iterable[str]) -> tuple[Block, ...]:
    """Return a document's blocks with its small print: source, rule and notices.

    It ends the document; but after a long table, which runs over to a page of its
    own at will, it would be all that a last page holds. Then it stands before the
    parts that are tables only, where the words of the document end.
    """
    told = tuple(blocks)
    small = tuple(Words(text=text, kind="small") for text in closing)
    at = len(told)
    if told and isinstance(told[-1], Table) and len(told[-1].rows) > KEPT_TOGETHER:
        starts = [
            n for n, b in enumerate(told) if isinstance(b, Heading) and b.level == 1
        ]
        for start in reversed(starts):
            if not isinstance(told[at - 1], Table):
                break
            at = start
    return (*told[:at], *small, *told[at:])


def with_pages(table: Table) -> Table:
    """Give an index its last column: on which page each row's heading is."""
    if not table.links:
        return table
    return replace(
        table,
        headings=(*table.headings, _PAGE),
        rows=tuple((*row, _PAGE) for row in table.rows),
        shares=(*table.shares, max(1, sum(table.shares) // 15)),
        numbers=table.numbers | {len(table.headings)},
    )


def without_empty(table: Table, *, kept: Collection[str] = ()) -> Table:
    """Return a table without the columns in which nothing stands; not those `kept`."""
    shown = [
        n
        for n, heading in enumerate(table.headings)
        if heading in kept or any(row[n] for row in table.rows)
    ]
    return replace(
        table,
        headings=tuple(table.headings[n] for n in shown),
        rows=tuple(tuple(row[n] for n in shown) for row in table.rows),
        shares=tuple(table.shares[n] for n in shown),
    )


def narrowed(
    shares: Sequence[int],
    rows: Sequence[Sequence[str]],
    *,
    kept: frozenset[int] = frozenset(),
) -> tuple[int, ...]:
    """Leave little room to a column in which nothing stands; not to those `kept`.

    The column with the longest words has the room that is left over.

    Examples
    --------
    >>> narrowed((20, 18, 9), [("Walks", "", ""), ("Meals", "", "")], kept=frozenset({2}))
    (34, 4, 9)
    """
    found = [
        share if n in kept or any(row[n] for row in rows) else max(1, share // 4)
        for n, share in enumerate(shares)
    ]
    most = [max((len(row[n]) for row in rows), default=0) for n in range(len(found))]
    found[most.index(max(most))] += sum(shares) - sum(found)
    return tuple(found)


def leads_to_table(blocks: Sequence[Block], at: int) -> bool:
    """Whether a sentence stands between a heading and its table: all three stay together."""
    return (
        0 < at < len(blocks) - 1
        and isinstance(blocks[at], Words)
        and isinstance(blocks[at - 1], Heading)
        and isinstance(blocks[at + 1], (Table, ForAuthor))
    )


def _pieces(paper: Paper) -> Iterator[float]:
    """Yield the heights in mm of what is never parted, in order."""
    facts = "     ".join(f"{label}: {value}" for label, value in paper.facts)
    yield _words_height(paper.running, 10)
    yield _words_height(paper.title, 16, after=3)
    yield _words_height(facts, 10)
    waiting = 0.0  # a heading waits for what follows it
    for at, block in enumerate(paper.blocks):
        if isinstance(block, Heading):
            waiting += _words_height(block.text, 12, after=10)
            continue
        first, *rest = _block_pieces(block)
        if leads_to_table(paper.blocks, at):
            waiting += first
            continue
        yield waiting + first
        yield from rest
        waiting = 0.0
    if waiting:
        yield waiting


def _words_height(
    text: str, size: float, *, after: float = 4, less: float = 0
) -> float:
    """Millimetres of a paragraph: its lines, and the space after it in points."""
    return (lines_of(text, _WIDTH - less, size) * size * _LINE + after) * _MM


def _block_pieces(block: Block) -> list[float]:
    match block:
        case Words(kind="small"):
            return [_words_height(block.text, 8, after=1)]
        case Words():
            return [_words_height(block.text, 10)]
        case Items():
            high = [
                _words_height(item, 10, after=2, less=8 / 25.4) for item in block.items
            ]
            return [sum(high[:2]), *high[2:]]  # the first does not stand alone
        case ForAuthor():
            return [25.0]
        case Drawing():
            return [_WIDTH * 25.4 * _HIGH]
        case Table():
            return _table_pieces(block)
        case _:
            return [0.0]


def _table_pieces(table: Table) -> list[float]:
    caption = _words_height(table.caption, 9, after=8) if table.caption else 0.0
    shares = column_widths(table, _WIDTH, _TABLE)  # as Word has them
    head, *rows = (
        25.4 * table_height((row,), shares, _WIDTH, _TABLE)
        for row in (table.headings, *table.rows)
    )
    after = 6 * _MM
    if is_kept_whole(len(rows), caption + head + sum(rows), _SIDE):
        return [caption + head + sum(rows) + after]
    paired = is_kept_whole(2, head + sum(rows[:2]), _SIDE)
    parts = [caption + head + rows[0], *rows[1:]]
    if len(parts) > 1:  # neither end of a table stands alone
        parts[-2:] = [sum(parts[-2:])]
    if len(parts) > 1 and paired:
        parts[:2] = [sum(parts[:2])]
    return [*parts[:-1], parts[-1] + after]
