"""One sentence of the board paper, and the premise it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from systemmap.reports.parts.board_facts import BoardFacts, Room


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSentence:
    """One sentence of the board paper and what has to be true for it to be printed.

    Attributes
    ----------
    key : str
        Its name in tests and on the page of documents.
    premise : str
        What has to be true, in words.
    holds : callable
        ``holds(board, room) -> bool``: whether it is.
    says : callable
        ``says(board, room)``: the sentence, or several of its kind. It is
        asked only when the premise holds.
    """

    key: str
    premise: str
    holds: Callable[[BoardFacts, Room], bool]
    says: Callable[[BoardFacts, Room], Iterable[str]]


def printed(
    sentences: Iterable[BoardSentence], board: BoardFacts, room: Room
) -> tuple[str, ...]:
    """Return the sentences whose premises hold, in order."""
    return tuple(
        text
        for sentence in sentences
        if sentence.holds(board, room)
        for text in sentence.says(board, room)
    )


def ended(items: Iterable[str]) -> tuple[str, ...]:
    """Return the parts of one long sentence: semicolons between, a full stop at the end."""
    every = list(items)
    return (*(f"{item};" for item in every[:-1]), *(f"{item}." for item in every[-1:]))
