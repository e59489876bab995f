"""What the board is asked to note, endorse, ask for or decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.language.phrases import counted, day, joined, shortened
from systemmap.model.owners import named_leads
from systemmap.reports.parts.board_sentence import BoardSentence
from systemmap.reports.parts.facts import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from systemmap.model.plan import Decision
    from systemmap.model.response import Action
    from systemmap.reports.parts.board_facts import BoardFacts, Room


def gap_table_number(board: BoardFacts) -> int:
    """Return the number of the gap table: the phases, if any, are table 1."""
    return 2 if board.phases else 1


def _note_plan(board: BoardFacts, _room: Room) -> Iterator[str]:
    phases = counted(len(board.phases), "phase")
    actions = counted(len(board.programme.actions), "action")
    if not board.phases:
        yield f"note progress on the {actions} listed"
    elif board.programme.actions:
        yield f"note progress across the {phases} (table 1) and on the {actions} listed"
    else:
        yield f"note progress across the {phases} (table 1)"


def _endorse_gaps(board: BoardFacts, room: Room) -> Iterator[str]:
    suggested = sum(bool(row.lead) for row in board.gaps[: room.gaps])
    which = (
        "the suggested next action"
        if suggested == 1
        else f"the {suggested} suggested next actions"
    )
    yield f"endorse work on {which} in table {gap_table_number(board)}"


def _ask_leads(board: BoardFacts, _room: Room) -> Iterator[str]:
    led = [action for action in board.late if named_leads(action)]
    theirs = "an overdue action" if len(led) == 1 else f"{len(led)} overdue actions"
    yield f"ask {_leads(led)} to report on {theirs}"


def _name_leads(board: BoardFacts, _room: Room) -> Iterator[str]:
    unled = sum(not named_leads(action) for action in board.late)
    yield f"name a lead for {counted(unled, 'overdue action')} without one"


def _decide(board: BoardFacts, room: Room) -> Iterator[str]:
    for decision in board.asked_for[: room.decisions]:
        verb = decision.verb or "decide on"
        text = shortened(tidy(decision.text).rstrip("."), room.letters)
        if is_resolved(decision):
            text = f"that{text[len(_THAT) :]}"
        yield f"{verb} {text} ({day(decision.on or board.order.at)})"


def is_resolved(decision: Decision) -> bool:
    """Whether a decision was worded as boards resolve: “That the plan be approved”."""
    return decision.text.startswith(f"{_THAT} ")


_THAT = "That"


def _note_map(board: BoardFacts, _room: Room) -> Iterator[str]:
    yield f"note the map of {counted(board.causes, 'cause')}; no action is listed yet"


def _note_beginning(_board: BoardFacts, _room: Room) -> Iterator[str]:
    yield "note that the programme has begun and nothing is listed yet"


def _leads(actions: Iterable[Action]) -> str:
    every = (tidy(name) for action in actions for name in named_leads(action))
    names = list(dict.fromkeys(every))
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} other leads"
    return joined(names)


ASKED = (
    BoardSentence(
        key="note_plan",
        premise="A phase or an action is listed.",
        holds=lambda board, _: bool(board.phases or board.programme.actions),
        says=_note_plan,
    ),
    BoardSentence(
        key="endorse_gaps",
        premise="The outcome is chosen, an action is tied to the map, and a sorted cause with an open gap has a suggestion that somebody could lead.",
        holds=lambda board, room: any(row.lead for row in board.gaps[: room.gaps]),
        says=_endorse_gaps,
    ),
    BoardSentence(
        key="ask_leads",
        premise="An action with a lead is overdue.",
        holds=lambda board, _: any(map(named_leads, board.late)),
        says=_ask_leads,
    ),
    BoardSentence(
        key="name_leads",
        premise="An action without a lead is overdue.",
        holds=lambda board, _: any(not named_leads(action) for action in board.late),
        says=_name_leads,
    ),
    BoardSentence(
        key="decide",
        premise="A decision is dated after the paper's day.",
        holds=lambda board, _: bool(board.asked_for),
        says=_decide,
    ),
    BoardSentence(
        key="note_map",
        premise="No phase, action or decision is listed, and the map holds causes.",
        holds=lambda board, _: _nothing_planned(board) and board.causes > 0,
        says=_note_map,
    ),
    BoardSentence(
        key="note_beginning",
        premise="No phase, action, decision or cause is listed.",
        holds=lambda board, _: _nothing_planned(board) and board.causes == 0,
        says=_note_beginning,
    ),
)


def _nothing_planned(board: BoardFacts) -> bool:
    return not (board.phases or board.programme.actions or board.asked_for)
