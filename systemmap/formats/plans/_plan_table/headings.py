"""The six columns of a plan table, and the words by which others call them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from systemmap.language.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ACTION = "Action/Phase"
AIMS = "Aims (and actions)"
RESPONSIBLE = "Responsible"
DUE = "Due date"
PROGRESS = "Progress"
OUTCOMES = "Outcomes"
COLUMNS = (ACTION, AIMS, RESPONSIBLE, DUE, PROGRESS, OUTCOMES)

_WORDS: Mapping[str, tuple[str, ...]] = {
    ACTION: (
        "action/phase", "action or phase", "phase", "phases", "action", "actions",
        "stage", "objective", "priority", "ref action", "ref + action",
        "ref and action", "phases of development",
    ),
    AIMS: (
        "aims", "aims (and actions)", "aims and actions", "aim", "description", "what",
        "tasks", "steps",
    ),
    RESPONSIBLE: (
        "responsible", "lead", "owner", "who", "by whom", "responsibility",
        "responsible officer", "partners", "leads", "owners",
    ),
    DUE: (
        "due date", "due", "by when", "when", "timescale", "timescales", "deadline",
        "target date", "date",
    ),
    PROGRESS: (
        "progress", "status", "update", "rag", "progress to date", "comments",
        "rag status", "progress update",
    ),
    OUTCOMES: (
        "outcomes", "outcome", "impact", "measure", "measures", "success measure",
        "success measures", "expected outcome", "expected outcomes",
    ),
}  # fmt: skip


def _folded(heading: str) -> str:
    return re.sub(r"[^a-z]+", "", heading.casefold().replace("&", "and"))


_COLUMN_OF = {
    _folded(word): column for column, words in _WORDS.items() for word in words
}
# Whole words that tell a column apart when the heading is not in the list.
_HINTS = tuple(
    (column, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for column, words in (
        (AIMS, "aims?|description|tasks?"),
        (RESPONSIBLE, "responsible|responsibility|lead|leads|owners?"),
        (DUE, "due|deadline|timescales?|by when|date"),
        (PROGRESS, "progress|status|rag|updates?"),
        (OUTCOMES, "outcomes?|impact|measures?"),
        (ACTION, "actions?|phases?|objectives?|stages?|priority|priorities"),
    )
)
_LONGEST_HEADING = 60
MOST_COLUMNS = 300


def columns_of(headings: Sequence[str]) -> dict[int, str]:
    """Return which of the six columns stands at which position.

    A column is taken once; a second heading for it, and any other heading,
    stays outside the six.

    Examples
    --------
    >>> columns_of(("Phases of development", "Aims and actions", "Ref", "By when"))
    {0: 'Action/Phase', 1: 'Aims (and actions)', 3: 'Due date'}
    """
    found: dict[int, str] = {}
    for position, heading in enumerate(headings):
        column = _COLUMN_OF.get(_folded(heading))
        if column and column not in found.values():
            found[position] = column
    for position, heading in enumerate(headings):
        if position in found or _folded(heading) in _COLUMN_OF:
            continue
        for column, hint in _HINTS:
            if column not in found.values() and hint.search(heading):
                found[position] = column
                break
    return dict(sorted(found.items()))


def is_header(cells: Sequence[str]) -> bool:
    """Say whether a row is a plan table's heading row: two headings or more match."""
    if len(cells) > MOST_COLUMNS:
        return False
    filled = [cell.strip() for cell in cells if cell.strip()]
    if any(len(cell) > _LONGEST_HEADING for cell in filled):
        return False
    matched = {_COLUMN_OF.get(_folded(cell)) for cell in filled} - {None}
    return len(matched) >= 2 and 2 * len(matched) >= len(filled) - 1


def evidence(cells: Sequence[str]) -> str:
    """Say which headings of a row are a plan's, in words.

    Examples
    --------
    >>> evidence(("Action", "Town", "By when"))
    "2 of its 3 headings are a plan's: Action and By when"
    """
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    known = [" ".join(cells[place].split()) for place in columns_of(cells)]
    return f"{len(known)} of its {len(filled)} headings are a plan's: {listed(known)}"


def speaks_of_phases(heading: str) -> bool:
    """Say whether the first column holds phases alone, so that "3." is a phase."""
    words = heading.casefold()
    return "phase" in words and "action" not in words
