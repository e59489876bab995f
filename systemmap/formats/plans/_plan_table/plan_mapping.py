"""What a person said of a plan's columns, rows and dates: kept, and used again."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from systemmap.formats.import_mapping import heading_words
from systemmap.formats.plans._plan_table.headings import is_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.formats.plans._plan_table.plan_lines import Row

SECTION, CONTINUES, LEFT_OUT, ROW = "section", "continues", "leave out", "row"
TOTAL, HEADING, BLANK = "total", "heading", "blank"


def why_left_out(role: str) -> str:
    """Return why a row is left out, of which a person said that it is this."""
    if role == LEFT_OUT:
        return "This row was left out, as you said."
    if role == CONTINUES:
        return "No row is above this one in its table, so it goes on from none. It was left out."
    return f"No heading row is above this one, so it can be no {role}. It was left out."


def row_likeness(cells: Sequence[str]) -> str:
    """Return what rows have in common in which the same cells are filled.

    Examples
    --------
    >>> row_likeness(("Food", "", "")), row_likeness(("", "Train", "NHS"))
    ('#', '-##')
    """
    return "".join("#" if cell.strip() else "-" for cell in cells).rstrip("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMapping:
    """How one shape of plan is read.

    Attributes
    ----------
    columns : Mapping[str, str]
        What each heading means, by its words without case and punctuation.
    headings : tuple[str, ...]
        The heading row a person pointed at, likewise; empty = found by its words.
    rows : Mapping[str, str]
        What single rows are, by where they stand: a section, part of the row
        above, a row, a total, or left out.
    dates : str
        ``"day first"``, ``"month first"``, ``"as typed"``, or "" = as found.
    orders : Mapping[str, str]
        The same of single columns, by their `heading_keys`.
    alike : Mapping[str, str]
        What all rows are in which the same cells are filled, by `row_likeness`.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    rows: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    orders: Mapping[str, str] = field(default_factory=dict)
    alike: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, mapping: ImportMapping) -> PlanMapping:
        """Return what an import mapping says of a plan's table."""
        return cls(
            columns=mapping.columns,
            headings=mapping.headings,
            rows=mapping.rows,
            dates=mapping.dates,
            orders=mapping.orders,
            alike=mapping.alike,
        )

    def role_of(self, row: Row) -> str:
        """Return what a person said a row is, alone or with all like it; "" = nothing."""
        if said := self.rows.get(row.where, ""):
            return said
        if not self.alike or row.is_blank or self.is_heading(row.cells):
            return ""
        return self.alike.get(row_likeness(row.cells), "")

    def is_heading(self, cells: Sequence[str]) -> bool:
        """Say whether a row is the table's heading row."""
        if self.headings:
            return tuple(map(heading_words, cells)) == self.headings
        return _found_by_words(tuple(cells))


# Each row is asked of several times, and again whenever a person corrects the file.
_found_by_words = lru_cache(maxsize=8_192)(is_header)

AS_FOUND = PlanMapping()
