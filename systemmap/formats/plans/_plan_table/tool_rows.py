"""Rows that a tool for tasks marks: put away, switched off, or gathering those below."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from systemmap.formats.import_mapping import heading_words
from systemmap.formats.plans._plan_table.tool_headings import title_in
from systemmap.model.progress import read_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

ARCHIVED, ACTIVE, SUMMARY, LEVEL = "archived", "active", "summary", "outlinelevel"
_KEEP = "It was left out: say that it is a row of the plan to keep it."
ARCHIVED_ROW = f"This card is archived. {_KEEP}"
INACTIVE_ROW = f"This task is switched off (Active: No). {_KEEP}"


@dataclass(slots=True)
class ToolRows:
    """What the columns of one table say of its rows; without such columns, nothing.

    Attributes
    ----------
    places : dict[str, int]
        Where the tool's own columns stand.
    above : dict[int, str]
        The titles that gather the rows below them, by their level.
    open : str | None
        The title whose rows were met last; None = rows before any, "" = rows of none.
    """

    places: dict[str, int] = field(default_factory=dict)
    above: dict[int, str] = field(default_factory=dict)
    open: str | None = None

    @classmethod
    def of(cls, headings: Sequence[str]) -> ToolRows:
        """Return what a heading row says: a board, or a project with its outline."""
        words = list(map(heading_words, headings))
        known = [ARCHIVED]
        if title_in(tuple(headings)) is not None and LEVEL in words:
            known += [ACTIVE, SUMMARY, LEVEL]
        return cls({word: words.index(word) for word in known if word in words})

    def why_out(self, cells: Sequence[str]) -> str:
        """Say why a row is no part of the plan; "" = it is one."""
        if self._says(cells, ARCHIVED) is True:
            return ARCHIVED_ROW
        return INACTIVE_ROW if self._says(cells, ACTIVE) is False else ""

    def gathers(self, cells: Sequence[str], following: Sequence[str]) -> bool:
        """Say whether a row only gathers those below it, by its level or by its own word."""
        level, after = self._level(cells), self._level(following)
        if level is None:
            return False
        deeper = after is not None and after > level
        return deeper and self._says(cells, SUMMARY) is not False

    def gather(self, cells: Sequence[str], title: str) -> None:
        """Begin the rows below a title."""
        level = self._level(cells) or 0
        self.above = {n: t for n, t in self.above.items() if n < level} | {level: title}
        self.open = title

    def section_begun(self, cells: Sequence[str]) -> str | None:
        """Return the title whose rows go on at this row; None = those of the row above.

        A project's outline may return from the rows below a title to those beside it.
        """
        level = self._level(cells)
        if level is None or self.open is None:
            return None
        self.above = {n: t for n, t in self.above.items() if n < level}
        title = self.above[max(self.above)] if self.above else ""
        if title == self.open:
            return None
        self.open = title
        return title

    def _says(self, cells: Sequence[str], column: str) -> bool | None:
        place = self.places.get(column, len(cells))
        answer = read_answer(cells[place]) if place < len(cells) else None
        return None if answer is None else answer.status == "complete"

    def _level(self, cells: Sequence[str]) -> int | None:
        place = self.places.get(LEVEL, len(cells))
        text = cells[place].strip() if place < len(cells) else ""
        return int(text) if text.isdecimal() and len(text) < 3 else None
