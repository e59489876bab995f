"""Tables below a plan's own, on the same sheet: a list of risks, a glossary, contacts.

An empty row parts them from the plan. They have headings of their own that are no
plan's, or a title such as "Appendix A" above rows that say nothing of who and when.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from systemmap.formats.plans._plan_table.headings import (
    DUE,
    PROGRESS,
    RATING,
    RESPONSIBLE,
    is_header,
    meanings_of,
)
from systemmap.formats.plans._plan_table.plan_lines import Line, Row
from systemmap.formats.plans._plan_table.sorts_of_cells import is_date, is_rating
from systemmap.model.progress import read_progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from systemmap.formats.plans._plan_table.plan_lines import Block

_BELOW = 2_000_000  # added to the number of a table, for those below it
_LONGEST_HEADING, _MOST_WORDS = 40, 5
# Words that head or name other tables of councils' plans.
_OTHER_HEADINGS = frozenset(
    (
        "risk",
        "likelihood",
        "probability",
        "impact",
        "mitigation",
        "score",
        "consequence",
        "control",
        "term",
        "definition",
        "abbreviation",
        "acronym",
        "meaning",
        "name",
        "role",
        "organisation",
        "organization",
        "job",
        "title",
        "email",
        "e-mail",
        "telephone",
        "phone",
        "version",
        "author",
        "date",
        "changes",
        "change",
        "colour",
        "description",
        "explanation",
        "code",
        "key",
        "amount",
        "budget",
        "income",
        "expenditure",
        "member",
    )
)
_OTHER_TITLES = frozenset(
    (
        "appendix",
        "annex",
        "annexe",
        "glossary",
        "abbreviations",
        "acronyms",
        "definitions",
        "contacts",
        "membership",
        "members",
        "distribution",
        "references",
        "sources",
        "bibliography",
    )
)
_OTHER_NAMES = ("version control", "document control", "change log", "version history")
_KINDS = (DUE, PROGRESS, RATING)
_SAYS = (RESPONSIBLE, *_KINDS)


def with_strange_parts_apart(rows: Sequence[Row]) -> list[Block]:
    """Return the rows, those of other tables below the plan's as tables of their own."""
    found: list[Block] = []
    seen = _Seen()
    part: list[Row] = []
    for row in rows:
        if row.is_blank or is_header(row.cells):
            found += seen.taken(part)
            part = []
            seen.pass_over(row)
            found.append(row)
        else:
            part.append(row)
    return [*found, *seen.taken(part)]


@dataclass(slots=True)
class _Seen:
    """What stood above: the plan's columns, and what they were seen to hold."""

    columns: dict[int, str] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)  # columns with days, statuses, ratings
    parted: bool = False
    strange: bool = False
    title: Row | None = None
    count: int = 0

    def pass_over(self, row: Row) -> None:
        """Pass an empty row, or a heading row of a plan."""
        if row.is_blank:
            self.parted = True
            return
        self.columns = meanings_of(row.cells)
        self.told, self.parted, self.strange, self.title = set(), False, False, None

    def taken(self, part: Sequence[Row]) -> Sequence[Block]:
        """Return a run of rows, as a table of its own where it is none of the plan."""
        if not part or not self.columns:
            return part
        title, body = part[0], part
        if title.only_first or title.full_width:
            self.title, body = title, part[1:]
        name = self.title.cells[0] if self.title else ""
        if not body:
            return part
        if self.parted and self._is_strange(name, body):
            self.count += 1
            self.strange, self.title = True, None
            table = part[0].table + _BELOW + self.count
            apart = [replace(r, table=table, cells=(*r.cells, "")) for r in body]
            titles = [Line(r.cells[0], r.where) for r in part[: -len(body)]]
            return [*titles, *apart]
        self.strange, self.title = False, None
        kinds = {p: m for p, m in self.columns.items() if m in _KINDS}
        for row in body:
            self.told |= {p for p, m in kinds.items() if _fits(_at(row, p), m)}
        return part

    def _is_strange(self, name: str, body: Sequence[Row]) -> bool:
        says = any(
            _at(row, place)
            for row in body
            for place, meaning in self.columns.items()
            if meaning in (_KINDS if self.told else _SAYS)
        )
        if (self.strange or names_another_table(name)) and not says:
            return True
        return len(body) > 1 and self._has_other_headings(body)

    def _has_other_headings(self, body: Sequence[Row]) -> bool:
        """Say whether the first row heads columns that hold nothing like the plan's."""
        heads = [cell.strip() for cell in body[0].cells if cell.strip()]
        if len(heads) < 2 or not all(map(_may_head, heads)):
            return False
        known = sum(not _OTHER_HEADINGS.isdisjoint(_words(head)) for head in heads)
        if known >= 2 and 2 * known >= len(heads):
            return True
        filled = [p for p in self.told if any(_at(row, p) for row in body)]
        return (
            bool(filled)
            and not any(
                _fits(_at(row, p), self.columns[p]) for row in body for p in filled
            )
            and all(_at(body[0], p) for p in filled)
        )


def names_another_table(name: str) -> bool:
    """Say whether a title is that of an appendix, a glossary or the like.

    Examples
    --------
    >>> names_another_table("Appendix A: abbreviations"), names_another_table("Food")
    (True, False)
    """
    words = _words(name)
    return bool(words) and (
        words[0] in _OTHER_TITLES or " ".join(words).startswith(_OTHER_NAMES)
    )


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()


def _at(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _may_head(cell: str) -> bool:
    short = len(cell) <= _LONGEST_HEADING and len(cell.split()) <= _MOST_WORDS
    return short and not any(map(str.isdigit, cell)) and cell[-1] not in ".;"


def _fits(cell: str, meaning: str) -> bool:
    if not cell:
        return False
    if meaning == DUE:
        return is_date(cell)
    return is_rating(cell) or bool(read_progress(cell).status)
