"""The tables of a plan as columns: what each is headed, and its filled cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from systemmap.formats.import_mapping import heading_keys
from systemmap.formats.plans._plan_table.headings import meanings_of
from systemmap.formats.plans._plan_table.plan_lines import Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.formats.plans._plan_table.plan_lines import Block
    from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping

_LOOKED_AT = 500  # rows of one table


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its headings, what they mean by their words, and the filled cells."""

    headings: tuple[str, ...]
    meanings: dict[int, str]
    cells: dict[int, list[str]]
    colours: dict[int, list[str]] = field(default_factory=dict)

    def words(self, place: int) -> str:
        """Return what a column's heading is known by."""
        return heading_keys(self.headings)[place]

    def name(self, place: int) -> str:
        """Return a column's heading, or its number where it has none."""
        return " ".join(self.headings[place].split()) or f"Column {place + 1}"

    def filled(self, place: int) -> list[str]:
        """Return a column's filled cells."""
        return self.cells.get(place, [])

    def place_of(self, meaning: str) -> int | None:
        """Return where a meaning stands; None = nowhere."""
        return next((p for p, m in self.meanings.items() if m == meaning), None)


def tables_of(blocks: Iterable[Block], mapping: PlanMapping) -> list[Table]:
    """Return every table below a heading row; one heading repeated goes on."""
    found: list[Table] = []
    for block in blocks:
        if not isinstance(block, Row):
            continue
        if mapping.is_heading(block.cells):
            same = next((t for t in found if t.headings == block.cells), None)
            table = same or Table(
                block.cells, meanings_of(block.cells, mapping.columns), {}
            )
            found = [t for t in found if t is not table] + [table]
        elif found:
            for place, cell in enumerate(block.cells[: len(found[-1].headings)]):
                column = found[-1].cells.setdefault(place, [])
                if cell.strip() and len(column) < _LOOKED_AT:
                    column.append(cell.strip())
            for place, colour in enumerate(block.colours):
                if colour:
                    found[-1].colours.setdefault(place, []).append(colour)
    return found
