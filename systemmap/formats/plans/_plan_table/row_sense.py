"""Rows that are no action of their own: told before a plan is put together.

A table holds more than actions: a row that says another word for word, a title
that goes on in the next row, a row without anything to be done, what its colours
mean, and notes below it. A person may say otherwise of each.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    COLUMNS,
    DUE,
    REFERENCE,
    RESPONSIBLE,
)
from systemmap.formats.plans._plan_table.plan_columns import PlanColumns
from systemmap.formats.plans._plan_table.plan_lines import Line, Row
from systemmap.formats.plans._plan_table.plan_mapping import (
    CONTINUES,
    LEFT_OUT,
    TOTAL,
)
from systemmap.formats.plans._plan_table.streams import is_total
from systemmap.model.progress import read_rating
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from systemmap.formats.plans._plan_table.plan_lines import Block
    from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping

TOTALS = "A row of totals is no action. It was left out."
_NOTHING = frozenset(
    [
        "none",
        "no action",
        "no actions",
        "no further action",
        "no further actions",
        "none required",
        "no action required",
        "no actions required",
        "nil",
        "n/a",
        "na",
        "nfa",
        "noted",
        "to note",
        "for noting",
        "for information",
    ]
)
_KEYS = ("key", "rag key", "legend", "rag rating", "rag ratings", "colour key")
_BELOW = ("note", "notes", "source", "sources", "nb", "n.b.", "footnote", "footnotes")
_ENDS = ".?!:;"


@dataclass(frozen=True, slots=True)
class Told:
    """What a row is, and what is said of it."""

    role: str
    what: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """The blocks, and what is told of rows by where they stand."""

    blocks: tuple[Block, ...]
    told: dict[str, Told] = field(default_factory=dict)


def sorted_rows(
    blocks: Sequence[Block], mapping: PlanMapping, ours: Container[str]
) -> Sorted:
    """Tell which rows are no action of their own; those of `ours` carry a reference."""
    found = Sorted(tuple(blocks))
    below = _notes_below(blocks, mapping)
    sense = _Sense(mapping, ours, _mostly_capital(blocks, mapping))
    kept: list[Block] = []
    for n, block in enumerate(blocks):
        if n in below and isinstance(block, Row):
            text = " ".join(cell for cell in block.cells if cell.strip())
            kept.append(Line(text, block.where))
            continue
        following = blocks[n + 1] if n + 1 < len(blocks) else None
        row = sense.taken(block, following, found.told)
        kept.append(row)
    return replace(found, blocks=tuple(kept))


@dataclass(slots=True)
class _Sense:
    mapping: PlanMapping
    ours: Container[str]
    capital: bool  # most titles begin with a capital letter
    columns: PlanColumns = field(default_factory=PlanColumns)
    section: int = 0
    above: str = ""  # the title of the row above
    reference: str = ""
    in_key: bool = False
    seen: dict[object, str] = field(default_factory=dict)

    def taken(
        self, block: Block, following: Block | None, told: dict[str, Told]
    ) -> Block:
        """Return a block as it is to be put together, and tell what it is."""
        if isinstance(block, Line):
            self.section += 1
            self.in_key = False
            return block
        if self.mapping.is_heading(block.cells):
            self.columns = PlanColumns.of(block.cells, self.mapping.columns)
            self.in_key = False
        elif self.columns and not block.is_blank:
            if self.mapping.role_of(block):
                return block
            if is_total(block):
                told[block.where] = Told(TOTAL, TOTALS)
            elif self._goes_on(block):
                told[block.where] = Told(CONTINUES, "its words go on in mid-sentence")
                return replace(block, cells=_own(block))
            elif what := self._is_none(block) or self._is_twice(block, following):
                told[block.where] = Told(LEFT_OUT, what)
        return block

    def _cell(self, row: Row, meaning: str) -> str:
        """Return what a row itself says under a meaning."""
        places = {**self.columns.six, **self.columns.further}
        place = next((p for p, m in places.items() if m == meaning), None)
        if place is None or place >= len(row.cells):
            return ""
        return _own(row)[place].strip()

    def _goes_on(self, row: Row) -> bool:
        """Say whether a row's title goes on from the one above, in mid-sentence."""
        title, above = self._cell(row, ACTION), self.above
        if not (self.capital and above and title[:1].islower()):
            return False
        referred = REFERENCE in self.columns.further.values()
        alone = not (self._cell(row, RESPONSIBLE) or self._cell(row, DUE))
        free = not self._cell(row, REFERENCE)
        if above[-1] in _ENDS or not (free and (alone or referred)):
            return False
        self.above = title
        return True

    def _is_none(self, row: Row) -> str:
        """Say why a row names nothing to be done; "" = it does."""
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        title = self._cell(row, ACTION)
        if folded(filled[0]).rstrip(":") in _KEYS and len(filled) == 1:
            self.in_key = True
        if self.in_key or (title and folded(title) == read_rating(title)):
            return "This row says what a colour means. It was left out."
        six = {name: self._cell(row, name) for name in self.columns.names}
        reference, before = self._cell(row, REFERENCE), self.reference
        self.reference = reference or before
        if row.above or ACTION not in six or self.columns.only_first(row):
            return ""
        if folded(title).rstrip(".") in _NOTHING and not six.get(RESPONSIBLE):
            return f"“{title}” names nothing to be done. The row was left out."
        numbered = reference and reference != before
        if numbered and not any(map(six.get, COLUMNS)):
            return "This row has a number and names nothing to be done. It was left out, with what it says beside that."
        return ""

    def _is_twice(self, row: Row, following: Block | None) -> str:
        """Say where a row stood already, word for word; "" = nowhere."""
        if self.columns.only_first(row):
            self.section += 1
            return ""
        title = self._cell(row, ACTION)
        self.above = title or self.above
        if not title or row.where in self.ours:
            return ""
        cells = tuple(" ".join(cell.split()) for cell in row.cells)
        key = (row.table, self.section, cells, row.above, row.colours)
        first = self.seen.setdefault(key, row.where)
        if first == row.where or self._belongs(following):
            return ""
        return f"This row says word for word what {first} says. It was read once."

    def _belongs(self, following: Block | None) -> bool:
        """Say whether the next row may be part of the one before it."""
        if not isinstance(following, Row) or following.is_blank:
            return False
        return following.merged_first or not self._cell(following, ACTION)


