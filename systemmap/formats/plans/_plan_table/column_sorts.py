"""What a column of a plan holds, by most of its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.plans._plan_table.headings import (
    DUE,
    PERSONAL,
    PROGRESS,
    RATING,
    REFERENCE,
    RESPONSIBLE,
)
from systemmap.formats.plans._plan_table.sorts_of_cells import (
    is_body,
    is_date,
    is_personal,
    is_rating,
    is_reference,
    mostly,
)
from systemmap.model.progress import read_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def meaning_by_cells(cells: Sequence[str]) -> str:
    """Return what a column holds by most of its cells, or "".

    Examples
    --------
    >>> meaning_by_cells(("31/03/2027", "Summer 2027", "TBC"))
    'Due date'
    """
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        (PERSONAL, is_personal),
        (RATING, is_rating),
        (REFERENCE, is_reference),
        (DUE, is_date),
        (PROGRESS, is_status),
        (RESPONSIBLE, is_body),
    )
    return next((meaning for meaning, test in tests if mostly(cells, test)), "")


def is_status(cell: str) -> bool:
    """Say whether a cell says how an action stands."""
    return bool(read_progress(cell).status)
