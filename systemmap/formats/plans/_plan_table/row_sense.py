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
    ROW,
    SECTION,
    TOTAL,
)
from systemmap.formats.plans._plan_table.streams import is_total
from systemmap.formats.plans._plan_table.tool_rows import ToolRows
from systemmap.model.progress import read_rating
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from systemmap.formats.plans._plan_table.plan_lines import Block
    from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping

TOTALS = "A row of totals is no action. It was left out."
_NUMBERED = "This row has a number and names nothing to be done. It was left out, with what it says beside that."
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
_SHORT = 24  # letters of a title that may name nothing to be done


@dataclass(frozen=True, slots=True)
class Told:
    """What a row is, what is said of it, and the section that begins with it, if any.

    A section "" is that of the rows below no title.
    """

    role: str
    what: str
    section: str | None = None


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
    sense = _Sense(mapping, ours, blocks)
    kept: list[Block] = []
    for n, block in enumerate(blocks):
        if n in below and isinstance(block, Row):
            text = " ".join(cell for cell in block.cells if cell.strip())
            kept.append(Line(text, block.where))
        else:
            kept.append(sense.taken(n, block, found.told))
    return replace(found, blocks=tuple(kept))


@dataclass(slots=True)
class _Sense:
    mapping: PlanMapping
    ours: Container[str]
    blocks: Sequence[Block]
    capital: bool | None = None  # most titles begin with a capital; None = not counted
    columns: PlanColumns = field(default_factory=PlanColumns)
    places: dict[str, int] = field(default_factory=dict)  # of each meaning
    tool: ToolRows = field(default_factory=ToolRows)
    section: int = 0
    above: str = ""  # the title of the row above
    reference: str = ""
    in_key: bool = False
    seen: dict[object, str] = field(default_factory=dict)

    def taken(self, n: int, block: Block, told: dict[str, Told]) -> Block:
        """Return a block as it is to be put together, and tell what it is."""
        if isinstance(block, Line):
            self.section += 1
            self.in_key = False
            return block
        if self.mapping.is_heading(block.cells):
            self.columns = PlanColumns.of(block.cells, self.mapping.columns)
            both = {**self.columns.six, **self.columns.further}
            self.places = {meaning: place for place, meaning in both.items()}
            self.tool = ToolRows.of(self.columns.headings)
            self.in_key = False
        elif self.columns and not block.is_blank:
            return self._row(n, block, told)
        return block

    def _row(self, n: int, row: Row, told: dict[str, Told]) -> Row:
        if (self.mapping.rows or self.mapping.alike) and self.mapping.role_of(row):
            return row
        own = _own(row)
        title = self._cell(own, ACTION)
        single = self.columns.only_first(row)
        what = self._is_none(own, title, single=single) if len(title) <= _SHORT else ""
        self.reference = self._cell(own, REFERENCE) or self.reference
        if out := self.tool.why_out(own):
            told[row.where] = Told(LEFT_OUT, out)
        elif (
            title and self.tool.places and self.tool.gathers(own, self._cells_below(n))
        ):
            self.tool.gather(own, title)
            told[row.where] = Told(SECTION, "", title)
        elif (begun := self.tool.section_begun(own)) is not None:
            told[row.where] = Told(ROW, "", begun)
        elif what and not (row.above and what == _NUMBERED):
            is_sum = what == TOTALS
            told[row.where] = Told(TOTAL if is_sum else LEFT_OUT, what)
        elif title[:1].islower() and self._goes_on(own, title):
            told[row.where] = Told(CONTINUES, "its words go on in mid-sentence")
            return replace(row, cells=own)
        elif single:
            self.section += 1
        elif title:
            self.above = title
            key = (row.table, self.section, row.cells, row.above, row.colours)
            first = self.seen.setdefault(key, row.where)
            ours = row.where in self.ours
            if first != row.where and not (ours or self._is_continued(n)):
                what = (
                    f"This row says word for word what {first} says. It was read once."
                )
                told[row.where] = Told(LEFT_OUT, what)
        return row

    def _cell(self, own: Sequence[str], meaning: str) -> str:
        """Return what a row itself says under a meaning."""
        place = self.places.get(meaning, len(own))
        return own[place].strip() if place < len(own) else ""

    def _cells_below(self, n: int) -> Sequence[str]:
        """Return the cells of the next row of the plan, passing over what is switched off."""
        for block in self.blocks[n + 1 :]:
            if not isinstance(block, Row) or block.is_blank:
                break
            if not self.tool.why_out(block.cells):
                return block.cells
        return ()

    def _goes_on(self, own: Sequence[str], title: str) -> bool:
        """Say whether a row's title goes on from the one above, in mid-sentence."""
        if not self.above or self.above[-1] in _ENDS or self._cell(own, REFERENCE):
            return False
        alone = not (self._cell(own, RESPONSIBLE) or self._cell(own, DUE))
        if not (alone or REFERENCE in self.places):
            return False
        if self.capital is None:
            self.capital = _mostly_capital(self.blocks, self.mapping)
        if self.capital:
            self.above = title
        return self.capital

    def _is_none(self, own: Sequence[str], title: str, *, single: bool) -> str:
        """Say why a row with a short title, or none, names nothing to be done; "" = it does."""
        first = next((cell.strip() for cell in own if cell.strip()), "")
        if is_total(own):
            return TOTALS
        if single and folded(first).rstrip(":") in _KEYS:
            self.in_key = True
        if self.in_key or (title and folded(title) == read_rating(title)):
            return "This row says what a colour means. It was left out."
        if ACTION not in self.places or single:
            return ""
        if folded(title).rstrip(".") in _NOTHING and not self._cell(own, RESPONSIBLE):
            return f"“{title}” names nothing to be done. The row was left out."
        reference = self._cell(own, REFERENCE)
        other = reference and reference != self.reference
        if other and not any(self._cell(own, name) for name in COLUMNS):
            return _NUMBERED
        return ""

    def _is_continued(self, n: int) -> bool:
        """Say whether the next row may be part of this one."""
        following = self.blocks[n + 1] if n + 1 < len(self.blocks) else None
        if not isinstance(following, Row) or following.is_blank:
            return False
        return following.merged_first or not self._cell(_own(following), ACTION)


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
        elif _is_note(block.cells[0].strip(), across=block.full_width):
            found.add(n)
    return found


def _is_note(text: str, *, across: bool) -> bool:
    first, colon, _ = text.partition(":")
    sums = folded(text).startswith("total ") and any(map(str.isdigit, text))
    marked = text[0] in "*\u2020\u2021" and not text.startswith("**")
    number, bracket, _ = text.removeprefix("[").partition("]")
    marked = marked or (bool(bracket) and number.isdecimal())
    marked = marked or (across and text[-1] == ".")
    share = text.rpartition(":")[2].split()  # "Completed: 3 of 8"
    marked = marked or (share[1:2] == ["of"] and "".join(share[::2]).isdecimal())
    return marked or sums or (bool(colon) and folded(first) in _BELOW)
