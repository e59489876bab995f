"""What every form of a plan is first read into: lines and table rows, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from systemmap.errors import Problem


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph outside any table. `heading` = it is marked as a heading."""

    text: str
    where: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: cell texts to the letter, and where it stands.

    `merged_first` marks a first cell that is merged with the one above, and
    `full_width` one cell that spans the table. `above` holds, by column, what
    cells merged with the one above say; `colours` what a fill tells as a rating.
    """

    cells: tuple[str, ...]
    where: str
    table: int = 0
    merged_first: bool = False
    full_width: bool = False
    above: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds any text."""
        return not any(cell.strip() for cell in self.cells)

    @property
    def only_first(self) -> bool:
        """Whether only the first cell holds text."""
        first, *others = self.cells or ("",)
        return bool(first.strip()) and not any(cell.strip() for cell in others)


Block: TypeAlias = Line | Row


@dataclass(frozen=True, slots=True, eq=False)  # each is itself, so that it can be a key
class Document:
    """A plan as read from one form: its blocks, and what was met on the way.

    `references` say which record of which programme a row of ours is, by where
    it stands.
    """

    blocks: tuple[Block, ...]
    dialect: str
    problems: tuple[Problem, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)
