"""A programme for every sentence of the board paper, and one in which it must not stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from systemmap.model.due import read_due
from systemmap.model.evidence import Indicator
from systemmap.model.meetings import Event
from systemmap.model.plan import Decision, Phase
from systemmap.model.response import Action, ActionFactor, Update
from systemmap.model.values import Influence
from systemmap.model.workshop import Workshop
from systemmap.reports import Order, Since
from systemmap.reports.parts.board_facts import BoardFacts, Room
from systemmap.reports.parts.board_omissions import NOT_YET
from systemmap.reports.parts.board_progress import PROGRESS
from systemmap.reports.parts.board_requests import ASKED
from systemmap.reports.parts.facts import Facts
from systemmap.testing import map_from, programme_of

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

DAY = date(2026, 11, 21)
SENTENCES = (*ASKED, *PROGRESS, *NOT_YET)

WALKS = Action(
    id="walks", title="Walks", owners=("Leisure",), status="ongoing", status_note="x"
)
TIE = ActionFactor(action_id="walks", factor_id="activity")
PHASE = Phase(id="p", number=1, name="Set-up")
HELD = Workshop(id="w", title="Mapping", on=date(2026, 11, 3), attendance=34)
MET = Event(id="e", title="Partnership meeting", on=read_due("October 2026"))
UPDATE = Update(id="u", action_id="walks", on=date(2026, 10, 2), text="12 came")
FIGURE = Indicator(id="weight", name="Healthy weight", source="Invented")


def drawn(*, outcome: bool = True, influence: Influence = Influence.LOCAL):
    """Three causes in a row; the last is the outcome."""
    made = map_from(
        "sleep -> activity +\n activity -> weight +",
        outcome="weight" if outcome else None,
    )
    for factor in list(made.factors.values()):
        made.replace_factor(replace(factor, influence=influence))
    return made


def late(**fields: object) -> Action:
    return replace(
        WALKS, id="late", title="Talks", due=read_due("March 2026"), **fields
    )


def tied(**of_the_map: object) -> Programme:
    return programme_of(drawn(**of_the_map), WALKS, TIE)


def since(programme: Programme) -> Order:
    then = Since(programme=programme, words="May 2026", on=date(2026, 5, 1))
    return Order(at=DAY, since=then)


NOW = Order(at=DAY)
EARLIER = since(tied())
AHEAD = Decision(id="d", verb="approve", text="The plan", on=date(2026, 12, 9))

HOLDS: dict[str, tuple[Programme, Order]] = {
    "note_plan": (programme_of(None, PHASE, WALKS), NOW),
    "endorse_gaps": (tied(), NOW),
    "ask_leads": (programme_of(None, late()), NOW),
    "name_leads": (programme_of(None, late(owners=())), NOW),
    "decide": (programme_of(None, AHEAD), NOW),
    "note_map": (programme_of(drawn()), NOW),
    "note_beginning": (programme_of(None), NOW),
    "workshops": (programme_of(None, HELD), NOW),
    "events": (programme_of(None, MET), NOW),
    "reported": (programme_of(None, WALKS, UPDATE), EARLIER),
    "map_cover": (tied(), NOW),
    "working": (tied(), NOW),
    "moved": (tied(), since(programme_of(drawn()))),
    "actions": (programme_of(None, WALKS), NOW),
    "map_changes": (programme_of(map_from("sleep -> activity +")), EARLIER),
    "no_map": (programme_of(None, WALKS), NOW),
    "nothing_tied": (programme_of(drawn(), WALKS), NOW),
    "no_outcome": (tied(outcome=False), NOW),
    "not_sorted": (tied(influence=Influence.UNKNOWN), NOW),
    "no_figures": (programme_of(None, FIGURE), NOW),
}

FAILS: dict[str, tuple[Programme, Order]] = {
    "note_plan": (programme_of(drawn()), NOW),
    "endorse_gaps": (tied(influence=Influence.UNKNOWN), NOW),
    "ask_leads": (programme_of(None, late(owners=())), NOW),
    "name_leads": (programme_of(None, late()), NOW),
    "decide": (programme_of(None, replace(AHEAD, on=date(2026, 11, 20))), NOW),
    "note_map": (tied(), NOW),
    "note_beginning": (programme_of(None, WALKS), NOW),
    "workshops": (programme_of(None, replace(HELD, on=date(2026, 12, 1))), NOW),
    "events": (programme_of(None, replace(MET, on=read_due("March 2027"))), NOW),
    "reported": (programme_of(None, WALKS, UPDATE), NOW),
    "map_cover": (programme_of(drawn(), WALKS), NOW),
    "working": (programme_of(drawn(), WALKS), NOW),
    "moved": (tied(), NOW),
    "actions": (programme_of(drawn()), NOW),
    "map_changes": (tied(), NOW),
    "no_map": (tied(), NOW),
    "nothing_tied": (tied(), NOW),
    "no_outcome": (tied(), NOW),
    "not_sorted": (tied(), NOW),
    "no_figures": (programme_of(None), NOW),
}


def said(key: str, programme: Programme, order: Order) -> tuple[str, ...]:
    """Return what one sentence of the paper says of a programme; () = not printed."""
    (sentence,) = (each for each in SENTENCES if each.key == key)
    board, room = BoardFacts(Facts(programme, order)), Room()
    return tuple(sentence.says(board, room)) if sentence.holds(board, room) else ()


def page() -> str:
    """Return every sentence, with an example and its premise, as a table."""
    rows = [
        f"| {said(each.key, *HOLDS[each.key])[0]} | {each.premise} |"
        for each in SENTENCES
    ]
    return "\n".join(("| For example | Printed when |", "|---|---|", *rows))
