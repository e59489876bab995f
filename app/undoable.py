"""The last change made at this screen that can still be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.wording import count, when

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from systemmap.store import Transaction

LOOKED_THROUGH = 200
"""So many changes are looked through."""

UNASKED = 20
"""So many records are taken back at one press; for more the screen asks first."""


def last_undoable(
    latest: Sequence[Transaction], actor: str, beginning: Callable[[], int]
) -> Transaction | None:
    """Return the newest change of one actor that can be undone; None when there is none.

    What phones and tables send is passed over: while a room is open the newest
    change is nearly always somebody's note, and undoing that is never what the
    person at this screen means. History can still undo it. So is what took
    words away on request, which nothing brings back.

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
        if change.actor != actor or change.undone_by is not None or change.final:
            continue
        told, turns = _begun_by(change, known)
        if turns % 2 == 0:  # itself, or done again by an undo of its undo
            there = change.revision > beginning()
            return replace(change, label=told.label) if there else None
    return None


def size_of(change: Transaction) -> str:
    """Return how many records a change wrote, in words."""
    return count(change.row_count, "record")


def undo_words(change: Transaction) -> str:
    """Return what an undo button says, in the header and on the canvas."""
    return f"Undo: {change.label} · {size_of(change)}"


def why_asked(change: Transaction, made_here: Collection[int]) -> str:
    """Return what to say before a change is undone; "" when one press may do it.

    Parameters
    ----------
    change : Transaction
        What would be undone.
    made_here : collection of int
        The changes made in this window: any other may be somebody else's.
    """
    size = size_of(change)
    said = []
    if change.revision not in made_here:
        said.append(
            f"This was not done in this window, so it may be somebody else's work: {when(change.at)}."
        )
    if change.row_count > UNASKED:
        said.append(f"It takes back {size} at once.")
    if not said:
        return ""
    return " ".join([*said, "Nothing is lost: undoing can be undone."])


def _begun_by(
    change: Transaction, known: Mapping[int, Transaction]
) -> tuple[Transaction, int]:
    """Return what a chain of undo and redo began with, and how many turns it took."""
    turns = 0
    while change.undoes is not None and change.undoes in known:
        change, turns = known[change.undoes], turns + 1
    return change, turns
