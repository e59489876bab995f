"""The last change made at this screen that can still be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from systemmap.store import Transaction

LOOKED_THROUGH = 200
"""So many changes are looked through."""


def last_undoable(
    latest: Sequence[Transaction], actor: str, beginning: Callable[[], int]
) -> Transaction | None:
    """Return the newest change of one actor that can be undone; None when there is none.

    What phones and tables send is passed over: while a room is open the newest
    change is nearly always somebody's note, and undoing that is never what the
    person at this screen means. History can still undo it.

    Parameters
    ----------
    latest : sequence of Transaction
        The latest changes, newest first.
    actor : str
        Who acts at this screen.
    beginning : callable
        Returns the change that made the programme, which cannot be undone.
    """
    known = {change.revision: change for change in latest}
    for change in latest:
        if change.actor != actor or change.undone_by is not None:
            continue
        told, turns = _begun_by(change, known)
        if turns % 2 == 0:  # itself, or done again by an undo of its undo
            there = change.revision > beginning()
            return replace(change, label=told.label) if there else None
    return None


def _begun_by(
    change: Transaction, known: Mapping[int, Transaction]
) -> tuple[Transaction, int]:
    """Return what a chain of undo and redo began with, and how many turns it took."""
    turns = 0
    while change.undoes is not None and change.undoes in known:
        change, turns = known[change.undoes], turns + 1
    return change, turns
