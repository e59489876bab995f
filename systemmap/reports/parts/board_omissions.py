"""What the board paper cannot say yet, in one line each, where a section is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.language.phrases import counted
from systemmap.reports.parts.board_sentence import BoardSentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.reports.parts.board_facts import BoardFacts, Room


def _no_map(board: BoardFacts, _room: Room) -> Iterator[str]:
    listed = counted(len(board.programme.actions), "action")
    act = "acts" if len(board.programme.actions) == 1 else "act"
    yield f"What the {listed} listed {act} on: there is no map yet."


def _nothing_tied(board: BoardFacts, _room: Room) -> Iterator[str]:
    listed = counted(len(board.programme.actions), "action")
    one = len(board.programme.actions) == 1
    which = f"the {listed} listed is not" if one else f"none of the {listed} listed is"
    yield f"Causes without action: {which} tied to a cause on the map."


def _no_outcome(_board: BoardFacts, _room: Room) -> Iterator[str]:
    yield "Gaps by importance: the map's outcome is not chosen."


def _not_sorted(board: BoardFacts, _room: Room) -> Iterator[str]:
    of_all = f"{board.unsorted} of {counted(board.causes, 'cause')}"
    yield f"Gaps among {of_all}: nobody has said yet who could change them."


def _no_figures(board: BoardFacts, _room: Room) -> Iterator[str]:
    yield "The local picture: no figure is chosen for this paper."


NOT_YET = (
    BoardSentence(
        key="no_map",
        premise="Actions are listed, and the map holds no cause.",
        holds=lambda board, _: bool(board.programme.actions and not board.causes),
        says=_no_map,
    ),
    BoardSentence(
        key="nothing_tied",
        premise="Actions and causes are listed, and no action is tied to a cause.",
        holds=lambda board, _: bool(
            board.programme.actions and board.causes and not board.tied
        ),
        says=_nothing_tied,
    ),
    BoardSentence(
        key="no_outcome",
        premise="An action is tied to a cause, and the map's outcome is not chosen.",
        holds=lambda board, _: bool(board.tied and not board.outcome_chosen),
        says=_no_outcome,
    ),
    BoardSentence(
        key="not_sorted",
        premise="An action is tied, the outcome is chosen, and a cause is not sorted by who could change it.",
        holds=lambda board, _: bool(
            board.tied and board.outcome_chosen and board.unsorted
        ),
        says=_not_sorted,
    ),
    BoardSentence(
        key="no_figures",
        premise="The local picture holds figures, and none is chosen for the paper.",
        holds=lambda board, _: board.has_figures and not board.figures,
        says=_no_figures,
    ),
)