def _own(row: Row) -> tuple[str, ...]:
    """Return a row's cells without what only is merged with the row above."""
    if not row.above:
        return row.cells
    above = (*row.above, *[""] * (len(row.cells) - len(row.above)))
    return tuple(
        "" if a.strip() else cell for cell, a in zip(row.cells, above, strict=False)
    )


def _mostly_capital(blocks: Iterable[Block], mapping: PlanMapping) -> bool:
    """Say whether most titles begin with a capital letter, or a figure."""
    columns, capital, count = PlanColumns(), 0, 0
    for block in blocks:
        if not isinstance(block, Row):
            continue
        if mapping.is_heading(block.cells):
            columns = PlanColumns.of(block.cells, mapping.columns)
            continue
        place = columns.place_of(ACTION)
        if place is not None and place < len(block.cells):
            first = block.cells[place].strip()[:1]
            count += bool(first)
            capital += bool(first) and not first.islower()
    return 2 * capital >= count


def _notes_below(blocks: Sequence[Block], mapping: PlanMapping) -> set[int]:
    """Return the rows below a table's last full one that are notes on it."""
    found: set[int] = set()
    ends: set[int] = set()  # tables whose last full row has been met
    for n in range(len(blocks) - 1, -1, -1):
        block = blocks[n]
        if not isinstance(block, Row) or block.is_blank or block.table in ends:
            continue
        if not block.only_first or mapping.role_of(block):
            ends.add(block.table)
        elif _is_note(block.cells[0].strip()):
            found.add(n)
    return found


def _is_note(text: str) -> bool:
    first, colon, _ = text.partition(":")
    sums = folded(text).startswith("total ") and any(map(str.isdigit, text))
    marked = text[0] in "*\u2020\u2021" and not text.startswith("**")
    return marked or sums or (bool(colon) and folded(first) in _BELOW)
